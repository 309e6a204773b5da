# SPDX-License-Identifier: GPL-2.0-or-later
"""The plugin's time is linear in the size of a message; the figures are printed with `pytest -rP`."""

from callgrind import instructions_of_calls
from crafted import broken, write_one_by_one

FEW, MANY = 5_000, 10_000
MOST_FOR_TWICE = 2.2

# Stock gives a frame up when its layers reach the depth of its tree; each part is one or two of them.
PARTS = {"parts": (100, 200)}


def test_time_is_linear(stage):
    """Twice the elements of any kind cost at most a little more than twice the instructions."""
    kinds = broken.names()
    payloads = [broken.many(kind, count) for kind in kinds for count in PARTS.get(kind, (FEW, MANY))]
    path = stage.top / "many.pcapng"
    with open(path, "wb") as file:
        write_one_by_one(file, payloads)
    path.chmod(0o644)
    # One call of the plugin for each frame; those that end a message are no cheaper than a thousand of the others.
    calls = [count for count in instructions_of_calls(stage, "dissect_skypefed", ("-r", path)) if count > 20_000]
    assert len(calls) == len(payloads)
    ratios = {}
    for kind, few, many in zip(kinds, calls[::2], calls[1::2]):
        ratios[kind] = many / few
        print(f"{kind}: {few:,} and {many:,} instructions, {ratios[kind]:.2f} times")
    assert {kind: ratio for kind, ratio in ratios.items() if ratio > MOST_FOR_TWICE} == {}
