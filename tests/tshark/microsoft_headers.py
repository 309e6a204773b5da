# SPDX-License-Identifier: GPL-2.0-or-later
"""What the tests know of each header in the section "Microsoft headers": the one list of them.

A header of the engine's table (engine/sip/microsoft_header.c) without a row here fails test_headers.py. The fields and
their types are part of the contract of test_fields.py: none may ever be renamed or change its type.
"""

from typing import NamedTuple

GUID = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"


class Header(NamedTuple):
    """What is known of one header."""

    value: str                # as its grammar has it
    fields: dict              # the fields of the section that it fills, without `skypefed.`: (type, value)
    is_strict: bool = False   # its grammar is known, so garbage in it is noted; the others hold any text
    is_sampled: bool = True   # a sample has it


def shown(value, **how):
    """A header whose line is shown as it is."""
    return Header(value, {"header": ("FT_STRING", None)}, **how)


def strict(value, fields, **how):
    """A header whose value can be malformed."""
    return Header(value, fields, is_strict=True, **how)


def text(field, value, **how):
    """A header whose whole value is one text."""
    return Header(value, {field: ("FT_STRING", value)}, **how)


def guid(field, value=GUID):
    """A header that holds a GUID."""
    return strict(value, {field: ("FT_GUID", GUID)})


def authentication(value, scheme, target=None, realm=None):
    """An authentication header of Microsoft's."""
    parts = {"": scheme, ".scheme": scheme, ".target": target, ".realm": realm}
    return Header(value, {"authentication" + part: ("FT_STRING", word) for part, word in parts.items() if word})


def first_message(value, written, kind):
    """A header that holds an instant message."""
    return strict(value, {"first_message": ("FT_STRING", written), "first_message.type": ("FT_STRING", kind)})


# Wireshark itself knows the standard ones among them.
HEADERS = {
    "Authentication-Info": authentication(
        'NTLM rspauth="01000000C0FFEE00", srand="8B7A6C5D", snum="1", qop="auth", realm="r"', "NTLM", realm="r"),
    "Authorization": authentication('TLS-DSK qop="auth", gssapi-data="FgMBAGsBAABn"', "TLS-DSK"),
    "Compression": shown("LZ77-8K"),
    "EndPoints": shown('"Nora" <sip:nora@example.org>;epid=2539071f25, <sip:ben@example.com>'),
    "History-Info": Header(
        '<sip:ben@example.com>;index=1;ms-retarget-reason=forwarding;ms-target-phone="tel:+15550100"', {}),
    "Ms-Call-Info": shown("anonymous"),
    "Ms-Conversation-ID": Header("AdKjt1XyEBESExQVFhcYGRobHB0eHw==", {
        "conversation": ("FT_STRING", "AdKjt1XyEBESExQVFhcYGRobHB0eHw=="),
        "conversation.created": ("FT_ABSOLUTE_TIME", "Mar 23, 2017 09:24:56.343142400 UTC"),
        "conversation.guid": ("FT_GUID", "10111213-1415-1617-1819-1a1b1c1d1e1f")}),
    "Ms-Mras-Address": shown("<sip:mras.example.com@example.com;gruu;opaque=srvr:MRAS:aXTdrLsH5l-BH67UyIuQpwAA>"),
    "Ms-Sender": shown("<sip:nora@example.org>"),
    "P-Agent-On-Behalf-Of": shown("<sip:helpdesk@example.com>"),
    "P-Asserted-Identity": Header('"Nora"<sip:nora@example.org>,<tel:+15550100>', {}),
    "Proxy-Authorization": authentication(
        'Kerberos qop="auth", realm="r", targetname="sip/fe01.example.com", gssapi-data="YIIFZA"',
        "Kerberos", "sip/fe01.example.com", "r"),
    "Roster-Manager": shown("<sip:nora@example.org>"),
    "Ms-Device-Info": shown("MAC=00:00:5E:00:53:01 ,vendor=EXAMPLE,version=Room/4.1", is_sampled=False),
    "Ms-Exchange-Command": shown("skip-pin", is_sampled=False),
    "Ms-Sensitivity": shown("private-no-diversion", is_sampled=False),
    "ms-piggyback-cseq": shown("1", is_sampled=False),
    "X-MS-FMC": shown("true"),
    "X-MS-MediaPath": text("teams.media_path", "sbc1.example.com,sbc2.example.com"),
    "X-MS-SBC": text("teams.sbc", "Example/SBC-500/7.4.1"),
    "X-MS-SkypeOriginated": shown("true"),
    "X-MS-TenantId": text("teams.tenant_id", GUID, is_sampled=False),
    "X-MS-Tenant-Id": text("teams.tenant_id", GUID),
    "X-MS-UserLocation": text("teams.user_location", "external"),
    "X-MS-UserSite": text("teams.user_site", "site-12"),
    "X-Ms-diagnostics": strict('28020;source="web.example.com";reason="No valid security token"', {}),
    "X-Remote-Reason": shown("480; reason=none; component=gateway; hostname=gw1.example.net"),
    "ms-accepted-content-id": shown("<4814d920@example.com>"),
    "ms-application-via": shown("fe01.example.com_1;ms-server=fe01.example.com;ms-pool=pool01.example.com"),
    "ms-asserted-verification-level": strict("ms-source-verified-user=verified",
                                             {"trust.verified": ("FT_BOOLEAN", "1")}),
    "ms-call-source": shown("non-ms-rtc"),
    "ms-client-diagnostics": strict('52017;reason="Encryption levels dont match"', {}),
    "ms-correlation-id": guid("correlation_id"),
    "ms-diagnostics": strict('1010;reason="x";source="edge.example.com"', {}),
    "ms-diagnostics-public": strict('1003;reason="x"', {}),
    "ms-edge-proxy-message-trust": strict(
        "ms-remote-fqdn=federation.messenger.msn.com;ms-source-network=publiccloud;ms-source-verified-user=verified;"
        "ms-ep-fqdn=edge.example.com;ms-source-type=AuthorizedServer", {
            "trust.source_type": ("FT_STRING", "AuthorizedServer"),
            "trust.source_network": ("FT_STRING", "publiccloud"),
            "trust.edge": ("FT_STRING", "edge.example.com"),
            "trust.remote": ("FT_STRING", "federation.messenger.msn.com"),
            "trust.verified": ("FT_BOOLEAN", "1")}),
    "ms-endpoint-location-data": strict("NetworkScope;ms-media-location-type=Intranet",
                                        {"location": ("FT_STRING", "Intranet")}),
    "ms-forking": shown("Active", is_sampled=False),
    "ms-im-format": first_message("text/plain; charset=UTF-8; ms-body=aGVsbG8=", "hello", "text/plain"),
    "ms-keep-alive": strict("UAS; tcp=no; hop-hop=yes; end-end=no; timeout=300",
                            {"keep_alive.timeout": ("FT_UINT32", "300")}),
    "ms-location-profile": shown("phone-context=example.com"),
    "ms-mediation-generated": shown("yes"),
    "ms-public-identity": shown("<sip:+15550100@example.com;user=phone>"),
    "ms-split-domain-info": shown("ms-traffic-type=SplitIntra"),
    "ms-subnet": strict("192.0.2.0", {"subnet": ("FT_IPv4", "192.0.2.0")}),
    "ms-target-class": shown("secondary"),
    "ms-telemetry-id": guid("telemetry_id", GUID.upper()),
    "ms-text-format": first_message("text/html; charset=UTF-8; ms-body=PGI+aGk8L2I+", "<b>hi</b>", "text/html"),
    "ms-trunking-peer": Header('gw.example.com;trunk=gw1.example.com;User-Agent="Gateway/1.0; x"', {
        "trunk": ("FT_STRING", "gw.example.com"), "trunk.name": ("FT_STRING", "gw1.example.com"),
        "trunk.user_agent": ("FT_STRING", "Gateway/1.0; x")}),
    "ms-user-logon-data": text("logon", "RemoteUser"),
    "presence-state": shown('register-action="added"'),
}


def line_of(name):
    """The header line of a row."""
    return f"{name}: {HEADERS[name].value}"


def fields_of(name):
    """Field without `skypefed.` -> list of its values: all fields of the section that the line of a row fills."""
    return {field: [value or line_of(name)] for field, (_, value) in HEADERS[name].fields.items()}


def types():
    """Field -> type: all fields that rows fill."""
    return {"skypefed." + field: kind for header in HEADERS.values() for field, (kind, _) in header.fields.items()}
