# SPDX-License-Identifier: GPL-2.0-or-later
"""Candidates of draft 06 out of shape: wherever the password is, no label, field or expert info shows it."""

import pytest

from crafted import request, session, stream_of, write_datagrams

HIDDEN = ("-o", "skypefed.show_keys:FALSE")
USERNAME = "u" * 43
PASSWORD = "PF57frcH6o61FPTS51wG3g"
END = "UDP 0.830 10.0.0.1 50018"

# Name -> what follows the colon.
VALUES = {
    "in order": f"{USERNAME} 1 {PASSWORD} {END}",
    "component missing": f"{USERNAME} {PASSWORD} {END}",
    "component after the password": f"{USERNAME} {PASSWORD} 1 {END}",
    "a word too many": f"{USERNAME} 1 extra {PASSWORD} {END}",
    "password for the username": f"{PASSWORD} 1 {USERNAME} {END}",
    "username missing": f"1 {PASSWORD} {END}",
    "username missing, password first": f"{PASSWORD} 1 {END}",
    "username alone in front": f"{PASSWORD} {END}",
    "transport missing": f"{USERNAME} 1 {PASSWORD} 0.830 10.0.0.1 50018",
    "transport in front": f"{USERNAME} 1 UDP {PASSWORD} 0.830 10.0.0.1 50018",
    "username and component together": f"{USERNAME}1 {PASSWORD} {END}",
    "username and password together": f"{USERNAME}{PASSWORD} 1 {END}",
    "component and password together": f"{USERNAME} 1{PASSWORD} {END}",
    "password and transport together": f"{USERNAME} 1 {PASSWORD}{END}",
    "for the preference": f"{USERNAME} 1 x UDP {PASSWORD} 10.0.0.1 50018",
    "for the address": f"{USERNAME} 1 x UDP 0.830 {PASSWORD} 50018",
    "for the port": f"{USERNAME} 1 x UDP 0.830 10.0.0.1 {PASSWORD}",
    "cut after the password": f"{USERNAME} {PASSWORD}",
    "with a type": f"{USERNAME} 1 {PASSWORD} {END} typ host",
}


@pytest.fixture(scope="module")
def path(capture):
    """A capture of one message for each row."""
    bodies = [session(stream_of("RTP/AVP", f"a=candidate:{value}\r\n")) for value in VALUES.values()]
    return capture(lambda file: write_datagrams(file, [request(f"hidden-{number}", body)
                                                       for number, body in enumerate(bodies)]))


def secrets_in(text):
    """The halves of the password that stand in a text."""
    return [part for part in (PASSWORD[:8], PASSWORD[8:]) if part in text]


def test_details(tshark, path):
    frames = tshark("-r", path, "-V", "-O", "skypefed", *HIDDEN).split("\nSkype/Lync Federation")[1:]
    assert len(frames) == len(VALUES)
    assert not {name: secrets_in(frame) for name, frame in zip(VALUES, frames) if secrets_in(frame)}


def test_fields(decoded, path):
    frames = decoded(path, args=HIDDEN)
    assert len(frames) == len(VALUES)
    assert not {name: secrets_in(str(frame)) for name, frame in zip(VALUES, frames) if secrets_in(str(frame))}


@pytest.mark.parametrize("option", [(), HIDDEN], ids=["shown", "hidden"])
def test_expert_infos(option, tshark, path):
    """Those never show a password, whatever the preference says."""
    assert not secrets_in(tshark("-r", path, "-q", "-z", "expert", *option))


def test_shown(tshark, path):
    """Who may see it finds a line out of order as a whole, with one note."""
    number = list(VALUES).index("component missing") + 1
    args = ("-r", path, "-Y", f"frame.number == {number}", "-o", "skypefed.show_keys:TRUE")
    fields = tshark(*args, "-T", "fields", "-e", "skypefed.candidate")
    assert fields.strip() == f"a=candidate:{VALUES['component missing']}"
    assert tshark(*args, "-V").count("(Warning/Malformed): SDP: The candidate") == 1


URI_PASSWORD = "Xq7Wz4Lk"


def address(user="anna", host="example.com", rest=""):
    return f"<sip:{user}:{URI_PASSWORD}@{host}{rest}>"


# Name -> the parts of a message that have the password of a URI. Each is a case of its own.
URIS = {
    "From": {"sender": f"{address()};epid=2539071F25;tag=1"},
    "To": {"receiver": address()},
    "Request-URI": {"start": f"INVITE {address()[1:-1]} SIP/2.0"},
    "port": {"sender": f"{address(rest=':99999')};epid=2539071F25;tag=1"},
    "open bracket": {"sender": f"{address()[:-1]};epid=2539071F25;tag=1"},
    "at sign in the password": {"sender": f"<sip:anna:a@{URI_PASSWORD}@example.com>;epid=2539071F25;tag=1"},
    "comma in the password": {"sender": f"<sip:anna:a,b=c{URI_PASSWORD}@example.com>;epid=2539071F25;tag=1"},
    "long user": {"sender": f"<sip:{'a' * 36}:{URI_PASSWORD}@example.com:99999>;epid=2539071F25;tag=1"},
    "secure scheme": {"headers": f"Ms-Sender: <SIPS:anna:{URI_PASSWORD}@example.com>\r\n"},
    "no brackets": {"headers": f"Ms-Sender: sip:anna:{URI_PASSWORD}@example.com\r\n"},
    "escaped": {"headers": f"Ms-Sender: <sip:%61nna:{URI_PASSWORD}@example.com>\r\n"},
    "not ASCII": {"headers": f"Ms-Sender: <sip:\xe4nna:{URI_PASSWORD}@example.com>\r\n"},
    "folded": {"headers": f"EndPoints: <sip:ben@example.com>,\r\n {address()}\r\n"},
    "three": {"headers": f"EndPoints: {address()}, {address('ben')}, {address('carl')}\r\n"},
    "Contact": {"headers": f"Contact: {address(rest=';opaque=user:epid:4BYPlX2Wv1mCQSyyYpXsJQAA;gruu')}\r\n"},
    **{name: {"headers": f"{name}: {address()}\r\n"}
       for name in ("P-Asserted-Identity", "Record-Route", "Referred-By", "Diversion", "History-Info", "Ms-Sender",
                    "P-Agent-On-Behalf-Of", "Ms-Mras-Address", "Refer-To", "X-MS-Other", "Ms-Other")},
    "conference": {"content_type": "application/conference-info+xml",
                   "body": f'<conference-info entity="{address()[1:-1]}"><users><user entity="{address()[1:-1]}"/></users>'
                           "</conference-info>"},
}


@pytest.fixture(scope="module")
def uris(capture):
    return capture(lambda file: write_datagrams(file, [request(f"uri-{number}", **parts)
                                                       for number, parts in enumerate(URIS.values())]))


@pytest.mark.parametrize("passes", [(), ("-2",)], ids=["one pass", "two passes"])
def test_uris(passes, tshark, decoded, uris):
    """The password of a SIP URI is shown by no label, whatever the preference says, and by no field."""
    shown = ("-o", "skypefed.show_keys:TRUE", *passes)
    frames = tshark("-r", uris, "-V", "-O", "skypefed", *shown).split("\nSkype/Lync Federation")[1:]
    assert len(frames) == len(URIS)
    assert not [name for name, frame in zip(URIS, frames) if URI_PASSWORD in frame]
    assert not [name for name, frame in zip(URIS, decoded(uris, args=shown)) if URI_PASSWORD in str(frame)]
    assert URI_PASSWORD not in tshark("-r", uris, "-q", "-z", "expert", "-z", "skypefed,calls", *shown)


def test_the_rest_of_a_uri_is_shown(fields, capture):
    """Only the password is gone; what looks like one and is none stays."""
    values = {
        address(): "<sip:anna:***@example.com>",
        f"{address()}, {address('ben', 'example.org', ';a=b')}": "<sip:anna:***@example.com>, <sip:ben:***@example.org;a=b>",
        "<sip:anna@example.com:5061>": "<sip:anna@example.com:5061>",
        "<sip:live:anna@skypeids.net>": "<sip:live:anna@skypeids.net>",
        "<sip:anna:@example.com>": "<sip:anna:@example.com>",
        "<sip:example.com:5061>, <sip:ben@example.com>": "<sip:example.com:5061>, <sip:ben@example.com>",
        "sip:example.com:5061;a=b@c": "sip:example.com:5061;a=b@c",
        "urn:a:b@example.com": "urn:a:b@example.com",
    }
    path = capture(lambda file: write_datagrams(file, [request(f"rest-{number}", headers=f"EndPoints: {value}\r\n")
                                                       for number, value in enumerate(values)]))
    rows = fields(path, "skypefed.header")
    assert [row["skypefed.header"] for row in rows] == [[f"EndPoints: {value}"] for value in values.values()]
