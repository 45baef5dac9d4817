"""How a report ends: its last lines before what is attached to it, and who signs there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.model import Evidence, Span, Stated
from pipeline.structure.lines import Line, is_date_line, is_signature

SIGNATURE_LINES = 8  # lines at the end among which the signature stands
ATTACHED = 40  # lines from the end in which an attachment begins
OFFICES = (
    "委员会", "党委", "工委", "党工委", "人民政府", "政府", "办事处", "办公室", "文化站", "宣传办", "党政办", "管委会",
    "工作委员会", "服务中心", "局", "宣传部",
)  # fmt: skip
OFFICE = f"(?:{'|'.join(OFFICES)})"

_ATTACHMENT = r"附件?\s*[0-9０-９一二三四五六七八九]?\s*[：:.、]|附件\s*[0-9０-９一二三]?$|附表"


def ending(lines: Sequence[Line], count: int) -> Sequence[Line]:
    """The last ``count`` lines of a report before what is attached to it (附件：…, tables, notes)."""
    end = len(lines)
    while end and lines[end - 1].block.kind in ("row", "note"):
        end -= 1
    for index in range(end - 1, max(end // 2, end - ATTACHED), -1):
        is_attached = lines[index].text[0] == "附" and re.match(_ATTACHMENT, lines[index].text)
        if is_attached and not _signs(lines[index + 1 : index + 4]):
            end = index
    return lines[max(0, end - count) : end]


def _signs(lines: Sequence[Line]) -> bool:
    """Do a signature or its date follow? By the rules for official papers 附件：… stands above them."""
    return any(is_signature(line.text) or is_date_line(line.text) for line in lines)


def signature(lines: Sequence[Line]) -> Stated | None:
    """Who signs at the end: the last short line that names an office."""
    for line in reversed(ending(lines, SIGNATURE_LINES)):
        text = line.text
        if line.number is None and line.form == "text" and is_signature(text):
            found = re.match(rf"^(?:中共|中国共产党)?.{{1,30}}?{OFFICE}(?=\s|$)", text)
            if found:
                at = line.block.span.start
                evidence = Evidence(found[0], "text", Span(at, at + found.end()))
                return Stated(found[0], 0.85, (evidence,))
    return None
