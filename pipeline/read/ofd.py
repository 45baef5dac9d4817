"""OFD (GB/T 33190): text objects of each page in reading order, paragraphs rebuilt as in a pdf."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lxml import etree

from pipeline.errors import Empty, NeedsOcr, ReadError
from pipeline.model import ReadOptions
from pipeline.read import ocr
from pipeline.read.lines import Extract
from pipeline.read.package import Package
from pipeline.read.pdf_page import Page, Visual
from pipeline.read.pdf_paragraphs import page_lines

A4 = (0.0, 0.0, 210.0, 297.0)  # millimetres, where a page does not say
MOST_PAGES = 2000
MOST_PICTURES = 50
PICTURES = (".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff")


def read(data: bytes, name: str, options: ReadOptions) -> Extract:
    """The paragraphs of an ofd; raises ``ReadError``: damaged, encrypted, bomb; ``Empty`` without text."""
    package = Package(data, options.limits)
    if "OFD.xml" not in package:
        raise ReadError("ofd 里没有入口 OFD.xml (no entry); 请用原软件重新导出")
    if "Encryptions.xml" in package or any(part.endswith("Encryptions.xml") for part in package):
        raise ReadError("ofd 已加密 (encrypted); 请用原软件去掉密码后再交", cause="encrypted")
    pages: list[Page] = []
    pictures = 0
    for root in package.xml("OFD.xml").iter():
        if _name(root) == "DocRoot" and root.text:
            for lines, size, images in _document(package, _found(package, "", root.text)):
                pages.append(Page(len(pages) + 1, size[2], size[3], tuple(lines), images))
                pictures += images
    if not any(page.lines for page in pages):
        return _recognised(package, pictures, options)
    partial = "damaged" if package.torn else ""
    return Extract(page_lines(pages), ("join_lines",), partial, "ofd 的 XML 不完整 (broken XML)" if partial else "")


def _recognised(package: Package, pictures: int, options: ReadOptions) -> Extract:
    """Pages that are only pictures: their text as recognised, each picture a page."""
    if not pictures:
        raise Empty("ofd 里没有文字, 也没有图片 (no text, no pictures); 请核对是否交错了文件")
    if not (options.ocr and ocr.is_installed()):
        raise NeedsOcr(f"ofd 的 {pictures} 页都是图片 (scanned pages); {ocr.REMEDY}")
    pages: list[Page] = []
    for part in package:
        if part.lower().endswith(PICTURES) and len(pages) < MOST_PICTURES:
            lines, size = ocr.picture_lines(package.part(part), part)
            pages.append(Page(len(pages) + 1, float(size[0]), float(size[1]), lines))
    return Extract(page_lines(pages), ("recognise", "join_lines"))


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _parts(root: etree._Element, name: str) -> Iterator[etree._Element]:
    return (element for element in root.iter() if _name(element) == name)


def _child(root: etree._Element, *names: str) -> etree._Element | None:
    for name in names:
        found = next((child for child in root if _name(child) == name), None)
        if found is None:
            return None
        root = found
    return root


def _found(package: Package, folder: str, location: str) -> str:
    """A part's full name: locations are relative to the file that names them, or to the root, or carelessly written."""
    location = location.replace("\\", "/").strip()
    tries = [location.lstrip("/")] if location.startswith("/") else []
    tries += [posixpath.normpath(posixpath.join(folder, location)), location.lstrip("./")]
    return next((part for part in tries if part in package), "")


def _document(package: Package, root: str) -> Iterator[tuple[list[Visual], tuple[float, ...], int]]:
    if not root:
        return
    folder = posixpath.dirname(root)
    document = package.xml(root)
    area = _box(next(_parts(document, "PhysicalBox"), None)) or A4
    templates = {one.get("ID", ""): one.get("BaseLoc", "") for one in _parts(document, "TemplatePage")}
    pages = _child(document, "Pages")
    for count, page in enumerate([] if pages is None else pages):
        part = _found(package, folder, page.get("BaseLoc", ""))
        if not part or count >= MOST_PAGES:
            continue
        content = package.xml(part)
        own = _child(content, "Area", "PhysicalBox")
        size = _box(own) or area
        lines: list[Visual] = []
        images = sum(1 for _ in _parts(content, "ImageObject"))
        for template in _parts(content, "Template"):
            base = _found(package, folder, templates.get(template.get("TemplateID", ""), ""))
            if base:
                lines.extend(_texts(package.xml(base)))
        lines.extend(_texts(content))
        yield lines, size, images


def _box(element: etree._Element | None) -> tuple[float, ...] | None:
    numbers = _numbers(element.text if element is not None else None)
    return tuple(numbers) if len(numbers) == 4 else None


def _numbers(text: str | None) -> list[float]:
    try:
        return [float(word) for word in (text or "").split()]
    except ValueError:
        return []


def _texts(root: etree._Element) -> Iterator[Visual]:
    """One line for each text object: its pieces (TextCode) on one height joined, others apart."""
    for element in _parts(root, "TextObject"):
        box = _numbers(element.get("Boundary"))
        if len(box) != 4:
            continue
        matrix = _numbers(element.get("CTM"))
        scale = abs(matrix[0]) or abs(matrix[1]) if len(matrix) == 6 else 1.0
        shift = (matrix[4], matrix[5]) if len(matrix) == 6 else (0.0, 0.0)
        size = (_numbers(element.get("Size")) or [3.5])[0] * (scale or 1.0)
        for code in _parts(element, "TextCode"):
            text = code.text or ""
            if not text.strip():
                continue
            x = box[0] + shift[0] + (_numbers(code.get("X")) or [0.0])[0] * (scale or 1.0)
            y = box[1] + shift[1] + (_numbers(code.get("Y")) or [size])[0] * (scale or 1.0)
            long = sum(_steps(code.get("DeltaX"), len(text) - 1)) * (scale or 1.0)
            down = sum(_steps(code.get("DeltaY"), len(text) - 1)) if code.get("DeltaY") else 0.0
            last = size * (1.0 if text[-1] > "\u2e7f" else 0.5)
            width = long + last if long else sum(size * (1.0 if sign > "\u2e7f" else 0.5) for sign in text)
            yield Visual(text, x, x + (width if not down else size), y - size, y, size)


def _steps(text: str | None, wanted: int) -> list[float]:
    """GB/T 33190 11.3: distances between signs; ``g 3 5`` repeats 5 three times."""
    found: list[float] = []
    words = (text or "").split()
    at = 0
    try:
        while at < len(words) and len(found) < wanted:
            if words[at] == "g" and at + 2 < len(words):
                found.extend([float(words[at + 2])] * min(int(words[at + 1]), wanted))
                at += 3
            else:
                found.append(float(words[at]))
                at += 1
    except ValueError:
        return []
    return found[:wanted]
