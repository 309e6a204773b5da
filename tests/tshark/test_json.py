# SPDX-License-Identifier: GPL-2.0-or-later
"""JSON of the plugin's layer: keys that are fixed, values of their types, and the mapping that Elasticsearch is given."""

import json
import re

import jsonschema
import pytest

import field_reference
import field_schema
from stage import REPOSITORY, SAMPLES

NAMES = sorted(path.name for path in SAMPLES.glob("*.pcapng"))


def document(name):
    return (REPOSITORY / "plugin/doc" / name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def validator():
    schema = json.loads(document("json-schema.json"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def layers(tshark, path, form, *options):
    """The plugin's layer of each message. A frame of several has a list of them in JSON, and one of all in EK."""
    text = tshark("-r", path, "-Y", "skypefed || skypefed.rtp", "-T", form, "-J", "skypefed", *options)
    if form == "ek":
        packets = [json.loads(line) for line in text.splitlines()]
        found = [packet["layers"].get("skypefed") for packet in packets if "layers" in packet]
    else:
        found = [packet["_source"]["layers"].get("skypefed") for packet in json.loads(text or "[]")]
    return [layer for group in found if group for layer in (group if isinstance(group, list) else [group])]


def test_files_are_of_this_plugin(tshark):
    fields = field_reference.registered(tshark("-G", "fields").splitlines())
    assert document("json-schema.json") == field_schema.text_of(field_schema.schema(fields))
    assert document("elastic-template.json") == field_schema.text_of(field_schema.elastic(fields))


def test_mapping_is_that_of_tshark(tshark):
    """It has each field that tshark's own has, with the same type but for bytes and booleans."""
    fields = {field_schema.elastic_key(name): kind
              for name, kind, *_ in field_reference.registered(tshark("-G", "fields").splitlines())}
    stock = types_in(json.loads(tshark("-G", "elastic-mapping", "--elastic-mapping-filter", "skypefed"))["mappings"])
    ours = types_in(json.loads(document("elastic-template.json"))["template"]["mappings"])
    assert len(stock) > 100 and not set(stock) - set(ours) and set(ours) <= set(fields)
    for key, kind in stock.items():
        if fields[key] not in ("FT_BYTES", "FT_BOOLEAN", "FT_RELATIVE_TIME"):  # see ELASTIC
            assert family(ours[key]) == family(kind) and BITS.get(ours[key], 0) >= BITS.get(kind, 0), (key, kind)


@pytest.mark.parametrize("name", NAMES)
def test_sample_keeps_the_schema(name, tshark, validator):
    found = layers(tshark, SAMPLES / name, "json", "--no-duplicate-keys")
    assert found or name in ("plain-sip.pcapng",)
    for layer in found:
        error = jsonschema.exceptions.best_match(validator.iter_errors(layer))
        assert not error, (list(error.absolute_path), error.message)


def test_schema_knows_what_is_wrong(validator):
    assert validator.is_valid({"skypefed.caller": "nora@example.org", "skypefed.call": "7"})
    for wrong in ({"skypefed.caller ": "x"}, {"Bandwidth": {}}, {"skypefed.call": "0x7"}, {"skypefed.call": "seven"},
                  {"skypefed.call_tree": {"skypefed.no_such_field": "1"}}):
        assert not validator.is_valid(wrong), wrong


BITS = {"byte": 8, "short": 16, "integer": 32, "long": 64, "unsigned_long": 65}


# Types that take the same values; "unsigned long" is what 4.6 writes, and no type of Elasticsearch.
FAMILIES = [{*BITS, "unsigned long"}, {"float", "double"}, {"date", "date_nanos"}]


def family(kind):
    """What the type is one of; a type of its own is itself."""
    return next((kinds for kinds in FAMILIES if kind in kinds), kind)


def types_in(mapping):
    """Key -> type of the plugin's layer."""
    rows = mapping["properties"]["layers"]["properties"]["skypefed"]["properties"]
    return {key: row["type"] for key, row in rows.items()}


@pytest.mark.parametrize("name", NAMES)
def test_sample_fits_the_mapping(name, tshark):
    """Each key has a type in the template, and numbers are decimal and fit it."""
    types = types_in(json.loads(document("elastic-template.json"))["template"]["mappings"])
    for layer in layers(tshark, SAMPLES / name, "ek"):
        for key, value in layer.items():
            for number in value if isinstance(value, list) else [value]:
                if types.get(key) in BITS:
                    assert re.fullmatch("-?[0-9]+", str(number)), (key, number)
                    assert int(number) < 2 ** (BITS[types[key]] - 1), (key, number)
