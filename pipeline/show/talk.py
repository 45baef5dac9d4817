"""What is said to the person at the terminal: on standard error, in Chinese or English, with a progress bar."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field
from typing import TextIO

WIDTH = 28


@dataclass(slots=True)
class Talk:
    """``talk("中文", "English")`` says one of the two."""

    lang: str = "zh"
    out: TextIO = field(default_factory=lambda: sys.stderr)

    def __call__(self, chinese: str, english: str) -> None:
        """Say a line."""
        print(self.choose(chinese, english), file=self.out, flush=True)

    def choose(self, chinese: str, english: str) -> str:
        """The one of the two that is wanted."""
        return english if self.lang == "en" else chinese


@dataclass(slots=True)
class Progress:
    """A bar with rate and time left; silent when standard error is no terminal."""

    talk: Talk
    began: float = field(default_factory=time.monotonic)
    said: float = 0.0

    def __call__(self, done: int, total: int, path: str) -> None:
        """One more file is done."""
        if not self.talk.out.isatty():
            return
        now = time.monotonic()
        if now - self.said < 0.1 and done < total:
            return
        self.said = now
        print("\r" + self.line(done, total, now - self.began), end="\n" if done == total else "", file=self.talk.out)
        self.talk.out.flush()

    def line(self, done: int, total: int, seconds: float) -> str:
        """The bar as text."""
        rate = done / seconds if seconds > 0 else 0.0
        left = (total - done) / rate if rate else 0.0
        filled = WIDTH * done // max(total, 1)
        unit, rest = self.talk.choose("份/秒", "files/s"), self.talk.choose("还需", "left")
        return f"[{'█' * filled}{'·' * (WIDTH - filled)}] {done}/{total}  {rate:.1f} {unit}  {rest} {left:.0f} s   "
