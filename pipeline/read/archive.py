"""Archives → their members, in memory: nothing is written to disk, so no name can lead out of the archive."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

from pipeline.errors import ReadError
from pipeline.model import ReadOptions
from pipeline.read.sniff import sniff

NESTED = 3  # archives inside archives: deeper is no report but a bomb
MOST_MEMBERS = 5000
MOST_RATIO = 250  # unpacked to packed; documents in a zip stay below 30
RATIO_COUNTS_FROM = 8 << 20
FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, struct.error)
JUNK = ("__MACOSX/",)


class Member(NamedTuple):
    """One file of an archive; ``fault`` instead of ``data`` when it cannot be unpacked.

    ``name`` is its path inside, harmless (no drive, no ``..``); a member of an inner archive has ``!/`` in it.
    """

    name: str
    data: bytes
    fault: ReadError | None = None


def members(data: bytes, name: str, options: ReadOptions) -> Iterator[Member]:
    """All files of an archive, those of archives inside it too, in the archive's order.

    Raises ``ReadError`` (damaged, encrypted, bomb, unsupported) when the archive itself cannot be opened.

    >>> packed = io.BytesIO()
    >>> with zipfile.ZipFile(packed, "w") as archive: archive.writestr("../总结/青山镇.txt", "上半年")
    >>> [member.name for member in members(packed.getvalue(), "上交.zip", ReadOptions())]
    ['总结/青山镇.txt']
    """
    seen: Counter[str] = Counter()
    for member in _opened(data, name, options, NESTED, [options.limits.file_mb << 20]):
        label = member.name or "无名"
        seen[label] += 1
        # two entries of one name (or of names that lead to one place) are two files
        yield member._replace(name=f"{label} ({seen[label]})" if seen[label] > 1 else label)


def _opened(data: bytes, name: str, options: ReadOptions, depth: int, room: list[int]) -> Iterator[Member]:
    opener = OPENERS.get(sniff(data, name))
    if opener is None:
        raise ReadError(f"{name}: 不是能打开的压缩包 (not an archive that is read); 请解压后再交", cause="unsupported")
    for member in opener(data, name, options, room):
        if member.fault or not is_archive(member.data, member.name):
            yield member
        elif depth <= 1:
            fault = ReadError(
                f"{member.name}: 压缩包套了太多层, 上限 {NESTED} (nested too deeply); 请解压后再交", cause="bomb"
            )
            yield Member(member.name, b"", fault)
        else:
            yield from _inner(member, options, depth - 1, room)


def _inner(member: Member, options: ReadOptions, depth: int, room: list[int]) -> Iterator[Member]:
    try:
        for inner in _opened(member.data, member.name, options, depth, room):
            yield inner._replace(name=f"{member.name}!/{inner.name}")
    except ReadError as fault:
        yield Member(member.name, b"", fault)


def is_archive(data: bytes, name: str) -> bool:
    """Whether these bytes hold files that are sources of their own; a mail does where files are attached."""
    form = sniff(data, name)
    if form != "eml":
        return form in OPENERS
    from pipeline.read import mail

    return bool(mail.parts(data))


def harmless(name: str) -> str:
    """A member's name as a label: forward slashes, no drive, no root, no ``..``.

    >>> harmless("..\\\\..\\\\C:\\\\上报/./a.doc")
    '上报/a.doc'
    """
    parts = name.replace("\\", "/").replace("\x00", "").split("/")
    return "/".join(part for part in parts if part not in ("", ".", "..") and not part.endswith(":"))


def _zip(data: bytes, name: str, options: ReadOptions, room: list[int]) -> Iterator[Member]:
    try:
        opened = zipfile.ZipFile(io.BytesIO(data))
    except FAULTS as fault:
        raise ReadError(f"{name}: 压缩包已损坏 (damaged zip: {fault}); 请重新打包") from None
    infos = [info for info in opened.infolist() if not info.is_dir() and not info.filename.startswith(JUNK)]
    _check_count(len(infos), name)
    for info in infos:
        label = harmless(_zip_name(info))
        try:
            _check_size(info.file_size, info.compress_size, label, room)
            yield Member(label, _unzipped(opened, info, label, options))
        except ReadError as fault:
            yield Member(label, b"", fault)


def _zip_name(info: zipfile.ZipInfo) -> str:
    """The name: by its own UTF-8 flag or field, else UTF-8 when it is that, else GB 18030 (Windows in China)."""
    if info.flag_bits & 0x800:
        return info.filename
    raw = info.orig_filename.encode("cp437", "replace")
    extra = info.extra
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        if kind == 0x7075 and size > 5:  # Info-ZIP's Unicode path
            return extra[9 : 4 + size].decode("utf-8", "replace")
        extra = extra[4 + size :]
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _unzipped(opened: zipfile.ZipFile, info: zipfile.ZipInfo, label: str, options: ReadOptions) -> bytes:
    locked = bool(info.flag_bits & 1)
    passwords = [word.encode(encoding) for word in options.passwords for encoding in ("utf-8", "gb18030")]
    for password in passwords if locked else [None]:
        try:
            with opened.open(info, pwd=password) as stream:
                return stream.read()
        except RuntimeError as fault:  # zipfile's word for a wrong password
            if not locked:
                raise ReadError(f"{label}: 解不开 (cannot be unpacked: {fault}); 请重新打包") from None
        except FAULTS as fault:
            if not locked:
                raise ReadError(f"{label}: 压缩包里的这个文件已损坏 (damaged: {fault}); 请重新打包") from None
    raise ReadError(f"{label}: 压缩包里的这个文件有密码 (encrypted); 请在设置 passwords 里补上密码", cause="encrypted")


def _check_count(count: int, name: str) -> None:
    if count > MOST_MEMBERS:
        raise ReadError(f"{name}: 里面有 {count} 个文件, 上限 {MOST_MEMBERS} (too many members); 请拆分", cause="bomb")


def _check_size(size: int, packed: int, label: str, room: list[int]) -> None:
    """``room`` is what all members together may still unpack to, in bytes: it gets smaller."""
    if size > room[0] or (size > RATIO_COUNTS_FROM and size > MOST_RATIO * max(1, packed)):
        raise ReadError(f"{label}: 展开后有 {size >> 20} MB, 像压缩炸弹 (bomb); 未展开", cause="bomb")
    room[0] -= size


def _seven(data: bytes, name: str, options: ReadOptions, room: list[int]) -> Iterator[Member]:
    import lzma

    try:
        import py7zr
        from py7zr.exceptions import ArchiveError, PasswordRequired
    except ImportError:
        raise _missing(name, "7z", "zongjie[archives]") from None
    for password in (None, *options.passwords):
        try:
            with py7zr.SevenZipFile(io.BytesIO(data), password=password) as opened:
                infos = [info for info in opened.list() if not info.is_directory]
                _check_count(len(infos), name)
                for info in infos:
                    _check_size(info.uncompressed, info.compressed or len(data), harmless(info.filename), room)
                factory = py7zr.io.BytesIOFactory(limit=options.limits.file_mb << 20)
                opened.extractall(factory=factory)
            break
        except PasswordRequired:
            continue
        except (ArchiveError, lzma.LZMAError, *FAULTS) as fault:
            if password is None:
                raise ReadError(f"{name}: 7z 已损坏 (damaged: {fault}); 请重新打包") from None
    else:
        raise ReadError(f"{name}: 7z 有密码 (encrypted); 请在设置 passwords 里补上密码", cause="encrypted")
    for inside, stored in factory.products.items():
        yield Member(harmless(inside), stored.read())


def _rar(data: bytes, name: str, options: ReadOptions, room: list[int]) -> Iterator[Member]:
    raise ReadError(
        f"{name}: rar 需要专有程序, 不支持 (rar is not supported); 请解压后或打成 zip 再交", cause="unsupported"
    )


def _mail(data: bytes, name: str, options: ReadOptions, room: list[int]) -> Iterator[Member]:
    """A mail with files attached is opened as an archive is."""
    from pipeline.read import mail

    for inside, stored in mail.parts(data):
        yield Member(harmless(inside), stored)


def _missing(name: str, form: str, extra: str) -> ReadError:
    remedy = f'pip install "{extra}"'
    return ReadError(
        f"{name}: 打开 {form} 要先安装组件 (missing extra): {remedy}; 或打成 zip 再交", cause="unsupported"
    )


OPENERS: dict[str, Callable[[bytes, str, ReadOptions, list[int]], Iterator[Member]]] = {
    "zip": _zip,
    "7z": _seven,
    "rar": _rar,
    "eml": _mail,
}
