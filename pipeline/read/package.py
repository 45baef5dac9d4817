"""A zip of XML parts (docx, xlsx, odt, ofd), opened without trusting it: sizes first, no entities, no network."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from lxml import etree

from pipeline.errors import ReadError
from pipeline.model import Limits

# A part of a real report unpacks to a few megabytes and shrinks tenfold to thirtyfold; a bomb does a thousandfold.
MOST_RATIO = 250
RATIO_COUNTS_FROM = 8 << 20
ENTITY = tuple("<!ENTITY".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))
# ISO 29500 strict names its parts http://purl.oclc.org/ooxml/…/main, transitional …/2006/main.
STRICT = b"http://purl.oclc.org/ooxml/"
_STRICT = re.compile(STRICT + rb"(\w+)/")
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/"

# What zipfile raises for a torn or forged part.
FAULTS = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, struct.error,
)  # fmt: skip
_OPTIONS: dict[str, Any] = {
    "resolve_entities": False, "no_network": True, "huge_tree": True, "load_dtd": False,
    "remove_comments": True, "remove_pis": True, "collect_ids": False,
}  # fmt: skip
_PARSER = etree.XMLParser(**_OPTIONS)
_FORGIVING = etree.XMLParser(recover=True, **_OPTIONS)


class Package:
    """The parts of one opened zip. ``torn`` turns true when a part had to be mended to be parsed."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self.torn = False
        self._limit = limits.memory_mb << 18  # a quarter of the memory that the document may take
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except FAULTS as fault:
            raise ReadError(f"压缩结构已损坏 (damaged zip: {fault}); 请用原软件重新另存") from None
        self._infos = {info.filename.replace("\\", "/").lstrip("/"): info for info in self._zip.infolist()}
        self._lower = {name.lower(): name for name in self._infos}

    def __contains__(self, name: str) -> bool:
        return name in self._infos or name.lower() in self._lower

    def __iter__(self) -> Iterator[str]:
        return iter(self._infos)

    def part(self, name: str) -> bytes:
        """One part's bytes; raises ``ReadError``: bomb, encrypted, damaged."""
        info = self._infos.get(name) or self._infos.get(self._lower.get(name.lower(), ""))
        if info is None:
            raise ReadError(f"缺少部件 {name} (missing part); 请用原软件重新另存")
        if info.flag_bits & 1:
            raise ReadError("文件已加密 (encrypted); 请提供密码或解密后再交", cause="encrypted")
        big = info.file_size > RATIO_COUNTS_FROM
        if info.file_size > self._limit or (big and info.file_size > MOST_RATIO * max(1, info.compress_size)):
            raise ReadError(f"部件 {name} 展开后有 {info.file_size >> 20} MB, 像压缩炸弹 (bomb); 未展开", cause="bomb")
        try:
            with self._zip.open(info) as opened:
                return opened.read(info.file_size + 1)[: info.file_size]
        except FAULTS as fault:
            raise ReadError(f"部件 {name} 已损坏 (damaged part: {fault}); 请用原软件重新另存") from None

    def xml(self, name: str) -> etree._Element:
        """One part as a tree; see ``tree``."""
        return self.tree(self.part(name), name)

    def tree(self, data: bytes, name: str) -> etree._Element:
        """A part's bytes as a tree; strict OOXML names are read as the transitional ones."""
        if STRICT in data[:4096]:
            data = _STRICT.sub(_TRANSITIONAL, data)
        tree, torn = parse(data, name)
        self.torn |= torn
        return tree


def parse(data: bytes, name: str) -> tuple[etree._Element, bool]:
    """XML as a tree, and whether it was broken and had to be mended.

    >>> parse("<a>上半年</a>".encode(), "content.xml")[0].text
    '上半年'
    """
    if any(mark in data for mark in ENTITY):
        raise ReadError(f"部件 {name} 定义了实体 (entities in XML), 像实体炸弹; 未展开", cause="bomb")
    try:
        return etree.fromstring(data, _PARSER), False
    except etree.XMLSyntaxError as fault:
        try:
            tree = etree.fromstring(data, _FORGIVING) if data.strip() else None
        except etree.XMLSyntaxError:
            tree = None
        if tree is None:
            raise ReadError(f"部件 {name} 不是合法的 XML (broken: {fault}); 请用原软件重新另存") from None
        return tree, True
