"""One keystroke at the terminal; a line's first character where the input is no terminal."""

from __future__ import annotations

import sys


def key(known: tuple[str, ...]) -> str:
    """The next key that is one of ``known``; empty at the end of the input. Ctrl-C stops as everywhere."""
    while True:
        pressed = _pressed()
        if pressed == "" or pressed in known:
            return pressed


def _pressed() -> str:
    if not sys.stdin.isatty():
        line = sys.stdin.readline()
        return line[:1]
    if sys.platform == "win32":
        import msvcrt

        pressed = msvcrt.getwch()
    else:
        import termios
        import tty

        before = termios.tcgetattr(sys.stdin.fileno())
        try:
            tty.setcbreak(sys.stdin.fileno())  # keys one by one; Ctrl-C still interrupts
            pressed = sys.stdin.read(1)
        finally:
            termios.tcsetattr(sys.stdin.fileno(), termios.TCSADRAIN, before)
    if pressed == "\x03":
        raise KeyboardInterrupt
    return pressed
