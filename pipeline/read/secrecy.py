"""Marks of secrecy: a file that carries one is left alone before its text goes anywhere."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from pipeline.errors import Skipped
from pipeline.model import OUTSIDE, Document, ReadOptions, Source

HEAD = 12  # paragraphs in which a mark can stand: above the title of a notice
_WORD = r"(?:绝\s*密|机\s*密|秘\s*密|内\s*部\s*(?:资\s*料|文\s*件|材\s*料))"
# GB/T 9704: 密级 stands alone, 秘密★1年 or 机密★; the word in a running sentence is no mark.
_MARK = (
    rf"[\[【（(]?\s*(?:密\s*级\s*[:：]\s*)?(?P<word>{_WORD})\s*(?:[★☆*]\s*(?:长期|\S{{0,8}}[年月天日])?|[:：]?\s*(?:\d+\s*[年月]|长期))?\s*"
    r"(?:[,，;；、]?\s*(?:注意保存|请勿外传|严禁外传|不得外传|妥善保管|不得公开))?\s*[!！。]?\s*[\]】）)]?"
)
_NAMED = rf"(?:^|[\s_\-—.·+,，、(（\[【〔《\d])({_WORD})(?:$|[\s_\-—.·+,，、)）\]】〕》★☆*\d])"


def check_name(name: str, source: Source, options: ReadOptions) -> None:
    """Raises ``Skipped`` when the file's name carries a mark that no setting has released.

    >>> check_name("【秘密】总结.docx", Source("", ""), ReadOptions())  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    pipeline.errors.Skipped: 【秘密】总结.docx: 文件名标有“秘密” (classified), ...
    >>> check_name("保密工作总结.docx", Source("", ""), ReadOptions())
    """
    stem = PurePosixPath(name.replace("\\", "/")).name
    found = re.search(_NAMED, stem.rpartition(".")[0] or stem) if "密" in stem or "内" in stem else None
    if found and not _is_released(stem, source, options):
        raise _classified(name, "文件名", found[1])


def check_text(document: Document, name: str, options: ReadOptions) -> None:
    """Raises ``Skipped`` when a line of the head, or a running head or foot, is a mark of secrecy."""
    if not re.search(_WORD, document.text):
        return
    for line in _places(document):
        found = re.fullmatch(_MARK, line.strip()) if re.search(_WORD, line) else None
        if found and not _is_released(name, document.source, options):
            raise _classified(name, "文中", found["word"])


def _places(document: Document) -> list[str]:
    inside = [block for block in document.blocks if block.kind not in OUTSIDE][:HEAD]
    outside = [block for block in document.blocks if block.kind in OUTSIDE]
    lines = [block.span.of(document.text) for block in (*inside, *outside)]
    cells = [cell.of(document.text) for block in inside for cell in block.cells]
    return lines + cells


def _is_released(name: str, source: Source, options: ReadOptions) -> bool:
    own = {
        name,
        source.path,
        PurePosixPath(name.replace("\\", "/")).name,
        PurePosixPath(source.path.replace("\\", "/")).name,
    }
    return not own.isdisjoint(options.released)


def _classified(name: str, place: str, word: str) -> Skipped:
    found = f"{name}: {place}标有“{''.join(word.split())}” (classified), 没有读入"
    return Skipped(f"{found}; 确认可以使用后, 把文件名写进设置 released 即可读取", cause="classified")
