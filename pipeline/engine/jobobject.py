"""Windows only: a job object caps a child's memory and takes its children down with it. Elsewhere nothing happens."""

from __future__ import annotations

import os
import subprocess
from typing import Any

OUT_OF_MEMORY = 0xC0000017 - (1 << 32)  # STATUS_NO_MEMORY as a signed exit code
_LIMIT_MEMORY, _KILL_ON_CLOSE = 0x0100, 0x2000
_EXTENDED_LIMITS = 9
_SIZE = 144  # of JOBOBJECT_EXTENDED_LIMIT_INFORMATION on 64-bit Windows


def limits(memory_mb: int) -> bytes:
    """The structure's bytes: LimitFlags at 16, ProcessMemoryLimit at 112 (64-bit layout).

    >>> int.from_bytes(limits(512)[112:120], "little") == 512 << 20
    True
    """
    data = bytearray(_SIZE)
    data[16:20] = (_LIMIT_MEMORY | _KILL_ON_CLOSE).to_bytes(4, "little")
    data[112:120] = (memory_mb << 20).to_bytes(8, "little")
    return bytes(data)


def assign(running: subprocess.Popen[bytes], memory_mb: int, kernel: Any = None) -> Any:
    """Put a child into a job of its own; returns the job's handle, which lives as long as the child is wanted.

    ``kernel`` is ``kernel32``; given by a test.
    """
    if kernel is None:
        if os.name != "nt":
            return None
        import ctypes

        kernel = ctypes.windll.kernel32  # type: ignore[attr-defined]
    job = kernel.CreateJobObjectW(None, None)
    data = limits(memory_mb)
    kernel.SetInformationJobObject(job, _EXTENDED_LIMITS, data, len(data))
    kernel.AssignProcessToJobObject(job, int(running._handle))  # type: ignore[attr-defined]
    running.job = job  # type: ignore[attr-defined]  # keeps the handle open
    return job
