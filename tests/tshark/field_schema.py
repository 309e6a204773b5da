# SPDX-License-Identifier: GPL-2.0-or-later
"""plugin/doc/json-schema.json and plugin/doc/elastic-template.json: the plugin's layer for programs that check it.

    python3 field_schema.py schema >../../plugin/doc/json-schema.json
    python3 field_schema.py elastic >../../plugin/doc/elastic-template.json

print them anew; TSHARK and SKYPEFED_PLUGIN_DIR as for the tests (conftest.py).
"""

import json
import re
import sys

import field_reference
from stage import Stage, variable

INFO = "skypefed.expert."
TITLE = "The layer skypefed of a packet, as tshark -T json -J skypefed --no-duplicate-keys prints it"

_WHOLE = {"type": "string", "pattern": "^[0-9]+$"}
_TEXT = {"type": "string"}

# Type of a field -> what its values look like. Times are written otherwise by each version of Wireshark.
VALUES = {
    "FT_STRING": _TEXT, "FT_ABSOLUTE_TIME": _TEXT,
    "FT_BOOLEAN": {"enum": ["0", "1", "False", "True", False, True]},
    "FT_BYTES": {"type": "string", "pattern": "^([0-9a-f]{2}(:[0-9a-f]{2})*)?$"},
    "FT_GUID": {"type": "string", "pattern": "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"},
    "FT_IPv4": {"type": "string", "format": "ipv4"}, "FT_IPv6": {"type": "string", "format": "ipv6"},
    "FT_FRAMENUM": _WHOLE, "FT_UINT8": _WHOLE, "FT_UINT16": _WHOLE, "FT_UINT32": _WHOLE, "FT_UINT64": _WHOLE,
    "FT_INT32": {"type": "string", "pattern": "^-?[0-9]+$"},
    "FT_FLOAT": {"type": "string", "pattern": "^-?[0-9.]+(e[-+]?[0-9]+)?$"},
    "FT_DOUBLE": {"type": "string", "pattern": "^-?[0-9.]+(e[-+]?[0-9]+)?$"},
    "FT_RELATIVE_TIME": {"type": "string", "pattern": "^-?[0-9.]+$"},
}


def _one_or_more(value):
    """A key that stands several times holds a list."""
    return {"anyOf": [value, {"type": "array", "items": value}]}


def schema(fields):
    """The JSON Schema of the layer: fixed keys, the rows below a field in NAME_tree. fields: field_reference.registered()."""
    layer = {"$ref": "#/$defs/layer"}
    rows = {name: {"$ref": f"#/$defs/{kind}"} for name, kind, *_ in fields if not name.startswith(INFO)}
    infos = {name: {"$ref": "#/$defs/FT_NONE"} for name, *_ in fields if name.startswith(INFO)}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": TITLE,
        "$ref": "#/$defs/layer",
        "$defs": {
            "layer": {"type": "object", "additionalProperties": False,
                      "patternProperties": {r"^skypefed\.[a-z0-9_.]+_tree$": {"$ref": "#/$defs/FT_NONE"}},
                      "properties": {"_ws.expert": _one_or_more({"$ref": "#/$defs/expert"}), "_ws.malformed": _one_or_more(_TEXT),
                                     **rows}},
            "expert": {"type": "object", "additionalProperties": False, "properties": {
                **infos, **{f"_ws.expert.{part}": _TEXT for part in ("message", "severity", "group")}}},
            "FT_NONE": _one_or_more({"anyOf": [{"const": ""}, layer]}),
            **{kind: _one_or_more(VALUES[kind]) for kind in sorted({kind for _, kind, *_ in fields} - {"FT_NONE"})},
        },
    }


# Type of a field -> its type in Elasticsearch. As -G elastic-mapping has it, but for four: it gives bytes a number,
# booleans are "1" in Wireshark 4.0 and true in later ones, durations are dates in 4.0, and text it leaves out, so that
# nobody could search it.
_WORD = {"type": "keyword", "ignore_above": 8000}
ELASTIC = {
    "FT_STRING": _WORD, "FT_BYTES": _WORD, "FT_GUID": _WORD, "FT_BOOLEAN": _WORD,
    "FT_UINT8": {"type": "short"}, "FT_UINT16": {"type": "integer"}, "FT_UINT32": {"type": "long"},
    "FT_UINT64": {"type": "unsigned_long"}, "FT_INT32": {"type": "integer"}, "FT_FRAMENUM": {"type": "long"},
    "FT_FLOAT": {"type": "float"}, "FT_DOUBLE": {"type": "double"}, "FT_IPv4": {"type": "ip"}, "FT_IPv6": {"type": "ip"},
    "FT_ABSOLUTE_TIME": {"type": "date"}, "FT_RELATIVE_TIME": {"type": "float"},
}


def elastic_key(name):
    """The key of a field in -T ek."""
    return "skypefed_" + name.replace(".", "_")


def elastic(fields):
    """An index template of Elasticsearch for -T ek. fields: as for schema()."""
    properties = {elastic_key(name): ELASTIC[kind] for name, kind, *_ in fields if kind != "FT_NONE"}
    layers = {"properties": {"skypefed": {"properties": properties}}}
    return {"index_patterns": ["packets-*"], "priority": 100, "template": {
        "settings": {"index.mapping.total_fields.limit": 2000},
        "mappings": {"dynamic": False, "properties": {"timestamp": {"type": "date"}, "layers": layers}}}}


def text_of(document):
    """The document as its file has it: members of one object that are short stand on one line."""
    return re.sub(r"\{\s+([^][{}]{1,100}?)\s+\}", lambda found: "{" + re.sub(r",\n\s*", ", ", found[1]) + "}",
                  json.dumps(document, indent=1)) + "\n"


def main():
    stage = Stage(variable("SKYPEFED_PLUGIN_DIR", "folder of the built plugin"))
    tshark = variable("TSHARK", "path of tshark")

    def run(*arguments):
        return stage.run([tshark, *arguments]).stdout.decode("utf-8", "replace")

    made = {"schema": schema, "elastic": elastic}[sys.argv[1]]
    sys.stdout.write(text_of(made(field_reference.registered(run("-G", "fields").splitlines()))))
    stage.close()


if __name__ == "__main__":
    main()
