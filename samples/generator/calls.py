# SPDX-License-Identifier: GPL-2.0-or-later
"""Any number of interleaved calls, with the truth about each: the measure of call table and verdicts.

Every call plays one of the stories below.  Calls begin a second or two after one another and overlap; as
the next one is made only when its time comes, memory does not grow with their number.  The same count
and seed give the same bytes.
"""

import heapq
import itertools
import random
from dataclasses import dataclass, field

from . import call_text, datagram, scenario, wire
from .call_text import SUITE, crypto_line, key, key_lines, messaging, scale_line, session, stream

_SECOND = 1_000_000
_BETWEEN_CALLS = 1.4  # seconds, mean
_RETRANSMISSION = _SECOND // 2
_PAIRS = 12

# Values of the verdict enum of skypefed.call.verdict.
NOT_NEGOTIATED, SRTP, SCALE_SRTP, CLEAR, CLEAR_AFTER_OFFER, DTLS_SRTP, NO_MEDIA, MIXED = range(8)
VERDICTS = ("Not negotiated", "SRTP agreed", "Scale SRTP agreed", "Clear RTP agreed",
            "Clear RTP after SRTP was offered", "DTLS-SRTP agreed", "No media", "Mixed")

_SIP_DOMAIN, _SKYPE = 1, 4
_FINGERPRINT = ("a=fingerprint:sha-256 " + ":".join(["5B"] * 32) + "\r\na=setup:actpass\r\n")


@dataclass
class _Call:
    """One call in the making: its dialog, its random numbers, its truth, and what it has sent."""

    number: int
    start: int
    random: random.Random
    dialog: call_text.Dialog = None
    near: wire.Endpoint = None
    far: wire.Endpoint = None
    truth: dict = field(default_factory=dict)


def messages(count, seed=1, truth=None):
    """The messages of `count` calls in order of time: (microseconds since 1970, source, target, bytes).

    source and target are Endpoints.  truth: anything with append(); it is given a dict for each call, in
    order of their first messages, at the time of that message:

    number, first_frame (both from 1; one message is one frame), time (microseconds), caller and callee
    (real addresses), caller_network, callee_network (network enum), story, outcome (name), verdict (number), verdict_name,
    suite (None where no key was agreed), final_response (None if there was none), diagnostics (code or
    None), answered and ended (microseconds of the 200 to the INVITE and of the BYE, None without),
    duration (seconds between the two, None without).
    """
    starts = _starts(count, seed)
    upcoming = next(starts, None)
    active = []
    order = itertools.count()
    frame = 0
    while active or upcoming:
        if upcoming and (not active or upcoming.start <= active[0][0]):
            script = _play(upcoming)
            when, party, payload = next(script)
            upcoming.truth["first_frame"] = None
            heapq.heappush(active, (when, next(order), party, payload, script, upcoming))
            upcoming = next(starts, None)
            continue
        when, _, party, payload, script, call = heapq.heappop(active)
        frame += 1
        if call.truth["first_frame"] is None:
            call.truth["first_frame"] = frame
            if truth is not None:
                truth.append(call.truth)
        ends = (call.near, call.far) if party == "a" else (call.far, call.near)
        yield when, *ends, payload
        following = next(script, None)
        if following:
            heapq.heappush(active, (following[0], next(order), *following[1:], script, call))


def frames(count, seed=1, truth=None):
    """The same calls as frames of a capture, UDP over IPv4: (microseconds, Ethernet frame)."""
    for ip_id, (when, source, target, payload) in enumerate(messages(count, seed, truth)):
        yield when, datagram.frame(source, target, ip_id, payload)


def _starts(count, seed):
    """The calls, each with a story and parties, at its time; nothing of their messages yet."""
    clock = random.Random(f"{seed}/clock")
    now = scenario.START
    for number in range(1, count + 1):
        call = _Call(number, now, random.Random(f"{seed}/{number}"))
        _cast(call)
        yield call
        now += int(clock.expovariate(1 / _BETWEEN_CALLS) * _SECOND) + 1


def _cast(call):
    """Choose parties and story, and write down the part of the truth that no message changes."""
    call.near, call.far = scenario.endpoints(call.random.randrange(_PAIRS), over_tcp=False)
    from_skype = call.random.random() < 0.4
    caller = f"caller{call.number}@example.org"
    callee = f"callee{call.number}@example.com"
    wire_caller = caller.replace("@", "(", 1) + ")@msn.com" if from_skype else caller
    call.dialog = call_text.Dialog(call.number, wire_caller, callee, call.near, call.far)
    story = call.random.choices(list(_STORIES), [weight for weight, _ in _STORIES.values()])[0]
    call.truth.update(number=call.number, time=call.start, caller=caller, callee=callee,
                      caller_network=_SKYPE if from_skype else _SIP_DOMAIN, callee_network=_SIP_DOMAIN,
                      story=story, outcome=_OUTCOMES.get(story, "Answered"), suite=None, final_response=None, diagnostics=None, answered=None,
                      ended=None, duration=None)


def _play(call):
    """The messages of a call: (microseconds, party, bytes), and its truth completed before the first."""
    script = list(_timed(call, _STORIES[call.truth["story"]][1](call)))
    call.truth["verdict_name"] = VERDICTS[call.truth["verdict"]]
    if call.truth["answered"] and call.truth["ended"]:
        call.truth["duration"] = (call.truth["ended"] - call.truth["answered"]) / _SECOND
    return iter(script)


def _timed(call, script):
    """Give each (pause, party, bytes[, moment]) its time; `moment` names the truth that it sets."""
    now = call.start
    for pause, party, payload, *moment in script:
        now += pause
        for name in moment:
            call.truth[name] = now
        yield now, party, payload


def _conversation(call):
    return int(call.random.uniform(5, 120) * _SECOND)


def _ring(call, offer, retransmit=False):
    invite = call.dialog.request("a", "INVITE", offer, tagged=False)
    yield 0, "a", invite
    if retransmit:
        yield _RETRANSMISSION, "a", invite
    yield 40_000, "b", call.dialog.response("b", "100 Trying", "INVITE", tagged=False)
    yield 300_000, "b", call.dialog.response("b", "180 Ringing", "INVITE")


def _answered(call, offer, answer, verdict, suite=None, bye_headers="", retransmit=False, between=()):
    """A call that is answered, talks and ends; `between` holds messages in the middle of it."""
    call.truth.update(verdict=verdict, suite=suite, final_response=200)
    yield from _ring(call, offer, retransmit)
    accept = call.dialog.response("b", "200 OK", "INVITE", answer)
    yield int(call.random.uniform(1, 12) * _SECOND), "b", accept, "answered"
    if retransmit:
        yield _RETRANSMISSION, "b", accept
    yield 40_000, "a", call.dialog.request("a", "ACK")
    yield from between
    party = call.random.choice("ab")
    yield _conversation(call), party, call.dialog.request(party, "BYE", headers=bye_headers), "ended"
    other = "b" if party == "a" else "a"
    yield 40_000, other, call.dialog.response(other, "200 OK", "BYE")


def _audio_offer(call, profile="RTP/AVP", keys=True):
    return session(call.near.address) + stream("audio", 50_000, profile, key_lines(call.number, 0) if keys else "")


def _audio_answer(call, profile, lines="", port=52_000, version=0):
    return session(call.far.address, version) + stream("audio", port, profile, lines)


def _srtp(call):
    tag = call.random.choice((2, 3))
    lines = crypto_line(tag, key(call.number, "answer"), mki=tag == 2)
    profile = call.random.choice(("RTP/AVP", "RTP/SAVP"))
    return _answered(call, _audio_offer(call, profile), _audio_answer(call, "RTP/SAVP", lines), SRTP, SUITE,
                     retransmit=call.random.random() < 0.2)


def _scale(call):
    lines = scale_line(1, "server", key(call.number, "answer"))
    return _answered(call, _audio_offer(call), _audio_answer(call, "RTP/SAVP", lines), SCALE_SRTP, SUITE)


def _declined(call):
    return _answered(call, _audio_offer(call), _audio_answer(call, "RTP/AVP"), CLEAR_AFTER_OFFER)


def _clear(call):
    return _answered(call, _audio_offer(call, keys=False), _audio_answer(call, "RTP/AVP"), CLEAR,
                     retransmit=call.random.random() < 0.2)


def _dtls(call):
    offer = session(call.near.address) + stream("audio", 50_000, "RTP/SAVP", _FINGERPRINT)
    answer = _audio_answer(call, "RTP/SAVP", _FINGERPRINT.replace("actpass", "active"))
    return _answered(call, offer, answer, DTLS_SRTP)


def _mixed(call):
    offer = _audio_offer(call) + stream("video", 50_100, "RTP/AVP", key_lines(call.number, 1))
    answer = (_audio_answer(call, "RTP/SAVP", crypto_line(2, key(call.number, "answer")))
              + stream("video", 52_100, "RTP/AVP"))
    return _answered(call, offer, answer, MIXED, SUITE)


def _video_refused(call):
    offer = _audio_offer(call) + stream("video", 50_100, "RTP/AVP", key_lines(call.number, 1))
    answer = (_audio_answer(call, "RTP/SAVP", crypto_line(2, key(call.number, "answer")))
              + stream("video", 0, "RTP/SAVP"))
    return _answered(call, offer, answer, SRTP, SUITE)


def _hold(call):
    line = crypto_line(2, key(call.number, "answer"))

    def between():
        for version, direction in ((1, "inactive"), (2, "sendrecv")):
            offer = session(call.near.address, version) + stream(
                "audio", 50_000, "RTP/SAVP", crypto_line(2, key(call.number, 0, 2)), direction)
            answer = session(call.far.address, version) + stream("audio", 52_000, "RTP/SAVP", line, direction)
            yield 6 * _SECOND, "a", call.dialog.request("a", "INVITE", offer)
            yield 200_000, "b", call.dialog.response("b", "200 OK", "INVITE", answer)
            yield 40_000, "a", call.dialog.request("a", "ACK")

    return _answered(call, _audio_offer(call), _audio_answer(call, "RTP/SAVP", line), SRTP, SUITE,
                     between=between())


def _media_failure(call):
    code = call.random.choice((22, 23))
    call.truth["diagnostics"] = code
    reason = (f'ms-client-diagnostics: {code}; reason="Call failed to establish due to a media connectivity '
              'failure"; CallerMediaDebug="audio:ICEWarn=0x120,LocalLocation=2"\r\n')
    lines = crypto_line(2, key(call.number, "answer"))
    return _answered(call, _audio_offer(call), _audio_answer(call, "RTP/SAVP", lines), SRTP, SUITE,
                     bye_headers=reason)


def _messages(call):
    return _answered(call, messaging(call.near.address), messaging(call.far.address, "sip:callee@example.com"),
                     NO_MEDIA)


def _refused(call):
    status, code = call.random.choice((("504 Server time-out", 1010), ("403 Forbidden", 1001),
                                       ("480 Temporarily Unavailable", 15000), ("404 Not Found", 1003)))
    call.truth.update(verdict=NOT_NEGOTIATED, final_response=int(status[:3]), diagnostics=code)
    yield from _ring(call, _audio_offer(call))
    header = f'ms-diagnostics: {code};reason="As the code says";source="edge.example.com"\r\n'
    yield 500_000, "b", call.dialog.response("b", status, "INVITE", headers=header)
    yield 40_000, "a", call.dialog.request("a", "ACK", transaction="INVITE")


def _canceled(call):
    call.truth.update(verdict=NOT_NEGOTIATED, final_response=487)
    yield from _ring(call, _audio_offer(call))
    yield 9 * _SECOND, "a", call.dialog.request("a", "CANCEL", tagged=False, transaction="INVITE")
    yield 40_000, "b", call.dialog.response("b", "200 OK", "CANCEL", transaction="INVITE")
    yield 10_000, "b", call.dialog.response("b", "487 Request Terminated", "INVITE")
    yield 40_000, "a", call.dialog.request("a", "ACK", transaction="INVITE")


def _unanswered(call):
    """The capture holds no answer of any kind."""
    call.truth.update(verdict=NOT_NEGOTIATED)
    invite = call.dialog.request("a", "INVITE", _audio_offer(call), tagged=False)
    for wait in (0, 1, 2, 4):
        yield wait * _RETRANSMISSION, "a", invite


# Name -> what is in skypefed.call.outcome at its end; "Answered" for the others.
_OUTCOMES = {"media-failure": "Failed media", "refused": "Refused", "canceled": "Canceled", "unanswered": "Unknown"}

# Name -> (weight, the messages of such a call).
_STORIES = {
    "srtp": (30, _srtp),
    "scale": (5, _scale),
    "declined": (12, _declined),
    "clear": (8, _clear),
    "dtls": (3, _dtls),
    "mixed": (4, _mixed),
    "video-refused": (5, _video_refused),
    "hold": (6, _hold),
    "media-failure": (5, _media_failure),
    "messages": (8, _messages),
    "refused": (8, _refused),
    "canceled": (4, _canceled),
    "unanswered": (2, _unanswered),
}
