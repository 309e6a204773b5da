# SPDX-License-Identifier: GPL-2.0-or-later
"""Installing and removing: for everybody, for one user, from the archive, and as a Debian package."""

import contextlib
import os
import pty
import re
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ["SKYPEFED_BINARY_DIR"])
PACKAGING = TOP / "cmake" / "packaging"


def run(*command, code=0, **environment):
    """Runs a command; gives what it printed, with line breaks as blanks."""
    done = subprocess.run([*map(str, command)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
                          env={**os.environ, "LC_ALL": "C", "XDG_CONFIG_HOME": "", **environment})
    text = done.stdout.decode()
    assert done.returncode == code, text
    return " ".join(text.split())


def files_in(folder):
    """The paths below a folder, relative to it."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


@pytest.fixture
def home(tmp_path):
    """The folder of a user who has a program and a plugin of their own."""
    path = tmp_path / "home"
    (path / ".local/bin").mkdir(parents=True)
    (path / ".local/bin/other").write_text("")
    (path / ".local/lib/wireshark/plugins/4.0/epan").mkdir(parents=True)
    (path / ".local/lib/wireshark/plugins/4.0/epan/other.so").write_text("")
    return path


def user(home, action, path="/usr/bin:/bin"):
    """What the targets install-user and uninstall-user do, with files of this test."""
    binaries = home.parent / "built"
    binaries.mkdir(exist_ok=True)
    for name in ("skypefed.so", "skypefed-log"):
        (binaries / name).write_text(action)
    folders = {"skypefed.so": [".local/lib/wireshark/plugins/4.0/epan"],
               "skypefed-log": [".local/bin", ".config/wireshark/extcap"]}
    rows = ";".join(f"{binaries / name}={home / folder}" for name, list_ in folders.items() for folder in list_)
    return run("cmake", f"-DACTION={action}", f"-DFILES={rows}", f"-DBIN_DIR={home / '.local/bin'}", "-P",
               TOP / "cmake/user.cmake", HOME=str(home), PATH=f"{path}:{os.environ['PATH']}")


def test_for_one_user(home):
    before = files_in(home)
    user(home, "install")
    said = user(home, "install")
    assert (home / ".local/lib/wireshark/plugins/4.0/epan/skypefed.so").exists()
    assert (home / ".config/wireshark/extcap/skypefed-log").exists()
    assert f"{home}/.local/bin is not in your PATH" in said
    assert ("You are root" in said) == (os.geteuid() == 0)
    user(home, "uninstall")
    assert files_in(home) == before
    user(home, "uninstall")


def test_for_one_user_with_a_path(home):
    assert "not in your PATH" not in user(home, "install", path=f"{home}/.local/bin")


PROFILE = ("colorfilters", "dfilter_buttons", "dfilters", "io_graphs", "preferences", "recent")


def user_profile(home, action):
    """What install-user and uninstall-user do with the profile."""
    files = ";".join(str(TOP / "plugin/profile" / name) for name in PROFILE)
    return run("cmake", f"-DACTION={action}", f"-DFILES={files}", f"-DFOLDER={home / 'profiles/SkypeFed'}", "-P",
               TOP / "cmake/user-profile.cmake", HOME=str(home))


def test_profile_for_one_user(home):
    folder = home / "profiles/SkypeFed"
    before = files_in(home)
    user_profile(home, "install")
    assert files_in(folder) == sorted([*PROFILE, "as-installed", *(f"as-installed/{name}" for name in PROFILE)])
    user_profile(home, "uninstall")
    assert files_in(home) == before


def age(folder):
    """What an older version has installed: other files, of which the user has changed one."""
    for name in ("preferences", "dfilters"):
        (folder / "as-installed" / name).write_text("of before\n")
        (folder / name).write_text("of before\n")
    (folder / "dfilters").write_text("of the user\n")


def test_profile_of_an_older_version_is_renewed(home):
    folder = home / "profiles/SkypeFed"
    shipped = (TOP / "plugin/profile/preferences").read_text()
    user_profile(home, "install")
    age(folder)
    said = user_profile(home, "install")
    assert (folder / "preferences").read_text() == shipped == (folder / "as-installed/preferences").read_text()
    assert (folder / "dfilters").read_text() == "of the user\n"
    assert said.count(f"Left as it is, since it differs: {folder}/dfilters") == 1
    age(folder)
    said = user_profile(home, "uninstall")
    assert files_in(folder) == ["dfilters"]
    assert said.count(f"Left as it is, since it differs: {folder}/dfilters") == 1


def test_profile_that_the_user_has_changed_stays(home):
    folder = home / "profiles/SkypeFed"
    user_profile(home, "install")
    (folder / "preferences").write_text("gui.layout_type: 2\n")
    assert "Left as it is" in user_profile(home, "install")
    user_profile(home, "uninstall")
    assert files_in(folder) == ["preferences"]
    assert (folder / "preferences").read_text() == "gui.layout_type: 2\n"


def test_the_targets_exist():
    listed = run("cmake", "--build", BUILD, "--target", "help")
    for target in ("install-user", "uninstall-user", "install-profile", "uninstall", "tarball"):
        assert re.search(rf"\b{target}: ", listed)


def test_the_archive_is_packed():
    run("cmake", "--build", BUILD, "--target", "tarball")
    (archive,) = BUILD.glob("skypefed-*.tar.gz")
    with tarfile.open(archive) as packed:
        names = {name.partition("/")[2] for name in packed.getnames()}
    assert {"epan/skypefed.so", "bin/skypefed-log", "bin/plain/skypefed-log", "install.sh", "uninstall.sh", "LICENSE", "wireshark-version",
            *(f"profile/{name}" for name in PROFILE)} <= names


@pytest.fixture
def manifest():
    """Keeps the lists of what was installed from the build folder, if it was; gives that of the files."""
    paths = [BUILD / "install_manifest.txt", BUILD / "install_folders.txt"]
    kept = [path.read_bytes() if path.exists() else None for path in paths]
    yield paths[0]
    for path, content in zip(paths, kept):
        path.unlink(missing_ok=True)
        if content is not None:
            path.write_bytes(content)


def test_for_everybody(tmp_path, manifest):
    # Both were there before, one of them empty; somebody puts a file into a folder of ours later.
    (tmp_path / "usr/local/bin").mkdir(parents=True)
    (tmp_path / "usr/share/wireshark").mkdir(parents=True)
    run("cmake", "--install", BUILD, DESTDIR=str(tmp_path))
    other = next(tmp_path.rglob("extcap")) / "other"
    other.write_text("")
    installed = [path for path in files_in(tmp_path) if (tmp_path / path).is_file()]
    names = {Path(path).name for path in installed}
    assert {"skypefed.so", "skypefed-log", "copyright", *PROFILE} <= names
    assert sum("/wireshark/profiles/SkypeFed/" in path for path in installed) == len(PROFILE)
    assert sum(path.endswith("/skypefed-log") for path in installed) == 2
    uninstall = ("cmake", f"-DMANIFEST={manifest}", f"-DFOLDERS={manifest.parent / 'install_folders.txt'}", "-P",
                 TOP / "cmake/uninstall.cmake")
    run(*uninstall, DESTDIR=str(tmp_path))
    left = {tmp_path / "usr/local/bin", tmp_path / "usr/share/wireshark", other}
    left |= {above for path in left for above in path.parents if above.is_relative_to(tmp_path)} - {tmp_path}
    assert set(tmp_path.rglob("*")) == left
    assert "Nothing was installed" in run(*uninstall, code=1, DESTDIR=str(tmp_path))


def test_for_everybody_into_a_new_folder(tmp_path, manifest):
    """As packagers call it: nothing is left but the folder that they named."""
    folder = tmp_path / "new"
    run("cmake", "--install", BUILD, DESTDIR=str(folder))
    run("cmake", f"-DMANIFEST={manifest}", f"-DFOLDERS={manifest.parent / 'install_folders.txt'}", "-P",
        TOP / "cmake/uninstall.cmake", DESTDIR=str(folder))
    assert files_in(folder) == []


@pytest.fixture
def archive(tmp_path):
    """What the archive for a user contains, with files of this test, for Wireshark 4.4."""
    folder = tmp_path / "archive"
    for name in ("epan/skypefed.so", "wiretap/skypefed-log.so", "bin/skypefed-log", "profile/preferences"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("")
    (folder / "wireshark-version").write_text("4.4\n")
    for name in ("install.sh", "uninstall.sh"):
        shutil.copy(PACKAGING / name, folder)
    return folder


@pytest.fixture
def wireshark(tmp_path):
    """wireshark(VERSION): a folder for PATH with a tshark that says it has this version."""

    def make(version):
        folder = tmp_path / version
        folder.mkdir()
        (folder / "tshark").write_text("#!/bin/sh\ncase $1 in -G) echo skypefed.so ;; *) "
                                       f"echo 'TShark (Wireshark) {version}.2 (Git v{version}.2).' ;; esac\n")
        (folder / "tshark").chmod(0o755)
        return f"{folder}:/usr/bin:/bin"

    return make


def test_archive(archive, wireshark, home):
    before = files_in(home)
    path = wireshark("4.4")
    said = run("sh", archive / "install.sh", HOME=str(home), PATH=path)
    assert set(files_in(home)) - set(before) >= {
        ".local/bin/skypefed-log", ".local/lib/wireshark/extcap/skypefed-log",
        ".config/wireshark/profiles/SkypeFed/preferences",
        ".local/lib/wireshark/plugins/4.4/epan/skypefed.so", ".local/lib/wireshark/plugins/4.4/wiretap/skypefed-log.so"}
    assert "not in your PATH" in said
    run("sh", archive / "install.sh", HOME=str(home), PATH=path)
    run("sh", archive / "uninstall.sh", HOME=str(home), PATH=path)
    assert files_in(home) == before


def test_archive_leaves_what_was_changed_and_says_so(archive, wireshark, home):
    path = wireshark("4.4")
    before = files_in(home)
    run("sh", archive / "install.sh", HOME=str(home), PATH=path)
    changed = home / ".config/wireshark/profiles/SkypeFed/preferences"
    changed.write_text("gui.layout_type: 2\n")
    said = run("sh", archive / "uninstall.sh", HOME=str(home), PATH=path)
    assert f"Left, since it was changed: {changed}" in said
    assert [name for name in files_in(home) if (home / name).is_file() and name not in before] == [
        str(changed.relative_to(home))]


def test_archive_renews_what_an_older_version_installed(archive, wireshark, home):
    path = wireshark("4.4")
    before = files_in(home)
    folder = home / ".config/wireshark/profiles/SkypeFed"
    (archive / "profile/preferences").write_text("new\n")
    (archive / "profile/dfilters").write_text("new\n")
    run("sh", archive / "install.sh", HOME=str(home), PATH=path)
    age(folder)
    said = run("sh", archive / "install.sh", HOME=str(home), PATH=path)
    assert [(folder / name).read_text() for name in ("preferences", "dfilters")] == ["new\n", "of the user\n"]
    assert said.count(f"Left, since it was changed: {folder}/dfilters") == 1
    age(folder)
    said = run("sh", archive / "uninstall.sh", HOME=str(home), PATH=path)
    assert files_in(folder) == ["dfilters"] and said.count("Left, since it was changed") == 1
    (folder / "dfilters").unlink()
    run("sh", archive / "uninstall.sh", HOME=str(home), PATH=path)
    assert files_in(home) == before


def test_archive_where_settings_are_elsewhere(archive, wireshark, home):
    """Wireshark's settings may be in another folder than ~/.config; before 4.2, capture sources are there too."""
    (archive / "wireshark-version").write_text("4.0\n")
    before = files_in(home)
    elsewhere = {"HOME": str(home), "PATH": wireshark("4.0"), "XDG_CONFIG_HOME": str(home / "settings")}
    run("sh", archive / "install.sh", **elsewhere)
    assert {"settings/wireshark/profiles/SkypeFed/preferences", "settings/wireshark/extcap/skypefed-log"} <= set(
        files_in(home))
    assert not (home / ".config").exists()
    run("sh", archive / "uninstall.sh", **elsewhere)
    assert files_in(home) == before


def test_targets_where_settings_are_elsewhere(tmp_path, home):
    """The targets for one user know such a folder too."""
    run("cmake", "-S", TOP, "-B", tmp_path / "build", "-DBUILD_TESTING=OFF", HOME=str(home),
        XDG_CONFIG_HOME=str(tmp_path / "settings"))
    cache = (tmp_path / "build/CMakeCache.txt").read_text()
    assert f"SKYPEFED_USER_PROFILE_DIR:PATH={tmp_path}/settings/wireshark/profiles/SkypeFed\n" in cache
    minor = Path(next(BUILD.glob("run/*/epan"))).parent.name
    extcap = f"{tmp_path}/settings/wireshark" if minor == "4.0" else f"{home}/.local/lib/wireshark"
    assert f"SKYPEFED_USER_EXTCAP_DIR:PATH={extcap}/extcap\n" in cache


@pytest.mark.parametrize("starts", [True, False])
def test_archive_without_libarchive(archive, wireshark, home, starts):
    """Where the program does not start for want of a library, the one that does without is installed."""
    (archive / "bin/plain").mkdir()
    for name, code in (("skypefed-log", 0 if starts else 127), ("plain/skypefed-log", 0)):
        (archive / "bin" / name).write_text(f"#!/bin/sh\n# {name}\nexit {code}\n")
        (archive / "bin" / name).chmod(0o755)
    before = files_in(home)
    path = wireshark("4.4")
    said = run("sh", archive / "install.sh", HOME=str(home), PATH=path)
    for folder in (".local/bin", ".local/lib/wireshark/extcap"):
        assert ("plain" in (home / folder / "skypefed-log").read_text()) != starts
    assert ("libarchive is missing here" in said) != starts
    run("sh", archive / "uninstall.sh", HOME=str(home), PATH=path)
    assert files_in(home) == before


def test_archive_for_another_wireshark(archive, wireshark, home):
    path = wireshark("4.6")
    said = run("sh", archive / "install.sh", code=1, HOME=str(home), PATH=path)
    assert "the plugin for Wireshark 4.4, but 4.6" in said
    run("sh", archive / "install.sh", "--force", HOME=str(home), PATH=path)
    assert (home / ".local/lib/wireshark/plugins/4.4/epan/skypefed.so").exists()


@pytest.mark.skipif(not shutil.which("dpkg-shlibdeps"), reason="no dpkg-dev")
def test_debian_package(tmp_path, manifest):
    assert manifest
    run("cpack", "--config", BUILD / "CPackConfig.cmake", "-B", tmp_path)
    package, = tmp_path.glob("*.deb")
    depends = run("dpkg-deb", "-f", package, "Depends")
    minor = Path(next(BUILD.glob("run/*/epan"))).parent.name
    assert re.search(rf"\blibwireshark\d+(t64)? \(>= {re.escape(minor)}~\), libwireshark\d+(t64)? \(<< ", depends)
    contents = run("dpkg-deb", "-c", package)
    for name in (f"/plugins/{minor}/epan/skypefed.so", "/extcap/skypefed-log", "/usr/bin/skypefed-log"):
        assert name in contents
    assert "/usr/local" not in contents


STEPS = """. cmake/steps.sh
STEP_LOGS=$1
step 'long one' sh -c 'echo "[1/2] first"; sleep 2.5; echo "[2/2] second"' || exit 1
step 'bad one' sh -c 'echo "the reason"; exit 3'
"""


def steps(tmp_path, output):
    """Runs two steps of cmake/steps.sh, of which the second fails."""
    done = subprocess.run(["sh", "-c", STEPS, "steps", str(tmp_path / "log")], stdin=subprocess.DEVNULL, stdout=output,
                          stderr=output, cwd=TOP, check=False)
    assert done.returncode == 3


def test_steps_show_how_far_they_are(tmp_path):
    """On a terminal, a long step shows the last line of its log; what stays there is the same as in a file."""
    ours, theirs = pty.openpty()
    steps(tmp_path, theirs)
    os.close(theirs)
    text = ""
    with open(ours, "rb", buffering=0) as terminal, contextlib.suppress(OSError):
        # The end of a terminal is an error.
        while True:
            text += terminal.read(4096).decode()
    assert re.search(r"\r\x1b\[K  long one +\d+ s  \[1/2\] first\r\x1b\[K  long one +ok +\d+ s\r\n", text)
    stays = re.sub(r"[^\n]*\x1b\[K", "", text.replace("\r\n", "\n"))
    with open(tmp_path / "plain", "w+", encoding="utf-8") as file:
        steps(tmp_path, file)
        file.seek(0)
        plain = file.read()
    assert "[1/2]" not in plain and "    | the reason\n" in plain

    def without_seconds(lines):
        return re.sub(r" +\d+ s$", "", lines, flags=re.MULTILINE)

    assert without_seconds(stays) == without_seconds(plain)


def configure(tmp_path, *options):
    return run("cmake", "-S", TOP, "-B", tmp_path / "build", *options, code=1)


def test_without_wireshark(tmp_path):
    said = configure(tmp_path, "-DCMAKE_DISABLE_FIND_PACKAGE_Wireshark=ON")
    assert "The development files of Wireshark are missing" in said and "wireshark-dev" in said


def test_with_an_old_wireshark(tmp_path):
    (tmp_path / "WiresharkConfig.cmake").write_text(
        "set(Wireshark_MAJOR_VERSION 3)\nset(Wireshark_MINOR_VERSION 6)\n")
    said = configure(tmp_path, f"-DWireshark_DIR={tmp_path}")
    assert "Wireshark 3.6 is too old: SkypeFed needs Wireshark 4.0 or later" in said
