# SPDX-License-Identifier: GPL-2.0-or-later
"""A healthy encrypted call raises no warning at all, and an unencrypted one exactly the one that matters.

The messages of the samples, inside a layer that encrypts: as a capture of TLS shows them to who has its secrets.
"""

import collections
import struct

import pytest

from crafted import request, scenario, session, stream_of, write_datagrams

LINKTYPE_USER0 = 147
ESP = struct.pack(">II", 1, 1) + bytes(24)
LINK = f'uat:user_dlts:"User 0 (DLT=147)","sip","{len(ESP)}","esp","0",""'

HEALTHY = ["lync-srtp-tag-2", "lync-srtp-tag-3", "lync-scale-srtp", "hold-and-resume", "offer-in-200-answer-in-ack",
           "dual-stack", "video-refused", "teams-dtls-srtp", "teams-direct-routing", "application-sharing", "im-session",
           "file-transfer", "conference-join"]
# Sample -> the warnings of its call
UNENCRYPTED = {
    "skype-to-lync-clear": {"rtp_declined": 1},
    "srtp-declined": {"rtp_declined": 1},
}


@pytest.fixture
def warnings(fields, field_names, capture):
    """The warnings that a sample raises where its messages were encrypted: expert info -> how often."""
    names = [name for name in field_names if name.startswith("skypefed.expert.")]

    def of(sample):
        def write(file):
            file.write(struct.pack("<IHHIIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, LINKTYPE_USER0))
            for conversation in scenario.load(sample):
                for _, payload in conversation.messages:
                    packet = ESP + payload
                    file.write(struct.pack("<IIII", 0, 0, len(packet), len(packet)) + packet)

        found = collections.Counter()
        frames = fields(capture(write), *names, "_ws.expert.severity", args=("-o", LINK), where="skypefed")
        assert frames
        for frame in frames:
            for name in names:
                if frame[name]:
                    found[name.removeprefix("skypefed.expert.")] += len(frame[name])
        return found

    return of


NOTES = {"rtp_optional", "private_address", "key_reused", "unverified", "answer_profile", "candidate", "diagnostics",
         "sdp_diagnostics"}


@pytest.mark.parametrize("sample", HEALTHY)
def test_healthy_call(sample, warnings):
    assert {name for name in warnings(sample) if name not in NOTES} == set()


@pytest.mark.parametrize("sample", UNENCRYPTED)
def test_unencrypted_call(sample, warnings):
    assert {name: count for name, count in warnings(sample).items() if name not in NOTES} == UNENCRYPTED[sample]


def test_invite_in_tls_with_its_secrets(fields, samples):
    """The real thing: no warning, and the key is exposed to nobody."""
    [row] = fields(samples / "skype-to-lync-invite-tls.pcapng", "skypefed.crypto.tag", "skypefed.expert.key_exposed",
                   "skypefed.expert.rtp_clear", "skypefed.expert.malformed", where="skypefed")
    assert row["skypefed.crypto.tag"]
    assert not row["skypefed.expert.key_exposed"] + row["skypefed.expert.rtp_clear"] + row["skypefed.expert.malformed"]


def cut(missing, profile, *lines, start="SIP/2.0 200 OK"):
    """A message whose SDP body ends so many bytes before its Content-Length."""
    whole = request("cut", session(stream_of(profile, *lines)), start=start, headers="ms-keep-alive: UAC;hop-hop=yes\r\n")
    length = len(whole) - whole.index(b"\r\n\r\n") - 4
    return whole.replace(b"Content-Length: %d" % length, b"Content-Length: %d" % (length + missing))


CUT = {"rtp_clear", "not_compatible", "encryption_conflict"}


@pytest.mark.parametrize("missing, profile, lines, warned", [
    (0, "RTP/AVP", (), {"rtp_clear"}), (20, "RTP/AVP", (), {"rtp_clear"}), (100, "RTP/AVP", (), set()),
    (0, "RTP/SAVP", (), {"not_compatible"}), (100, "RTP/SAVP", (), set()), (100, "UDP/TLS/RTP/SAVP", (), set()),
    (100, "RTP/SAVP", ("a=encryption:required\r\n",), set()),
    (0, "RTP/SAVP", ("a=encryption:required\r\n",), {"not_compatible", "encryption_conflict"}),
])
def test_cut_body(fields, capture, missing, profile, lines, warned):
    """A key may have been in the part of the body that is missing. A few bytes are no key: somebody shortened an address."""
    path = capture(lambda file: write_datagrams(file, [cut(missing, profile, *lines)]))
    [row] = fields(path, *[f"skypefed.expert.{name}" for name in CUT], where="skypefed")
    assert {name for name in CUT if row[f"skypefed.expert.{name}"]} == warned


def test_attribute_that_others_write_too(fields, capture):
    """x-caps, which conference servers of other makers offer to everybody, makes no call one of Microsoft's."""
    body = session(stream_of("RTP/AVP", "a=x-caps:34 262:352:288:30.0:64000:1\r\n", kind="video"))
    path = capture(lambda file: write_datagrams(file, [request("caps", body, sender="<sip:nora@example.org>;tag=7")]))
    assert not fields(path, "frame.number", where="skypefed")
