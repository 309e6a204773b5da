# SPDX-License-Identifier: GPL-2.0-or-later
"""The stage on which Wireshark's programs are run by the tests.

Wireshark ignores personal plugin folders and WIRESHARK_PLUGIN_DIR when it runs
as root, so a test as root that did nothing about it would test stock Wireshark.
The stage is a temporary folder that everybody may read, with copies of the
plugin and of the samples and a home folder of its own; as root, programs run
there as nobody.
"""

import os
import shutil
import stat
import subprocess
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
SAMPLES = REPOSITORY / "samples"

NOBODY = 65534  # uid of nobody and gid of nogroup on Debian and Fedora alike

# Seconds after which a program, or whatever a test waits for, counts as hung. Slowness alone never takes so long.
HANG_SECONDS = int(os.environ.get("SKYPEFED_HANG_SECONDS", "1200"))


# A plugin with sanitizers needs their library in front of all others (SKYPEFED_SANITIZE). Leaks are not looked for:
# Wireshark frees little at its end. Each of its blocks is one of malloc then, so that the sanitizer knows it. Without its
# extcaps, which need no sanitizer either: androiddump hangs with one.
SANITIZERS = {"LD_PRELOAD": os.environ["SKYPEFED_PRELOAD"], "ASAN_OPTIONS": "detect_leaks=0",
              "UBSAN_OPTIONS": "print_stacktrace=1", "WIRESHARK_DEBUG_WMEM_OVERRIDE": "simple",
              "WIRESHARK_EXTCAP_DIR": os.devnull,
              } if os.environ.get("SKYPEFED_PRELOAD") else {}


class StageError(Exception):
    """The environment lacks what the tests need."""


def variable(name, meaning):
    """The value of an environment variable that CTest sets; StageError when it is missing or empty."""
    value = os.environ.get(name)
    if not value:
        raise StageError(f"{name} is not set ({meaning}). Run the tests with ctest, or set it.")
    return value


def open_to_all(top):
    """Lets everybody read the files below top and enter its folders."""
    for folder, _, names in os.walk(top):
        os.chmod(folder, 0o755)
        for name in names:
            path = os.path.join(folder, name)
            if os.path.islink(path):
                continue  # to a file of the system
            os.chmod(path, stat.S_IMODE(os.stat(path).st_mode) | 0o444)


class Stage:
    """Copies of plugin and samples, and the way to run a program beside them.

    plugin_dir: folder that holds X.Y/epan/skypefed.so, as WIRESHARK_PLUGIN_DIR wants it.
    Close it with close(); everything in it is then gone.
    """

    def __init__(self, plugin_dir):
        found = sorted(Path(plugin_dir).glob("*/epan/skypefed.so"))
        if not found:
            raise StageError(f"no */epan/skypefed.so below {plugin_dir}: the plugin was not built")
        self.top = Path(tempfile.mkdtemp(prefix="skypefed-test-"))
        self.plugins = self.top / "plugins"
        self.no_plugins = self.top / "no-plugins"
        self.samples = self.top / "samples"
        for plugin in found:
            folder = self.plugins / plugin.relative_to(plugin_dir).parent
            folder.mkdir(parents=True)
            shutil.copy2(plugin, folder)
        self.no_plugins.mkdir()
        shutil.copytree(SAMPLES, self.samples, ignore=shutil.ignore_patterns("__pycache__"))
        open_to_all(self.top)
        self.home = self.folder("home")

    def close(self):
        """Removes the stage."""
        shutil.rmtree(self.top)

    def folder(self, prefix):
        """A new folder below the stage in which programs on the stage may write."""
        path = Path(tempfile.mkdtemp(prefix=prefix + "-", dir=self.top))
        os.chmod(path, 0o755)
        if os.geteuid() == 0:
            os.chown(path, NOBODY, NOBODY)
        return path

    def configuration(self, files):
        """A configuration folder of Wireshark's with the given files: name -> text."""
        path = self.folder("config")
        for name, text in files.items():
            (path / name).write_text(text, encoding="utf-8")
            os.chmod(path / name, 0o666)
        return path

    def environment(self, plugin=True, config=None):
        """Environment for a program on the stage.

        plugin: load ours (True), load none (False), or load those below a given folder.
        config: configuration files, name -> text; none means Wireshark's defaults.
        Nothing of the caller's own configuration, language or time zone shows through.
        """
        if isinstance(plugin, bool):
            plugin = self.plugins if plugin else self.no_plugins
        return {
            **SANITIZERS,
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(self.home),
            "WIRESHARK_CONFIG_DIR": str(self.configuration(config or {})),
            "WIRESHARK_PLUGIN_DIR": str(plugin),
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
        }

    @staticmethod
    def identity():
        """Arguments for subprocess that give up root; none for an ordinary user."""
        if os.geteuid() != 0:
            return {}
        return {"user": NOBODY, "group": NOBODY, "extra_groups": []}

    def run(self, command, plugin=True, config=None, extra_environment=None, **how):
        """Runs a program on the stage to its end and gives its CompletedProcess, output as bytes.

        command: list of arguments. plugin, config: as for environment().
        extra_environment: variables to add. how: further arguments for subprocess.run.
        """
        environment = self.environment(plugin, config)
        environment.update(extra_environment or {})
        how.setdefault("timeout", HANG_SECONDS)
        if "input" not in how:
            how.setdefault("stdin", subprocess.DEVNULL)
        return subprocess.run(
            [str(part) for part in command],
            env=environment,
            cwd=self.home,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            check=False,
            **self.identity(),
            **how,
        )
