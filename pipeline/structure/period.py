"""The time a report covers, when it was published, and up to when it counts (CONVENTIONS 6).

Evidence in this order: the title, a heading that looks back, the file name, the first words of the text, the
folder. Year and half may come from different places (上半年 in the title, 2023年 in the folder); a dated signature
gives the year of 今年. A web page's publishing date gives nothing: it is ``published``. An unknown year stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.model import Evidence, Period, Span, Stated
from pipeline.structure import clues, times
from pipeline.structure.clues import PLANNED_FROM, SPOKEN, WRITTEN_UNTIL, Clue
from pipeline.structure.lines import Line
from pipeline.structure.title import Front

FIRST_LINES = 4  # lines that say whether more than a year is meant
YEAR_END = 11  # a summary signed in this month or later sums up its year
_MANY_YEARS = "近(?:[两三四五几]|些)年|[三四五]年来|(?:[两三四五])年工作"
_TELLS = re.compile("汇报|述职|总结")  # …的汇报发言 speaks of a time as a report does
_SINCE = r"[今本]年以来|[今本]年(?=[，,是])|一年来|(?:过去的?|这)一年|全年(?=[，,])|今年"


def find(lines: Sequence[Line], front: Front, kind: str, path: str, dated: Stated | None) -> Period:
    """The period of one report. ``lines`` are its paragraphs, ``dated`` the date of its signature."""
    title = front.title.value if front.title else ""
    is_government = kind == "report" and (not title or "政府工作报告" in title)
    found: list[Clue] = []
    if not is_government:
        found = [*(clues.of_title(front) or clues.of_half_year(front, dated)), *clues.on_line(lines, front)]
    if not found:
        found += clues.looking_back(lines, front.body, is_government)
    names = [clue for clue in clues.of_names(path) if not clues.is_filing_year(clue, kind, dated)]
    found += [clue for clue in names if clue.evidence.where == "file"]
    if kind == "notice":
        found += clues.of_notice(lines, front.body)
    if kind not in ("profile", "notice", "other"):
        spoken = clues.of_opening(lines, front.body, dated) or clues.spoken_year(lines, front.body)
        found += [clue for clue in spoken if not clues.is_since(clue, dated)]
        found += clues.of_order(lines, front.body, dated) + clues.late_year(lines, front.body)
        found += [clue for clue in names if clue.evidence.where == "folder"]
    if not any(clue.evidence.where == "text" for clue in found) and clues.is_masked(lines, front.body):
        return Period()
    dated = dated or clues.file_date(path)
    if is_government:
        found += clues.of_session(lines, front)
    return _merge(found, dated, lines, "report" if kind == "other" and _TELLS.search(title) else kind)


def _merge(found: Sequence[Clue], dated: Stated | None, lines: Sequence[Line], kind: str) -> Period:
    """The first clue decides; a year that it lacks comes from the next that agrees, or from the signature."""
    if any(clue.found.unknown for clue in found[:1]):
        first = found[0]
        return replace(times.build(None, first.found.months), score=first.score, evidence=(first.evidence,))
    known = [clue for clue in found if clue.found.year or clue.found.months]
    if not known:
        return _from_signature(dated, lines, kind)
    first = known[0]
    year, months, inferred = first.found.year, first.found.months, first.inferred
    evidence, score = [first.evidence], first.score
    if year is None:
        for clue in known[1:]:
            if clue.found.year and not clue.found.last_year and clue.found.months in (None, months):
                year, score = clue.found.year, min(score, clue.score)
                evidence.append(clue.evidence)
                break
        else:
            year = _year_by_signature(dated, months, kind)
            if year and dated:
                evidence += dated.evidence
                score = min(score, 0.8)
    period = times.build(year, months, first.found.last_year)
    return replace(period, inferred=inferred, score=score, evidence=tuple(evidence))


def _year_by_signature(dated: Stated | None, months: tuple[int, int] | None, kind: str) -> int | None:
    """The year of 上半年 in a report signed in July is that July's; of 下半年 signed in January the year before."""
    if dated is None:
        return None
    year, month = int(dated.value[:4]), int(dated.value[5:7])
    if kind == "plan" or months is None:
        return year
    if months[1] <= month:
        return year
    if months[1] - month <= 1:  # written in the period's last days
        return year
    return year - 1 if month <= 3 else None


def _from_signature(dated: Stated | None, lines: Sequence[Line], kind: str) -> Period:
    """今年以来 with a dated signature: the year of the date; signed in January, 一年来 is the year before."""
    if dated is None or kind not in ("summary", "summary_plan", "report", "unknown"):
        return Period()
    if any(re.search(_MANY_YEARS, line.text[:SPOKEN]) for line in lines[:FIRST_LINES]):
        return Period()
    for line in lines:
        since = re.search(_SINCE, line.text)
        if since is None:
            continue
        year, month = int(dated.value[:4]), int(dated.value[5:7])
        is_current = since[0].startswith(("今", "本"))
        if not is_current and WRITTEN_UNTIL < month < PLANNED_FROM:
            return Period()  # 一年来 in July: from when to when is not said
        is_past = month <= (1 if is_current and kind.startswith("summary") else 0 if is_current else 3)
        start = line.block.span.start
        words = Evidence(since[0], "text", Span(start + since.start(), start + since.end()))
        period = times.build(year - 1 if is_past else year, None)
        return replace(period, inferred=is_past, score=0.7, evidence=(words, *dated.evidence))
    if kind.startswith("summary") and int(dated.value[5:7]) >= YEAR_END:
        period = times.build(int(dated.value[:4]), None)
        return replace(period, inferred=True, score=0.55, evidence=dated.evidence)
    return Period()
