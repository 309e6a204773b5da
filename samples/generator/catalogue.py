# SPDX-License-Identifier: GPL-2.0-or-later
"""Every committed capture by name, and how to build it."""

from . import scenario
from .pcapng import Writer


def names():
    """The names of all captures, without .pcapng, sorted."""
    return sorted(set(scenario.names()))


def write(name, file):
    """Write the capture `name` to the open binary file; KeyError if there is none of that name."""
    if name not in names():
        raise KeyError(name)
    writer = Writer(file)
    for microseconds, frame in scenario.frames(scenario.load(name)):
        writer.packet(microseconds, frame)
