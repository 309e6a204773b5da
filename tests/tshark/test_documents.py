# SPDX-License-Identifier: GPL-2.0-or-later
"""The documents are true: their links lead somewhere, their names exist, and their examples print what they show."""

import json
import os
import re
import shutil
from pathlib import Path

import pytest

import field_reference
from microsoft_headers import HEADERS
from stage import REPOSITORY, open_to_all, variable

DOCUMENTS = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "plugin/README.md",
             "samples/README.md", "samples/logs/README.md",
             *sorted(f"plugin/doc/{path.name}" for path in (REPOSITORY / "plugin/doc").glob("*.md"))]
# What looks like a field in the documents, but is a file.
FILES = {"skypefed.so", "skypefed.c", "skypefed.spec", "skypefed.rb"}
# Checkers that Wireshark's developers have, not we.
OF_WIRESHARK = {"check_typed_item_calls.py"}
COMMANDS = ("tshark -r samples/", "skypefed-log -o ", "skypefed-log samples/")


def text_of(document):
    return (REPOSITORY / document).read_text(encoding="utf-8")


def anchors(document):
    """The anchors that GitHub gives the headings of a document."""
    headings = re.findall(r"^#+ (.+)$", text_of(document), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def blocks(document):
    """The indented blocks of a document, without their indentation; a blank line ends one."""
    found = re.findall(r"(?:^ {4}.*\n)+", text_of(document), re.MULTILINE)
    return [re.sub(r"^(?: {8}| {4})", "", block, flags=re.MULTILINE) for block in found]


def examples():
    """(document, command, output): each command whose output the next block of the document shows."""
    found = []
    for document in DOCUMENTS:
        parts = blocks(document)
        for command, output in zip(parts, parts[1:]):
            if command.startswith(COMMANDS) and not output.startswith(COMMANDS):
                found.append(pytest.param(document, command, output, id=f"{Path(document).stem}-{len(found)}"))
    return found


def pattern(output):
    """A shown output as a regular expression: `...` leaves out part of a line, or lines where it is all of one."""
    lines = output.rstrip("\n").split("\n")
    return "".join("(?:.*\n)*?" if line == "..." else ".*?".join(map(re.escape, line.strip().split("..."))) + "\n"
                   for line in lines)


@pytest.fixture(scope="module")
def checkout(stage):
    """A folder like a checkout, with the programs under test in bin/."""
    top = stage.folder("checkout")
    (top / "bin").mkdir()
    shutil.copytree(stage.samples, top / "samples")
    os.symlink(variable("TSHARK", "path of the tshark to test"), top / "bin/tshark")
    shutil.copy2(Path(variable("SKYPEFED_BINARY_DIR", "the build folder")) / "plugin/log/skypefed-log", top / "bin")
    open_to_all(top)
    return top


def test_there_are_examples():
    assert len(examples()) >= 8


@pytest.mark.parametrize("document, command, output", examples())
def test_example_prints_what_is_shown(stage, checkout, document, command, output):
    command = command.replace("-o calls.pcapng", f"-o {stage.folder('scratch')}/calls.pcapng")
    done = stage.run(["sh", "-c", f"cd {checkout} && PATH={checkout}/bin:$PATH && {command}"])
    printed = (done.stderr + done.stdout).decode()
    assert done.returncode == 0, printed
    stripped = "".join(line.strip() + "\n" for line in printed.splitlines() if line.strip())
    assert re.search("^" + pattern(output), stripped, re.MULTILINE), f"{document}: {command}\nprinted:\n{printed}"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_somewhere(document):
    for target in re.findall(r"\]\(([^)]+)\)", text_of(document)):
        if target.startswith("https://"):
            continue
        path, _, anchor = target.partition("#")
        there = (REPOSITORY / document).parent / path if path else REPOSITORY / document
        assert there.exists(), f"{document}: {target}"
        assert not anchor or anchor in anchors(there.resolve().relative_to(REPOSITORY)), f"{document}: {target}"


@pytest.fixture(scope="module")
def files():
    """The paths of all files of the project, each with a slash in front."""
    folders = [REPOSITORY / name for name in ("plugin", "cmake", "samples", "tests")]
    return ["/" + str(path.relative_to(REPOSITORY)) for folder in folders for path in folder.rglob("*")]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_named_files_exist(document, files):
    names = re.findall(r"`(?:\.\./)*([\w./-]+\.(?:c|h|inc|cmake|md|py|sh|pcapng))`", text_of(document))
    for name in set(names) - OF_WIRESHARK:
        assert any(file.endswith("/" + name) for file in files), f"{document}: {name}"


@pytest.fixture(scope="module")
def preferences(tshark):
    """The names of the plugin's preferences."""
    return re.findall(r"^#?(skypefed\.\w+):", tshark("-G", "currentprefs"), re.MULTILINE)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_named_fields_exist(document, field_names, preferences):
    known = {*field_names, *preferences} | FILES
    for found in set(re.findall(r"\bskypefed(?:\.[a-z][a-z0-9_]*)+\b", text_of(document))):
        name = found.removesuffix("_tree")  # of JSON: what is below a field
        assert name in known or any(field.startswith(name + ".") for field in field_names), f"{document}: {name}"


def test_each_preference_has_a_row(preferences):
    rows = re.findall(r"^\| `(skypefed\.\w+)` ", text_of("plugin/doc/preferences.md"), re.MULTILINE)
    assert sorted(rows) == sorted(preferences)


def test_excerpt_of_the_demo(tshark, samples):
    excerpt = re.search(r"^    Frame 8\n(.*?)^\S", text_of("README.md"), re.MULTILINE | re.DOTALL).group(1)
    lines = [re.sub(r"^(?:Warning|Note) +|  \(frame .*\)$", "", line.strip()) for line in excerpt.splitlines()]
    lines = [line for line in lines if line not in ("", "...", "Warnings")]
    printed = tshark("-r", samples / "skype-to-lync-invite.pcapng", "-V", "-O", "skypefed")
    assert len(lines) > 10
    for line in lines:
        assert all(part in printed for part in line.split("...")), line


def test_each_expert_info_has_a_row(field_names):
    rows = re.findall(r"^\| `(\w+)` \| (?:warning|note)", text_of("plugin/doc/warnings.md"), re.MULTILINE)
    infos = {name.removeprefix("skypefed.expert.") for name in field_names if name.startswith("skypefed.expert.")}
    assert sorted(rows) == sorted(infos)


def test_each_header_is_explained():
    explained = {name.lower() for name in re.findall(r"`([\w-]+)`", text_of("plugin/doc/headers.md"))}
    assert not {name.lower() for name in HEADERS} - explained


def test_first_filters_are_filters(tshark, samples):
    rows = re.findall(r"^\| [^|`]+ \| `(\(?skypefed.*)` \|$", text_of("README.md"), re.MULTILINE)
    assert len(rows) > 10
    for shown in rows:
        tshark("-r", samples / "plain-sip.pcapng", "-Y", shown.replace(r"\|", "|"))


@pytest.mark.parametrize("document", ["README.md", "plugin/doc/questions.md"])
@pytest.mark.parametrize("sample", ["several-calls", "teams-forwarding"])
def test_calls_from_one_person_are_no_calls_to_them(tshark, samples, document, sample):
    """Also where the callee sends the BYE, in which From is the callee."""
    shown = re.search(r"`(skypefed\.caller == \"\S+\" && [^`]+)`", text_of(document)).group(1)

    def calls(condition=""):
        out = tshark("-r", samples / f"{sample}.pcapng", "-q", "-z", f"skypefed,calls,json{condition}")
        return [json.loads(line) for line in out.splitlines()]

    everybody = {one[side] for one in calls() for side in ("caller", "callee")}
    assert len(everybody) >= 2
    for person in everybody:
        found = calls("," + re.sub(r"\"\S+@\S+\"", f'"{person}"', shown, count=1))
        assert [one["call"] for one in found] == [one["call"] for one in calls() if one["caller"] == person]


def test_numbers_have_their_names(tshark):
    """The table "Names and numbers" of scripts.md has each value of its fields, and no other."""
    values = [row.split("\t") for row in tshark("-G", "values").splitlines()]
    table = re.search(r"^\| number \|(.*?)\n\n", text_of("plugin/doc/scripts.md"), re.MULTILINE | re.DOTALL).group(0)
    head, _, *rows = [[cell.strip() for cell in row.strip("| ").split(" |")] for row in table.splitlines()]
    rows = [row + [""] * (len(head) - len(row)) for row in rows]
    for column, title in enumerate(head[1:], start=1):
        fields = [field.replace("*.network", "skypefed.caller.network") for field in re.findall(r"`([^`]+)`", title)]
        assert fields, title
        for field in fields:
            known = {int(row[2], 0): row[3] for row in values if row[0] == "V" and row[1] == field}
            assert known and known == {int(row[0]): row[column] for row in rows if row[column]}, field


def test_readme_is_short():
    assert len(text_of("README.md").splitlines()) <= 250


def test_field_reference(tshark):
    """It has each field of the built plugin once, with its type, its description and the names of its values."""
    fields = field_reference.registered(tshark("-G", "fields").splitlines())
    values = field_reference.enumerations(tshark("-G", "values").splitlines())
    expected = field_reference.rows_of(field_reference.table(fields, values, {}))
    written = field_reference.rows_of(text_of("plugin/doc/fields.md"))
    assert set(written) == set(expected) and len(expected) == len(fields)
    for name, (kind, shown, what) in expected.items():
        assert (written[name][0], written[name][2]) == (kind, what), name
        assert name not in values or written[name][1] == shown, name
    assert all(description for name, _, _, description in fields if not name.startswith("skypefed.expert."))


QUESTIONS = re.findall(r"^\| [^|]+ \| `((?:[^`|]|\\\|)+)` \| `([\w-]+)` \|$", text_of("plugin/doc/questions.md"),
                       re.MULTILINE)


def test_there_are_questions():
    assert len(QUESTIONS) >= 25


@pytest.mark.parametrize("condition, sample", QUESTIONS)
def test_question_is_answered(condition, sample, tshark, samples):
    """The filter finds something in its sample, and nothing in the calls of others."""
    condition = condition.replace("\\|", "|")
    assert tshark("-r", samples / f"{sample}.pcapng", "-Y", condition, "-T", "fields", "-e", "frame.number")
    assert not tshark("-r", samples / "plain-sip.pcapng", "-Y", condition)
