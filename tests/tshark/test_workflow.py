# SPDX-License-Identifier: GPL-2.0-or-later
"""The workflow that makes the packages names jobs, files, versions and packages that are there, and its scripts parse.

It runs elsewhere: only what is written in it can be looked at here.
"""

import re
import subprocess
from pathlib import Path

import pytest
import yaml

TOP = Path(__file__).resolve().parents[2]
JOBS = yaml.safe_load((TOP / ".github/workflows/packages.yml").read_text())["jobs"]
STEPS = [(name, step) for name, job in JOBS.items() for step in job["steps"]]
RUNS = [(name, step) for name, step in STEPS if "run" in step]
PURPOSES = {line.split()[0] for line in (TOP / "cmake/packages.txt").read_text().splitlines()
            if line and not line.startswith("#")}


def named(rows):
    """Ids for pytest: the job, and the beginning of its step."""
    return [f"{name}-{step['run'].split(maxsplit=2)[0]}-{number}" for number, (name, step) in enumerate(rows)]


def expanded(script):
    """A script as a runner would have it, with some word for each expression."""
    return re.sub(r"\$\{\{[^}]*\}\}", "word", script)


@pytest.mark.parametrize("name", JOBS)
def test_job(name):
    job = JOBS[name]
    assert job["runs-on"] in ("ubuntu-latest", "windows-latest", "macos-latest")
    needs = job.get("needs", [])
    assert {needs} <= set(JOBS) if isinstance(needs, str) else set(needs) <= set(JOBS)
    for step in job["steps"]:
        assert ("run" in step) != ("uses" in step)
        assert set(step) <= {"run", "uses", "with", "name", "shell", "env"}
        if "uses" in step:
            assert re.fullmatch(r"actions/(checkout|upload-artifact|download-artifact)@v\d+", step["uses"])


@pytest.mark.parametrize("name", JOBS)
def test_expressions_have_values(name):
    matrix = JOBS[name].get("strategy", {}).get("matrix", {})
    rows = matrix.get("include", [matrix])
    for key in re.findall(r"\$\{\{ *matrix\.(\w+) *\}\}", str(JOBS[name])):
        assert all(key in row for row in rows), key


def test_what_is_taken_was_left():
    """Each archive that a job takes from another is left by one that it waits for."""
    left = {step["with"]["name"]: name for name, step in STEPS if "upload-artifact" in step.get("uses", "")}
    taken = [(name, step["with"]["name"]) for name, step in STEPS
             if "download-artifact" in step.get("uses", "") and "name" in step["with"]]
    assert taken
    for name, archive in taken:
        assert left[archive] == JOBS[name]["needs"] or left[archive] in JOBS[name]["needs"]


@pytest.mark.parametrize("name, step", [row for row in RUNS if "shell" not in row[1]], ids=str)
def test_script_parses(name, step):
    assert name in JOBS
    done = subprocess.run(["bash", "-n"], input=expanded(step["run"]).encode(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize("name, step", RUNS, ids=named(RUNS))
def test_names_files_that_are_there(name, step):
    assert name in JOBS
    for path in re.findall(r"(?:^|[\s'\"])((?:cmake|samples|tests)[/\\][^\s'\")]+)", step["run"]):
        pattern = path.replace("\\", "/")
        assert list(TOP.glob(pattern)), path


def test_purposes_are_known():
    calls = re.findall(r"cmake/setup\.sh ([a-z ]+)", " ; ".join(step["run"] for _, step in RUNS))
    assert len(calls) == 2
    for call in calls:
        assert set(call.split()) <= PURPOSES


def test_releases_are_those_of_the_tests():
    table = dict(re.findall(r"^(\w+) +(4\.\d) +(?:stable|testing)$", (TOP / "tests/matrix.sh").read_text(), re.MULTILINE))
    assert {row["release"]: row["wireshark"] for row in JOBS["debian"]["strategy"]["matrix"]["include"]} == table
    versions = JOBS["windows-test"]["strategy"]["matrix"]["wireshark"]
    assert [version.rpartition(".")[0] for version in versions] == sorted(table.values())


def test_powershell():
    """No PowerShell here: brackets and quotes are paired, and it calls what the archive has."""
    (script,) = [step["run"] for _, step in RUNS if step.get("shell") == "pwsh"]
    bare = re.sub(r"'[^'\n]*'|\"[^\"\n]*\"", "", script)
    assert "'" not in bare and '"' not in bare
    for opening, closing in ("()", "{}"):
        assert bare.count(opening) == bare.count(closing) > 0
    packed = (TOP / "cmake/packaging/windows/zip.sh").read_text()
    for command in ("install.cmd", "uninstall.cmd"):
        assert f"package\\skypefed\\{command} /quiet" in script and command in packed
    assert "$stage/skypefed" in packed
