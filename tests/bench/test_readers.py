# SPDX-License-Identifier: GPL-2.0-or-later
"""What the engine takes to read one message, beside libraries for SIP; figures are printed with `pytest -rP`.

The message is the INVITE of the README: 6,423 bytes with 15 headers and two SDP bodies. Instructions are counted for
two numbers of readings, so that neither start-up nor the first reading counts.
"""

from pathlib import Path

import pytest

from callgrind import instructions_of_program
from stage import SAMPLES, variable

FEW, MANY = 10, 110

# What is read, and the most instructions that the engine may take.
LIMITS = {"all": 125_600, "call": 45_300, "headers": 45_000}

# Programs of tests/bench/readers, and the Debian package without which one is not built.
PEERS = {"sofia": "libsofia-sip-ua-dev", "osip": "libosip2-dev", "re": "libre-dev"}

# osip reads no message whose body is missing.
COMPARED = [("sofia", "all"), ("osip", "all"), ("re", "all"), ("sofia", "headers"), ("re", "headers")]


def program(name):
    return Path(variable("SKYPEFED_BINARY_DIR", "folder of the build")) / f"tests/bench/readers/read_{name}"


@pytest.fixture(scope="module")
def cost(tmp_path_factory):
    """cost(name, what): the instructions that a program takes for one reading."""
    message = SAMPLES / "messages/skype-to-lync-invite/01-a-invite.sip"
    folder = tmp_path_factory.mktemp("callgrind")
    known = {}

    def measure(name, what):
        if (name, what) not in known:
            few, many = (instructions_of_program([program(name), message, count, what], folder)[0]
                         for count in (FEW, MANY))
            known[name, what] = (many - few) / (MANY - FEW)
        return known[name, what]

    return measure


@pytest.mark.parametrize("what", LIMITS)
def test_engine(what, cost):
    ours = cost("engine", what)
    print(f"{what}: {ours:,.0f} instructions (limit {LIMITS[what]:,})")
    assert 10_000 < ours <= LIMITS[what]


@pytest.mark.parametrize("peer, what", COMPARED)
def test_engine_beside(peer, what, cost):
    """The engine reads more of a message than any of them, and takes less for it."""
    if not program(peer).exists():
        pytest.skip(f"{PEERS[peer]} was not installed when this was built")
    ours, theirs = cost("engine", what), cost(peer, what)
    print(f"{what}: {ours:,.0f} instructions, read_{peer} {theirs:,.0f}")
    assert ours < theirs
