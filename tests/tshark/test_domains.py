# SPDX-License-Identifier: GPL-2.0-or-later
"""Domains in the preferences as people write them: the forms of other programs mean the same domain."""

import pytest

from crafted import request, write_datagrams

OWN, FEDERATED, PUBLIC_IM = "2", "3", "5"


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


@pytest.mark.parametrize("nothing", ["@", "*", ".", " , "])
def test_mark_without_domain_is_no_domain(nothing, callees):
    """Who names no domain of their own knows nothing of others' either."""
    assert callees(f"skypefed.own_domains:{nothing}") == callees("skypefed.own_domains:")
