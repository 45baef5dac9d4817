"""The disposable child: reads one document after another on behalf of a guard, and may die at any of them.

Requests come on standard input and answers go to standard output, each as a length (8 bytes, big-endian) and JSON;
the last answer to a request is ``{"end": true}``. The parent never unpickles what a child says.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from typing import IO


def send(out: IO[bytes], value: object) -> None:
    """One message: its length, then itself."""
    data = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    out.write(len(data).to_bytes(8, "big"))
    out.write(data)
    out.flush()


def receive(inp: IO[bytes]) -> object | None:
    """The next message, or None when the other side is gone."""
    head = inp.read(8)
    if len(head) < 8:
        return None
    message: object = json.loads(inp.read(int.from_bytes(head, "big")))
    return message


def cap_memory(megabytes: int) -> None:
    """A limit on this process's memory where the system knows one; on Windows the parent's job object does it."""
    try:
        import resource
    except ImportError:
        return
    size = megabytes << 20
    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    resource.setrlimit(resource.RLIMIT_DATA, (size if hard == resource.RLIM_INFINITY else min(size, hard), hard))


def main() -> None:
    """Answer until standard input ends."""
    inp, out = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # native libraries may print: keep them off our pipe
    gc.disable()  # what is loaded now stays: searches for cycles would find none
    from pipeline.engine import process, tools

    hello = receive(inp)
    assert isinstance(hello, dict)
    ready = tools.ready(hello["settings"])
    # A document's own values die with it. Frequent searches for cycles would cost a tenth.
    gc.freeze()
    gc.set_threshold(200_000, 50, 50)
    gc.enable()
    cap_memory(ready.configured.settings.limits.memory_mb)
    send(out, {"ready": True})
    while (request := receive(inp)) is not None:
        assert isinstance(request, dict)
        try:
            for answer in process.answers(request, ready):
                send(out, answer)
        except MemoryError:
            send(out, {"crash": "memory"})
        send(out, {"end": True})
    os._exit(0)  # every answer is out; to free some hundred thousand objects one by one would take half a second


if __name__ == "__main__":
    try:
        main()
    except (BrokenPipeError, KeyboardInterrupt):  # the run was stopped: it has said so itself
        os._exit(1)
