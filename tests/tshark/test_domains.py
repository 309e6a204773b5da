# SPDX-License-Identifier: GPL-2.0-or-later
"""Domains in the preferences as people write them: the forms of other programs mean the same domain."""

import pytest

from crafted import request, session, stream_of, write_datagrams

OWN, FEDERATED, SKYPE, PUBLIC_IM = "2", "3", "4", "5"


@pytest.fixture(scope="module")
def callees(fields, capture):
    """callees(option): networks of anna@example.com, anna@eu.example.com and anna@notexample.com."""
    path = capture(lambda file: write_datagrams(file, [
        request(f"callee-{number}", receiver=f"<sip:anna@{host}>")
        for number, host in enumerate(("example.com", "eu.example.com", "notexample.com"))]))

    def read(option):
        rows = fields(path, "skypefed.callee.network", where="skypefed", args=("-o", option))
        return [row["skypefed.callee.network"][0] for row in rows]

    return read


@pytest.mark.parametrize("domain", ["example.com", "@example.com", ".example.com", "*.example.com", "*@example.com",
                                    "@, *.example.com"])
def test_own_domain(domain, callees):
    assert callees(f"skypefed.own_domains:{domain}") == [OWN, OWN, FEDERATED]


@pytest.mark.parametrize("domain", ["example.com", "@example.com", "*.example.com"])
def test_domain_of_provider(domain, callees):
    networks = callees(f'uat:skypefed_providers:"{domain}","","Other public IM"')
    assert [network == PUBLIC_IM for network in networks] == [True, False, False]


def test_dot_at_the_end_is_no_difference(fields, capture):
    path = capture(lambda file: write_datagrams(file, [
        request("full-name", sender="<sip:joe@outlook.com.>;epid=2539071F25;tag=1", receiver="<sip:anna@example.com.>",
                headers="Record-Route: <sip:FEDERATION.messenger.msn.com.;lr>\r\n")]))
    names = ["skypefed.caller", "skypefed.caller.network", "skypefed.callee.network"]
    row, = fields(path, *names, "skypefed.route.provider", where="skypefed",
                  args=("-o", "skypefed.own_domains:example.com"))
    assert [row[name][0] for name in names] == ["joe@outlook.com", SKYPE, OWN]
    assert row["skypefed.route.provider"][0] in ("1", "True")


def test_skype_name_keeps_what_is_behind_its_colon(fields, capture):
    """Elsewhere it is a password, which nobody's address has."""
    path = capture(lambda file: write_datagrams(file, [
        request("skype-name", sender="<sip:live:joe@skypeids.net>;tag=1", receiver="<sip:anna:secret@example.com>")]))
    row, = fields(path, "skypefed.caller", "skypefed.caller.network", "skypefed.callee", where="skypefed")
    assert row == {"skypefed.caller": ["live:joe@skypeids.net"], "skypefed.caller.network": [SKYPE],
                   "skypefed.callee": ["anna@example.com"]}


PRIVATE = session(stream_of("RTP/SAVP", "a=candidate:1 1 UDP 2130706431 10.0.0.5 50018 typ host\r\n"))


@pytest.mark.parametrize("caller, notes", [("nora@example.org", 1), ("anonymous@anonymous.invalid", 0),
                                           ("1000@localhost", 0), ("1000@pbx", 0)])
def test_withheld_caller_is_no_partner(caller, notes, fields, capture):
    path = capture(lambda file: write_datagrams(file, [
        request("withheld", PRIVATE, sender=f"<sip:{caller}>;epid=2539071F25;tag=1")]))
    row, = fields(path, "skypefed.expert.private_address", where="skypefed",
                  args=("-o", "skypefed.own_domains:example.com"))
    assert len(row["skypefed.expert.private_address"]) == notes


@pytest.mark.parametrize("nothing", ["@", "*", ".", " , "])
def test_mark_without_domain_is_no_domain(nothing, callees):
    """Who names no domain of their own knows nothing of others' either."""
    assert callees(f"skypefed.own_domains:{nothing}") == callees("skypefed.own_domains:")
