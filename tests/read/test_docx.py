# ruff: noqa: E501 (XML as word processors write it)
"""Docx in full: labels, changes, hidden text, fields, boxes, notes, controls, nested tables, odd packages."""

from __future__ import annotations

import io
import zipfile

import pytest
from golden_docx import HEADER, PACKAGE, WORD, W, packed, run
from reading import document_of

from pipeline.errors import ReadError

P = "<w:p>{}</w:p>"
RUNNING = [f"header: {HEADER}", "page: - 1 -"]


def docx(body: str, notes: str = "", **parts: str) -> bytes:
    """A docx with this body; ``parts`` replace or add parts (``numbering``, ``styles`` …)."""
    data = packed(body, WORD, ["outline", "bullet"], notes)
    if not parts:
        return data
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            stem = name.removeprefix("word/").removesuffix(".xml")
            new.writestr(name, parts.pop(stem) if stem in parts else old.read(name))
    return out.getvalue()


def text(words: str) -> str:
    return P.format(run(words))


def listed(words: str, level: int = 0, number: int = 1, extra: str = "") -> str:
    numbering = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{numbering}{extra}</w:pPr>{run(words)}</w:p>"


def numbering(*abstracts: str, nums: str = "") -> str:
    made = nums or "".join(
        f'<w:num w:numId="{place + 1}"><w:abstractNumId w:val="{place}"/></w:num>' for place in range(len(abstracts))
    )
    inside = "".join(
        f'<w:abstractNum w:abstractNumId="{place}">{one}</w:abstractNum>' for place, one in enumerate(abstracts)
    )
    return f'<w:numbering xmlns:w="{W}">{inside}{made}</w:numbering>'


def level(place: int, form: str, pattern: str, extra: str = "", start: int = 1) -> str:
    return f'<w:lvl w:ilvl="{place}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{extra}<w:lvlText w:val="{pattern}"/></w:lvl>'


@pytest.mark.parametrize(
    ("form", "pattern", "expected"),
    [
        ("chineseCountingThousand", "%1、", ["一、", "二、", "十一、"]),
        ("chineseCounting", "（%1）", ["（一）", "（二）", "（十一）"]),
        ("japaneseCounting", "第%1条", ["第一条", "第二条", "第十一条"]),
        ("chineseLegalSimplified", "%1、", ["壹、", "贰、", "壹拾壹、"]),
        ("ideographTraditional", "%1、", ["甲、", "乙、", "11、"]),
        ("ideographZodiac", "%1、", ["子、", "丑、", "戌、"]),
        ("ideographDigital", "%1、", ["一、", "二、", "一一、"]),
        ("decimalEnclosedCircle", "%1", ["①", "②", "⑪"]),
        ("decimalEnclosedCircleChinese", "%1", ["①", "②", "⑪"]),
        ("decimalEnclosedParen", "%1", ["⑴", "⑵", "⑾"]),
        ("decimalEnclosedFullstop", "%1", ["⒈", "⒉", "⒒"]),
        ("decimalFullWidth", "%1．", ["１．", "２．", "１１．"]),
        ("decimalZero", "%1.", ["01.", "02.", "11."]),
        ("upperRoman", "%1.", ["I.", "II.", "XI."]),
        ("lowerLetter", "%1)", ["a)", "b)", "k)"]),
        ("decimal", "%1.", ["1.", "2.", "11."]),
        ("bullet", "\uf0b7", ["", "", ""]),
        ("none", "", ["", "", ""]),
    ],
)
def test_number_formats(lines, form, pattern, expected):
    body = "".join(listed("工作") for _ in range(11))
    found = lines(docx(body, numbering=numbering(level(0, form, pattern))))
    assert [found[0], found[1], found[10]] == [label + "工作" for label in expected]


def test_levels_count_below_their_parents_and_restart(lines):
    levels = level(0, "chineseCountingThousand", "%1、") + level(1, "decimal", "%1.%2") + level(2, "decimal", "%2-%3")
    body = listed("甲") + listed("乙", 1) + listed("丙", 1) + listed("丁", 2) + listed("戊") + listed("己", 1)
    assert lines(docx(body, numbering=numbering(levels)))[:6] == [
        "一、甲",
        "一.1乙",
        "一.2丙",
        "2-1丁",
        "二、戊",
        "二.1己",
    ]


def test_legal_numbering_is_decimal(lines):
    levels = level(0, "chineseCountingThousand", "第%1章") + level(1, "decimal", "%1.%2", "<w:isLgl/>")
    assert lines(docx(listed("甲") + listed("乙", 1), numbering=numbering(levels)))[:2] == ["第一章甲", "1.1乙"]


def test_restart_none_and_after_a_level(lines):
    levels = level(0, "decimal", "%1.") + level(1, "decimal", "(%2)", '<w:lvlRestart w:val="0"/>')
    body = listed("甲") + listed("乙", 1) + listed("丙") + listed("丁", 1)
    assert lines(docx(body, numbering=numbering(levels)))[:4] == ["1.甲", "(1)乙", "2.丙", "(2)丁"]


def test_a_second_list_of_the_same_kind_goes_on_or_starts_over(lines):
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        '<w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        + level(0, "upperLetter", "%1.", start=3)
        + "</w:lvlOverride></w:num>"
    )
    body = listed("甲") + listed("乙", 0, 2) + listed("丙", 0, 3) + listed("丁", 0, 3) + listed("戊", 0, 4)
    made = numbering(level(0, "decimal", "%1."), nums=nums)
    assert lines(docx(body, numbering=made))[:5] == ["1.甲", "2.乙", "1.丙", "2.丁", "C.戊"]


def test_number_zero_takes_a_paragraph_out_of_its_styles_list(lines):
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="b"><w:name w:val="条"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="c"><w:name w:val="款"/><w:basedOn w:val="b"/></w:style></w:styles>'
    )
    paragraph = '<w:p><w:pPr><w:pStyle w:val="{}"/>{}</w:pPr>{}</w:p>'
    body = paragraph.format("b", "", run("甲")) + paragraph.format("c", "", run("乙"))
    body += paragraph.format("b", '<w:numPr><w:numId w:val="0"/></w:numPr>', run("丙"))
    made = docx(body, styles=styles, numbering=numbering(level(0, "chineseCountingThousand", "第%1条")))
    assert lines(made)[:3] == ["第一条甲", "第二条乙", "丙"]


def test_two_digits_do_not_meet(lines):
    assert lines(docx(listed("2023年"), numbering=numbering(level(0, "decimal", "%1"))))[0] == "1 2023年"


def test_an_empty_numbered_paragraph_counts_and_is_no_paragraph(lines):
    body = listed("甲") + listed("") + listed("乙")
    assert lines(docx(body, numbering=numbering(level(0, "decimal", "%1.")))) == ["1.甲", "3.乙", *RUNNING]


def test_headings_by_outline_level_and_by_style(lines):
    outline = f'<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr>{run("工作情况")}</w:p>'
    styled = f'<w:p><w:pPr><w:pStyle w:val="1"/></w:pPr>{run("主要成效")}</w:p>'
    body_level = f'<w:p><w:pPr><w:pStyle w:val="1"/><w:outlineLvl w:val="9"/></w:pPr>{run("正文")}</w:p>'
    assert lines(docx(outline + styled + body_level))[:3] == ["heading2: 工作情况", "heading1: 主要成效", "正文"]


def test_tracked_changes_are_accepted(lines):
    inserted = f'<w:ins w:id="1" w:author="a">{run("新增")}</w:ins>'
    deleted = '<w:del w:id="2" w:author="a"><w:r><w:delText>旧的</w:delText></w:r></w:del>'
    moved = f'<w:moveFrom w:id="3">{run("移走")}</w:moveFrom><w:moveTo w:id="4">{run("移来")}</w:moveTo>'
    joined = f'<w:p><w:pPr><w:rPr><w:del w:id="5"/></w:rPr></w:pPr>{run("前半句，")}</w:p>' + text("后半句。")
    body = P.format(run("投稿") + inserted + deleted + run("30篇")) + P.format(moved) + joined
    assert lines(docx(body))[:3] == ["投稿新增30篇", "移来", "前半句，后半句。"]


def test_a_deleted_row_and_a_deleted_cell_are_gone(lines):
    rows = "<w:tr><w:tc><w:p>{}</w:p></w:tc><w:tc>{}<w:p>{}</w:p></w:tc></w:tr>"
    gone = '<w:tr><w:trPr><w:del w:id="1"/></w:trPr><w:tc><w:p><w:r><w:t>旧</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr>'
    mark = '<w:tcPr><w:cellDel w:id="2"/></w:tcPr>'
    body = (
        "<w:tbl>"
        + rows.format(run("指标"), "", run("数量"))
        + gone
        + rows.format(run("投稿"), mark, run("9"))
        + "</w:tbl>"
    )
    assert lines(docx(body))[:2] == ["row: 指标\t数量", "row: 投稿"]


def test_hidden_text_is_left_out(lines):
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>批注</w:t></w:r>"
    styled = '<w:r><w:rPr><w:rStyle w:val="hid"/></w:rPr><w:t>底稿</w:t></w:r>'
    shown = '<w:r><w:rPr><w:rStyle w:val="hid"/><w:vanish w:val="0"/></w:rPr><w:t>公开</w:t></w:r>'
    assert lines(docx(P.format(run("正文") + hidden + styled + shown)))[0] == "正文公开"


def test_fields_show_their_result(lines):
    char = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    instruction = "<w:r><w:instrText> DATE </w:instrText></w:r>"
    inner = (
        char.format("begin")
        + "<w:r><w:instrText>PAGE</w:instrText></w:r>"
        + char.format("separate")
        + run("内")
        + char.format("end")
    )
    body = P.format(
        run("时间")
        + char.format("begin")
        + instruction
        + inner
        + char.format("separate")
        + run("7月5日")
        + char.format("end")
    )
    simple = P.format(
        f'<w:fldSimple w:instr="AUTHOR">{run("张三")}</w:fldSimple><w:hyperlink>{run("链接")}</w:hyperlink>'
    )
    assert lines(docx(body + simple))[:2] == ["时间7月5日", "张三链接"]


def test_a_table_of_contents_is_set_apart(lines):
    styles = f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style></w:styles>'
    body = (
        f'<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr>{run("一、工作情况")}<w:r><w:tab/><w:t>1</w:t></w:r></w:p>'
        + text("正文")
    )
    assert lines(docx(body, styles=styles))[:2] == ["residue: 一、工作情况\t1", "正文"]


def test_text_boxes_follow_their_paragraph_once(lines):
    inside = "<w:txbxContent>" + text("框内") + "</w:txbxContent>"
    box = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic><a:graphicData><wps:wsp><wps:txbx>{inside}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    old = f"<w:r><w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict></w:r>"
    assert lines(docx(P.format(run("前") + box) + P.format(run("后") + old)))[:4] == ["前", "框内", "后", "框内"]


def test_notes_follow_the_body(lines):
    note = f'<w:footnote w:id="1"><w:p><w:r><w:footnoteRef/></w:r>{run("数据截至6月底。")}</w:p></w:footnote>'
    body = P.format(run("投稿30篇") + '<w:r><w:footnoteReference w:id="1"/></w:r>') + text("结尾")
    assert lines(docx(body, note)) == ["投稿30篇", "结尾", "note: 数据截至6月底。", *RUNNING]


def test_content_controls_and_their_placeholders(lines):
    control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    body = control.format("", text("控件段落")) + P.format(
        run("单位：") + control.format("<w:showingPlcHdr/>", run("单击此处输入"))
    )
    assert lines(docx(body))[:2] == ["控件段落", "单位："]


def test_tables_merged_nested_and_with_a_head_of_two_rows(lines):
    cell = "<w:tc><w:tcPr>{}</w:tcPr>{}</w:tc>"
    down, covered, wide = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
    nested = "<w:tbl><w:tr>" + cell.format("", text("内一")) + cell.format("", text("内二")) + "</w:tr></w:tbl><w:p/>"
    rows = [
        cell.format(down, text("指标")) + cell.format(wide, text("上半年")),
        cell.format(covered, "<w:p/>") + cell.format("", text("目标")) + cell.format("", text("完成")),
        cell.format("", text("投稿") + text("（篇）")) + cell.format("", text("30")) + cell.format("", nested),
    ]
    data = docx("<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>")
    assert lines(data)[:3] == ["row: 指标\t上半年", "row: 目标\t完成", "row: 投稿 （篇）\t30\t内一 内二"]
    document = document_of(data)
    assert [span.of(document.text) for span in document.blocks[2].head] == ["指标", "目标", "完成"]
    assert [span.of(document.text) for span in document.blocks[0].cells] == ["指标", "上半年", ""]


def test_breaks_tabs_symbols_and_ruby(lines):
    body = P.format(
        run("一行") + "<w:r><w:br/></w:r>" + run("二行") + '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:noBreakHyphen/></w:r>'
        + f'<w:r><w:ruby><w:rt>{run("zhèn")}</w:rt><w:rubyBase>{run("镇")}</w:rubyBase></w:ruby></w:r>'
    )  # fmt: skip
    assert lines(docx(body))[:2] == ["一行", "二行✓-镇"]


def test_strict_and_template_and_wrong_names(lines):
    strict = packed(text("严格格式"), WORD, ["outline"], strict=True)
    assert lines(strict, "a.dotx")[0] == "严格格式"
    assert document_of(docx(text("正文")), "总结.doc").steps[0] == "named .doc, is docx"


def test_a_main_part_of_another_name(lines):
    data = docx(text("正文"))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode("utf-8").replace("word/document.xml", "word/document2.xml")
            new.writestr(name.replace("word/document.xml", "word/document2.xml"), content)
    assert lines(out.getvalue())[0] == "正文"


def _repacked(data: bytes, name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
    return out.getvalue()


def test_a_broken_document_is_read_up_to_the_break():
    data = docx("".join(text(f"第{place}段") for place in range(50)))
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        xml = opened.read("word/document.xml")
    document = document_of(_repacked(data, "word/document.xml", xml[: len(xml) // 2]))
    assert document.partial == "damaged"
    assert document.text.startswith("第0段\n第1段")


@pytest.mark.parametrize(
    ("spoil", "cause"),
    [
        (lambda data: data[: len(data) // 2], "damaged"),
        (
            lambda data: _repacked(
                data, "word/document.xml", b'<!DOCTYPE a [<!ENTITY b "b"><!ENTITY c "&b;&b;">]><a>&c;</a>'
            ),
            "bomb",
        ),
        (lambda data: _repacked(data, "word/document.xml", b" " * (64 << 20)), "bomb"),
        (lambda data: _repacked(data, "word/document.xml", b"<a>" * 5000), "bomb"),
        (lambda data: _repacked(data, "word/document.xml", b""), "damaged"),
    ],
)
def test_faults_have_a_cause(spoil, cause):
    with pytest.raises(ReadError) as caught:
        document_of(spoil(docx(text("正文"))))
    assert caught.value.cause == cause


def test_relations_are_not_followed(lines):
    link = f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId9" Type="x/officeDocument" Target="http://127.0.0.1:9/a" TargetMode="External"/></Relationships>'
    assert lines(_repacked(docx(text("正文")), "word/_rels/document.xml.rels", link.encode()))[0] == "正文"
