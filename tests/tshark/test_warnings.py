# SPDX-License-Identifier: GPL-2.0-or-later
"""Each expert info is where it must be and nowhere else: on messages made for it, and on all samples."""

import collections
import re
import xml.etree.ElementTree as ElementTree

import pytest

from crafted import KEYS, MESSAGES, crypto, request, session, stream_of, write_datagrams

FEDERATED = "<sip:nora(example.org)@msn.com>;epid=2539071F25;tag=7166e331a"
GCM_KEY = "A" * 58 + "M="  # 44 bytes
FINGERPRINT = "a=fingerprint:sha-256 " + ":".join(["5B"] * 32) + "\r\na=setup:actpass\r\n"
OLD_KEY = "k=base64:" + "A" * 42 + "M\r\n"
ANSWER = "SIP/2.0 200 OK"

CLEAR, OPTIONAL, EXPOSED, REUSED, SUITE, TAG, CONFLICT, PRIVATE, MALFORMED, LIMIT, SIGNED, REPORTS, UNSIGNED, ODD = EXPERTS = (
    "rtp_clear", "rtp_optional", "key_exposed", "key_reused", "crypto_suite", "crypto_tag", "encryption_conflict",
    "private_address", "malformed", "limit", "srtp_unencrypted", "srtcp_unencrypted", "srtp_unauthenticated",
    "fingerprint")  # those of bodies: test_body_facts.py


def scale(tag, key=KEYS[0], role="client"):
    return f"a=cryptoscale:{tag} {role} AES_CM_128_HMAC_SHA1_80 inline:{key}|2^31|1:1\r\n"


def candidate(address, related=""):
    return f"a=candidate:1 1 UDP 2130706431 {address} 50018 typ {'relay' if related else 'host'}{related}\r\n"


def old_candidate(address):
    return (f"a=candidate:{'u' * 43} 1 {'p' * 22} UDP 0.830 {address} 54846\r\n")


def media(*sections, **options):
    return session(*sections), options


def audio(profile, *lines, **options):
    return media(stream_of(profile, *lines), **options)


def alternatives(*bodies, kind="alternative"):
    parts = "".join(f"--b\r\nContent-Type: application/sdp\r\n\r\n{body}" for body in bodies)
    return parts + "--b--\r\n", {"content_type": f"multipart/{kind};boundary=b"}


# Name -> (the message: body and further arguments of request(), the expert infos that it must get).
# A key line outside TLS is always exposed, so EXPOSED is in every row with a key.
CASES = {
    # The profile, the keys, and who says it
    "no media": (("", {}), {}),
    "clear offer": (audio("RTP/AVP"), {CLEAR: 1}),
    "clear offer, feedback profile": (audio("RTP/AVPF"), {CLEAR: 1}),
    "clear offer over TCP": (audio("TCP/RTP/AVP"), {CLEAR: 1}),
    "clear answer": (audio("RTP/AVP", start=ANSWER), {CLEAR: 1}),
    "profile in lower case": (audio("rtp/avp"), {CLEAR: 1}),
    "two clear streams": (media(stream_of("RTP/AVP"), stream_of("RTP/AVP", kind="video")), {CLEAR: 2}),
    "required offer, only signed": (
        audio("RTP/SAVP", crypto(1).replace("\r\n", " KDR=0 UNENCRYPTED_SRTP\r\n")), {SIGNED: 1, EXPOSED: 1}),
    "required offer, reports in clear": (
        audio("RTP/SAVP", crypto(1).replace("\r\n", " UNENCRYPTED_SRTCP WSH=128\r\n")), {REPORTS: 1, EXPOSED: 1}),
    "required offer, not signed": (
        audio("RTP/SAVP", crypto(1).replace("\r\n", " UNAUTHENTICATED_SRTP\r\n")), {UNSIGNED: 1, EXPOSED: 1}),
    "clear until ZRTP begins": (audio("RTP/AVP", "a=zrtp-hash:1.10 fe30efd02423cb05\r\n"), {}),
    "fingerprint of another length": (audio("RTP/SAVP", FINGERPRINT.replace("sha-256", "sha-1")), {ODD: 1}),
    "fingerprint of an unknown function": (audio("RTP/SAVP", FINGERPRINT.replace("sha-256", "sha3-512")), {}),
    "optional offer": (audio("RTP/AVP", crypto(1)), {OPTIONAL: 1, EXPOSED: 1}),
    "optional offer, Scale SRTP alone": (audio("RTP/AVP", scale(1)), {OPTIONAL: 1, EXPOSED: 1}),
    "required offer": (audio("RTP/SAVP", crypto(1)), {EXPOSED: 1}),
    "required offer over TCP": (audio("TCP/RTP/SAVP", crypto(1)), {EXPOSED: 1}),
    "encrypted answer": (audio("RTP/SAVP", crypto(1), start=ANSWER), {EXPOSED: 1}),
    "DTLS offer": (audio("UDP/TLS/RTP/SAVP", FINGERPRINT), {}),
    "DTLS offer of Teams": (audio("RTP/SAVP", FINGERPRINT), {}),
    "refused stream": (media(stream_of("RTP/AVP", port=0)), {}),
    "refused stream beside a clear one": (media(stream_of("RTP/AVP", port=0), stream_of("RTP/AVP")), {CLEAR: 1}),
    "no RTP": (media(stream_of("sip", kind="message", port=5060, formats="null")), {}),
    "old encryption": (audio("RTP/AVP", OLD_KEY, "a=encryption:required\r\n"), {EXPOSED: 1}),
    "old encryption of the session": (
        media(OLD_KEY + "a=encryption:required\r\n", stream_of("RTP/AVP"), stream_of("RTP/AVP", kind="video")),
        {EXPOSED: 1}),
    "old key in place of the session's": (
        media(OLD_KEY + "a=encryption:required\r\n", stream_of("RTP/AVP", OLD_KEY)), {EXPOSED: 1}),
    "old key that is elsewhere": (
        audio("RTP/AVP", "k=uri:https://keys.example.com/1\r\n", "a=encryption:required\r\n"), {}),
    "old key that is prompted for": (audio("RTP/AVP", "k=prompt\r\n"), {CLEAR: 1}),
    # a=encryption
    "required without a key": (audio("RTP/AVP", "a=encryption:required\r\n"), {CLEAR: 1, CONFLICT: 1}),
    "rejected though required": (audio("RTP/SAVP", crypto(1), "a=encryption:rejected\r\n"), {EXPOSED: 1, CONFLICT: 1}),
    "rejected, and clear": (audio("RTP/AVP", "a=encryption:rejected\r\n"), {CLEAR: 1}),
    "optional, and optional": (audio("RTP/AVP", crypto(1), "a=encryption:optional\r\n"), {OPTIONAL: 1, EXPOSED: 1}),
    # Suites and keys
    "unknown suite": (audio("RTP/SAVP", crypto(1, suite="ROT_13_HMAC_NONE")), {SUITE: 1, EXPOSED: 1}),
    "suite in lower case": (audio("RTP/SAVP", crypto(1, suite="aes_cm_128_hmac_sha1_80")), {EXPOSED: 1}),
    "short tag": (audio("RTP/SAVP", crypto(1, suite="AES_CM_128_HMAC_SHA1_32")), {EXPOSED: 1}),
    "GCM": (audio("RTP/SAVP", crypto(1, GCM_KEY, "AEAD_AES_256_GCM")), {EXPOSED: 1}),
    "GCM without padding": (audio("RTP/SAVP", crypto(1, GCM_KEY.rstrip("="), "AEAD_AES_256_GCM")), {EXPOSED: 1}),
    "GCM key for a CM suite": (audio("RTP/SAVP", crypto(1, GCM_KEY)), {SUITE: 1, EXPOSED: 1}),
    "CM key for a GCM suite": (audio("RTP/SAVP", crypto(1, suite="AEAD_AES_256_GCM")), {SUITE: 1, EXPOSED: 1}),
    "key of three bytes too few": (audio("RTP/SAVP", crypto(1, KEYS[0][:-4])), {SUITE: 1, EXPOSED: 1}),
    # Tags and reuse
    "three lines of Lync": (audio("RTP/AVP", scale(1), crypto(2, KEYS[1]), crypto(3, KEYS[2])),
                            {OPTIONAL: 1, EXPOSED: 1}),
    "tag used twice": (audio("RTP/SAVP", crypto(1), crypto(1, KEYS[1])), {TAG: 1, EXPOSED: 1}),
    "tag used by both schemes": (audio("RTP/SAVP", scale(1), crypto(1, KEYS[1])), {TAG: 1, EXPOSED: 1}),
    "tag used in two streams": (media(stream_of("RTP/SAVP", crypto(1)), stream_of("RTP/SAVP", crypto(1, KEYS[1]),
                                                                                  kind="video")), {EXPOSED: 1}),
    "key reused": (media(stream_of("RTP/SAVP", crypto(1)), stream_of("RTP/SAVP", crypto(1), kind="video")),
                   {REUSED: 1, EXPOSED: 1}),
    # Some Skype for Business builds write one key into all lines of a stream; that is no second stream.
    "one key in all lines of a stream": (audio("RTP/SAVP", scale(1), crypto(2), crypto(3)), {EXPOSED: 1}),
    "one offer in two alternatives": (alternatives(session(stream_of("RTP/SAVP", crypto(1))),
                                                   session(stream_of("RTP/SAVP", crypto(1)))), {EXPOSED: 1}),
    "clear alternative": (alternatives(session(stream_of("RTP/SAVP", crypto(1))), session(stream_of("RTP/AVP"))),
                          {OPTIONAL: 1, EXPOSED: 1}),
    "two clear alternatives": (alternatives(session(stream_of("RTP/AVP")), session(stream_of("RTP/AVP"))), {CLEAR: 2}),
    # Candidates
    "private address to the outside": (audio("RTP/SAVP", FINGERPRINT, candidate("10.1.2.3"), sender=FEDERATED),
                                       {PRIVATE: 1}),
    "private address inside": (audio("RTP/SAVP", FINGERPRINT, candidate("10.1.2.3")), {}),
    "public address": (audio("RTP/SAVP", FINGERPRINT, candidate("203.0.113.9"), sender=FEDERATED), {}),
    "private related address": (audio("RTP/SAVP", FINGERPRINT, candidate("203.0.113.9", " raddr 192.168.1.2 rport 9"),
                                      sender=FEDERATED), {PRIVATE: 1}),
    "private address of draft 06": (audio("RTP/SAVP", FINGERPRINT, old_candidate("172.16.0.1"), sender=FEDERATED),
                                    {PRIVATE: 1}),
    "172.32 is public": (audio("RTP/SAVP", FINGERPRINT, candidate("172.32.0.1"), sender=FEDERATED), {}),
    "shared address space": (audio("RTP/SAVP", FINGERPRINT, candidate("100.64.0.1"), sender=FEDERATED), {PRIVATE: 1}),
    "link-local address": (audio("RTP/SAVP", FINGERPRINT, candidate("169.254.3.4"), sender=FEDERATED), {PRIVATE: 1}),
    "unique local IPv6": (audio("RTP/SAVP", FINGERPRINT, candidate("fd00::1"), sender=FEDERATED), {PRIVATE: 1}),
    "documentation IPv6": (audio("RTP/SAVP", FINGERPRINT, candidate("2001:db8::1"), sender=FEDERATED), {}),
    # Faults and limits
    "lifetime that is none": (audio("RTP/SAVP", crypto(1, rest="|2^49")), {MALFORMED: 1, EXPOSED: 1}),
    "port that is none": (media("m=audio 65536 RTP/SAVP 0\r\n" + FINGERPRINT), {MALFORMED: 1}),
    "connection id that is none": (("", {"headers": "Via: SIP/2.0/TLS 192.0.2.1;ms-received-cid=xyz\r\n"}),
                                   {MALFORMED: 1}),
    "too many Vias": (("", {"headers": "Via: SIP/2.0/TLS 192.0.2.1;ms-received-cid=100\r\n" * 70}), {LIMIT: 1}),
}

# Samples that cross federation: a private address in their candidates is visible to the partner.
FEDERATED_SAMPLES = re.compile(r"skype|srtp-declined|early-media|encryption-mismatch|fallback-retry|mid-call|voice-mail"
                               r"|federation-failure|public-im|live-messenger")


@pytest.fixture(scope="module")
def cases(capture):
    """A capture of the messages of all cases."""
    return capture(lambda file: write_datagrams(file, [request(f"case-{number}", body, **options)
                                                       for number, ((body, options), _) in enumerate(CASES.values())]))


@pytest.fixture(scope="module")
def raised(fields, cases):
    """Case -> the expert infos that its message got, read in one run."""
    frames = fields(cases, *[f"skypefed.expert.{name}" for name in EXPERTS], where="sip")
    assert len(frames) == len(CASES)
    return dict(zip(CASES, (counts(frame) for frame in frames)))


def counts(frame):
    """Expert info -> how often, of a row of fields."""
    return {name: len(frame[f"skypefed.expert.{name}"]) for name in EXPERTS if frame[f"skypefed.expert.{name}"]}


@pytest.mark.parametrize("case", CASES)
def test_message_gets_its_expert_infos(case, raised):
    assert raised[case] == CASES[case][1]


def test_every_expert_info_has_a_case_with_and_without_it():
    for name in EXPERTS:
        assert {name in expected for _, expected in CASES.values()} == {True, False}


def test_severities_and_groups(tshark, cases):
    """The severity decides what a user sees first; the group PI_SECURITY gathers what is about protection."""
    seen = {}
    for info in ElementTree.fromstring(tshark("-r", cases, "-T", "pdml")).iter("field"):
        parts = {field.get("name"): field.get("showname") for field in info.iterfind("field")}
        for name in EXPERTS:
            if info.get("name") == "_ws.expert" and f"skypefed.expert.{name}" in parts:
                seen.setdefault(name, set()).add((parts["_ws.expert.severity"].partition(": ")[2],
                                                  parts["_ws.expert.group"].partition(": ")[2]))
    warning, note = {("Warning", "Security")}, {("Note", "Security")}
    assert seen == {CLEAR: warning, OPTIONAL: note, SIGNED: warning, REPORTS: note, UNSIGNED: note, ODD: note,
                    EXPOSED: warning, REUSED: note, SUITE: warning | note,
                    TAG: warning, CONFLICT: warning, PRIVATE: note, MALFORMED: {("Warning", "Malformed")},
                    LIMIT: {("Note", "Undecoded")}}


# Samples whose INVITE leaves it to the response to make the offer.
OFFER_IN_RESPONSE = {"offer-in-200-answer-in-ack"}


def in_sample(text, offers):
    """What the bodies of a sound sample message call for, found from their lines by a few plain rules."""
    found = collections.Counter()
    for body in re.split(r"(?m)^(?=v=0)", text)[1:]:
        for section in re.split(r"(?m)^(?=m=)", body)[1:]:
            port, profile = section.split()[1:3]
            keys = len(re.findall(r"(?m)^a=crypto(?:scale)?:", section))
            found[EXPOSED] |= bool(keys or re.search(r"(?m)^k=base64:", section))
            is_old = re.search(r"(?m)^k=", section) and re.search(r"(?m)^a=encryption:(required|optional)", section)
            if port != "0" and re.fullmatch(r"(TCP/)?RTP/AVPF?", profile) and not is_old:
                found[OPTIONAL] += bool(keys) and offers
                found[CLEAR] += not keys
    return found


@pytest.mark.parametrize("scenario_name", sorted(
    folder.name for folder in MESSAGES.iterdir() if not folder.name.startswith("broken-")))
def test_sample(scenario_name, fields, samples):
    expected = collections.Counter()
    for path in (MESSAGES / scenario_name).rglob("*.sip"):
        if scenario_name != "plain-sip":
            text = path.read_text(encoding="utf-8")
            start = "SIP/2.0 200" if scenario_name in OFFER_IN_RESPONSE else "INVITE"
            expected += in_sample(text, offers=text.startswith(start))
    frames = fields(samples / f"{scenario_name}.pcapng", "skypefed.expert.rtp_declined",
                    *[f"skypefed.expert.{name}" for name in EXPERTS])
    seen = collections.Counter()
    for frame in frames:
        seen += counts(frame)
        seen[CLEAR] += len(frame["skypefed.expert.rtp_declined"])  # says more, in the place of CLEAR
    seen = +seen
    private = seen.pop(PRIVATE, 0)
    assert seen == +expected
    assert not private or FEDERATED_SAMPLES.search(scenario_name)


def test_private_addresses_of_a_federated_sample_are_reported(fields, samples):
    rows = fields(samples / "skype-to-lync-clear.pcapng", "skypefed.candidate.address",
                  "skypefed.candidate.related_address", "skypefed.expert.private_address", where="skypefed.candidate")
    assert [row for row in rows if row["skypefed.expert.private_address"]]
    for row in rows:
        own = sum(address.startswith(("10.", "192.168.")) for address in row["skypefed.candidate.address"])
        assert bool(own) <= len(row["skypefed.expert.private_address"])
        assert own or not row["skypefed.expert.private_address"] or row["skypefed.candidate.related_address"]


def test_no_expert_info_holds_a_key(tshark, cases, samples):
    """Neither those of the cases above nor those of any sample."""
    texts = [tshark("-r", cases, "-q", "-z", "expert")]
    keys = {*KEYS, GCM_KEY}
    for folder in MESSAGES.iterdir():
        for file in folder.rglob("*.sip"):
            keys.update(re.findall(r"inline:([A-Za-z0-9+/]{16,})", file.read_bytes().decode("utf-8", "replace")))
        texts.append(tshark("-r", samples / f"{folder.name}.pcapng", "-q", "-z", "expert"))
    ours = [line for text in texts for line in text.splitlines() if "SkypeFed" in line]
    assert len(ours) > 50 and len(keys) > 50
    assert not [(line, key) for line in ours for key in keys if key in line or key[:16] in line]


# Name -> (messages of one call: start line, To tag and whether it has SDP; what is said of the clear media of each).
ANSWERED = "The audio media is not encrypted: RTP/AVP without any key"
WOULD_BE = "The audio media would not be encrypted: RTP/AVP without any key"
CLEAR_CALLS = {
    "answered": ([("INVITE sip:anna@example.com SIP/2.0", "", True), ("SIP/2.0 200 OK", ";tag=7", True)],
                 [WOULD_BE, ANSWERED]),
    "refused": ([("INVITE sip:anna@example.com SIP/2.0", "", True), ("SIP/2.0 488 Not Acceptable Here", ";tag=7", False)],
                [WOULD_BE, None]),
    "refused with what would be taken": (
        [("INVITE sip:anna@example.com SIP/2.0", "", True), ("SIP/2.0 488 Not Acceptable Here", ";tag=7", True)],
        [WOULD_BE, WOULD_BE]),
    "never answered": ([("INVITE sip:anna@example.com SIP/2.0", "", True)], [WOULD_BE]),
    "offered in the answer": ([("INVITE sip:anna@example.com SIP/2.0", "", False), ("SIP/2.0 200 OK", ";tag=7", True)],
                              [None, WOULD_BE]),
}


@pytest.mark.parametrize("args", [(), ("-2",)])
@pytest.mark.parametrize("name", CLEAR_CALLS)
def test_nothing_is_said_of_media_before_it_is_agreed(name, args, fields, capture):
    """An offer that was refused has led to no media: no text, verdict or filter may say otherwise."""
    rows, texts = CLEAR_CALLS[name]
    path = capture(lambda file: write_datagrams(file, [
        request("c", session(stream_of("RTP/AVP")) if has_session else "", start=start,
                receiver=f"<sip:anna@example.com>{tag}") for start, tag, has_session in rows]))
    found = fields(path, "_ws.expert.message", "skypefed.media.verdict", args=args, where="skypefed")
    assert [next((text for text in row["_ws.expert.message"] if "media" in text), None) for row in found] == texts
    unencrypted = fields(path, "frame.number", args=args, where="skypefed.media.verdict in {3, 4, 9, 11}")
    assert len(unencrypted) == texts.count(ANSWERED)
