# SPDX-License-Identifier: GPL-2.0-or-later
"""Times that a log states in part only, or not at all (plugin/doc/log-formats.md, section 12)."""

import datetime
import os

import pytest

from records import OPTIONS, client, only, server

DATE = "Date: Wed, 16 Oct 2013 {} GMT"


def received(*extra, time="10:20:30"):
    return client(*OPTIONS, *extra, "").replace("10:20:30", time)


def clock(packet):
    return datetime.datetime.fromtimestamp(packet.time / 1e9, datetime.timezone.utc).strftime("%H:%M:%S")


@pytest.mark.parametrize("log, expected, words", [
    (received(DATE.format("08:20:30")), "08:20:30", "times at +02:00 (by 1 Date header)"),
    (received(DATE.format("08:24:10")), "08:20:30", "times at +02:00 (by 1 Date header)"),
    (received(DATE.format("15:50:29")), "15:50:30", "times at -05:30 (by 1 Date header)"),
    (received(DATE.format("08:20:30")) + received(DATE.format("08:20:31"), time="10:20:31"), "08:20:30", "(by 2 Date headers)"),
    (received() + received(DATE.format("08:20:31"), time="10:20:31"), "08:20:30", "times at +02:00 (by 1 Date header)"),
    # Nothing is proved by a clock that is wrong, or by headers that disagree.
    (received(DATE.format("08:13:30")), "09:20:30", "times at +01:00 (taken as local time of this machine)"),
    (received(DATE.format("08:20:30")) + received(DATE.format("07:20:31"), time="10:20:31"), "09:20:30", "taken as local"),
    (received(), "09:20:30", "times at +01:00 (taken as local time of this machine)"),
])
def test_zone_by_date_headers(convert, log, expected, words):
    result = convert(log, zone="Africa/Lagos")
    assert clock(result.packets[0]) == expected and words in result.summary


def test_zone_given_by_the_user(convert):
    log = received(DATE.format("08:20:30"))
    for option, expected in (("+03:00", "07:20:30"), ("local", "09:20:30"), ("auto", "08:20:30")):
        result = convert(log, "--utc-offset", option, zone="Africa/Lagos")
        assert clock(only(result)) == expected and ("times at" in result.summary) == (option == "auto")


def test_no_zone_is_needed(convert):
    assert "times at" not in convert(server(*OPTIONS, "Message-Body: -")).summary


def test_undated_text_takes_the_time_of_its_neighbors(convert):
    text = "".join("\n".join([*OPTIONS, *extra, "", ""]) for extra in ([], [DATE.format("08:20:30")], [], []))
    packets = convert(text).packets
    assert {packet.time for packet in packets} == {1381911630000000000}
    comments = [packet.comments[0] for packet in packets]
    assert "that of the next message with a time" in comments[0] and "from its Date header" in comments[1]
    assert "that of the message before" in comments[2] and "that of the message before" in comments[3]


@pytest.mark.parametrize("changed, expected", [
    ("2026-03-07", ["2025-12-31", "2026-01-01", "2026-03-06"]),
    ("2026-03-06", ["2025-12-31", "2026-01-01", "2026-03-06"]),
    ("2026-03-01", ["2025-12-31", "2026-01-01", "2025-03-06"]),
    ("2025-12-31", ["2025-12-31", "2025-01-01", "2025-03-06"]),
])
def test_year_by_the_change_of_the_file(convert, tmp_path, changed, expected):
    """The newest year in which a message is not after the last change of the file, over New Year."""
    path = tmp_path / "sipmsg.log"
    path.write_text("".join(f"{day} 13:34:49.416 On [1:0]192.0.2.51:5061 received from 203.0.113.24:11136\n"
                            + "\n".join([*OPTIONS, "", "", "-" * 40, ""]) for day in ("Dec 31", "Jan  1", "Mar  6")))
    seconds = datetime.datetime.fromisoformat(f"{changed}T14:00:00+00:00").timestamp()
    os.utime(path, (seconds, seconds))
    dates = [datetime.datetime.fromtimestamp(packet.time / 1e9, datetime.timezone.utc).strftime("%Y-%m-%d")
             for packet in convert(path).packets]
    assert dates == expected


def test_day_by_the_change_of_the_file(convert, tmp_path):
    """Times without a date: the newest day, and the next one after midnight."""
    path = tmp_path / "pjsua.log"
    path.write_text("".join(f"{time}    pjsua_core.c  .RX 192 bytes Request msg OPTIONS/cseq=1 (rdata0x1) from TLS 192.0.2.1:5061:\n"
                            + "\n".join([*OPTIONS, "", "--end msg--", ""]) for time in ("23:59:58.000", "00:00:02.000")))
    seconds = datetime.datetime.fromisoformat("2026-03-06T23:59:59+00:00").timestamp()
    os.utime(path, (seconds, seconds))
    first, second = convert(path).packets
    assert first.time == 1772841598000000000 and second.time - first.time == 4 * 10**9


@pytest.mark.parametrize("lines, expected", [
    (["Mar  2 2026 08:10:46 gateway: a message"], "08:10:46"),
    (["2026-03-02T08:10:46.123+01:00 INFO trace"], "07:10:46"),
    (["2026-03-02 08:10:46 INFO trace", ""], "00:00:00"),
    (["2026-03-02 08:10:46 INFO trace", "more of it"], "00:00:00"),
    (["It happened on the Monday, that is 2026-03-02 08:10:46:"], "00:00:00"),
], ids=["named month", "zone", "empty line between", "line between", "prose"])
def test_entry_before_a_bare_message(convert, lines, expected):
    """The time of an entry is that of the message right below it, and of no other."""
    text = "\n".join([*lines, *OPTIONS, "", ""]) + "\nlast line\n"
    assert clock(only(convert(text))) == expected


def test_summary_counts_what_has_no_time(convert):
    bare = "\n".join([*OPTIONS, "", ""])
    assert "1 message written from 1 log (pasted text, or the log of another program); of these, 1 has no time (shown as 1970)" in convert(bare).summary
    assert "no time" not in convert("2026-03-02 08:10:46 x\n" + bare + bare).summary


def oracle_record(day, *more):
    return (f"{day} 13:34:49.416 On [1:0]192.0.2.51:5061 received from 203.0.113.24:11136\n"
            + "\n".join([*OPTIONS[:-1], *more, OPTIONS[-1], "", "", "-" * 40, ""]))


@pytest.mark.parametrize("record, expected", [
    (received(DATE.format("08:20:30")), "08:20:30"),
    (received(), "09:20:30"),
    (oracle_record("Mar  6"), "12:34:49"),
    (oracle_record("Mar  6", "Date: Wed, 06 Mar 2019 08:04:49 GMT"), "08:04:49"),
    (server(*OPTIONS, "Message-Body: -"), None),
], ids=["zone by a Date header", "zone of the machine", "no year", "year and zone by a Date header", "UTC"])
def test_first_message_without_its_head_line(convert, record, expected):
    """A log that was cut off at its beginning: the first message has the time of the next one."""
    first, second, third = convert("\n".join([*OPTIONS, "", "", record + record]), zone="Africa/Lagos").packets
    assert first.time == second.time == third.time > 1.3e18 and expected in (clock(first), None)
    assert "that of the next message with a time" in first.comments[0] and "time" not in second.comments[0]


@pytest.mark.parametrize("dated, date", [(0, "Mon, 31 Dec 2018 13:34:50 GMT"), (1, "Tue, 01 Jan 2019 13:34:49 GMT"),
                                         (2, "Wed, 06 Mar 2019 03:35:00 GMT")])
def test_year_by_a_date_header(convert, dated, date):
    """A log of years ago that was copied today: the Date header of one message says the year of all, over New Year."""
    days = ["Dec 31", "Jan  1", "Mar  6"]
    log = "".join(oracle_record(day, *[f"Date: {date}"] * (number == dated)) for number, day in enumerate(days))
    dates = [datetime.datetime.fromtimestamp(packet.time / 1e9, datetime.timezone.utc).strftime("%Y-%m-%d")
             for packet in convert(log, "--utc-offset", "Z").packets]
    assert dates == ["2018-12-31", "2019-01-01", "2019-03-06"]


def test_date_header_of_another_time(convert):
    """A clock that was never set proves nothing."""
    packet = only(convert(oracle_record("Mar  6", "Date: Mon, 01 Jan 1990 00:00:10 GMT"), "--utc-offset", "Z"))
    assert packet.time > 1.7e18


@pytest.mark.parametrize("time, date, expected", [
    ("23:59:58.000", "Sat, 09 Mar 2019 23:59:58 GMT", "2019-03-09T23:59:58"),
    ("23:59:58.000", "Sun, 10 Mar 2019 00:00:01 GMT", "2019-03-09T23:59:58"),
    ("00:00:01.000", "Sat, 09 Mar 2019 22:59:58 GMT", "2019-03-10T00:00:01"),
])
def test_day_by_a_date_header(convert, time, date, expected):
    log = (f"{time}    pjsua_core.c  .RX 192 bytes Request msg OPTIONS/cseq=1 (rdata0x1) from TLS 192.0.2.1:5061:\n"
           + "\n".join([*OPTIONS[:-1], f"Date: {date}", OPTIONS[-1], "", "--end msg--", ""]))
    packet = only(convert(log, "--utc-offset", "Z"))
    assert datetime.datetime.fromtimestamp(packet.time / 1e9, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S") == expected


def pjsua(*records):
    """A log without dates; a record is a time, and its Date header if it has one."""
    return "".join(f"{time}.000    pjsua_core.c  .RX 192 bytes Request msg OPTIONS/cseq=1 (rdata0x1) from TLS 192.0.2.1:5061:\n"
                   + "\n".join([*OPTIONS[:-1], *(f"Date: {date} GMT" for date in dates), OPTIONS[-1], "", "--end msg--", ""])
                   for time, *dates in records)


@pytest.mark.parametrize("records, expected", [
    # Silence of more than half a day, and a night.
    ([("08:00:00", "Fri, 14 Nov 2025 08:00:00"), ("21:00:00",), ("21:00:30", "Fri, 14 Nov 2025 21:00:30")],
     ["14 08:00:00", "14 21:00:00", "14 21:00:30"]),
    ([("18:30:00", "Fri, 14 Nov 2025 18:30:00"), ("08:10:00",), ("23:00:00",), ("21:00:00",)],
     ["14 18:30:00", "15 08:10:00", "15 23:00:00", "16 21:00:00"]),
    # The days before the first Date header.
    ([("22:00:00",), ("09:00:00",), ("22:00:00",), ("09:00:00",), ("22:00:00",), ("09:00:00", "Fri, 14 Nov 2025 09:00:00")],
     ["11 22:00:00", "12 09:00:00", "12 22:00:00", "13 09:00:00", "13 22:00:00", "14 09:00:00"]),
    # Entries out of order, a clock that is set back.
    ([("23:59:58", "Fri, 14 Nov 2025 23:59:58"), ("00:00:01",), ("23:59:59",), ("00:00:02",), ("23:58:00",)],
     ["14 23:59:58", "15 00:00:01", "14 23:59:59", "15 00:00:02", "14 23:58:00"]),
    ([("02:59:00", "Fri, 14 Nov 2025 02:59:00"), ("02:00:00",), ("02:10:00",)], ["14 02:59:00", "14 02:00:00", "14 02:10:00"]),
    # A later Date header wins if it agrees with its time: days of silence, another zone. Not that of a clock that was never set.
    ([("08:00:00", "Fri, 14 Nov 2025 08:00:00"), ("09:00:00", "Tue, 18 Nov 2025 08:01:00"), ("08:59:00",), ("12:00:00",)],
     ["14 08:00:00", "18 09:00:00", "18 08:59:00", "18 12:00:00"]),
    ([("08:00:00", "Fri, 14 Nov 2025 08:00:00"), ("09:00:00", "Sat, 01 Jan 2000 09:00:00"), ("12:00:00", "Sat, 15 Nov 2025 11:52:00")],
     ["14 08:00:00", "14 09:00:00", "14 12:00:00"]),
], ids=["silence", "nights", "days before", "out of order", "set back", "later header", "wrong clock"])
def test_days_of_times_without_a_date(convert, records, expected):
    moments = [datetime.datetime.fromtimestamp(packet.time / 1e9, datetime.timezone.utc)
               for packet in convert(pjsua(*records), "--utc-offset", "Z").packets]
    assert [f"{moment:%d %H:%M:%S}" for moment in moments] == expected
    assert {(moment.year, moment.month) for moment in moments} == {(2025, 11)}


@pytest.mark.parametrize("date", ["06.03.2026", "2026.03.06"])
def test_dates_with_dots(convert, date):
    packet = only(convert(f"{date} 13:34:49:117 CET | Info\n" + "\n".join([*OPTIONS, "", ""]), "--utc-offset", "Z"))
    assert packet.time == 1772804089117000000


@pytest.mark.parametrize("more, first, said", [
    ([], "1970-01-15T00:14:44.663Z", "2 have only the time since the start of the device"),
    (["Date: Wed, 06 Mar 2019 08:10:46 GMT"], "2019-03-06T08:10:46.000Z", ""),
])
def test_time_since_the_start_of_the_device(convert, more, first, said):
    """An Avaya IP Office that writes milliseconds only."""
    log = "".join(f"{1210484663 + number * 250}mS SIP Rx: TCP 192.0.2.7:5060 -> 192.0.2.8:5061\n"
                  + "".join(f"{'':20}{line}\n" for line in [*OPTIONS[:-1], *(more if number == 0 else []), OPTIONS[-1], ""])
                  for number in range(2))
    result = convert(log)
    start, end = (packet.time for packet in result.packets)
    moment = datetime.datetime.fromtimestamp(start / 1e9, datetime.timezone.utc)
    assert f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z" == first and end - start == 250 * 10**6
    assert said in result.summary and ("since the start" in result.packets[0].comments[0]) == bool(said)
