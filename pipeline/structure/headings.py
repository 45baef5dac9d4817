"""Which lines are headings, and which headings stand inside a paragraph.

``lines.shape`` looked at each line alone; here neighbours speak (a heading is followed by what it heads; a short
sentence among its like is an item of a list). A heading that is missed costs a section, one that is invented cuts a
report in two: in doubt a line is text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.structure import inner, series, title
from pipeline.structure.labels import Numbering
from pipeline.structure.lines import COUNTED, FULL_STOPS, HEADING_NOUN, LEADERS, Line, bullet_of, label_of

CONTENTS_WITHIN = 40  # lines from the start in which a table of contents begins
ENDS = "。.．；;！!：:？?”…）)"  # how a line of text ends
BYLINE_LINES = 3  # lines from the top among which a name stands
LONGER = 5  # characters that a text without full stop is longer than its heading
LONGEST_BARE = 20  # characters of an unnumbered heading that may be longer than its text
SEVERAL = 3  # lines with a colon that are not called like a heading are headings only where there are so many


def decide(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Let neighbours settle every ``maybe``; find the headings inside long paragraphs.

    A heading heads something: the next line is a body or a deeper heading. Three or more short unnumbered lines in
    a row are a list or a table of contents, unless the file itself calls them headings.
    """
    shaped = _without_enclosures(_without_contents(lines))
    lines = _without_bodies(shaped)
    is_unmarked = sum(one is not other for one, other in zip(shaped, lines, strict=True)) > 1
    settled: list[Line] = []
    colons = sum(_is_weak(line) or (_is_colon(line) and line.form == "maybe") for line in lines)
    alike, certain, stopped = series.alike(lines), series.headings(lines), series.stopped(lines)
    for index, line in enumerate(lines):
        if line.form == "maybe":
            is_alike = series.beginning(line) in alike
            is_known = is_alike or index in certain or index in stopped
            is_stray = (
                (not is_known and (_is_stopped(line) or (_is_weak(line) and colons < SEVERAL)))
                or (line.number is None and index > 0 and not is_unmarked and _is_cut(lines[index - 1]))
                or _is_byline(lines, index)
            )
            is_heading = index in certain or (_heads(lines, index, is_alike) and not _in_list(lines, index))
            line = replace(line, form="heading") if is_heading and not is_stray else _demoted(line)
        if line.number is not None or len(line.text) > inner.SHORTEST_LIST:
            run_ins = inner.headings(line)
            if run_ins:
                line = Line(line.block, line.text, line.form, line.number, line.heading, run_ins)
        settled.append(line)
    return tuple(_without_slogan(lines, settled))


# Such a line is a part even where it is the only one without a number.
_PART = "半年|[明来今]年|今后|下[一步月阶]|存在|展望|谋划|结[语束]|附[：:录]|^[\u3400-\u9fff]{1,8}[：:]$"


def _without_slogan(before: Sequence[Line], settled: list[Line]) -> list[Line]:
    """The only short line without number, between two texts: a slogan, no heading (让新风吹进千家万户)."""
    plain = [
        index
        for index, line in enumerate(settled)
        if index and line.form == "heading" and line.number is None and not title.is_title(line)
    ]
    if len(plain) != 1:
        return settled
    at = plain[0]
    line, above = settled[at], settled[at - 1]
    is_told = above.form in ("text", "item", "run_in") and above.text[-1] in "。！；!;"
    is_named = HEADING_NOUN.search(line.text) or re.search(_PART, line.text) or bullet_of(line.text)
    if is_told and before[at].form == "maybe" and not is_named and not label_of(line.text):
        settled[at] = _demoted(line)
    return settled


_TOLD = re.compile(rf"\t|{COUNTED.pattern}|[，,、].{{4}}")


def _without_bodies(lines: Sequence[Line]) -> Sequence[Line]:
    """Texts that end without a mark are no headings: they have a pause and are longer than the bare line above."""
    result = list(lines)
    for index in range(2, len(result)):
        line, above = result[index], result[index - 1]
        if _is_bare(line) and _is_bare(above) and len(line.text) > LONGER + len(above.text) and _TOLD.search(line.text):
            result[index] = _demoted(line)
    return result


_BYLINE = (
    "[\u3400-\u9fff]{2,3}|.{0,16}(?:书记|镇长|乡长|主任|委员|主席|部长|站长|编|印)|(?:总?第?[0-9０-９]{1,4}期){1,2}"
)


def _is_byline(lines: Sequence[Line], index: int) -> bool:
    """A name, an office or the number of an issue right under the title."""
    return (
        0 < index <= BYLINE_LINES
        and lines[index].number is None
        and title.is_title(lines[index - 1])
        and not HEADING_NOUN.search(lines[index].text)
        and re.fullmatch(_BYLINE, lines[index].text) is not None
    )


def _is_stopped(line: Line) -> bool:
    """May an unnumbered line with a full stop (or 怎么学？) be a heading?"""
    return line.form == "maybe" and line.number is None and line.text[-1] in FULL_STOPS


def _is_colon(line: Line) -> bool:
    return line.number is None and line.text[-1] in "：:"


def _is_weak(line: Line) -> bool:
    """A short line with a colon that is not called like a heading: one only where there are several."""
    return line.form == "maybe" and _is_colon(line) and not HEADING_NOUN.search(line.text[:-1])


def _demoted(line: Line) -> Line:
    return replace(line, form="item" if line.number else "text", heading=None)


_TRIUMPH = "有新|新(?:气象|突破|成效|进展|局面|提升|台阶|面貌|亮点)|见(?:成效|实效)|上(?:台阶|水平)|出(?:成效|亮点)"


def _follows(before: Line | None, number: Numbering) -> bool:
    """Is the line before the sibling with the number before? Then these are the items of a list."""
    other = before.number if before else None
    return other is not None and other.style == number.style and other.value + 1 == number.value


def _heads(lines: Sequence[Line], index: int, is_alike: bool) -> bool:
    line, following, later = lines[index], *(lines[at] if at < len(lines) else None for at in (index + 1, index + 2))
    before = lines[index - 1] if index else None
    if following is None or following.block.kind == "residue":
        return False
    if line.number is not None:  # a slogan with label and full stop
        other = following.number
        is_last = other is not None and following.form != "item" and other.rank < line.number.rank
        is_listed = is_last or (other is not None and other.style == line.number.style) or _follows(before, line.number)
        return not is_listed or bool(re.search(_TRIUMPH, line.text))
    if following.block.kind == "row" and line.text[-1] == "表":
        return False  # the caption of a table
    if is_alike and _is_body(following) and following.form != "maybe":
        return True
    if line.text[-1] in "：:" or line.text[-1] in FULL_STOPS:
        return len(following.text) > len(line.text) and _is_body(following)
    if not HEADING_NOUN.search(line.text):
        if _is_bare(following) and later is not None and _is_body(later) and not _is_bare(later):
            return len(line.text) <= LONGEST_BARE  # a heading over headings
        is_told = len(following.text) > len(line.text) or (
            len(line.text) <= LONGEST_BARE
            and (following.text[-1] in "。.！!；;" or bool(COUNTED.search(following.text)))
        )
        return is_told and _is_body(following)
    return _is_body(following) or following.form in ("heading", "maybe")


def _is_body(line: Line) -> bool:
    return (
        line.block.kind == "row"
        or line.form in ("run_in", "item", "heading")
        or line.text[-1] in ENDS
        or bool(_TOLD.search(line.text))
    )


def _is_cut(line: Line) -> bool:
    """Does a line stop in the middle of a sentence (a hard wrap that was not joined)?"""
    last = line.text[-1]
    return (
        line.form in ("text", "item", "run_in")
        and len(line.text) > 20
        and (last in "，,、" or "\u3400" <= last <= "\u9fff")
    )


def _in_list(lines: Sequence[Line], index: int) -> bool:
    """Is an unnumbered line without full stop one of three or more in a row?"""
    if lines[index].number is not None or lines[index].text[-1] in FULL_STOPS:
        return False
    run = 1
    for step in (-1, 1):
        place = index + step
        while 0 < place < len(lines) and _is_bare(lines[place]):  # line 0 is the title
            run += 1
            place += step
            if run > 2:
                return True
    return False


def _is_bare(line: Line) -> bool:
    return line.form == "maybe" and line.number is None and line.text[-1] not in FULL_STOPS


_CONTENTS = re.compile(r"^(?:目\s*[录次]|CONTENTS|Contents)$")
_LEADER = re.compile(r"[\s.…·。\-—_]*[0-9０-９]{0,3}$")
LONGEST_ENTRY = 60  # characters of a line of a table of contents


def _without_contents(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines of a table of contents are text: they end where its first entry comes again, or its leaders end."""
    at = next((index for index, line in enumerate(lines[:CONTENTS_WITHIN]) if _CONTENTS.match(line.text)), None)
    if at is None or at + 1 >= len(lines):
        return lines
    first = _LEADER.sub("", lines[at + 1].text)
    end, again = at + 1, None
    while end < len(lines) and len(lines[end].text) <= LONGEST_ENTRY:
        if end > at + 1 and _LEADER.sub("", lines[end].text) == first:
            again = end
            break
        end += 1
    if again is None:
        again = at + 1
        while again < end and LEADERS.search(lines[again].text):
            again += 1
    result = list(lines)
    for index in range(at, again):
        result[index] = Line(lines[index].block, lines[index].text, "text")
    return result


_ENCLOSES = re.compile(r"附\s*件?\s*[：:]\s*1\s*[.．、]")


def _without_enclosures(lines: Sequence[Line]) -> Sequence[Line]:
    """附件：1.名册 / 2.台账: what is listed as enclosed heads nothing."""
    at = next((index for index, line in enumerate(lines) if line.text[0] == "附" and _ENCLOSES.match(line.text)), None)
    if at is None:
        return lines
    result, value = list(lines), 2
    for index in range(at + 1, len(lines)):
        number = lines[index].number
        if number is None or number.value != value or lines[index].form != "heading":
            break
        result[index], value = _demoted(lines[index]), value + 1
    return result


def as_title(line: Line) -> Line:
    """The line as (a part of) the report's title: a heading that is one whole line, without number."""
    return replace(line, form="heading", number=None, heading=line.block.span, run_ins=())


def as_opener(line: Line) -> Line:
    """The line as the opener of a collection's report (篇一): a heading that opens no section."""
    return replace(line, form="opener", number=None, heading=line.block.span, run_ins=())


def is_heading(line: Line) -> bool:
    """Is the whole line a heading?"""
    return line.form in ("heading", "opener")
