# ruff: noqa: E501 (XML as it is written)
"""The golden reports as docx, by hand: one as Word writes it, one as WPS writes it; no library between."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any
from xml.sax.saxutils import escape

from golden_reports import HEADER, LISTS

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"
STRICT_R = "http://purl.oclc.org/ooxml/officeDocument/relationships"
WORD = (
    '<w:document xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    f'xmlns:r="{R}" xmlns:w="{W}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" mc:Ignorable="w14">'
)
WPS = (
    '<w:document xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    f'xmlns:r="{R}" xmlns:w="{W}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:wpsCustomData="http://www.wps.cn/officeDocument/2013/wpsCustomData" mc:Ignorable="w14">'
)


def run(text: str, properties: str = "") -> str:
    """A run as Word writes it: split where the script changes, with its font hint."""
    pieces = re.findall(r"[ -~]+|[^ -~]+", text)
    runs = []
    for piece in pieces:
        hint = '<w:rFonts w:hint="eastAsia"/>' if piece > "~" else ""
        inner = hint + properties
        shown = f"<w:rPr>{inner}</w:rPr>" if inner else ""
        space = ' xml:space="preserve"' if piece != piece.strip() else ""
        runs.append(f"<w:r>{shown}<w:t{space}>{escape(piece)}</w:t></w:r>")
    return "".join(runs)


def paragraph(text: str, style: Any, ids: dict[str, int]) -> str:
    """One paragraph with its properties."""
    if style is None:
        inside = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
    elif style == "h0":
        inside = '<w:pStyle w:val="a3"/><w:jc w:val="center"/>'
    else:
        _, name, level = style.split(":")
        outline = f'<w:outlineLvl w:val="{level}"/>' if name == "outline" else ""
        inside = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{ids[name]}"/></w:numPr>{outline}'
    return f'<w:p w:rsidR="00A77B3E" w:rsidRDefault="00A77B3E"><w:pPr>{inside}</w:pPr>{run(text)}</w:p>'


def table(rows: list[list[str]]) -> str:
    """A table as Word writes it, its first row marked as the head."""
    width = 8296 // len(rows[0])
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for _ in rows[0])
    out = [
        f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>{BORDERS}</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    ]
    for place, row in enumerate(rows):
        head = "<w:trPr><w:tblHeader/></w:trPr>" if place == 0 else ""
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p>{run(cell)}</w:p></w:tc>' for cell in row
        )
        out.append(f"<w:tr>{head}{cells}</w:tr>")
    return "".join(out) + "</w:tbl>"


SMALL = '<w:sz w:val="18"/>'
BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def numbering(names: list[str]) -> str:
    """``word/numbering.xml`` of the lists named."""
    abstracts, nums = [], []
    for number, name in enumerate(names):
        levels = "".join(
            f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="nothing"/>'
            f'<w:lvlText w:val="{pattern}"/><w:lvlJc w:val="left"/></w:lvl>'
            for place, (form, pattern) in enumerate(LISTS[name])
        )
        abstracts.append(
            f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        )
        nums.append(f'<w:num w:numId="{number + 1}"><w:abstractNumId w:val="{number}"/></w:num>')
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:numbering xmlns:w="{W}">{"".join(abstracts)}{"".join(nums)}</w:numbering>'


STYLES = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>'
    '<w:rFonts w:ascii="Noto Serif CJK SC" w:eastAsia="Noto Serif CJK SC" w:hAnsi="Noto Serif CJK SC"/><w:sz w:val="32"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="Title"/><w:basedOn w:val="a"/><w:rPr><w:sz w:val="44"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="character" w:styleId="hid"><w:name w:val="hidden"/><w:rPr><w:vanish/></w:rPr></w:style>'
    "</w:styles>"
)
TYPES = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>'
    '<Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/>'
    '<Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>'
    '<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>'
    '<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/>'
    "</Types>"
)
RELS = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>'
)
PART_RELS = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{R}/styles" Target="styles.xml"/><Relationship Id="rId2" Type="{R}/numbering" Target="numbering.xml"/>'
    f'<Relationship Id="rId3" Type="{R}/header" Target="header1.xml"/><Relationship Id="rId4" Type="{R}/footer" Target="footer1.xml"/>'
    f'<Relationship Id="rId5" Type="{R}/footnotes" Target="footnotes.xml"/></Relationships>'
)
FOOTER_PARAGRAPH = (
    '<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t xml:space="preserve">- </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t xml:space="preserve"> -</w:t></w:r></w:p>'
)
SECTION = (
    '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/><w:footerReference w:type="default" r:id="rId4"/>'
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1800" w:bottom="1440" w:left="1800" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr>'
)


def revised() -> bytes:
    """A report with tracked changes, hidden text, a note, a field and merged cells: what is final is text."""
    ids = {"outline": 1}
    who = 'w:id="7" w:author="a" w:date="2023-07-01T08:00:00Z"'
    inserted = f"<w:ins {who}>{run('，同比增加12篇')}</w:ins>"
    deleted = f"<w:del {who}><w:r><w:delText>，与去年持平</w:delText></w:r></w:del>"
    hidden = run("（此处待核）", "<w:vanish/>")
    char = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    field = (
        char.format("begin")
        + '<w:r><w:instrText xml:space="preserve"> HYPERLINK "http://example.com/" </w:instrText></w:r>'
        + char.format("separate")
        + run("6月30日")
        + char.format("end")
    )
    reference = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="1"/></w:r>'
    gone = f"<w:p><w:pPr><w:rPr><w:del {who}/></w:rPr></w:pPr><w:del {who}><w:r><w:delText>整段删去。</w:delText></w:r></w:del></w:p>"
    cell = '<w:tc><w:tcPr><w:tcW w:w="{}" w:type="dxa"/>{}</w:tcPr><w:p>{}</w:p></w:tc>'
    down, covered, wide = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
    rows = [
        cell.format(2000, down, run("项目")) + cell.format(6000, wide, run("完成情况")),
        cell.format(2000, covered, "") + cell.format(3000, "", run("上半年")) + cell.format(3000, "", run("全年目标")),
        cell.format(2000, "", run("投稿（篇）")) + cell.format(3000, "", run("68")) + cell.format(3000, "", run("150")),
    ]
    grid = '<w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="3000"/><w:gridCol w:w="3000"/></w:tblGrid>'
    merged = f'<w:tbl><w:tblPr><w:tblW w:w="8000" w:type="dxa"/><w:tblBorders>{BORDERS}</w:tblBorders></w:tblPr>{grid}{"".join(f"<w:tr>{row}</w:tr>" for row in rows)}</w:tbl>'
    body = (
        paragraph("石桥镇宣传信息工作简报", "h0", ids)
        + paragraph("投稿情况", "n:outline:0", ids)
        + f"<w:p>{run('上半年投稿68篇')}{inserted}{deleted}{run('。')}{reference}</w:p>"
        + gone
        + f"<w:p>{run('数据截至')}{field}{hidden}{run('。')}</w:p>"
        + merged
        + paragraph("下步打算", "n:outline:0", ids)
        + paragraph("全年投稿不少于150篇。", None, ids)
    )
    note = f'<w:footnote w:id="1"><w:p><w:r><w:footnoteRef/></w:r>{run("含县级以上媒体。")}</w:p></w:footnote>'
    return packed(body, WORD, ["outline"], note)


def document(content: list[tuple[str, Any]], opening: str, *, strict: bool = False) -> bytes:
    """A whole docx of one report."""
    names = list(LISTS)
    ids = {name: place + 1 for place, name in enumerate(names)}
    body = "".join(table(style) if text == "表" else paragraph(text, style, ids) for text, style in content)
    return packed(body, opening, names, strict=strict)


def packed(body: str, opening: str, names: list[str], notes: str = "", *, strict: bool = False) -> bytes:
    """The parts zipped in Word's order."""
    plain = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELS,
        "word/document.xml": f"{plain}{opening}<w:body>{body}{SECTION}</w:body></w:document>",
        "word/_rels/document.xml.rels": PART_RELS,
        "word/styles.xml": STYLES,
        "word/numbering.xml": numbering(names),
        "word/header1.xml": f'{plain}<w:hdr xmlns:w="{W}"><w:p><w:pPr><w:jc w:val="center"/></w:pPr>{run(HEADER, SMALL)}</w:p></w:hdr>',
        "word/footer1.xml": f'{plain}<w:ftr xmlns:w="{W}">{FOOTER_PARAGRAPH}</w:ftr>',
        "word/footnotes.xml": f'{plain}<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>{notes}</w:footnotes>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            if strict:
                text = text.replace(W, STRICT_W).replace(R, STRICT_R)
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()
