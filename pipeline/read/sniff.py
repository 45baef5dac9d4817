"""What a file is, by its content; the name decides only between formats that are plain text."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from pathlib import PurePosixPath

MAGIC = (
    (b"%PDF-", "pdf"), (b"{\\rtf", "rtf"), (b"PK\x03\x04", "zip"), (b"PK\x05\x06", "zip"), (b"PK00PK\x03\x04", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"Rar!\x1a\x07", "rar"),
    (b"\x89PNG\r\n", "image"), (b"\xff\xd8\xff", "image"), (b"GIF8", "image"), (b"II*\x00", "image"),
    (b"MM\x00*", "image"), (b"\x1f\x8b\x08", "gz"), (b"\xdb\xa5\x2d\x00", "word2"), (b"\x31\xbe\x00\x00", "word1"),
)  # fmt: skip
# What a zip holds → what it is.
PARTS = (
    ("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"), ("ppt/presentation.xml", "pptx"), ("OFD.xml", "ofd"),
    ("content.xml", "odt"),
)  # fmt: skip
ODF = {"text": "odt", "spreadsheet": "ods", "presentation": "odp"}
CONTENT_TYPES = (
    ("wordprocessingml", "docx"), ("ms-word", "docx"), ("spreadsheetml", "xlsx"), ("presentationml", "pptx"),
)  # fmt: skip
STREAMS = (
    ("EncryptedPackage", "locked"), ("\tDRMContent", "locked"), ("WordDocument", "doc"), ("Workbook", "xls"),
    ("Book", "xls"), ("PowerPoint Document", "ppt"), ("MatOST", "works"),
)  # fmt: skip
MAIL_HEADS = (b"mime-version:", b"from:", b"received:", b"return-path:", b"message-id:", b"subject:", b"date:")
_HTML = re.compile(
    rb"<(!doctype html|html|head|body|div|p|table|meta|span|font|center|h1|script|style|article)[\s>/]", re.IGNORECASE
)
_FEED = re.compile(rb"<(rss|feed|rdf:RDF)[\s>]")
_XML_WORD = re.compile(rb"<(?:\w+:)?(wordDocument|package)\s")
_MAIL = re.compile(
    rb"(?:^|\n)(?:from|to|subject|mime-version|message-id|date|content-type|received|return-path):\s", re.I
)


def sniff(data: bytes, name: str) -> str:
    """The format's name, ``unknown`` for bytes that are nothing known and no text.

    >>> sniff(b"%PDF-1.7 ...", "总结.doc"), sniff(b"<html><body>", "总结.doc"), sniff("总结".encode("gbk"), "总结.docx")
    ('pdf', 'html', 'txt')
    """
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    for magic, kind in MAGIC:
        if data.startswith(magic) or (kind in ("pdf", "rtf") and magic in data[:1024] and not _is_zip(data)):
            return _zipped(data) if kind == "zip" else _ole(data) if kind == "ole" else kind
    if data[4:12] in (b"ftypheic", b"ftypmif1") or (data[:4] == b"RIFF" and data[8:12] == b"WEBP") or data[:2] == b"BM":
        return "image" if data[:2] != b"BM" or len(data) > 54 else "txt"
    plain = _plain(data, head)
    suffix = PurePosixPath(name.lower()).suffix
    if plain == "txt" and suffix in (".md", ".markdown"):
        return "md"
    return plain


def _is_zip(data: bytes) -> bool:
    return data.startswith(b"PK")


def _plain(data: bytes, head: bytes) -> str:
    narrow = head.replace(b"\x00", b"") if head[:64].count(b"\x00") > 8 else head
    lower = narrow[:2048].lower()
    if lower.startswith(MAIL_HEADS) and len(_MAIL.findall(narrow)) >= 2:
        return "mht" if b"multipart/related" in lower and b"\nfrom:" not in b"\n" + lower else "eml"
    if _FEED.search(narrow):
        return "feed"
    if _XML_WORD.search(narrow):
        return "wordxml"
    if _HTML.search(narrow):
        return "html"
    return "txt"


def _zipped(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            names = {name.replace("\\", "/").lstrip("/") for name in opened.namelist()}
            if "mimetype" in names and opened.getinfo("mimetype").file_size < 200:
                kind = opened.read("mimetype").decode("ascii", "replace")
                found = next((value for key, value in ODF.items() if f"opendocument.{key}" in kind), "")
                if found:
                    return found
            for part, kind in PARTS:
                if part in names:
                    return kind
            if "[Content_Types].xml" in names and opened.getinfo("[Content_Types].xml").file_size < 1 << 20:
                types = opened.read("[Content_Types].xml").decode("utf-8", "replace")
                return next((kind for word, kind in CONTENT_TYPES if word in types), "zip")
    except (
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        OSError,
        EOFError,
        RuntimeError,
        NotImplementedError,
        zlib.error,
        struct.error,
    ):
        return _torn(data)
    return "zip"


def _torn(data: bytes) -> str:
    """A zip that does not open: what its first names say it would be."""
    head = data[:65536]
    return next(
        (kind for part, kind in PARTS if part.encode() in head or part.split("/")[0].encode() + b"/" in head), "zip"
    )


def _ole(data: bytes) -> str:
    """What an OLE container holds, by the names in its directory (UTF-16, as stored); ``torn`` when that is cut off."""
    for stream, kind in STREAMS:
        if stream.encode("utf-16-le") + b"\x00\x00" in data:
            return kind
    directory = (int.from_bytes(data[48:52], "little") + 1) << int.from_bytes(data[30:32], "little")
    return "ole" if directory < len(data) else "torn"
