"""One disposable child per slot: a document that crashes, hangs or outgrows memory loses only itself.

A plain subprocess with blocking pipes, so that it works the same under threads, under Dask and on Windows.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, get_args

from pipeline.engine import child, jobobject
from pipeline.engine.watchdog import Watchdog, kill_tree
from pipeline.model import State

START = 120.0  # seconds a child may take to load dictionary and model; not on any document's clock
GRACE = 1.0
STATES = get_args(State)
MOST = 1 << 30  # bytes of one answer; a longer one is a blow-up


class ChildDeathError(Exception):
    """The child is gone; ``cause`` is timeout, memory or crash."""

    def __init__(self, cause: str, detail: str) -> None:
        super().__init__(detail)
        self.cause = cause


@dataclass(slots=True)
class Guard:
    """A child process with limits; ``ask`` starts it when there is none. ``settings`` is the settings file's path."""

    settings: str | None
    seconds: float
    memory_mb: int
    command: tuple[str, ...] = (sys.executable, "-m", "pipeline.engine.child")
    _child: subprocess.Popen[bytes] | None = field(default=None, init=False)
    _watchdog: Watchdog | None = field(default=None, init=False)

    def ask(self, request: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """The child's answers as they come; raises ``ChildDeathError`` when the next does not come in time."""
        if self._child is None:
            self._start()
        self._send(request)
        while not (answer := self._receive(self.seconds + GRACE)).get("end"):
            yield answer

    def close(self) -> None:
        """End the child."""
        if self._child is not None:
            self._kill()

    def _start(self) -> None:
        quiet = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONUTF8": "1", "MALLOC_ARENA_MAX": "2"}
        self._child = subprocess.Popen(
            self.command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | quiet,
            start_new_session=os.name == "posix",
        )
        jobobject.assign(self._child, self.memory_mb)
        self._watchdog = Watchdog(self._child)
        try:
            self._send({"settings": self.settings})
            self._receive(START)
        except ChildDeathError as death:
            raise RuntimeError(f"a reading process could not start: {death}") from death

    def _send(self, message: dict[str, Any]) -> None:
        assert self._child is not None
        assert self._child.stdin is not None
        # a child that is dead already: the next receive says how it died
        with contextlib.suppress(OSError):
            child.send(self._child.stdin, message)

    def _receive(self, seconds: float) -> dict[str, Any]:
        running, watchdog = self._child, self._watchdog
        assert running is not None
        assert running.stdout is not None
        assert watchdog is not None
        is_late = False
        watchdog.begin(seconds)
        try:
            head = running.stdout.read(8)
            size = int.from_bytes(head, "big")
            data = running.stdout.read(size) if len(head) == 8 and size <= MOST else b""
        except OSError:
            head, size, data = b"", 0, b""
        finally:
            is_late = watchdog.end()
        answer = _parsed(data) if len(head) == 8 and data and len(data) == size else None
        if answer is not None:
            return answer
        code = self._kill()
        if is_late:
            raise ChildDeathError("timeout", f"没有在 {seconds:.0f} 秒内读完")
        if code in (-signal.SIGKILL, 137) if os.name == "posix" else code == jobobject.OUT_OF_MEMORY:
            raise ChildDeathError("memory", f"读取进程被系统终止 (退出码 {code}), 多半是内存不够")
        if head:
            raise ChildDeathError("crash", "读取进程的回答不成样子")
        raise ChildDeathError("crash", f"读取进程崩溃 (退出码 {code})")

    def _kill(self) -> int:
        running, self._child = self._child, None
        assert running is not None
        if self._watchdog is not None:
            self._watchdog.close()
        if running.stdin is not None:
            with contextlib.suppress(OSError):
                running.stdin.close()
        try:
            code = running.wait(0.5)
        except subprocess.TimeoutExpired:
            code = None
        kill_tree(running)
        code = running.wait() if code is None else code
        if running.stdout is not None:
            running.stdout.close()
        return code


def _parsed(data: bytes) -> dict[str, Any] | None:
    """What a child said, or None when it is none of the four things that a child says.

    >>> _parsed(b'{"end": true}'), _parsed(b'[]'), _parsed(b'{"source": {"state": "fine"}}'), _parsed(b"[" * 99999)
    ({'end': True}, None, None, None)
    """
    try:
        told = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict):
        return None
    source = told.get("source")
    is_answer = (
        isinstance(source, dict)
        and source.get("state") in STATES
        and isinstance(source.get("sha256"), str)
        and isinstance(told.get("rows"), dict | None)
    )
    is_word = any(told.get(word) is True for word in ("end", "ready")) or told.get("crash") == "memory"
    return told if is_answer or is_word or isinstance(told.get("next"), str) else None
