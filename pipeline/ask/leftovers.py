"""What a docx still holds besides its text: comments, tracked changes, hidden text, a stranger's name as author."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from pipeline.ask.draft import Draft
from pipeline.ask.finding import Finding, Severity
from pipeline.model import Span

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DC = "{http://purl.org/dc/elements/1.1/}creator"
_LAST = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}lastModifiedBy"
_LARGEST = 50 << 20  # bytes of one part
_WEB = ("文库", "范文", "网", "文秘", "下载", "www", "docin", "doc88", ".com")
_NOBODY = (
    "",
    "python-docx",
    "Administrator",
    "User",
    "admin",
    "WPS_",
    "微软用户",
    "Microsoft",
    "雨林木风",
    "Windows 用户",
    "Lenovo",
    "lenovo",
    "PC",
    "user",
    "HP",
    "Apache POI",
)


def find(data: bytes, draft: Draft, others: frozenset[str]) -> Iterator[Finding]:
    """What is left in the file; ``others`` are names of other towns and counties. Not a docx: nothing."""
    if not data.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = {
                name: _part(package, name) for name in package.namelist() if name.startswith(("word/", "docProps/core"))
            }
    except (zipfile.BadZipFile, OSError, ValueError):
        return
    body = parts.get("word/document.xml")
    if body is None:
        return
    comments = parts.get("word/comments.xml")
    if comments is not None:
        for each in comments.iter(f"{_W}comment"):
            yield _finding("warning", _text(each), f"批注没有删除 (作者 {each.get(f'{_W}author') or '不明'})")
    for tag, what in (("ins", "插入"), ("del", "删除"), ("moveFrom", "移动")):
        marked = [_text(each) for each in body.iter(f"{_W}{tag}")]
        said = [text for text in marked if text]
        if said:
            yield _finding("warning", said[0], f"修订痕迹没有接受: {what} {len(said)} 处")
    hidden = [run for run in body.iter(f"{_W}r") if _is_hidden(run)]
    if any(_text(run) for run in hidden):
        yield _finding("severe", "".join(map(_text, hidden)), "有隐藏文字, 对方能看到")
    core = parts.get("docProps/core.xml")
    if core is not None:
        for tag, what in ((_DC, "作者"), (_LAST, "最后修改者")):
            name = (core.findtext(tag) or "").strip()
            if name and any(other in name for other in others):
                yield _finding("severe", name, f"文件属性里的{what}是别的单位")
            elif any(word in name for word in _WEB):
                yield _finding("warning", name, f"文件属性里的{what}像是范文网站")


def _part(package: zipfile.ZipFile, name: str):  # type: ignore[no-untyped-def]
    from lxml import etree

    if not name.endswith(".xml") or package.getinfo(name).file_size > _LARGEST:
        return None
    try:
        return etree.fromstring(
            package.read(name), etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        )
    except etree.XMLSyntaxError:
        return None


def _text(element) -> str:  # type: ignore[no-untyped-def]
    return "".join(each.text or "" for each in element.iter(f"{_W}t", f"{_W}delText"))


def _is_hidden(run) -> bool:  # type: ignore[no-untyped-def]
    mark = run.find(f"{_W}rPr/{_W}vanish")
    return mark is not None and mark.get(f"{_W}val", "true") not in ("0", "false", "off")


def _finding(severity: Severity, quote: str, reason: str) -> Finding:
    return Finding("leftover", severity, -1, Span(0, 0), quote[:40], reason)
