"""Files that are there whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import InputError


@contextmanager
def replaced(path: Path) -> Iterator[Path]:
    """A path beside ``path`` to write to; it takes the place of ``path`` when all went well.

    Raises ``InputError`` when the file may not be replaced: on Windows, while it is open in Excel or WPS.
    """
    beside = path.with_name(path.name + ".part")
    try:
        yield beside
        beside.replace(path)
    except PermissionError as fault:
        raise InputError(
            f"{path}: 写不进去 ({fault.strerror}); 请先关闭正在打开它的程序 (Excel、WPS、浏览器), 再运行一次",
            cause="denied",
        ) from None
    finally:
        beside.unlink(missing_ok=True)
