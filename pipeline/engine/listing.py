"""Folders → the files below them, each with its content's fingerprint. Nothing is opened but to be hashed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import InputError


@dataclass(frozen=True, slots=True)
class Found:
    """A file as found: where it is, the path people see, its size and sha256; ``fault`` when it cannot be opened."""

    location: str
    path: str
    size: int
    sha256: str
    fault: str = ""


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


def _found(path: Path, shown: str) -> Found:
    try:
        with path.open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
        return Found(str(path), shown, path.stat().st_size, digest)
    except PermissionError:
        return Found(str(path), shown, 0, "", "没有读这个文件的权限; 请检查权限后再运行")
    except OSError as fault:
        return Found(str(path), shown, 0, "", f"打不开 ({fault.strerror or fault}); 请检查文件是否完好")
