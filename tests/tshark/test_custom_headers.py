# SPDX-License-Identifier: GPL-2.0-or-later
"""A header field that the user defined in SIP's preferences keeps working for a name that the plugin claims."""

import pytest

from crafted import request, write_datagrams

LINES = {
    "ms-diagnostics": '1010;reason="x"',
    "Ms-Conversation-ID": "any string",
    "X-MS-SBC": "Example/SBC-500",
    "ms-comet": "not ours to claim",
}


@pytest.mark.parametrize("passes", [(), ("-2",)], ids=["one pass", "two passes"])
@pytest.mark.parametrize("name", LINES)
@pytest.mark.parametrize("spell", [str, str.lower], ids=["as written", "lower case"])
def test_custom_field_is_filled(name, spell, passes, fields, capture):
    path = capture(lambda file: write_datagrams(
        file, [request("custom", headers="".join(f"{key}: {value}\r\n" for key, value in LINES.items()))]))
    custom = f"sip.{spell(name)}"
    row, = fields(path, custom, "skypefed.diagnostics.code", "skypefed.conversation", "skypefed.teams.sbc",
                  args=("-o", f'uat:custom_sip_header_fields:"{spell(name)}","my own"', *passes))
    assert row[custom] == [LINES[name]]
    # Ours are filled beside it.
    assert row["skypefed.diagnostics.code"] == ["1010"]
    assert row["skypefed.conversation"] == ["any string"]
    assert row["skypefed.teams.sbc"] == ["Example/SBC-500"]


def test_without_the_preference_there_is_no_such_field(tshark):
    assert "\tsip.ms-diagnostics\t" not in tshark("-G", "fields")
