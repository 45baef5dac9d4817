"""Ends a child that does not answer in time. One thread a child: to start one for every answer costs more than it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
import time

LONGEST = 3600.0  # seconds of one sleep


class Watchdog:
    """Watches one child: between ``begin`` and ``end`` it has so many seconds, then it and its children are killed."""

    def __init__(self, running: subprocess.Popen[bytes]) -> None:
        self._running = running
        self._changed = threading.Condition()
        self._due: float | None = None  # when the answer that is waited for is late
        self._usual = LONGEST
        self._wakes = 0.0  # when the thread looks next
        self._is_late = self._is_over = False
        threading.Thread(target=self._watch, daemon=True).start()

    def begin(self, seconds: float) -> None:
        """From now on the child has so long."""
        with self._changed:
            self._usual, self._due, self._is_late = seconds, time.monotonic() + seconds, False
            if self._due < self._wakes:
                self._changed.notify()

    def end(self) -> bool:
        """The child has answered or is dead; whether it was killed for being late. It is not killed after this."""
        with self._changed:
            self._due = None
            return self._is_late

    def close(self) -> None:
        """Watch no more."""
        with self._changed:
            self._is_over = True
            self._changed.notify()

    def _watch(self) -> None:
        with self._changed:
            while not self._is_over:
                now = time.monotonic()
                if self._due is not None and now >= self._due:
                    self._is_late, self._due = True, None
                    kill_tree(self._running)
                # Nothing that begins during this sleep is due before its end, unless it says so.
                self._wakes = min(self._due or now + self._usual, now + LONGEST)
                self._changed.wait(self._wakes - now)


def kill_tree(running: subprocess.Popen[bytes]) -> None:
    """The child and whatever it started; on Windows the job object takes the rest along."""
    if os.name == "posix":
        with contextlib.suppress(OSError):
            os.killpg(running.pid, signal.SIGKILL)
    else:
        running.kill()
