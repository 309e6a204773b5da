# SPDX-License-Identifier: GPL-2.0-or-later
"""What bodies say is the same in a log as on the wire: reports, conferences, presence, settings, messages and files."""

import datetime
import json

import pytest

import loggen
from test_plugin import our_fields, plugin, stage  # noqa: F401  (fixtures)
from test_samples import SAMPLES

MESSAGES = SAMPLES / "messages"
FOLDERS = ["client-reports", "client-settings", "conference-call", "conference-commands", "conference-join",
           "file-invitation", "file-transfer", "presence", "im-session"]
FORMATS = ["uccapi", "s4"]

# The bytes that travel are those of one connection without TLS; a log says nothing of that, nor of when frames were sent.
OF_THE_WIRE = ("skypefed.from_log", "skypefed.expert.key_exposed", "skypefed.expert", "skypefed.call.duration",
               "skypefed.conference.time", "_ws.expert")
OF_FRAMES = ("_in", "begins_in")


def logged(folder):
    """The messages of a sample as a client that logs has them: party a is the one that logs."""
    for number, path in enumerate(sorted((MESSAGES / folder).glob("*.sip"))):
        yield loggen.Message(loggen.START + datetime.timedelta(seconds=number), "out" if path.name[3] == "a" else "in",
                             ("192.0.2.10", 50000), ("198.51.100.10", 5061), "pool01.example.com", path.read_bytes())


def shown(text):
    """The fields of each message, without those that only a wire has, or that count frames."""
    for frame in json.loads(text):
        layers = frame["_source"]["layers"]
        yield {name: values for name, values in layers.items()
               if name not in OF_THE_WIRE and not name.endswith(OF_FRAMES)}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("folder", FOLDERS)
def test_log_equals_the_wire(folder, form, plugin, our_fields, convert, stage):  # noqa: F811
    log = loggen.log(list(logged(folder)), form)
    from_log = list(shown(plugin(convert(log).data, "-2", *our_fields)))
    from_wire = list(shown(plugin(stage.samples / f"{folder}.pcapng", "-2", *our_fields)))
    assert len(from_log) == len(from_wire) == len(list(logged(folder)))
    for one, other in zip(from_log, from_wire):
        assert one == other
    assert any("skypefed.section.bodies" in frame for frame in from_log) or folder == "file-transfer"
