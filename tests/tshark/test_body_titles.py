# SPDX-License-Identifier: GPL-2.0-or-later
"""What whole bodies come to, in their titles: bodies of each kind that are not those of the samples."""

import pytest

from crafted import request, write_datagrams

INFO = "application/conference-info+xml"
QUALITY = "application/vq-rtcpxr+xml"
FILE = "application/ms-filetransfer+xml"
PIDF = "application/pidf+xml"


def line(label, path="", streams=""):
    ice = f"<Description><Connectivity><Ice>{path}</Ice></Connectivity></Description>" if path else ""
    return f'<MediaLine Label="{label}">{ice}{streams}</MediaLine>'


def report(*lines):
    return f'<VQReportEvent><VQSessionReport SessionId="s">{"".join(lines)}</VQSessionReport></VQReportEvent>'


def heard(jitter):
    return f"<InboundStream><Jitter><InterArrival>{jitter}</InterArrival></Jitter></InboundStream>"


def users(*states, state="full"):
    rows = "".join(f'<user entity="sip:u{number}@example.com" state="{word}"/>' for number, word in enumerate(states))
    return f'<conference-info entity="sip:f" state="{state}" version="3"><users>{rows}</users></conference-info>'


def recipients(*statuses):
    rows = "".join(f'<recipient uri="sip:{number}">{f"<status>{status}</status>" if status else ""}</recipient>'
                   for number, status in enumerate(statuses))
    return f"<imdn><message-id>4</message-id>{rows}</imdn>"


FRAMES = ("<InboundStream><Payload><Video><RecvFrameRateAverage>{}</RecvFrameRateAverage></Video></Payload>"
          "</InboundStream>").format
CALL = "Quality report of a call"
LINES = "VQSessionReport: CallTerm\r\nCallID: 9@x\r\nLocalMetrics:\r\n{}\r\n".format

# Name -> (media type, body, its title)
TITLES = {
    "good": (QUALITY, report(line("main-audio", "DIRECT", heard(3))), f"{CALL}: not poor"),
    "good audio, poor video": (QUALITY, report(line("main-audio", "DIRECT", heard(3)),
                                               line("main-video", "RELAY", FRAMES(5))),
                               f"{CALL}: poor: frame rate 5.0 frames/s"),
    "good audio, no video": (QUALITY, report(line("main-audio", "DIRECT", heard(3)), line("main-video", "FAILED")),
                             f"{CALL}: no media path"),
    "no video, poor audio": (QUALITY, report(line("main-video", "FAILED"), line("main-audio", "RELAY", heard(55))),
                             f"{CALL}: poor: jitter 55 ms"),
    "no estimates": (QUALITY, report(line("main-audio", "DIRECT")), CALL),
    "text, good": ("application/vq-rtcpxr", LINES("PacketLoss:NLR=0.2 JDR=0"), f"{CALL} (RFC 6035), Call-ID 9@x: not poor"),
    "text, poor": ("application/vq-rtcpxr", LINES("Delay:RTD=700 IAJ=2"), f"{CALL} (RFC 6035), Call-ID 9@x: poor: round trip 700 ms"),
    "text without a measure": ("application/vq-rtcpxr", LINES("QualityEst:MOSLQ=127"), f"{CALL} (RFC 6035), Call-ID 9@x"),
    "all users": (INFO, users("full", "full", "full"), "State of a conference: 3 participants"),
    "one changed": (INFO, users("partial", state="partial"), "State of a conference: only what changed, 1 participant"),
    "one left": (INFO, users("deleted", state="partial"),
                 "State of a conference: only what changed, 1 participant, who left"),
    "two of three left": (INFO, users("deleted", "full", "deleted", state="partial"),
                          "State of a conference: only what changed, 3 participants, 2 of them left"),
    "conference over": (INFO, users(state="deleted"), "State of a conference: the conference is over"),
    "delivered": ("application/ms-imdn+xml", recipients(200), "Delivery notice of an instant message: delivered to 1 of 1"),
    "delivered to some": ("application/ms-imdn+xml", recipients(200, 480, None, 202),
                          "Delivery notice of an instant message: delivered to 2 of 4"),
    "LCS, on the phone": ("text/xml+msrtc.pidf", '<presentity uri="z@example.org"><availability aggregate="300"/>'
                          '<activity aggregate="500"/></presentity>', "Presence of a contact (LCS 2005): on the phone"),
    "LCS, gone": ("text/xml+msrtc.pidf", '<presentity uri="z@example.org"><availability aggregate="0"/>'
                  '<activity aggregate="600"/></presentity>', "Presence of a contact (LCS 2005): offline"),
    "open": (PIDF, '<presence entity="pres:z@example.org"><tuple><status><basic>open</basic></status></tuple></presence>',
             "Presence of a contact (RFC 3863): open"),
    "one byte": (FILE, '<request requestId="1"><publishFile><fileInfo><size>1</size></fileInfo></publishFile></request>',
                 "File transfer: publishFile, 1 byte"),
    "mute": ("application/cccp+xml", '<request requestId="1"><modifyEndpointMedia><mediaKeys userEntity="sip:c@example.com" '
             'mediaId="1"/></modifyEndpointMedia></request>', "Conference command: modifyEndpointMedia, sip:c@example.com"),
}


@pytest.fixture(scope="module")
def listing(tshark, capture):
    """Name -> the rows of its body."""
    messages = [request(f"t{number}", body, content_type=kind, start="NOTIFY sip:anna@example.com SIP/2.0")
                for number, (kind, body, _) in enumerate(TITLES.values())]
    path = capture(lambda file: write_datagrams(file, messages))
    frames = tshark("-r", path, "-O", "skypefed", "-V").split("\nFrame ")
    return {name: [row.strip() for row in frame.partition("\n    Bodies\n")[2].splitlines()]
            for name, frame in zip(TITLES, frames)}


@pytest.mark.parametrize("name", TITLES)
def test_title(name, listing):
    assert listing[name][0] == TITLES[name][2]


def test_title_of_the_tree_names_the_contact(tshark, capture):
    kinds = ("LCS, on the phone", "LCS, gone", "open")
    path = capture(lambda file: write_datagrams(file, [
        request(name[:3], TITLES[name][1], content_type=TITLES[name][0], start="NOTIFY sip:anna@example.com SIP/2.0")
        for name in kinds]))
    titles = [row for row in tshark("-r", path, "-O", "skypefed", "-V").splitlines() if row.startswith("Skype/Lync")]
    assert [title.partition("; ")[2] for title in titles] == [
        "presence of z@example.org: on the phone", "presence of z@example.org: offline", "presence of z@example.org: open"]


# What stands for no measure, or cannot be one -> the field that must not have it.
NONE = {"QualityEst:MOSLQ=127": "listening_mos", "QualityEst:MOSCQ=0.0": "conversational_mos", "Delay:RTD=65535": "round_trip",
        "Delay:IAJ=65535": "jitter"}
SOME = {"QualityEst:MOSLQ=1.2": "listening_mos", "QualityEst:MOSCQ=4.9": "conversational_mos", "Delay:RTD=65534": "round_trip",
        "Delay:IAJ=0": "jitter"}


def test_what_stands_for_none_is_no_measure(fields, capture):
    rows = [*NONE.items(), *SOME.items()]
    path = capture(lambda file: write_datagrams(file, [
        request(f"n{number}", LINES(text), content_type="application/vq-rtcpxr") for number, (text, _) in enumerate(rows)]))
    for (text, name), row in zip(rows, fields(path, *(f"skypefed.quality.{name}" for name in SOME.values()), where="skypefed")):
        assert bool(row[f"skypefed.quality.{name}"]) == (text in SOME), text


INSIDE = "<{0}><IPAddr>{1}</IPAddr><Inside>{2}</Inside></{0}>".format


@pytest.mark.parametrize("local, remote, is_finding", [
    ("true", "true", True), ("1", "true", True), ("true", "false", False), ("false", "true", False), ("true", "", False)])
def test_direct_path_that_failed_inside(local, remote, is_finding, fields, capture):
    """Of the line in question: the ends of another one do not count."""
    ends = INSIDE("LocalAddr", "10.0.0.5", local) + (INSIDE("RemoteAddr", "10.0.0.9", remote) if remote else "")
    ice = "<Connectivity><Ice>RELAY</Ice><IceWarningFlags>49152</IceWarningFlags></Connectivity>"
    other = INSIDE("LocalAddr", "10.0.0.5", "true") + INSIDE("RemoteAddr", "10.0.0.9", "true")
    body = report(f'<MediaLine Label="main-audio"><Description>{ice}{ends}</Description></MediaLine>',
                  f'<MediaLine Label="main-video"><Description>{other}</Description></MediaLine>')
    path = capture(lambda file: write_datagrams(file, [request("i", body, content_type=QUALITY)]))
    (row,) = fields(path, "skypefed.quality.ice_failure", where="skypefed")
    blocked = ", although both ends are inside the company's network: a firewall between them may block it"
    assert row["skypefed.quality.ice_failure"] == [
        "The direct UDP path failed" + (blocked if is_finding else ""), "The UDP path through NAT failed"]


def test_connection_that_ended(tshark, capture):
    body = ('<conference-info state="partial" version="2"><users><user entity="sip:c@example.com" state="partial">'
            '<endpoint session-type="audio-video" state="full"><status>on-hold</status></endpoint>'
            '<endpoint session-type="chat" state="deleted"/></user></users></conference-info>')
    path = capture(lambda file: write_datagrams(file, [request("e", body, content_type=INFO)]))
    assert "Participant: sip:c@example.com: audio-video on-hold; chat ended\n" in tshark("-r", path, "-O", "skypefed", "-V")


def test_canceled_transfer_names_its_request(fields, capture):
    """By the id of the request that began it, which is not the id of the cancellation."""
    bodies = ['<request requestId="5"><publishFile><fileInfo><size>9</size></fileInfo></publishFile></request>',
              '<request requestId="6"><downloadFile/></request>',
              '<request requestId="7"><cancelTransfer><transferId>5</transferId></cancelTransfer></request>',
              '<request requestId="8"><cancelTransfer><transferId>99</transferId></cancelTransfer></request>']
    path = capture(lambda file: write_datagrams(file, [
        request("ft", body, content_type=FILE, start="INFO sip:anna@example.com SIP/2.0").replace(
            b"CSeq: 1", b"CSeq: %d" % (number + 1)) for number, body in enumerate(bodies)]))
    rows = fields(path, "skypefed.messaging.request_in", "skypefed.messaging.response_in", "skypefed.messaging.canceled_id",
                  args=("-2",), where="skypefed")
    assert [row["skypefed.messaging.request_in"] for row in rows] == [[], [], ["1"], []]
    assert [row["skypefed.messaging.response_in"] for row in rows] == [["3"], [], [], []]
    assert [row["skypefed.messaging.canceled_id"] for row in rows] == [[], [], ["5"], ["99"]]
