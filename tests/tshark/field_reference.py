# SPDX-License-Identifier: GPL-2.0-or-later
"""plugin/doc/fields.md: all fields of the built plugin, as a table.

    python3 field_reference.py >../../plugin/doc/fields.md

prints it anew; TSHARK and SKYPEFED_PLUGIN_DIR as for the tests (conftest.py). The examples are the first values in
the samples, as Wireshark 4.0 prints them.
"""

import re
import sys

from stage import SAMPLES, Stage, variable

HEAD = """# Fields

All fields that the plugin has, for display filters, columns and `tshark -e`. A field with a dot in its name lies below
the one that is named before the dot. Values of the samples are examples. `python3 tests/tshark/field_reference.py`
prints this page anew.
"""

TYPES = {
    "FT_NONE": "presence only", "FT_STRING": "text", "FT_BOOLEAN": "boolean", "FT_BYTES": "bytes", "FT_GUID": "GUID",
    "FT_IPv4": "IPv4 address", "FT_IPv6": "IPv6 address", "FT_FRAMENUM": "frame number", "FT_UINT8": "8 bits",
    "FT_UINT16": "16 bits", "FT_UINT32": "32 bits", "FT_UINT64": "64 bits", "FT_INT32": "32 bits, signed",
    "FT_FLOAT": "decimal", "FT_DOUBLE": "decimal", "FT_ABSOLUTE_TIME": "time", "FT_RELATIVE_TIME": "duration",
}

LONGEST_EXAMPLE = 60
SECRET = re.compile(r"[.](key|salt|password|key_info)$")  # no example, although those of the samples are invented


def cell(text):
    """Text for a cell of a Markdown table."""
    return text.replace("|", "\\|").replace("<", "&lt;").strip()


def registered(lines):
    """The fields in the output of -G fields: a list of (name, type, title, description), ordered by name."""
    rows = [line.split("\t") for line in lines if line.startswith("F\t")]
    found = {row[2]: (row[3], row[1], row[7] if len(row) > 7 else "") for row in rows if row[2].startswith("skypefed.")}
    return [(name, *found[name]) for name in sorted(found)]


def enumerations(lines):
    """name -> "0 Unknown; 1 ..." from the output of -G values."""
    found = {}
    for line in lines:
        row = line.split("\t")
        if row[0] == "V" and row[1].startswith("skypefed."):
            found.setdefault(row[1], []).append(f"{int(row[2], 0)} {row[3]}")
    return {name: "; ".join(values) for name, values in found.items()}


def group_of(name):
    """Fields of one group stand in one table."""
    return name.split(".")[1]


def table(fields, values, examples):
    """The page. examples: name -> value; what is not in it has none."""
    lines, group = [HEAD], None
    for name, kind, title, description in fields:
        if group_of(name) != group:
            group = group_of(name)
            lines += [f"## {group}", "", "| field | type | values, or an example | what it is |", "|---|---|---|---|"]
        if name.startswith("skypefed.expert."):
            shown, what = "", title
        else:
            example = examples.get(name, "")
            shown = values.get(name) or (f"`{example}`" if example else "")
            what = f"{title}. {description}" if description else title
        lines.append(f"| `{name}` | {TYPES[kind]} | {cell(shown)} | {cell(what)} |")
        following = fields.index((name, kind, title, description)) + 1
        if following == len(fields) or group_of(fields[following][0]) != group:
            lines.append("")
    return "\n".join(lines)


def rows_of(page):
    """The rows of the page's tables: name -> (type, values or example, what it is)."""
    rows = re.findall(r"^\| `([^`]+)` \| (.*?) \| (.*) \| (.*?) \|$", page, re.MULTILINE)
    return {name: tuple(cells) for name, *cells in rows}


def first_values(run, names):
    """name -> its first value in the samples. run(*arguments) gives what tshark prints."""
    found = {}
    for sample in sorted(SAMPLES.glob("*.pcapng")):
        wanted = [name for name in names if name not in found]
        options = [part for name in wanted for part in ("-e", name)]
        for line in run("-r", sample, "-Y", "skypefed || skypefed.rtp", "-T", "fields", "-E", "separator=/t",
                        "-E", "occurrence=f", *options).splitlines():
            for name, value in zip(wanted, line.split("\t")):
                if value and name not in found and not re.search(r"[`\x00-\x1f\x7f]", value):
                    short = value if len(value) <= LONGEST_EXAMPLE else value[:LONGEST_EXAMPLE - 3] + "..."
                    found[name] = short
    return found


def main():
    stage = Stage(variable("SKYPEFED_PLUGIN_DIR", "folder of the built plugin"))
    tshark = variable("TSHARK", "path of tshark")

    def run(*arguments):
        return stage.run([tshark, *arguments]).stdout.decode("utf-8", "replace")

    fields = registered(run("-G", "fields").splitlines())
    values = enumerations(run("-G", "values").splitlines())
    names = [name for name, kind, *_ in fields
             if kind != "FT_NONE" and name not in values and not SECRET.search(name)]
    sys.stdout.write(table(fields, values, first_values(run, names)))
    stage.close()


if __name__ == "__main__":
    main()
