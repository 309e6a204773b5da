# SPDX-License-Identifier: GPL-2.0-or-later
"""Fixtures of the tshark tests: run the real tshark, with or without the plugin.

CTest sets what they need:
    TSHARK               path of the tshark under test
    SKYPEFED_PLUGIN_DIR  folder that holds X.Y/epan/skypefed.so
    SKYPEFED_VERSION     version that the plugin should name
Where one is missing, or the plugin is not there, every test fails: a plugin
that does not load must never look like a test that had nothing to do.
"""

import itertools
import json
import re

import pytest

from stage import StageError, variable
from stage_fixture import stage  # noqa: F401  (a fixture)

# What tshark may say on standard error without anything being wrong.
HARMLESS = [
    re.compile(pattern)
    for pattern in (
        r"\s*",
        r"\d+ packets? captured",  # end of a live capture
        r"Capturing on '.*'",
    )
]

# How Wireshark 4.0 (figures) and later versions (words) print a boolean, as figures.
BOOLEANS = {"True": "1", "False": "0"}


def complaints(stderr):
    """The lines of tshark's standard error that are not known to be harmless."""
    return [line for line in stderr.splitlines() if not any(known.fullmatch(line) for known in HARMLESS)]


@pytest.fixture(scope="session")
def samples(stage):
    """Folder with the samples, readable by the tshark under test."""
    return stage.samples


@pytest.fixture
def scratch(stage):
    """A new folder in which the test and the tshark under test may both write."""
    return stage.folder("scratch")


@pytest.fixture(scope="session")
def tshark(stage):
    """tshark(*args, config=None, plugin=True, **how): runs tshark, gives its standard output as text.

    args: tshark's arguments. config: configuration files, name -> text
    (config={"preferences": "skypefed.show_keys: FALSE\\n"}). plugin: False runs stock tshark.
    how: further arguments for subprocess.run, such as input.
    Fails the test on a non-zero exit code and on any complaint on standard error.
    Bytes that are not UTF-8 survive as surrogates, so equal text is equal bytes.
    """
    try:
        program = variable("TSHARK", "path of the tshark to test")
    except StageError as error:
        pytest.fail(str(error), pytrace=False)

    def run(*args, config=None, plugin=True, **how):
        done = stage.run([program, *args], plugin=plugin, config=config, **how)
        stderr = done.stderr.decode("utf-8", "replace")
        command = " ".join(["tshark", *map(str, args)])
        if done.returncode != 0:
            pytest.fail(f"exit code {done.returncode} of: {command}\n{stderr}", pytrace=False)
        if complaints(stderr):
            pytest.fail(f"standard error of: {command}\n{stderr}", pytrace=False)
        return done.stdout.decode("utf-8", "surrogateescape")

    return run


@pytest.fixture(scope="session")
def fields(tshark):
    """fields(capture, *names, where=None, args=()): the fields of each frame, as a list of dicts.

    Each dict has every name asked for, with the list of its values in the frame's
    order, as tshark prints them; an absent field has an empty list.
    where: a display filter; without it frames that hold none of the fields count as well.
    args: further arguments for tshark, such as ("-2",). config, plugin and the like: as for tshark().
    """

    def read(capture, *names, where=None, args=(), **how):
        command = ["-r", capture, "-T", "json", *args]
        for name in names:
            command += ["-e", name]
        if where:
            command += ["-Y", where]
        frames = json.loads(tshark(*command, **how) or "[]")
        rows = []
        for frame in frames:
            layers = frame["_source"].get("layers", {})
            rows.append({name: layers.get(name, []) for name in names})
        return rows

    return read


@pytest.fixture(scope="session")
def field_names(tshark):
    """The names of all fields and expert infos that the plugin registers."""
    rows = [line.split("\t") for line in tshark("-G", "fields").splitlines()]
    names = [row[2] for row in rows if row[0] == "F" and row[2].startswith("skypefed.")]
    assert names
    return names


@pytest.fixture(scope="session")
def decoded(fields, field_names):
    """decoded(capture, args=(), **how): all that the plugin shows, a dict for each frame in which it shows anything.

    Each dict holds the fields and expert infos present, name -> values in the frame's order, as
    tshark prints them but for booleans: "1" and "0" in every version of Wireshark.
    """

    def read(capture, args=(), **how):
        rows = fields(capture, *field_names, where="skypefed", args=args, **how)
        return [{name: [BOOLEANS.get(value, value) for value in values] for name, values in row.items() if values}
                for row in rows]

    return read


@pytest.fixture(scope="module")
def capture(stage):
    """capture(write): path of a new capture, readable by the tshark under test, made by write(open binary file)."""
    folder = stage.folder("captures")
    numbers = itertools.count(1)

    def make(write):
        path = folder / f"{next(numbers)}.pcapng"
        with open(path, "wb") as file:
            write(file)
        path.chmod(0o644)
        return path

    return make
