# SPDX-License-Identifier: GPL-2.0-or-later
"""Every value of the Skype-to-Lync INVITE, and the same values whatever carries or writes the message.

What can be computed is computed here once more, from the text of the message and by Python's own
library; the rest was read off the message by eye.
"""

import base64
import hashlib
import re
import struct
import uuid

import pytest

from crafted import variants

TEXT = variants.invite().decode("ascii")

# RFC 4122 5: the namespace from which the endpoint GUIDs of all Microsoft clients derive.
EPID_NAMESPACE = uuid.UUID("fcacfb03-8a73-46ef-91b1-e5ebeeaba4fe")

SUITE = "AES_CM_128_HMAC_SHA1_80"
CODECS = [  # of each body, in the order of a=rtpmap
    ("9", "G722", "8000", "G.722"), ("0", "PCMU", "8000", "G.711 mu-law"), ("8", "PCMA", "8000", "G.711 A-law"),
    ("115", "x-msrta", "8000", "RTAudio (narrowband)"), ("13", "CN", "8000", "Comfort noise (narrowband)"),
    ("118", "CN", "16000", "Comfort noise (wideband)"), ("97", "RED", "8000", "Redundant audio"),
    ("101", "telephone-event", "8000", "DTMF digits"),
]

# component, transport, q, address, port, type. Draft 06 names no type: by its preference 0.83 to 0.85 is a
# host, 0.45 over UDP and 0.15 over TCP a relay; 0.25 over TCP is any other, of which the second body has
# reflexive ones alone.
DRAFT_06 = [
    ("1", "UDP", 0.83, "10.0.0.0", "54846", "host"), ("2", "UDP", 0.83, "10.0.0.0", "54847", "host"),
    ("1", "UDP", 0.84, "157.0.0.0", "55364", "host"), ("2", "UDP", 0.84, "157.0.0.0", "55365", "host"),
    ("1", "UDP", 0.85, "157.0.0.0", "50018", "host"), ("2", "UDP", 0.85, "157.0.0.0", "50019", "host"),
    ("1", "TCP", 0.15, "157.0.0.0", "56418", "relay"), ("2", "TCP", 0.15, "157.0.0.0", "56418", "relay"),
    ("1", "UDP", 0.45, "157.0.0.0", "52862", "relay"), ("2", "UDP", 0.45, "157.0.0.0", "54878", "relay"),
    ("1", "TCP", 0.25, "157.0.0.0", "52803", "srflx"), ("2", "TCP", 0.25, "157.0.0.0", "52803", "srflx"),
]

# foundation, component, transport, priority, address, port, type, related port
DRAFT_19 = [
    ("1", "1", "UDP", "2130706431", "157.0.0.0", "49160", "host", None),
    ("1", "2", "UDP", "2130705918", "157.0.0.0", "49161", "host", None),
    ("2", "1", "UDP", "2130705919", "157.0.0.0", "51986", "host", None),
    ("2", "2", "UDP", "2130705406", "157.0.0.0", "51987", "host", None),
    ("3", "1", "UDP", "2130705407", "10.0.0.0", "55310", "host", None),
    ("3", "2", "UDP", "2130704894", "10.0.0.0", "55311", "host", None),
    ("4", "1", "tcp-pass", "174455295", "157.0.0.0", "52424", "relay", "49710"),
    ("4", "2", "tcp-pass", "174454782", "157.0.0.0", "52424", "relay", "49710"),
    ("5", "1", "UDP", "184547327", "157.0.0.0", "50472", "relay", "50802"),
    ("5", "2", "UDP", "184546814", "157.0.0.0", "55933", "relay", "50803"),
    ("6", "1", "tcp-act", "174847487", "157.0.0.0", "52424", "relay", "49710"),
    ("6", "2", "tcp-act", "174846974", "157.0.0.0", "52424", "relay", "49710"),
    ("7", "1", "tcp-act", "1684796415", "157.0.0.0", "49710", "srflx", "49710"),
    ("7", "2", "tcp-act", "1684795902", "157.0.0.0", "49710", "srflx", "49710"),
]
RELATED = [row for row in DRAFT_19 if row[-1]]


def wire(pattern):
    """All occurrences of the group of a pattern in the message."""
    return re.findall(pattern, TEXT)


def base64_bytes(text):
    """Microsoft's base64: `-` and `_` for `+` and `/`, and a padding, if any, of the letter A."""
    standard = text.translate(str.maketrans("-_", "+/"))
    return base64.b64decode(standard[:-2] + "==" if standard.endswith("AA") else standard)


def token(text):
    """MAC, branch id and key id of a signed token of 58 characters, the first two of which are no base64."""
    content = base64_bytes(text[2:])
    assert len(content) == 32 + 4 + 4
    return content[:32].hex(), struct.unpack("<I", content[32:36])[0], content[36:].hex()


def epid_guid(epid):
    """The endpoint GUID of an epid: a version 5 UUID, but with all GUIDs in Windows byte order."""
    digest = bytearray(hashlib.sha1(EPID_NAMESPACE.bytes_le + epid.encode("ascii")).digest()[:16])
    digest[7] = digest[7] & 0x0F | 0x50
    digest[8] = digest[8] & 0x3F | 0x80
    return str(uuid.UUID(bytes_le=bytes(digest)))


def keys():
    """(key, salt) of each key line, as hex: 16 and 14 bytes (RFC 4568 6.2)."""
    materials = [base64.b64decode(text) for text in wire(r"inline:([^|\s]+)")]
    assert {len(material) for material in materials} == {30}
    return [(material[:16].hex(), material[16:].hex()) for material in materials]


[KEY_INFO] = map(base64_bytes, wire(r"ms-key-info=([\w-]+)"))
TOKENS = wire(r'ms-internal-info="([^"]+)"') + wire(r"ms-route-sig=([\w-]+)") + wire(r"ms-rrsig=([\w-]+)")
CONNECTIONS = wire(r"ms-received-cid=(\w+)")
LINES = wire(r"\n(a=candidate:[^\r\n]*)")

EXPECTED = {
    # Who. The From address is decorated: user@example.com behind msn.com.
    "skypefed.caller": ["user@example.com"], "skypefed.caller.network": ["4"],
    "skypefed.contact.host": ["online.lync.com"], "skypefed.host.microsoft": ["1"],
    "skypefed.host.microsoft.range": ["lync.com"], "skypefed.host.microsoft.service": ["Skype for Business Online"],
    "skypefed.callee": ["user@example.com"], "skypefed.callee.network": ["1"],
    "skypefed.identity": ["user@example.com"], "skypefed.identity.decorated": ["user(example.com)@msn.com"],
    "skypefed.identity.header": ["From"],
    "skypefed.origin": ["4"],
    "skypefed.epid": wire(r"epid=(\w+)"),
    "skypefed.epid.guid": [epid_guid(epid) for epid in wire(r"epid=(\w+)")],
    # Signaling path
    "skypefed.via": wire(r"\nVia: ([^\r\n]*)"), "skypefed.via.index": ["1", "2", "3", "4"],
    "skypefed.via.sent_by": ["192.168.100.0:61241", "157.0.0.0:60517", "157.0.0.0:62983", "157.0.0.0:57460"],
    "skypefed.via.branched": ["0", "0", "0"], "skypefed.via.received_port": ["60517", "62983", "57460"],
    "skypefed.via.received_cid": [str(int(cid, 16)) for cid in CONNECTIONS],
    "skypefed.via.connection": [str(int(cid, 16) >> 8) for cid in CONNECTIONS],
    "skypefed.via.translated": ["0", "0", "0"],  # ms-received-port is the port of sent-by in all three
    "skypefed.via.internal_info": TOKENS[:1], "skypefed.via.stack": ["1", "1", "1", "3"],
    "skypefed.token": TOKENS, "skypefed.token.mac": [token(text)[0] for text in TOKENS],
    "skypefed.token.branch_id": [str(token(text)[1]) for text in TOKENS],
    "skypefed.token.key_id": [token(text)[2] for text in TOKENS],
    "skypefed.token.matches_branch": ["1", "1", "1"],
    "skypefed.route": wire(r"\nRecord-Route: ([^\r\n]*)"), "skypefed.route.header": ["Record-Route"] * 3,
    "skypefed.route.index": ["1", "2", "3"],
    "skypefed.route.host": ["edge.example.com", "federation.messenger.msn.com", "sippoolsn20s01.infra.lync.com"],
    "skypefed.route.provider": ["0", "1", "0"], "skypefed.route.front_end": ["SN20S00MED06.infra.lync.com"],
    "skypefed.route.tag": ["FADBA4EDD0E3674D3FDED518A20E47A9", "2A3EDAB22F1C6A1202525757E2C62192",
                           "512CE64317FC969E2185663B72B8C2AA"],
    "skypefed.route.sig": TOKENS[1:2], "skypefed.route.rr_sig": TOKENS[2:],
    "skypefed.route.key_info": [KEY_INFO.hex()], "skypefed.route.key_info.version": [str(0x00010001)],
    "skypefed.route.key_info.key_length": ["256"], "skypefed.route.key_info.signature_length": ["256"],
    # Endpoints (GRUU)
    "skypefed.gruu": wire(r"Contact: <(sip:[^>]*)>"), "skypefed.gruu.kind": ["2"],
    "skypefed.gruu.service": ["MediationServer"],
    "skypefed.gruu.guid": ["acdd7469-07bb-5fe6-811f-aed4c88b90a7"],
    "skypefed.gruu.grid": ["a6680a35-4e78-424c-ae0b-3241de377835"],
    # Media
    "skypefed.sdp.role": ["1", "1"], "skypefed.sdp.fallback": ["1", "0"], "skypefed.sdp.ice_dialect": ["1", "2"],
    "skypefed.media": wire(r"\n(m=[^\r\n]*)"), "skypefed.media.index": ["1", "1"],
    "skypefed.media.type": ["audio", "audio"], "skypefed.media.port": ["50018", "49160"],
    "skypefed.media.profile": ["RTP/AVP", "RTP/AVP"], "skypefed.media.label": ["main-audio", "main-audio"],
    "skypefed.media.address": ["157.0.0.0"] * 2,
    "skypefed.media.direction": ["0", "0"], "skypefed.media.hold": ["0", "0"],  # no line says it: both ways
    "skypefed.media.security": ["2", "2"],
    "skypefed.crypto.scheme": ["2", "1", "1"] * 2, "skypefed.crypto.tag": ["1", "2", "3"] * 2,
    "skypefed.crypto.role": ["client"] * 2, "skypefed.crypto.suite": [SUITE] * 6,
    "skypefed.crypto.key": [key for key, _ in keys()], "skypefed.crypto.salt": [salt for _, salt in keys()],
    "skypefed.crypto.lifetime": [str(2**31)] * 6,
    "skypefed.crypto.mki": ["1"] * 4, "skypefed.crypto.mki_length": ["1"] * 4,  # the third line of each has none
    "skypefed.codec.payload_type": [row[0] for row in CODECS] * 2,
    "skypefed.codec.name": [row[1] for row in CODECS] * 2,
    "skypefed.codec.clock_rate": [row[2] for row in CODECS] * 2,
    "skypefed.codec": [row[3] for row in CODECS] * 2,
    "skypefed.candidate": LINES,
    "skypefed.candidate.foundation": [row[0] for row in DRAFT_19],
    "skypefed.candidate.username": [line.split()[0].partition(":")[2] for line in LINES[:12]],
    "skypefed.candidate.password": [line.split()[2] for line in LINES[:12]],
    "skypefed.candidate.component": [row[0] for row in DRAFT_06] + [row[1] for row in DRAFT_19],
    "skypefed.candidate.transport": [row[1] for row in DRAFT_06] + [row[2] for row in DRAFT_19],
    "skypefed.candidate.address": [row[3] for row in DRAFT_06] + [row[4] for row in DRAFT_19],
    "skypefed.candidate.port": [row[4] for row in DRAFT_06] + [row[5] for row in DRAFT_19],
    "skypefed.candidate.type": [row[5] for row in DRAFT_06] + [row[6] for row in DRAFT_19],
    "skypefed.candidate.priority": [row[3] for row in DRAFT_19],
    # type << 24 | (transport << 12 | direction << 9 | other) << 8 | 256 - component
    "skypefed.candidate.type_preference": [str(int(row[3]) >> 24) for row in DRAFT_19],
    "skypefed.candidate.local_preference": [str(int(row[3]) >> 8 & 0xffff) for row in DRAFT_19],
    "skypefed.candidate.transport_preference": [str(int(row[3]) >> 20 & 15) for row in DRAFT_19],
    "skypefed.candidate.direction_preference": [str(int(row[3]) >> 17 & 7) for row in DRAFT_19],
    "skypefed.candidate.related_address": ["157.0.0.0"] * len(RELATED),
    "skypefed.candidate.related_port": [row[7] for row in RELATED],
    # Call: one offer, not answered in the capture
    "skypefed.call": ["1"], "skypefed.conversation_number": ["1"], "skypefed.call.verdict": ["0"],
    "skypefed.call.outcome": ["0"],
}

# Fields whose exact words are the plugin's own, or whose form differs between versions: tested apart.
WORDS = {"skypefed.origin.evidence", "skypefed.sdp", "skypefed.crypto", "skypefed.candidate.q",
         "skypefed.route.key_info.created"}

SECTIONS = {f"skypefed.section.{name}" for name in ("parties", "path", "gruu", "call", "media")}

EXPERTS = {"skypefed.expert.rtp_optional": 2, "skypefed.expert.key_exposed": 1, "skypefed.expert.private_address": 1}

# Form -> how a value of the plain message reads in it, where that is not the same.
BLANKS = re.compile(r"\s+")
PADDING = re.compile(r"=+(?= |$)")
SAME_BUT_FOR = {
    "folded": lambda value: BLANKS.sub("", value),
    "loose-blanks": str.rstrip,
    "padded-base64": lambda value: PADDING.sub("", value),
}
ALONE = ["ipv6", "udp-fragments", "bare-lf", "compact", "upper-case", "folded", "padded-base64", "loose-blanks"]


@pytest.fixture(scope="module")
def invite(decoded, samples):
    [frame] = decoded(samples / (variants.BASE + ".pcapng"))
    return frame


def expert_counts(frame):
    return {name: len(values) for name, values in frame.items() if name.startswith("skypefed.expert.")}


@pytest.mark.parametrize("field", EXPECTED)
def test_value(field, invite):
    assert invite.get(field) == EXPECTED[field]


def test_nothing_else_is_decoded(invite):
    assert set(invite) == {*EXPECTED, *WORDS, *SECTIONS, *EXPERTS}


@pytest.mark.parametrize("field", sorted(SECTIONS))
def test_a_section_has_one_heading(field, invite):
    assert len(invite[field]) == 1


def test_sections_cover_no_bytes(tshark, samples):
    """Wireshark takes a click on a byte for the last row that covers it, which is to be one that reads it."""
    shown = tshark("-r", samples / (variants.BASE + ".pcapng"), "-T", "pdml")
    sizes = dict(re.findall(r'<field name="(skypefed\.section\.\w+)"[^>]* size="(\d+)"', shown))
    assert sizes == dict.fromkeys(SECTIONS, "0")


def test_warnings(invite):
    """Two alternatives of one multipart are one offer, so that the keys they share are not reused."""
    assert expert_counts(invite) == EXPERTS


def test_known_values_of_the_arithmetic():
    """Figures that were once worked out by hand; they hold the functions above to account."""
    assert [int(cid, 16) >> 8 for cid in CONNECTIONS] == [332421, 4754559, 22290]
    assert {token(text)[1] for text in TOKENS} == {0x9F787FF9}
    assert TEXT.count("branch=z9hG4bKEC925B93.9F787FF9") == 1
    assert keys()[0] == ("5f32976565784c065b33a7b5bfe34022", "47441164134b353d49f67ab2725c")
    assert str(uuid.UUID(bytes_le=base64_bytes("aXTdrLsH5l-BH67UyIuQpwAA"))) == EXPECTED["skypefed.gruu.guid"][0]
    # A pair from [MS-SIPRE]'s own example.
    assert epid_guid("01010101") == "4b1682a8-f968-5701-83fc-7c6741dc6697"
    assert len(LINES) == len(DRAFT_06) + len(DRAFT_19) == 26


def test_evidence_of_origin_names_header_and_value(invite):
    evidence = invite["skypefed.origin.evidence"]
    marks = [("From", "user(example.com)@msn.com"), ("Record-Route", "federation.messenger.msn.com"),
             ("MediationServer", "online.lync.com")]
    assert len(evidence) == len(marks)
    for text, (header, value) in zip(evidence, marks):
        assert header in text and value in text and "Skype or Microsoft account" in text


def test_key_info_was_created_at_the_file_time_in_it(invite):
    """100 ns since 1601. The seventh decimal counts: read with the precision of a double it comes out as .253844."""
    [ticks] = struct.unpack_from("<Q", KEY_INFO, 8)
    seconds, fraction = divmod(ticks, 10_000_000)
    assert (seconds - 11_644_473_600, fraction) == (1_366_983_999, 2_538_432)  # 2013-04-26 13:46:39 UTC
    [created] = invite["skypefed.route.key_info.created"]
    assert "13:46:39.2538432" in created and "2013" in created and "26" in created


def test_draft_06_preferences(invite):
    assert [round(float(q), 6) for q in invite["skypefed.candidate.q"]] == [row[2] for row in DRAFT_06]


def test_key_lines_end_before_their_key(invite):
    lines = [line.partition(" inline:")[0] for line in wire(r"\n(a=crypto[^\r\n]*)")]
    assert invite["skypefed.crypto"] == lines


def test_bodies_are_summed_up(invite):
    old, new = invite["skypefed.sdp"]
    assert "Offer" in old and "draft 06" in old and "fallback" in old
    assert "Offer" in new and "draft 19" in new and "fallback" not in new


@pytest.mark.parametrize("form", ALONE)
def test_form_decodes_alike(form, invite, decoded, samples):
    [frame] = decoded(samples / f"{variants.BASE}-{form}.pcapng")
    read = SAME_BUT_FOR.get(form, str)
    assert {name: list(map(read, values)) for name, values in frame.items()} == {
        name: list(map(read, values)) for name, values in invite.items()}


@pytest.mark.parametrize("form", sorted(SAME_BUT_FOR))
def test_form_shows_its_own_bytes(form, invite, decoded, samples):
    """What differs in a form is shown as it is in the message; else the comparison above would prove little."""
    [frame] = decoded(samples / f"{variants.BASE}-{form}.pcapng")
    assert {name for name in frame if frame[name] != invite[name]} == {
        "folded": {"skypefed.via", "skypefed.route"},
        "loose-blanks": {"skypefed.candidate"},
        "padded-base64": {"skypefed.candidate", "skypefed.candidate.username", "skypefed.candidate.password"},
    }[form]


def test_small_segments_decode_alike(invite, decoded, samples):
    frames = decoded(samples / f"{variants.BASE}-small-segments.pcapng")
    assert len(frames) == 3  # INVITE, ACK and BYE
    assert frames[0] == invite


def test_three_messages_decode_one_after_the_other(invite, decoded, samples):
    """INVITE, ACK and BYE in one frame; the last two have the INVITE's header, but no body."""
    [frame] = decoded(samples / f"{variants.BASE}-three-messages.pcapng")
    assert set(frame) == set(invite)
    for name, values in frame.items():
        assert values[:len(invite[name])] == invite[name], name
        group = name.removeprefix("skypefed.").removeprefix("section.").split(".")[0]
        is_media = group in ("sdp", "media", "crypto", "codec", "candidate", "expert")
        assert len(values) == len(invite[name]) * (1 if is_media else 3), name


def test_inside_tls_no_key_is_exposed(invite, decoded, samples):
    [frame] = decoded(samples / f"{variants.BASE}-tls.pcapng")
    assert expert_counts(frame) == {name: count for name, count in EXPERTS.items() if not name.endswith("key_exposed")}
    assert frame == {name: values for name, values in invite.items() if name != "skypefed.expert.key_exposed"}
