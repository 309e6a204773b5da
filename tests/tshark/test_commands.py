# SPDX-License-Identifier: GPL-2.0-or-later
"""Commands in bodies and their answers are joined by their ids; refusals are reported; participants are rows."""

import pytest

from crafted import request, write_datagrams

FOCUS = "sip:bob@example.com;gruu;opaque=app:conf:focus:id:7K2QXM9D"
ALICE = "sip:alice@example.com"
NAMES = ("skypefed.conference.request_in", "skypefed.conference.response_in", "skypefed.conference.result",
         "skypefed.conference.time")
EXPERT = "skypefed.expert.conference_failed"


def c3p(root, number, content, code="", sender=ALICE, receiver=FOCUS):
    code = f' code="{code}"' if code else ""
    return (f'<{root} xmlns="urn:ietf:params:xml:ns:cccp" requestId="{number}" from="{sender}" to="{receiver}"{code}>'
            f"{content}</{root}>")


def info(body, call_id="c1", cseq=1, start=f"INFO {FOCUS} SIP/2.0", kind="application/cccp+xml"):
    return request(call_id, body, content_type=kind, start=start).replace(b"CSeq: 1 INVITE", b"CSeq: 1 INFO").replace(
        b"CSeq: 1", f"CSeq: {cseq}".encode())


def answer(number, content, code, **options):
    return info(c3p("response", number, content, code, FOCUS, ALICE), **{"cseq": 9, **options})


LOCK = "<modifyConferenceLock/>"
ASK = info(c3p("request", 3, LOCK))
# Name -> (messages, what is shown of each: request in, response in, result).
CASES = {
    "success": ([ASK, answer(3, LOCK, "success")], [("", "2", "success"), ("1", "", "")]),
    "failure": ([ASK, answer(3, '<modifyConferenceLock reason="forbidden"/>', "failure")],
                [("", "2", "failure, forbidden"), ("1", "", "")]),
    "pending, then success": ([ASK, answer(3, LOCK, "pending"), answer(3, LOCK, "success")],
                              [("", "3", "success"), ("1", "", ""), ("1", "", "")]),
    "the first final answer counts": ([ASK, answer(3, LOCK, "success"), answer(3, LOCK, "failure")],
                                      [("", "2", "success"), ("1", "", ""), ("1", "", "")]),
    "repeated": ([ASK, ASK, answer(3, LOCK, "success")],
                 [("", "3", "success"), ("", "3", "success"), ("1", "", "")]),
    "asked again": ([ASK, info(c3p("request", 3, LOCK), cseq=2), answer(3, LOCK, "success")],
                    [("", "", ""), ("", "3", "success"), ("2", "", "")]),
    "two at a time": ([ASK, info(c3p("request", 4, "<addUser/>"), cseq=2), answer(4, "<addUser/>", "failure"),
                       answer(3, LOCK, "success")],
                      [("", "4", "success"), ("", "3", "failure"), ("2", "", ""), ("1", "", "")]),
    "another id": ([ASK, answer(4, LOCK, "success")], [("", "", ""), ("", "", "")]),
    "another dialog": ([ASK, answer(3, LOCK, "success", call_id="c2")], [("", "", ""), ("", "", "")]),
    "other parties": ([ASK, info(c3p("response", 3, LOCK, "success", "sip:x@example.com", "sip:y@example.com"), cseq=9)],
                      [("", "", ""), ("", "", "")]),
    "refused by SIP": ([ASK, info("", start="SIP/2.0 603 Decline")], [("", "2", "refused with 603"), ("1", "", "")]),
    "refused by SIP later": ([ASK, info("", start="SIP/2.0 603 Decline", cseq=7)], [("", "", ""), ("", "", "")]),
    "challenged": ([ASK, info("", start="SIP/2.0 407 Proxy Authentication Required")], [("", "", ""), ("", "", "")]),
    "answered by SIP alone": ([ASK, info("", start="SIP/2.0 200 OK")], [("", "", ""), ("", "", "")]),
    "no id": ([info("<request><addUser/></request>"), info('<response code="success"><addUser/></response>', cseq=9)],
              [("", "", ""), ("", "", "")]),
    "unknown word": ([ASK, answer(3, LOCK, "perhaps")], [("", "2", ""), ("1", "", "")]),
}


@pytest.mark.parametrize("name", CASES)
def test_join(name, fields, capture):
    messages, expected = CASES[name]
    path = capture(lambda file: write_datagrams(file, messages))
    rows = fields(path, *NAMES, EXPERT, args=("-2",))
    assert [tuple("".join(row[field]) for field in NAMES[:3]) for row in rows] == expected
    for number, (row, (asked_in, _, _)) in enumerate(zip(rows, expected), 1):
        waited = [f"{number - int(asked_in)}.000000000"] if asked_in else []
        assert row["skypefed.conference.time"] == waited
    failed = [bool(row[EXPERT]) for row in rows]
    assert failed == [b"failure" in message or (name == "refused by SIP" and number == 1)
                      for number, message in enumerate(messages)]
    # The first pass knows the past alone.
    assert [row[NAMES[0]] for row in fields(path, *NAMES[:1])] == [row[NAMES[0]] for row in rows]


def test_refusal_without_a_tree(tshark, capture):
    path = capture(lambda file: write_datagrams(file, CASES["refused by SIP"][0]))
    assert "The conference command modifyConferenceLock was refused with 603" in tshark(
        "-r", path, "-q", "-z", "expert,note,skypefed")


def test_role_that_was_asked_for(tshark, capture):
    user = f"<addUser><user entity='{ALICE}'><roles><entry>{{}}</entry></roles></user></addUser>"
    path = capture(lambda file: write_datagrams(file, [
        info(c3p("request", 1, user.format("attendee"))), answer(1, user.format("presenter"), "success"),
        info(c3p("request", 2, user.format("presenter")), cseq=2), answer(2, user.format("Presenter"), "success")]))
    shown = [line.strip() for line in tshark("-r", path, "-V", "-O", "skypefed").splitlines()]
    titles = [line for line in shown if line.startswith("Conference command: ")]
    assert titles == [
        f"Conference command: addUser, {ALICE} as attendee",
        f"Conference command: addUser, success, {ALICE} as presenter (asked for: attendee)",
        f"Conference command: addUser, {ALICE} as presenter",
        f"Conference command: addUser, success, {ALICE} as Presenter"]


def test_conferencing_server(tshark, capture):
    command = '<addUser mcuUri="sip:bob@example.com;gruu;opaque=app:conf:audio-video:id:7K2QXM9D"/>'
    shown = tshark("-r", capture(lambda file: write_datagrams(file, [info(c3p("request", 1, command))])), "-V", "-O",
                   "skypefed")
    assert ("Conferencing server: sip:bob@example.com;gruu;opaque=app:conf:audio-video:id:7K2QXM9D (audio and video)"
            in shown)


def state(*users):
    return info(f'<conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="{FOCUS}" state="full" version="1">'
                f'<users>{"".join(users)}</users></conference-info>', kind="application/conference-info+xml",
                start="BENOTIFY sip:192.0.2.10 SIP/2.0")


def user(name, *endpoints, state_word="full", role="attendee"):
    return (f'<user entity="sip:{name}@example.com" state="{state_word}"><roles><entry>{role}</entry></roles>'
            + "".join(f'<endpoint entity="e" session-type="{kind}"><status>{status}</status>{media}</endpoint>'
                      for kind, status, media in endpoints) + "</user>")


AUDIO = '<media id="1"><type>audio</type><status>{}</status><media-ingress-filter>{}</media-ingress-filter></media>'


@pytest.mark.parametrize("row, words, may_wait", [
    (user("a", ("audio-video", "connected", AUDIO.format("sendrecv", "unblock")), role="presenter"),
     "presenter; audio-video connected (audio sendrecv)", False),
    (user("b", ("audio-video", "connected", AUDIO.format("recvonly", "block"))),
     "attendee; audio-video connected (audio recvonly, muted by the conference)", False),
    (user("c", ("focus", "connected", "")), "attendee; focus connected; likely in the lobby, or still joining", True),
    (user("d", ("focus", "connected", ""), ("chat", "connected", "")), "attendee; focus connected; chat connected", False),
    (user("e", ("focus", "connected", ""), state_word="partial"), "attendee; focus connected", False),
    (user("f"), "attendee", False),
    ('<user entity="sip:g@example.com" state="deleted"/>', "left", False),
])
def test_participants(row, words, may_wait, tshark, fields, capture):
    path = capture(lambda file: write_datagrams(file, [state(row)]))
    name = row.split('"')[1]
    assert f"Participant: {name}: {words}" in [line.strip() for line in tshark(
        "-r", path, "-V", "-O", "skypefed").splitlines()]
    assert bool(fields(path, "skypefed.conference.user.lobby")[0]["skypefed.conference.user.lobby"]) == may_wait
    who = fields(path, "skypefed.conference.user", where="skypefed.conference.user.lobby == 1")
    assert len(who) == may_wait


def invitation(*lines, cseq=1, call_id="im"):
    return info("\r\n".join(lines) + "\r\n", call_id=call_id, cseq=cseq, start="MESSAGE sip:bob@example.com SIP/2.0",
                kind="text/x-msmsgsinvite")


OFFER = invitation("Application-Name: File Transfer", "Invitation-Command: INVITE", "Invitation-Cookie: 77",
                   "Application-File: a.txt", "Application-FileSize: 2048")
ACCEPT = invitation("Invitation-Command: ACCEPT", "Invitation-Cookie: 77", "Port: 6891", cseq=2)


def cancel(code, cookie="77"):
    return invitation("Invitation-Command: CANCEL", f"Invitation-Cookie: {cookie}", f"Cancel-Code: {code}", cseq=3)


@pytest.mark.parametrize("messages, ended, result", [
    ([OFFER, ACCEPT], "2", "accepted"),
    ([OFFER, cancel("REJECT")], "2", "ended, REJECT"),
    ([OFFER, ACCEPT, cancel("FAIL")], "3", "ended, FAIL"),
    ([OFFER, cancel("REJECT", "78")], "", ""),
    ([OFFER, info("", call_id="im", start="SIP/2.0 480 Gone").replace(b"INFO", b"MESSAGE")], "2", "refused with 480"),
    ([OFFER], "", ""),
])
def test_file_invitation(messages, ended, result, fields, capture):
    path = capture(lambda file: write_datagrams(file, messages))
    rows = fields(path, "skypefed.messaging.response_in", "skypefed.messaging.result", "skypefed.messaging.request_in",
                  "skypefed.messaging.file_size", EXPERT, args=("-2",))
    assert "".join(rows[0]["skypefed.messaging.response_in"]) == ended
    assert "".join(rows[0]["skypefed.messaging.result"]) == result
    assert rows[0]["skypefed.messaging.file_size"] == ["2048"]
    assert not any(row[EXPERT] for row in rows)


def test_file_transfer_of_lync(fields, capture):
    def part(body, cseq):
        return info(body, call_id="ft", cseq=cseq, kind="application/ms-filetransfer+xml")
    path = capture(lambda file: write_datagrams(file, [
        part('<request requestId="1"><publishFile><fileInfo><id>x</id><name>a.txt</name><size>120</size></fileInfo>'
             "</publishFile></request>", 1),
        part('<response requestId="1" code="failure" reason="requestCancelled"/>', 2)]))
    rows = fields(path, "skypefed.messaging.result", "skypefed.messaging.request_in", args=("-2",))
    assert rows[0]["skypefed.messaging.result"] == ["ended, requestCancelled"]
    assert rows[1]["skypefed.messaging.request_in"] == ["1"]
