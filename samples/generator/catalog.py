# SPDX-License-Identifier: GPL-2.0-or-later
"""Every committed capture by name, and how to build it."""

from . import media, mixture, scenario, tls, variants
from .pcapng import Writer


def names():
    """The names of all captures, without .pcapng, sorted."""
    return sorted([*scenario.names(), *variants.names(), *mixture.names(), *media.names(), *tls.names()])


def write(name, file):
    """Write the capture `name` to the open binary file; KeyError if there is none of that name.

    tls.StaleRecording if the message of the TLS capture changed since its recording.
    """
    writer = Writer(file)
    for microseconds, frame in _frames(name, writer):
        writer.packet(microseconds, frame)


def _frames(name, writer):
    if name in tls.names():
        recording = tls.load(name=name)
        writer.secrets(tls.key_log(recording))
        return tls.frames(recording)
    if name in variants.names():
        return variants.frames(name)
    if name in media.names():
        return media.frames(name)
    if name in mixture.names():
        return mixture.frames(name)
    if name in scenario.names():
        return scenario.frames(scenario.load(name))
    raise KeyError(name)
