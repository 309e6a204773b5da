# SPDX-License-Identifier: GPL-2.0-or-later
"""The scripts in samples/pipelines/ and the commands in its README, on generated captures whose calls are known."""

import collections
import csv
import io
import json
import re
import shutil

import pytest

from crafted import calls_written
from stage import REPOSITORY, variable

CAPTURES = 12
CALLS = 5  # in each


class Folder:
    """The captures and the scripts, on the stage; truth: capture -> what is known of its calls."""

    def __init__(self, stage):
        self.stage = stage
        self.top = stage.folder("pipe lines'")  # any name of a folder will do
        self.truth = {}
        shutil.copytree(REPOSITORY / "samples/pipelines", self.top / "samples/pipelines")
        (self.top / "captures").mkdir()
        for number in range(CAPTURES):
            name = f"captures/day {number}.pcapng"
            self.truth[name] = []
            with open(self.top / name, "wb") as file:
                calls_written(CALLS, number, self.truth[name])(file)
        for path in [self.top, *self.top.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)
        (self.top / "captures").chmod(0o777)

    def sh(self, command, **environment):
        """Runs a shell command in the folder; gives its CompletedProcess with texts."""
        variables = {"TSHARK": variable("TSHARK", "path of the tshark to test"), **environment}
        done = self.stage.run(["sh", "-c", f'cd "{self.top}" && {command}'], extra_environment=variables)
        return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.fixture(scope="module")
def folder(stage):
    return Folder(stage)


@pytest.fixture(scope="module")
def records(folder):
    """The records of the whole folder, as the first command makes them."""
    code, out, err = folder.sh("find captures -name '*.pcapng' | sh samples/pipelines/calls-of-files.sh")
    assert (code, err.splitlines()[-1]) == (0, f"captures: {CAPTURES}, calls: {CAPTURES * CALLS}, broken captures: 0")
    return [json.loads(line) for line in out.splitlines()]


def test_records_are_the_truth(folder, records):
    found = {(record["file"], record["call"]): record for record in records}
    assert len(found) == len(records) == CAPTURES * CALLS
    for name, calls in folder.truth.items():
        for number, call in enumerate(calls, start=1):
            record = found[name, number]
            assert list(record)[0] == "file"
            assert (record["caller"], record["callee"], record["outcome_name"], record["verdict"], record["code"]) == (
                call["caller"], call["callee"], call["outcome"], call["verdict"], call["diagnostics"]), (name, number)


def test_broken_captures_are_named_and_counted(folder, records):
    """What can be read of them is kept; the other captures are not touched by it."""
    whole = (folder.top / "captures/day 0.pcapng").read_bytes()
    broken = {"cut.pcapng": whole[:-7], "empty.pcapng": b"", "random.pcapng": bytes(range(256)) * 3}
    for name, content in broken.items():
        (folder.top / "broken").mkdir(exist_ok=True)
        (folder.top / "broken" / name).write_bytes(content)
    code, out, err = folder.sh("find captures broken -name '*.pcapng' | sh samples/pipelines/calls-of-files.sh --jobs 2")
    found = [json.loads(line) for line in out.splitlines()]
    assert code == 1
    assert err.splitlines()[-1] == f"captures: {CAPTURES + 3}, calls: {len(found)}, broken captures: 3"
    for name in broken:
        assert len(re.findall(rf"(?m)^broken/{re.escape(name)}: .*\S", err)) == 1, err
    assert sorted(json.dumps(one) for one in found if one["file"].startswith("captures")) == sorted(
        json.dumps(one) for one in records)
    assert len([one for one in found if one["file"] == "broken/cut.pcapng"]) == CALLS


def test_nothing_to_do(folder):
    assert folder.sh("printf '' | sh samples/pipelines/calls-of-files.sh")[0] == 2
    code, _, err = folder.sh("echo x | sh samples/pipelines/calls-of-files.sh", TSHARK="/nowhere/tshark")
    assert (code, err) == (2, "/nowhere/tshark is missing\n")


def test_tasks_of_an_array_share_the_list(folder, records):
    """Each capture is in one task, as Slurm sets the variables of a task."""
    folder.sh("find captures -name '*.pcapng' >captures/list.txt")
    for task in range(5):
        code, out, err = folder.sh('sh samples/pipelines/slurm-array.sh "$PWD" captures/list.txt',
                                   SLURM_ARRAY_TASK_ID=str(task), SLURM_ARRAY_TASK_COUNT="5", SLURM_CPUS_ON_NODE="1")
        assert (code, out, err) == (0, "", "")
    merged = [line for path in (folder.top / "captures").glob("list.txt.calls.*")
              for line in path.read_text().splitlines()]
    assert sorted(map(json.dumps, map(json.loads, merged))) == sorted(map(json.dumps, records))


# A command of the README is indented by four blanks, and its further lines by more.
def test_more_tasks_than_captures(folder):
    """The name of the list looks like an assignment of awk's."""
    folder.sh("find captures -name 'day 1.pcapng' >captures/run=1.txt")
    for task, count in (("1", CALLS), ("0", 0)):
        done = folder.sh('sh samples/pipelines/slurm-array.sh "$PWD" captures/run=1.txt', SLURM_ARRAY_TASK_ID=task,
                         SLURM_ARRAY_TASK_COUNT="2")
        assert done == (0, "", "")
        assert len((folder.top / f"captures/run=1.txt.calls.{task}").read_text().splitlines()) == count


def test_odd_names(folder):
    names = ["-", "-r.pcapng", "it's.pcapng", 'a "b" {} %s.pcapng']
    (folder.top / "odd").mkdir(exist_ok=True)
    (folder.top / "odd").chmod(0o755)
    for name in names:
        shutil.copy(folder.top / "captures/day 2.pcapng", folder.top / "odd" / name)
    code, out, err = folder.sh("cd odd && ls | sh ../samples/pipelines/calls-of-files.sh")
    assert (code, err.splitlines()[-1]) == (0, f"captures: {len(names)}, calls: {len(names) * CALLS}, broken captures: 0")
    assert {json.loads(line)["file"] for line in out.splitlines()} == set(names)


COMMANDS = re.findall(r"(?m)^ {4}(\S.*(?:\n {5,}.*)*)",
                      (REPOSITORY / "samples/pipelines/README.md").read_text(encoding="utf-8"))


def command_with(word):
    """The one command of the README that has the word."""
    found, = [command for command in COMMANDS if word in command]
    return found


@pytest.fixture(scope="module")
def with_records(folder, records):
    (folder.top / "captures/calls.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
    return folder


def test_jq_counts_failures(with_records, records):
    code, out, err = with_records.sh("cd captures && " + command_with("group_by"))
    rows = [line.split("\t") for line in out.splitlines()]
    refused = [record for record in records if record["code"] is not None]
    assert (code, err) == (0, "") and refused
    assert {row[1]: int(row[0]) for row in rows} == collections.Counter(str(record["code"]) for record in refused)
    assert [int(row[0]) for row in rows] == sorted((int(row[0]) for row in rows), reverse=True)


def test_csv_of_all_calls(with_records, records):
    code, out, err = with_records.sh("cd captures && " + command_with("@csv").replace(">calls.csv", ""))
    rows = list(csv.DictReader(io.StringIO(out)))
    assert (code, err) == (0, "") and len(rows) == len(records)
    assert [(row["file"], row["caller"]) for row in rows] == [(one["file"], one["caller"]) for one in records]


def test_sqlite_answers(with_records, records):
    code, _, err = with_records.sh("cd captures && rm -f calls.db && " + command_with("@csv") + " && "
                                   + command_with(".import"))
    assert (code, err) == (0, "")
    code, out, err = with_records.sh("cd captures && " + command_with("sqlite3 calls.db 'SELECT"))
    assert (code, err) == (0, "")
    found = {name: int(count) for name, count in (line.rsplit("|", 1) for line in out.splitlines())}
    assert found == collections.Counter(record["verdict_name"] for record in records)
