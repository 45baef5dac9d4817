"""What holds for every document, however odd: nothing lost, nothing doubled, sections tile."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import structure
from pipeline.model import OUTSIDE, BlockKind, Document, Report
from tests.structure import written

BODY = "各支部按计划组织学习，村里的广播早晚各响一次，群众对政策的知晓程度比往年高了许多。"
LABELS = [
    "第一部分 ",
    "第二章 ",
    "一、",
    "二、",
    "三．",
    "五、",
    "（一）",
    "(二)",
    "1.",
    "2、",
    "３．",
    "（1）",
    "(2)",
    "①",
    "②",
]
LABELS += ["一是", "二是", "首先，", "其次，", "第一，", "1.1 ", "Ⅰ、", "——", "◆", "【", ""]
WORDS = [
    "理论武装",
    "抓好学习。",
    "存在问题：",
    "工作回顾",
    "2023年工作回顾",
    "不够深入。",
    "各位代表：",
    "目录",
    "同志们：",
]
WORDS += ["云泽坪镇2021年上半年宣传思想工作总结", "篇一：宣传工作总结", "宣传工作总结2:", "【第三篇】", "20xx年总结"]
WORDS += [
    "岚川县云泽坪镇人民政府",
    "2023年7月3日",
    "责任编辑：某某",
    "总之，成绩不小。",
    "某镇",
    "X",
    "。",
    "1",
    "《",
    "（",
]
WORDS += ["来源：县政府网 2021-08-31", BODY, "抓好学习。" + BODY, "一是抓早。" + BODY + "二是抓小。" + BODY]
KINDS: list[BlockKind] = ["text"] * 12 + ["heading", "row", "note", "residue", "header", "footer", "page"]  # type: ignore[list-item]
LINE = st.tuples(
    st.builds(lambda label, words: label + words, st.sampled_from(LABELS), st.sampled_from(WORDS)),
    st.sampled_from(KINDS),
    st.integers(0, 3),
)
ANY = st.tuples(
    st.text(st.characters(codec="utf-8", exclude_characters="\n"), min_size=1, max_size=40).filter(
        lambda text: text == text.strip()
    ),
    st.sampled_from(KINDS),
    st.integers(0, 3),
)
PATHS = st.sampled_from(["文件.txt", "2023年/岚川县/云泽坪镇总结.docx", "", "a\\b\\总结（1）.doc", "//", "宜昌.txt"])
DOCUMENTS = st.builds(written.document, st.lists(st.one_of(LINE, LINE, LINE, ANY), max_size=25), PATHS)


def check_sections(report: Report) -> None:
    sections = report.sections
    starts = {paragraph.span.start for paragraph in report.paragraphs}
    assert sections[0].span == report.span
    assert (sections[0].parent, sections[0].level) == (-1, 0)
    children: dict[int, list[int]] = {}
    for index, section in enumerate(sections[1:], 1):
        assert 0 <= section.parent < index
        assert section.level == sections[section.parent].level + 1
        assert section.span.start in starts
        assert section.span.start < section.span.end
        children.setdefault(section.parent, []).append(index)
    for index, section in enumerate(sections):
        below = [sections[child].span for child in children.get(index, [])]
        if index:
            at = section.heading.end if section.heading else section.span.start
            assert section.heading is None or section.heading.start == section.span.start
            assert section.body.start == at
        assert section.body.end == (below[0].start if below else section.span.end)
        for left, right in itertools.pairwise(below):
            assert left.end == right.start
        if below:
            assert below[-1].end == section.span.end
    for paragraph in report.paragraphs:
        span = sections[paragraph.section].span
        assert span.start <= paragraph.span.start < span.end
        inner = [sections[child].span for child in children.get(paragraph.section, [])]
        assert not any(child.start <= paragraph.span.start < child.end for child in inner)


@settings(max_examples=300, deadline=None)
@given(DOCUMENTS)
def test_nothing_is_lost_or_doubled_and_sections_tile(document: Document) -> None:
    reports, loose = structure.split(document, written.PLACES)
    paragraphs = [paragraph for report in reports for paragraph in report.paragraphs]
    everything = sorted([*paragraphs, *loose], key=lambda paragraph: paragraph.span)
    blocks = [block for block in document.blocks if block.kind not in OUTSIDE]
    assert [(paragraph.span, paragraph.kind) for paragraph in everything] == [(b.span, b.kind) for b in blocks]
    at = -1
    for report in reports:
        assert report.span.start > at
        at = report.span.end
        assert report.paragraphs
        assert report.span.start == report.paragraphs[0].span.start
        assert report.span.end == report.paragraphs[-1].span.end
        check_sections(report)


@settings(max_examples=200, deadline=None)
@given(DOCUMENTS)
def test_run_ins_lie_in_their_paragraph_in_order(document: Document) -> None:
    reports, loose = structure.split(document, written.PLACES)
    for paragraph in [*loose, *(paragraph for report in reports for paragraph in report.paragraphs)]:
        at = paragraph.span.start
        for run_in in paragraph.run_ins:
            assert at <= run_in.span.start < run_in.span.end <= paragraph.span.end
            assert run_in.span.of(document.text).startswith(run_in.number)
            at = run_in.span.end


@settings(max_examples=200, deadline=None)
@given(DOCUMENTS)
def test_what_is_stated_has_evidence(document: Document) -> None:
    for report in structure.split(document, written.PLACES)[0]:
        stated = [report.title, report.issuer, report.published, report.as_of, report.version]
        assert all(value.evidence for value in stated if value is not None)
        assert report.town.town is None or report.town.evidence
        assert report.period.label is None or report.period.evidence
        assert (report.period.start is None) == (report.period.end is None)
        if report.period.label is None:
            assert report.period.year is None


@settings(max_examples=50, deadline=None)
@given(DOCUMENTS)
def test_the_same_document_gives_the_same_reports(document: Document) -> None:
    assert structure.split(document, written.PLACES) == structure.split(document, written.PLACES)
