"""Pictures of pages → lines, by faster-paddle where the extra ``zongjie[ocr]`` is installed."""

from __future__ import annotations

import functools
import importlib.util
import io
import re
from dataclasses import replace
from statistics import median
from typing import Any

from pipeline.errors import Empty, NeedsOcr, ReadError
from pipeline.model import ReadOptions
from pipeline.read.lines import Extract
from pipeline.read.pdf_page import Page, Visual
from pipeline.read.pdf_paragraphs import page_lines

WIDE = str.maketrans(",;:!?()", "，；：！？（）")
_AFTER_HAN = re.compile("(?<=[\u4e00-\u9fff”）])[,;:!?()]|(?<=\\d),(?=[\u4e00-\u9fff])")
_LABEL = re.compile(r"^[(（]([一二三四五六七八九十\d]{1,3})[)）]")
_CLOSING = re.compile(r"\)")
REMEDY = '安装识别组件后再运行: pip install "zongjie[ocr]", 然后 zongjie run --retry'
DPI = 200  # the recogniser reads 10.5 point type without errors from here on
MOST_PIXELS = 40_000_000
NEARLY = 0.2  # a title is a third larger than its text
FEW = 5  # signs: the box round so few is loose
LEAST_SURE = 0.5  # below it a "line" is a seal, a stain or a photograph
DETECTED = 1280  # pixels of the longer side in which lines are looked for: takes 430 MB, 1600 would take 600
LONGEST = 3400  # pixels of the longer side of a picture that is recognised; A4 at 300 dots an inch has 3508
MODEL = "small"  # 0 % character errors on our rendered pages, where "tiny" has 0.3 %


def is_installed() -> bool:
    """Whether the recogniser is there."""
    return importlib.util.find_spec("faster_paddle") is not None


def read(data: bytes, name: str, options: ReadOptions) -> Extract:
    """The text of a picture; raises ``NeedsOcr`` where the recogniser is not installed or not wanted."""
    if not (options.ocr and is_installed()):
        raise NeedsOcr(f"{name}: 是图片 (a picture); {REMEDY}")
    lines, size = picture_lines(data, name)
    if not lines:
        raise Empty(f"{name}: 图片里没有认出文字 (no text recognised); 请核对是否交错了文件")
    page = Page(1, float(size[0]), float(size[1]), lines)
    return Extract(page_lines([page]), ("recognise", "join_lines"))


def picture_lines(data: bytes, name: str) -> tuple[tuple[Visual, ...], tuple[int, int]]:
    """The lines of a picture and its size in pixels; raises ``ReadError``: damaged, bomb."""
    picture, size = _checked(data, name)
    return _recognised(picture), size


def _checked(data: bytes, name: str) -> tuple[bytes, tuple[int, int]]:
    """The picture as PNG or JPEG, turned as its own note says, and its size."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise ReadError(f"{name}: 图片太大 (too many pixels), {opened.width}×{opened.height}", cause="bomb")
            upright = ImageOps.exif_transpose(opened).convert("RGB")
            upright.thumbnail((LONGEST, LONGEST))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as fault:
        raise ReadError(f"{name}: 图片已损坏 (damaged picture: {fault}); 请重新扫描") from None
    out = io.BytesIO()
    upright.save(out, "PNG", compress_level=1)
    return out.getvalue(), upright.size


def page_lines_of(shown: Any) -> tuple[Visual, ...]:
    """The lines of one opened pdf page, recognised from its picture; places in the page's points."""
    width, height = shown.get_size()
    scale = min(DPI / 72, (MOST_PIXELS / max(1.0, width * height)) ** 0.5)
    out = io.BytesIO()
    shown.render(scale=scale).to_pil().convert("RGB").save(out, "PNG", compress_level=1)
    lines = _recognised(out.getvalue())
    return tuple(
        Visual(line.text, line.x0 / scale, line.x1 / scale, line.top / scale, line.bottom / scale, line.size / scale)
        for line in lines
    )


@functools.cache
def _engine() -> Any:
    from faster_paddle import OcrEngine

    return OcrEngine(model_size=MODEL, threads=1, det_max_side=DETECTED)


def _recognised(picture: bytes) -> tuple[Visual, ...]:
    """Lines from top to bottom, pieces on one height from left to right; the recogniser's own order is not kept."""
    found = []
    try:
        boxes = _engine().ocr(picture)["bounds"].values()
    except (RuntimeError, ValueError) as fault:  # the recogniser's words for too little memory, and for a bad picture
        message = f"认字时出错 (recogniser failed: {fault}); 请加大 limits.memory_mb 或重新扫描"
        raise ReadError(message, cause="memory") from None
    for box in boxes:
        if box["confidence"] >= LEAST_SURE and box["text"].strip():
            (x0, top), (x1, bottom) = _corner(box["topLeftCoord"]), _corner(box["bottomRightCoord"])
            found.append(Visual(widened(box["text"].strip()), x0, x1, top, bottom, bottom - top))
    return tuple(_evened(_levelled(found)))


def _evened(lines: list[Visual]) -> list[Visual]:
    """A box is as high as its signs happen to be: lines of nearly the usual size are of the usual size."""
    if not lines:
        return lines
    usual = median(line.size for line in lines)
    return [replace(line, size=usual) if _is_near(line, usual) else line for line in lines]


def _is_near(line: Visual, usual: float) -> bool:
    few = len(line.text) < FEW
    return abs(line.size - usual) < (2 * NEARLY if few else NEARLY) * usual


def widened(text: str) -> str:
    """Punctuation that the recogniser took for Western, after a Han character, as the Chinese sign it is.

    >>> widened("研究舆情动态;学习28次,宣讲3.5场(全年)"), widened("比例2:1,共3人")
    ('研究舆情动态；学习28次，宣讲3.5场（全年）', '比例2:1，共3人')
    """
    text = _LABEL.sub(r"（\1）", text)
    text = _AFTER_HAN.sub(lambda found: found[0].translate(WIDE), text)
    return _CLOSING.sub("）", text) if text.count("（") > text.count("）") else text


def _corner(value: Any) -> tuple[float, float]:
    if isinstance(value, dict):
        return float(value["x"]), float(value["y"])
    return float(value[0]), float(value[1])


def _levelled(found: list[Visual]) -> list[Visual]:
    rows: list[list[Visual]] = []
    for line in sorted(found, key=lambda one: one.top + one.bottom):
        middle = (line.top + line.bottom) / 2
        if rows and abs(middle - sum(one.top + one.bottom for one in rows[-1]) / 2 / len(rows[-1])) < 0.5 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda one: one.x0)]
