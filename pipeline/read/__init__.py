"""File → Document. One file per format, one line each in ``READERS``; what a file is, its content decides.

``read`` takes a path, ``read_bytes`` the bytes (a member of an archive has no path). Both raise the ``ReadError``
family and nothing else for what is wrong with a file.
"""

from __future__ import annotations

import importlib
from pathlib import Path, PurePosixPath

from pipeline.errors import Empty, ReadError, Skipped
from pipeline.model import Document, ReadOptions, Source
from pipeline.read import archive, docx, secrecy
from pipeline.read.assemble import assemble
from pipeline.read.lines import Extract, Reader
from pipeline.read.sniff import sniff


def _reader(file: str, function: str = "read") -> Reader:
    """A reader whose file is loaded when the first document of its format comes: most runs see two or three."""

    def read(data: bytes, name: str, options: ReadOptions) -> Extract:
        found: Reader = getattr(importlib.import_module(f"pipeline.read.{file}"), function)
        return found(data, name, options)

    return read


READERS: dict[str, Reader] = {
    "txt": _reader("txt"),
    "docx": docx.read,
    "html": _reader("html"),
    "pdf": _reader("pdf"),
    "doc": _reader("doc"),
    "rtf": _reader("rtf"),
    "odt": _reader("odt"),
    "ofd": _reader("ofd"),
    "xlsx": _reader("sheet"),
    "xls": _reader("sheet", "read_xls"),
    "ods": _reader("sheet", "read_ods"),
    "md": _reader("md"),
    "eml": _reader("mail"),
    "mht": _reader("mail"),
    "feed": _reader("feed"),
    "wordxml": _reader("wordxml"),
    "image": _reader("ocr"),
}
# Opened by ``archive.members``; each member is a source of its own.
ARCHIVES = ("zip", "7z", "rar")
# Endings that a format is usually named by; another ending gets a step that says so.
ENDINGS: dict[str, tuple[str, ...]] = {
    "txt": (".txt", ".text", ".csv", ".log", ""),
    "html": (".html", ".htm", ".xhtml", ".shtml", ".xml"),
    "docx": (".docx", ".docm", ".dotx", ".dotm"),
    "pdf": (".pdf",),
    "doc": (".doc", ".wps", ".dot", ".wpt"),
    "xlsx": (".xlsx", ".xlsm", ".xltx"),
    "xls": (".xls", ".et"),
    "md": (".md", ".markdown"),
    "mht": (".mht", ".mhtml"),
    "feed": (".xml", ".rss", ".atom"),
    "wordxml": (".xml", ".doc"),
    "image": (".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".bmp", ".webp", ".heic"),
}
LOCKS = ("~$", ".~", "~wrl", "~wrd", "._")
THUMBNAILS = ("thumbs.db", ".ds_store", "desktop.ini", "ehthumbs.db")


def load(path: Path, options: ReadOptions) -> bytes:
    """The bytes of a file. Raises ``ReadError`` (denied, missing, too_large) and ``Skipped`` (lock, thumbnail)."""
    check_name(path.name)
    if path.is_dir():
        what = "这是一个文件夹 (a folder), 这里要一份文件; 读整个文件夹请用 zongjie run"
        raise ReadError(f"{path}: {what}", cause="missing")
    try:
        size = path.stat().st_size
        if size > options.limits.file_mb << 20:
            raise _too_large(size, options)
        return path.read_bytes()
    except PermissionError:
        raise ReadError(f"{path.name}: 没有读取权限 (permission denied); 请放开文件权限", cause="denied") from None
    except FileNotFoundError:
        raise ReadError(f"{path.name}: 没有这个文件 (missing); 请核对路径", cause="missing") from None
    except OSError as fault:
        raise ReadError(
            f"{path.name}: 读不出来 (cannot be read: {fault.strerror}); 请检查磁盘或网络盘", cause="denied"
        ) from None


def is_archive(data: bytes, name: str) -> bool:
    """Whether these bytes are an archive, whose members are sources of their own."""
    return archive.is_archive(data, name)


def read(path: Path, source: Source, options: ReadOptions) -> Document:
    """Read one file: ``load``, then ``read_bytes``; raises what they raise."""
    return read_bytes(load(path, options), path.name, source, options)


def read_bytes(data: bytes, name: str, source: Source, options: ReadOptions) -> Document:
    """Read the bytes of a file called ``name``; ``source`` is what the document will say it is.

    >>> document = read_bytes("一、抓学习".encode("gbk"), "总结.docx", Source("总结.docx", ""), ReadOptions())
    >>> document.reader, document.text, document.steps
    ('txt', '一、抓学习', ('named .docx, is txt', 'decode gb18030'))
    """
    check_name(name)
    if not data:
        raise Empty(f"{name}: 文件是空的, 0 字节 (no bytes); 请重新导出或重新上交")
    if len(data) > options.limits.file_mb << 20:
        raise _too_large(len(data), options)
    secrecy.check_name(name, source, options)
    data, form, unlocked = _unlocked(data, sniff(data, name), name, options)
    reader = READERS.get(form)
    if reader is None:
        raise _unread(form, name)
    try:
        found = reader(data, name, options)
        document = assemble(
            source, form, found._replace(steps=_named(form, name) + unlocked + found.steps), options.limits
        )
    except RecursionError:
        raise ReadError(f"{name}: 嵌套太深 (nested too deeply), 像炸弹; 未读", cause="bomb") from None
    secrecy.check_text(document, name, options)
    return document


def _unlocked(data: bytes, form: str, name: str, options: ReadOptions) -> tuple[bytes, str, tuple[str, ...]]:
    """The bytes without an office password, what they then are, and the step that says so."""
    if form not in ("locked", "doc"):
        return data, form, ()
    from pipeline.read import protection

    if form == "locked" or protection.is_locked_doc(data):
        data = protection.opened(data, options.passwords)
        return data, sniff(data, name), ("open_with_password",)
    return data, form, ()


def check_name(name: str) -> None:
    """Raises ``Skipped`` for lock files and thumbnails."""
    lower = PurePosixPath(name.replace("\\", "/")).name.lower()
    if lower.startswith(LOCKS):
        raise Skipped(f"{name}: 是办公软件的临时或锁文件 (lock file), 不是报告; 已跳过")
    if lower in THUMBNAILS:
        raise Skipped(f"{name}: 是系统的缩略图或设置文件 (thumbnail), 不是报告; 已跳过", cause="thumbnail")


def _named(form: str, name: str) -> tuple[str, ...]:
    ending = PurePosixPath(name.lower()).suffix
    usual = ENDINGS.get(form, (f".{form}",))
    return () if ending in usual else (f"named {ending or 'without ending'}, is {form}",)


def _too_large(size: int, options: ReadOptions) -> ReadError:
    limit = options.limits.file_mb
    return ReadError(
        f"文件有 {size >> 20} MB, 上限 {limit} MB (too large); 确需读取请调高 limits.file_mb", cause="too_large"
    )


def _unread(form: str, name: str) -> ReadError:
    if form in ARCHIVES:
        return ReadError(f"{name}: 是压缩包 (archive), 里面的文件各自读取", cause="archive")
    if form == "torn":
        return ReadError(f"{name}: 文件不完整, 后半截没有了 (cut off); 请重新拷贝或重新上交")
    return ReadError(f"{name}: 不认识的格式 {form} (unsupported); 请另存为 docx、pdf 或 txt 再交", cause="unsupported")
