# SPDX-License-Identifier: GPL-2.0-or-later
"""Each package and recipe has the files that `cmake --install` installs, and its scripts work."""

import gzip
import json
import os
import re
import shutil
import subprocess
import tarfile
import tempfile
import zipfile
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ["SKYPEFED_BINARY_DIR"])
PACKAGING = TOP / "cmake" / "packaging"
NOBODY = 65534


def run(*command, **options):
    """Runs a command that must succeed; gives what it printed."""
    done = subprocess.run([*map(str, command)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, **options)
    text = done.stdout.decode()
    assert done.returncode == 0, text
    return text


def below_usr(names):
    """Paths of files as a package has them, without the leading slash, and without our own documents."""
    paths = {re.sub(r"^[./]*usr/", "usr/", name) for name in names if not name.endswith("/")}
    return sorted(path for path in paths if "/doc/skypefed" not in path and "/licenses/skypefed" not in path)


@pytest.fixture(scope="module", name="manifest")
def fixture_manifest():
    """Keeps the lists of what was installed from the build folder, if it was."""
    paths = [BUILD / "install_manifest.txt", BUILD / "install_folders.txt"]
    kept = [path.read_bytes() if path.exists() else None for path in paths]
    yield
    for path, content in zip(paths, kept):
        path.unlink(missing_ok=True)
        if content is not None:
            path.write_bytes(content)


@pytest.fixture(scope="module", name="tree")
def fixture_tree(tmp_path_factory, manifest):
    """A folder with all that `cmake --install` installs."""
    assert manifest is None
    folder = tmp_path_factory.mktemp("installed")
    run("cmake", "--install", BUILD, "--prefix", "/usr", env={**os.environ, "DESTDIR": str(folder)})
    return folder


@pytest.fixture(scope="module", name="installed")
def fixture_installed(tree):
    """The paths of these files."""
    files = below_usr(str(path.relative_to(tree)) for path in tree.rglob("*") if path.is_file())
    assert {Path(name).name for name in files} >= {"skypefed.so", "skypefed-log", "preferences"}
    return files


@pytest.fixture(scope="module", name="minor")
def fixture_minor():
    """X.Y of the Wireshark that the plugin was built for."""
    return Path(next(BUILD.glob("run/*/epan"))).parent.name


def test_debian(tmp_path, installed):
    if not shutil.which("dpkg-shlibdeps"):
        pytest.skip("no dpkg-dev")
    run("cpack", "--config", BUILD / "CPackConfig.cmake", "-B", tmp_path)
    package, = tmp_path.glob("*.deb")
    lines = run("dpkg-deb", "-c", package).splitlines()
    assert below_usr(line.split(maxsplit=5)[5] for line in lines) == installed


def test_archive_for_one_user(installed):
    run("cmake", "--build", BUILD, "--target", "tarball")
    (archive,) = BUILD.glob("skypefed-*.tar.gz")
    with tarfile.open(archive) as packed:
        names = {member.name.partition("/")[2] for member in packed.getmembers() if member.isfile()}
    own = {"install.sh", "uninstall.sh", "LICENSE", "wireshark-version", "bin/plain/skypefed-log"}
    assert own <= names
    # The program is there once, and installed twice.
    assert {Path(name).name for name in names - own} == {Path(name).name for name in installed}


def test_program_without_libarchive(installed, tmp_path):
    """The one in the archive for a system that lacks it: it reads gzip, and says of what else to unpack it."""
    assert "usr/bin/skypefed-log" in installed
    run("cmake", "--build", BUILD, "--target", "tarball")
    (program,) = (BUILD / "tarball").glob("*/bin/plain/skypefed-log")
    log = (TOP / "samples/logs/sipp.txt").read_bytes()
    (tmp_path / "log.gz").write_bytes(gzip.compress(log))
    with zipfile.ZipFile(tmp_path / "log.zip", "w") as archive:
        archive.writestr("sipp.txt", log)
    capture = subprocess.run([program, "-q", tmp_path / "log.gz"], capture_output=True, check=True).stdout
    assert capture and capture == subprocess.run([program, "-q"], input=log, capture_output=True, check=True).stdout
    done = subprocess.run([program, tmp_path / "log.zip"], capture_output=True, check=False)
    assert b"is a zip archive; unpack it first" in done.stderr


def put_source(folder):
    """The archive of the source that the recipes expect, without what is only needed to build it."""
    version = re.search(r"project\(SkypeFed VERSION ([0-9.]+)", (TOP / "CMakeLists.txt").read_text()).group(1)
    with tarfile.open(folder / f"skypefed-{version}.tar.gz", "w:gz") as archive:
        for name in ("LICENSE", "README.md", "CHANGELOG.md", "plugin/doc", "CMakeLists.txt"):
            archive.add(TOP / name, f"skypefed-{version}/{name}")


@pytest.mark.skipif(not shutil.which("rpmbuild"), reason="no rpmbuild")
def test_fedora(tmp_path, tree, installed):
    """The spec, with macros of Fedora's that install what has been built already."""
    (tmp_path / "SOURCES").mkdir()
    put_source(tmp_path / "SOURCES")
    run("rpmbuild", "-bb", "--nodeps", "--define", f"_topdir {tmp_path}", "--define", "cmake true",
        "--define", "cmake_build true", "--define", f"cmake_install cp -R {tree}/. %{{buildroot}}",
        "--define", "debug_package %{nil}", "--define", "_build_id_links none", PACKAGING / "skypefed.spec")
    package, = tmp_path.glob("RPMS/*/*.rpm")
    names = run("rpm", "-qp", "--qf", "[%{FILEMODES:perms} %{FILENAMES}\n]", package).splitlines()
    assert below_usr(line.split(maxsplit=1)[1] for line in names if not line.startswith("d")) == installed
    # Only the libwireshark that it was built with will do.
    assert re.search(r"^libwireshark\.so\.\d+\(\)", run("rpm", "-qp", "--requires", package), re.MULTILINE)


@pytest.fixture(name="open_folder")
def fixture_open_folder():
    """A new folder that everybody may enter, as those of pytest are not."""
    with tempfile.TemporaryDirectory(prefix="skypefed-packages-") as path:
        os.chmod(path, 0o755)
        yield Path(path)


@pytest.mark.skipif(not shutil.which("makepkg"), reason="no makepkg")
def test_arch(open_folder, tree, installed, minor):
    """The PKGBUILD, with a cmake that installs what has been built already, and a pacman without packages."""
    folder = open_folder / "arch"
    folder.mkdir()
    shutil.copy(PACKAGING / "PKGBUILD", folder)
    put_source(folder)
    shutil.copytree(tree, folder / "tree")
    (folder / "bin").mkdir()
    for name, does in (("cmake", f"[ \"$1\" != --install ] || cp -R {folder}/tree/. \"$DESTDIR\""), ("pacman", "exit 0")):
        (folder / "bin" / name).write_text(f"#!/bin/sh\n{does}\n")
        (folder / "bin" / name).chmod(0o755)
    config = folder / "makepkg.conf"
    config.write_text("CARCH=x86_64\nPKGEXT=.pkg.tar.gz\nSRCEXT=.src.tar.gz\nCOMPRESSGZ=(gzip -c -f -n)\n"
                      "OPTIONS=(!strip !debug)\nINTEGRITY_CHECK=(sha256)\nBUILDENV=(!color !check)\n")
    identity = {}
    if os.geteuid() == 0:
        # makepkg refuses root.
        identity = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        for path in (folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
    run("makepkg", "--nodeps", "--config", config, cwd=folder, **identity,
        env={**os.environ, "PATH": f"{folder}/bin:{os.environ['PATH']}", "HOME": str(folder)})
    package, = folder.glob("*.pkg.tar.gz")
    with tarfile.open(package) as packed:
        names = [member.name for member in packed.getmembers() if member.isfile() and not member.name.startswith(".")]
        about = packed.extractfile(".PKGINFO").read().decode()
    assert below_usr(names) == installed
    major, number = map(int, minor.split("."))
    assert f"depend = wireshark-cli>={minor}\n" in about
    assert f"depend = wireshark-cli<{major}.{number + 1}\n" in about


@pytest.fixture(name="formula")
def fixture_formula(tmp_path):
    """The formula, installed without Homebrew below tmp_path/opt (formula.rb): what it says, and what it runs."""
    source = tmp_path / "source"
    source.mkdir()
    (source / "plugin").symlink_to(TOP / "plugin")
    # What its programs would build.
    (source / "build").symlink_to(BUILD)
    said = run("ruby", "-w", Path(__file__).parent / "formula.rb", PACKAGING / "skypefed.rb", tmp_path / "opt", cwd=source)
    # Before it, Ruby may have warned of something in its own files.
    return json.loads(said.splitlines()[-1])


def test_homebrew_formula(tmp_path, formula):
    """It builds what it installs, and names what the build looks for and the version."""
    configure, build = formula["programs"]
    assert configure[:7] == ["cmake", "-S", ".", "-B", "build", "-G", "Ninja"]
    assert f"-DCMAKE_INSTALL_PREFIX={tmp_path}/opt" in configure
    assert build == ["cmake", "--build", "build"]
    assert formula["depends_on"] == ["cmake (build)", "ninja (build)", "pkgconf (build)", "glib", "libarchive",
                                     "libgcrypt", "wireshark"]
    assert f"SkypeFed VERSION {formula['version']} " in (TOP / "CMakeLists.txt").read_text()
    assert formula["url"].endswith(f"skypefed-{formula['version']}.tar.gz")
    assert f"  {tmp_path}/opt/libexec/skypefed-link remove\n" in formula["caveats"]


@pytest.mark.usefixtures("formula")
def test_homebrew_links(tmp_path, installed, minor):
    """Its script links the plugin into the user's folders, and takes the links away."""
    prefix, home = tmp_path / "opt", tmp_path / "home"
    (home / ".local/lib/wireshark/plugins").mkdir(parents=True)
    link = prefix / "libexec/skypefed-link"
    assert link.stat().st_mode & 0o777 == 0o755

    def linked():
        return {file for file in home.rglob("*") if not file.is_dir()}

    for _ in range(2):
        run(link, env={**os.environ, "HOME": str(home), "XDG_CONFIG_HOME": ""})
    assert {file.name for file in linked()} == {Path(name).name for name in installed}
    plugins = home / ".local/lib/wireshark/plugins" / minor.replace(".", "-")
    assert (plugins / "epan/skypefed.so").resolve() == (prefix / f"lib/skypefed/{minor}/epan/skypefed.so").resolve()
    run(link, "remove", env={**os.environ, "HOME": str(home), "XDG_CONFIG_HOME": ""})
    assert linked() == set()
