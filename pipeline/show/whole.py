"""Files that are there whole or not at all."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import InputError


@contextmanager
def replaced(path: Path) -> Iterator[Path]:
    """A path beside ``path`` to write to; it takes the place of ``path`` when all went well.

    Raises ``InputError`` when the file may not be replaced (on Windows, while it is open in Excel or WPS), when its
    folder is not there, when a folder has its name, or when the disk is full.
    """
    if not path.parent.is_dir():
        raise InputError(f"{path.parent}: 没有这个文件夹; 请先建好, 或换一个地方", cause="usage")
    if path.is_dir():
        raise InputError(f"{path}: 是一个文件夹, 不能写成文件; 请换一个名字", cause="usage")
    beside = path.with_name(path.name + ".part")
    try:
        yield beside
        beside.replace(path)
    except PermissionError as fault:
        raise InputError(
            f"{path}: 写不进去 ({fault.strerror}); 请先关闭正在打开它的程序 (Excel、WPS、浏览器), 再运行一次",
            cause="denied",
        ) from None
    except OSError as fault:
        if fault.errno not in (errno.ENOSPC, errno.EROFS):
            raise
        raise InputError(f"{path}: 写不进去 ({fault.strerror}); 请腾出空间, 或换一个地方", cause="denied") from None
    finally:
        beside.unlink(missing_ok=True)
