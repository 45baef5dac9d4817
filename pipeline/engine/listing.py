"""Folders → the files below them, each with its content's fingerprint. Nothing is opened but to be hashed."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.errors import InputError


@dataclass(frozen=True, slots=True)
class Found:
    """A file as found: where it is, the path people see, its size and sha256; ``fault`` when it cannot be opened.

    ``file`` is what to open where the name is no text (bytes that are not UTF-8); ``location`` and ``path`` always are.
    """

    location: str
    path: str
    size: int
    sha256: str
    fault: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """The files of a run, and the folders that were reached: only below these can a file be gone."""

    files: tuple[Found, ...]
    reached: tuple[str, ...]
    unreached: tuple[str, ...]


def list_files(folders: Sequence[Path], out: Path) -> Listing:
    """Every file below the folders (a file stands for itself); our own output folder and dot folders left out.

    Raises ``InputError`` for a folder that does not exist.
    """
    files: dict[str, Found] = {}
    reached: list[str] = []
    unreached: list[str] = []
    for folder in folders:
        if not folder.exists():
            raise InputError(f"{folder}: 没有这个文件夹或文件; 请检查路径", cause="no_folder")
        top = folder.resolve()
        if top.is_file():
            files.setdefault(str(top), _found(top, top.name))
            continue
        reached.append(str(top))
        for path in _walk(top, out.resolve(), unreached):
            shown = f"{top.name}/{path.relative_to(top).as_posix()}" if top.name else path.as_posix()
            files.setdefault(str(path), _found(path, shown))
    return Listing(tuple(files.values()), tuple(reached), tuple(unreached))


def _walk(top: Path, out: Path, unreached: list[str]) -> Iterator[Path]:
    """Files below ``top`` in a stable order; folders that cannot be entered are noted."""

    def missed(fault: OSError) -> None:
        unreached.append(str(fault.filename))

    for folder, names, files in os.walk(top, onerror=missed, followlinks=False):
        here = Path(folder)
        names[:] = sorted(name for name in names if not name.startswith(".") and here / name != out)
        for name in sorted(files):
            if not name.startswith("."):
                yield here / name


def distinct(files: Sequence[Found], known: Mapping[str, str]) -> tuple[Found, ...]:
    """The files under paths that no two share; ``known`` is location → path of what the dataset holds.

    Two folders of one name (2022/上报 and 2023/上报, in one run or in two) would show their files under the same
    paths: the later one gets as many parent folders as tell them apart. A file that is not there any more gives its
    path away.
    """
    taken = {path: location for location, path in known.items()}
    named = []
    for each in files:
        path, told = each.path, known.get(each.location, "")
        if told.endswith(f"/{path}"):
            path = told
        above = list(Path(each.location).parents)[path.count("/") :]
        while above and _is_taken(taken.get(path), each.location):
            path = f"{above.pop(0).name}/{path}"
        taken[path] = each.location
        named.append(replace(each, path=path))
    return tuple(named)


def _is_taken(by: str | None, location: str) -> bool:
    return by is not None and by != location and Path(by).exists()


def _found(path: Path, shown: str) -> Found:
    known = Found(_text(str(path)), _text(shown), 0, "", file=str(path))
    try:
        told = path.stat()
        if not stat.S_ISREG(told.st_mode):
            return replace(known, fault="不是普通文件 (管道、设备或套接字), 没有打开; 请移走")
        with path.open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
        return replace(known, size=told.st_size, sha256=digest)
    except PermissionError:
        return replace(known, fault="没有读这个文件的权限; 请检查权限后再运行")
    except OSError as fault:
        return replace(known, fault=f"打不开 ({fault.strerror or fault}); 请检查文件是否完好")


def _text(name: str) -> str:
    """A name with its bytes that are no text written out, so that it can be stored and shown.

    >>> _text("总结\\udcb0.txt")
    '总结\\\\xb0.txt'
    """
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
