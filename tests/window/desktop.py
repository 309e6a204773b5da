# SPDX-License-Identifier: GPL-2.0-or-later
"""A desktop that nobody sees: a screen in memory, a window manager, keys, mouse and the accessibility bus.

All of it belongs to the user under whom the stage runs programs, so that no
part of it is root's, and it is gone with close(), or with the process that
made it, whatever ends that.
"""

import collections
import contextlib
import os
import shutil
import subprocess
import time

import accessible
from stage import HANG_SECONDS, NOBODY

# Width and height in pixels: every row of the packet list is in sight, so that it can be clicked.
TALL = (1600, 3800)

_POLL = 0.05  # seconds between two looks
_STOP = 5  # seconds that a program may take to end when asked

# Command -> the Debian package that has it.
COMMANDS = {
    "Xvfb": "xvfb",
    "openbox": "openbox",
    "dbus-daemon": "dbus-daemon",
    "xdotool": "xdotool",
    "import": "imagemagick",
    "setpriv": "util-linux",
}
# A program so started gets SIGTERM when the tests are gone, even if they were killed: SIGKILL would keep Xvfb
# from removing the lock of its display. What these start themselves goes with its bus or screen.
_NOT_ALONE = ("setpriv", "--pdeathsig", "TERM")
_BUS_SERVICE = "/usr/share/dbus-1/services/org.a11y.Bus.service"


class DesktopError(Exception):
    """The desktop, or a window on it, is not as it must be."""


class _Patience:
    """How long to wait for what does not come, and the running programs that it has to come from."""

    seconds = HANG_SECONDS
    programs = []

    @classmethod
    def is_over(cls, since):
        """Whether to give up a wait. After the first one in vain the tests have failed, and the next may be short."""
        if time.monotonic() - since < cls.seconds:
            return False
        cls.seconds = min(cls.seconds, 60)
        return True

    @classmethod
    def check_programs(cls):
        """DesktopError if a program ended that nobody has stopped: nothing more will come of it."""
        for program in cls.programs:
            if program.poll() is not None:
                raise DesktopError(f"{program.name} ended with exit code {program.returncode}")


def _asked(question, enough):
    """Asks until enough(answer), or until patience is over, and gives the last answer.

    A widget that vanishes during the question counts as the answer None.
    """
    start = time.monotonic()
    while True:
        try:
            answer = question()
        except accessible.Gone:
            _Patience.check_programs()
            answer = None
        if enough(answer) or _Patience.is_over(start):
            return answer
        time.sleep(_POLL)


def until(what, question):
    """Asks until the answer is true, and gives that answer; DesktopError says what did not come.

    Whatever is not yet there, or no longer, is waited for.
    """
    answer = _asked(question, bool)
    if not answer:
        raise DesktopError(f"waited in vain: {what}")
    return answer


def eventually(question, expected):
    """Asks until the answer is as expected, and gives the last answer: for an assert, which shows the difference.

    Whatever is not yet there, or no longer, counts as the answer None.
    """
    return _asked(question, lambda answer: answer == expected)


def soon(question, seconds):
    """Asks until the answer is true, for so many seconds, and gives the last answer: for what may be tried again."""
    end = time.monotonic() + seconds
    return _asked(lambda: question() or (None if time.monotonic() < end else False), lambda answer: answer is not None)


def check_commands():
    """DesktopError names every Debian package whose command is missing."""
    missing = {package for command, package in COMMANDS.items() if not shutil.which(command)}
    if not os.path.exists(_BUS_SERVICE):
        missing.add("at-spi2-core")
    if missing:
        raise DesktopError("missing for window tests, to be installed: " + " ".join(sorted(missing)))


@contextlib.contextmanager
def owner_of_the_stage():
    """For the time of the block root is nobody: a D-Bus session admits only the user to whom it belongs."""
    if os.geteuid() != 0:
        yield
        return
    os.setegid(NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)


class Desktop:
    """A running desktop on a Stage. Raises DesktopError, with what the programs said, when it cannot start."""

    def __init__(self, stage, size=TALL):
        check_commands()
        self._stage = stage
        self._width, height = size
        self._programs = []
        self._logs = stage.folder("desktop-log")
        runtime = stage.folder("runtime")
        runtime.chmod(0o700)
        self._environment = {
            **stage.environment(),
            "XDG_RUNTIME_DIR": str(runtime),
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        }
        try:
            # Without -noreset the screen forgets the address that the accessibility bus leaves on it for Qt 5,
            # when the program that leaves it there is the only one on the screen, and ends.
            self._environment["DISPLAY"] = ":" + self._answer_of(
                "Xvfb", "-displayfd", "1", "-noreset", "-screen", "0", f"{self._width}x{height}x24",
                "-nolisten", "tcp")
            address = self._answer_of("dbus-daemon", "--session", "--nofork", "--print-address=1")
            self._environment["DBUS_SESSION_BUS_ADDRESS"] = address
            self.start("openbox", "--sm-disable")
            with owner_of_the_stage():
                self.bus = until("the accessibility bus", lambda: accessible.Bus(address))
            # Without it, Qt asks for the address, and at times looks for the bus before it has the answer.
            # Qt 6 takes it from this variable, Qt 5 from the screen.
            self._environment["AT_SPI_BUS_ADDRESS"] = self.bus.address
        except BaseException:
            self.close()
            raise

    def close(self):
        """Ends all programs, the last one first."""
        while self._programs:
            self.stop(self._programs[-1])

    def start(self, *command, environment=None, **how):
        """Starts a program on the desktop and gives its Popen; what it says goes to a log that said() reads.

        environment: variables that differ from those of the desktop.
        """
        log = self._logs / f"{len(self._programs)}-{os.path.basename(command[0])}"
        with open(log, "wb") as output:
            how.setdefault("stdout", output)
            program = subprocess.Popen(
                [str(part) for part in (*_NOT_ALONE, *command)], env={**self._environment, **(environment or {})},
                cwd=self._stage.home, stdin=subprocess.DEVNULL, stderr=output, start_new_session=True,
                **self._stage.identity(), **how)
        program.log = log
        program.name = os.path.basename(command[0])
        self._programs.append(program)
        _Patience.programs.append(program)
        return program

    def stop(self, program):
        """Ends a program: asks it, and insists when it does not."""
        self._programs.remove(program)
        _Patience.programs.remove(program)
        if program.poll() is None:
            program.terminate()
        try:
            program.wait(_STOP)
        except subprocess.TimeoutExpired:
            program.kill()
            program.wait()
        if program.stdout:
            program.stdout.close()

    @staticmethod
    def said(program):
        """What a program has written so far."""
        return program.log.read_text(encoding="utf-8", errors="replace")

    def _answer_of(self, *command):
        """The first line that a program prints when it is ready."""
        program = self.start(*command, stdout=subprocess.PIPE)
        line = program.stdout.readline().decode().strip()
        if not line:
            raise DesktopError(f"{command[0]} did not start:\n{self.said(program)}")
        return line

    def _run(self, *command):
        done = subprocess.run(
            [str(part) for part in command], env=self._environment, stdin=subprocess.DEVNULL, capture_output=True,
            timeout=HANG_SECONDS, check=False, **self._stage.identity())
        if done.returncode != 0:
            raise DesktopError(f"{' '.join(done.args)}: {done.stderr.decode('utf-8', 'replace')}")
        return done.stdout

    def keys(self, *keys):
        """Presses keys one after the other, named as xdotool names them: "ctrl+slash", "Return"."""
        self._run("xdotool", "key", "--delay", "20", *keys)

    def type(self, text):
        """Types text, which must be on a US keyboard."""
        self._run("xdotool", "type", "--delay", "15", text)

    def click(self, left, top):
        """Clicks at a place of the screen."""
        self._run("xdotool", "mousemove", left, top, "click", "1")

    def drag(self, start, end):
        """Drags with the mouse from one place of the screen (left, top) to another."""
        # Qt takes the second move as the drag; the first one only starts it.
        self._run("xdotool", "mousemove", *start, "mousedown", "1", "mousemove", *end, "mousemove", *end,
                  "mouseup", "1")

    def scroll_down(self, left, top, steps):
        """Turns the mouse wheel at a place of the screen."""
        self._run("xdotool", "mousemove", left, top, "click", "--repeat", steps, "5")

    def fill_with(self, title):
        """Makes a window, by what is in its title, as large as the screen."""
        self._run("xdotool", "search", "--sync", "--onlyvisible", "--name", title, "windowmove", "0", "0", "windowsize",
                  "100%", "100%")

    def picture(self):
        """What the screen shows, as a PNG file with few colors."""
        return self._run("import", "-window", "root", "-strip", "+dither", "-colors", "255",
                         "-define", "png:compression-level=9", "png8:-")

    def colors(self, places):
        """The commonest color of each place (left, top, width, height), as (red, green, blue), 8 bits each."""
        pixels = self._run("import", "-window", "root", "-depth", "8", "rgb:-")
        found = []
        for left, top, width, height in places:
            count = collections.Counter()
            for line in range(top, top + height):
                row = pixels[(line * self._width + left) * 3:(line * self._width + left + width) * 3]
                count.update(zip(row[0::3], row[1::3], row[2::3]))
            found.append(count.most_common(1)[0][0])
        return found
