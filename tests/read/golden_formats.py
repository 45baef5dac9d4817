# ruff: noqa: E501 (XML and html as they are written)
"""The golden reports in the formats that are written by hand: text, html, markdown, mail, ofd, spreadsheets."""

from __future__ import annotations

import base64
import io
import quopri
import zipfile
from xml.sax.saxutils import escape

from golden_reports import EXPECTED, HEADER, NEWS, REPORTS

COLUMNS = 60  # of a wrapped line; a Han character takes two
MM = 5.5  # millimetres of a character in the ofd
SHEET = [
    ["乡镇", "集中学习（次）", "宣讲（场）", "投稿（篇）", "采用率"],
    ["青禾乡", 6, 58, 136, 0.419],
    ["双塔镇", 8, 44, 98, 0.5],
    ["马营乡", 5, 37.5, 120, 0.333],
]
EXPECTED_SHEET = [
    "上半年汇总",
    "乡镇\t集中学习（次）\t宣讲（场）\t投稿（篇）\t采用率",
    "青禾乡\t6\t58\t136\t41.9%",
    "双塔镇\t8\t44\t98\t50.0%",
    "马营乡\t5\t37.5\t120\t33.3%",
]


def texts() -> dict[str, bytes]:
    """Plain text in three encodings, one hard-wrapped."""
    wrapped = "\r\n".join("\r\n".join(_wrapped("　　" + line)) for line in EXPECTED["qinghe"])
    return {
        "qinghe-gbk.txt": "\r\n".join("　　" + line for line in EXPECTED["qinghe"]).encode("gb18030"),
        "qinghe-wrapped.txt": wrapped.encode("utf-8"),
        "shuangta-utf16.txt": ("\ufeff" + "\r\n".join(EXPECTED["shuangta"])).encode("utf-16-le"),
        "maying-utf8.txt": ("\n\n".join(EXPECTED["maying"]) + "\n").encode("utf-8"),
    }


def _wrapped(line: str) -> list[str]:
    """Cut as a mail program cuts: a closing sign never begins a line."""
    rows = [""]
    columns = 0
    for sign in line:
        wide = 1 + (sign > "\u2e7f" or sign in "“”")
        if columns + wide > COLUMNS and sign not in "，。、；：”）！？%":
            rows.append("")
            columns = 0
        rows[-1] += sign
        columns += wide
    return rows


def pages() -> dict[str, bytes]:
    """Html: as Word saves lists, as a site frames an article, as an old editor lays it out in tables."""
    return {
        "shuangta-word.html": _word_page().encode("gb18030"),
        "maying-site.html": _site_page().encode("utf-8"),
        "qinghe-layout.html": _layout_page().encode("gb18030"),
    }


def _word_page() -> str:
    out = []
    for text, style in REPORTS["shuangta"]:
        if text == "表":
            rows = "".join(
                "<tr>"
                + "".join(
                    f"<td width=138 valign=top><p class=MsoNormal><span lang=EN-US>{cell}<o:p></o:p></span></p></td>"
                    for cell in row
                )
                + "</tr>"
                for row in style
            )
            out.append(f"<table class=MsoTableGrid border=1 cellspacing=0>{rows}</table>")
        elif style and style.startswith("n:"):
            label = next(line for line in EXPECTED["shuangta"] if line.endswith(text))[: -len(text)]
            out.append(
                f"<p class=MsoListParagraph style='margin-left:32.0pt;text-indent:-32.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]>"
                f"<span style='mso-bidi-font-family:宋体'><span style='mso-list:Ignore'>{label}<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span></span><![endif]>{text}<span lang=EN-US><o:p></o:p></span></p>"
            )
        else:
            out.append(f"<p class=MsoNormal style='text-indent:32.0pt'><span\nlang=EN-US>{text}</span><o:p></o:p></p>")
    bullet = "<p class=MsoNormal style='display:none'>草稿</p>"
    return (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta http-equiv=Content-Type content="text/html; charset=gb2312">'
        f"<style><!-- p.MsoNormal {{margin:0}} --></style><title>报告</title></head><body lang=ZH-CN>{bullet}{''.join(out)}</body></html>"
    )


def _site_page() -> str:
    article = "".join(f"<p>&emsp;&emsp;{line}</p>\n" for line in EXPECTED["maying"][1:])
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{EXPECTED["maying"][0]}_马营乡人民政府</title>
<script>var a = "<p>不是正文</p>";</script></head><body>
<div class="top"><a href="/">网站首页</a> <a href="/zwgk">政务公开</a> <a href="/hd">互动交流</a></div>
<ul class="menu"><li><a href="/a">乡镇概况</a></li><li><a href="/b">通知公告</a></li></ul>
<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk">政务公开</a> &gt; 正文</div>
<h1>{EXPECTED["maying"][0]}</h1>
<div class="info"><span>来源：马营乡党政办</span> <span>发布时间：2023-03-02</span> <span>浏览次数：87次</span></div>
<div class="article">{article}</div>
<div class="pn"><p>上一篇：<a href="/1">马营乡2022年工作总结</a></p><p>下一篇：没有了</p></div>
<div class="foot">主办单位：马营乡人民政府 备案号 版权所有</div></body></html>"""


def _layout_page() -> str:
    body = "<br>\n".join("　　" + line for line in EXPECTED["qinghe"])
    return (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gbk"></head><body><table width=980><tr><td>'
        f"<table width=960><tr><td><div>{body}</div></td></tr></table></td></tr></table></body></html>"
    )


def markdowns() -> dict[str, bytes]:
    """Markdown: labels in the text, a table with its rule."""
    out = {}
    for name, lines in EXPECTED.items():
        rows = []
        for place, line in enumerate(lines):
            if "\t" in line:
                rows.append("| " + " | ".join(line.split("\t")) + " |")
                if "\t" not in lines[place - 1]:
                    rows.append("|" + "---|" * line.count("\t") + "---|")
            else:
                rows.append(("# " if place == 0 else "\n") + line)
        out[f"{name}.md"] = ("\n".join(rows) + "\n").encode("utf-8")
    return out


def mails() -> dict[str, bytes]:
    """Saved mail and saved web pages."""
    subject = "=?GB2312?B?" + base64.b64encode("报送总结".encode("gb2312")).decode("ascii") + "?="
    head = f"From: clerk@example.com\r\nTo: office@example.com\r\nSubject: {subject}\r\nMIME-Version: 1.0\r\n".encode(
        "ascii"
    )
    plain = base64.encodebytes("\r\n".join(EXPECTED["qinghe"]).encode("gb18030"))
    quoted = quopri.encodestring(_word_page().encode("gb18030"))
    flowing = quopri.encodestring("\n".join(EXPECTED["maying"]).encode("utf-8"))
    out = {
        "qinghe.eml": head + b'Content-Type: text/plain; charset="GB2312"\r\nContent-Transfer-Encoding: base64\r\n\r\n' + plain,
        "shuangta.eml": head
        + b'Content-Type: multipart/alternative; boundary="=_b1"\r\n\r\n--=_b1\r\nContent-Type: text/html; charset="gb2312"\r\n'
        + b"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + quoted + b"\r\n--=_b1--\r\n",
        "maying.eml": head + b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + flowing,
    }  # fmt: skip
    saved = {"qinghe": _layout_page(), "shuangta": _word_page(), "maying": _site_page().replace("utf-8", "gb2312")}
    for name, page in saved.items():
        out[f"{name}.mht"] = (
            b'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="----=_N"\r\n\r\n------=_N\r\n'
            b'Content-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: file:///C:/a.htm\r\n\r\n'
            + quopri.encodestring(page.encode("gb18030")) + b"\r\n------=_N\r\nContent-Type: image/gif\r\nContent-Transfer-Encoding: base64\r\n\r\nR0lGODlhAQABAAAAACw=\r\n------=_N--\r\n"
        )  # fmt: skip
    return out


OFD = "http://www.ofdspec.org/2016"


def ofds() -> dict[str, bytes]:
    """Ofd by GB/T 33190; the second with absolute paths, the third with relative ones that climb and another prefix."""
    return {
        "qinghe.ofd": _ofd(EXPECTED["qinghe"], "ofd", "Doc_0/"),
        "maying.ofd": _ofd(EXPECTED["maying"], "ofd", "/Doc_0/"),
        "maying-climbing.ofd": _ofd(EXPECTED["maying"], "x", "Doc_0/../Doc_0/"),
    }


def _ofd(lines: list[str], prefix: str, root: str) -> bytes:
    rows = [row for place, line in enumerate(lines) for row in _ofd_rows(line, is_title=place == 0)]
    sheets = [rows[start : start + 28] for start in range(0, len(rows), 28)]
    space = f'xmlns:{prefix}="{OFD}"'
    tag = prefix + ":"
    parts = {
        "OFD.xml": f'<?xml version="1.0" encoding="UTF-8"?><{tag}OFD {space} Version="1.0" DocType="OFD"><{tag}DocBody><{tag}DocInfo/><{tag}DocRoot>{root}Document.xml</{tag}DocRoot></{tag}DocBody></{tag}OFD>',
        "Doc_0/Document.xml": f'<?xml version="1.0" encoding="UTF-8"?><{tag}Document {space}><{tag}CommonData><{tag}PageArea><{tag}PhysicalBox>0 0 210 297</{tag}PhysicalBox></{tag}PageArea></{tag}CommonData><{tag}Pages>'
        + "".join(
            f'<{tag}Page ID="{place + 1}" BaseLoc="Pages/Page_{place}/Content.xml"/>' for place in range(len(sheets))
        )
        + f"</{tag}Pages></{tag}Document>",
    }
    for place, sheet in enumerate(sheets):
        objects = [_ofd_text(tag, HEADER, 75.0, 12.0, 3.5), _ofd_text(tag, f"- {place + 1} -", 100.0, 285.0, 3.5)]
        objects += [_ofd_text(tag, text, x, 30.0 + 8.5 * row, MM) for row, (text, x) in enumerate(sheet)]
        parts[f"Doc_0/Pages/Page_{place}/Content.xml"] = (
            f'<?xml version="1.0" encoding="UTF-8"?><{tag}Page {space}><{tag}Content><{tag}Layer>{"".join(objects)}</{tag}Layer></{tag}Content></{tag}Page>'
        )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _ofd_rows(line: str, *, is_title: bool) -> list[tuple[str, float]]:
    """A paragraph as rows of the page: indented by two characters, 28 in a full row; a title centred."""
    if is_title:
        return [(line, 105 - len(line) * MM / 2)]
    rows = [(line[:26], 28 + 2 * MM)]
    rest = line[26:]
    while rest:
        rows.append((rest[:28], 28))
        rest = rest[28:]
    return rows


def _ofd_text(tag: str, text: str, x: float, y: float, size: float) -> str:
    deltas = f' DeltaX="g {len(text) - 1} {size}"' if len(text) > 1 else ""
    return (
        f'<{tag}TextObject Boundary="{x:.3f} {y:.3f} {size * len(text):.3f} {size + 1:.3f}" Font="2" Size="{size}">'
        f'<{tag}TextCode X="0" Y="{size:.3f}"{deltas}>{escape(text)}</{tag}TextCode></{tag}TextObject>'
    )


COMPARED = [
    ("投稿对比", [["各乡镇投稿情况对比表"], ["乡镇", "2021年", "2022年", "增幅", "填报日期"],
                  ["青禾乡", 98, 136, 0.3878, 45112], ["双塔镇", 80, 98, 0.225, 45113], ["马营乡", 0, 120, "", 45114]]),
    ("经费", [["项目", "金额（万元）", "是否完成"], ["文化广场", 26.8, True], ["农家书屋", 3.05, False]]),
]  # fmt: skip
EXPECTED_COMPARED = [
    "投稿对比",
    "各乡镇投稿情况对比表",
    "乡镇\t2021年\t2022年\t增幅\t填报日期",
    "青禾乡\t98\t136\t38.78%\t2023-07-05",
    "双塔镇\t80\t98\t22.50%\t2023-07-06",
    "马营乡\t0\t120\t\t2023-07-07",
    "经费",
    "项目\t金额（万元）\t是否完成",
    "文化广场\t26.8\t是",
    "农家书屋\t3.05\t否",
]
LISTED = [["序号", "活动名称", "地点", "场次", "参与人次"], [1, "春节联欢会", "乡文化站", 1, 800],
          [2, "送戏下乡", "青禾村、塘湾村、石桥村", 6, 2400], [3, "公益电影", "", 54, 5120],
          ["", "合计", "", 61, 8320]]  # fmt: skip
EXPECTED_LISTED = ["活动明细", *("\t".join(map(str, row)).strip("\t") for row in LISTED)]


def compared() -> bytes:
    """Two sheets by hand as WPS writes them: shared strings with runs and readings, a merged title, dates, truth values."""
    strings: list[str] = []
    sheets = [_sheet_xml(rows, strings) for _, rows in COMPARED]
    items = "".join(
        f'<si><r><t>{escape(text[:1])}</t></r><r><rPr><b/></rPr><t xml:space="preserve">{escape(text[1:])}</t></r>'
        '<rPh sb="0" eb="1"><t>读音</t></rPh></si>' if number == 1 else f"<si><t>{escape(text)}</t></si>"
        for number, text in enumerate(strings)
    )  # fmt: skip
    space = f'xmlns="{MAIN}"'
    named = "".join(f'<sheet name="{title}" sheetId="{n}" r:id="rId{n}"/>' for n, (title, _) in enumerate(COMPARED, 1))
    targets = "".join(
        f'<Relationship Id="rId{n}" Type="{REL}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACK}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{SHEETS}.sheet.main+xml"/>'
        + "".join(f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{SHEETS}.worksheet+xml"/>' for n in (1, 2))
        + f'<Override PartName="/xl/styles.xml" ContentType="{SHEETS}.styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{SHEETS}.sharedStrings+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACK}/relationships"><Relationship Id="rId1" Type="{REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {space} xmlns:r="{REL}"><sheets>{named}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACK}/relationships">{targets}'
        f'<Relationship Id="rId8" Type="{REL}/styles" Target="styles.xml"/><Relationship Id="rId9" Type="{REL}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet {space}><numFmts count="1"><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/></numFmts>'
        '<fonts count="1"><font><sz val="11"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="10" applyNumberFormat="1"/><xf numFmtId="176" applyNumberFormat="1"/></cellXfs></styleSheet>',
        "xl/sharedStrings.xml": f"<sst {space}>{items}</sst>",
        **{f"xl/worksheets/sheet{n}.xml": text for n, text in enumerate(sheets, 1)},
    }  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            text = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' + text
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACK = "http://schemas.openxmlformats.org/package/2006"
SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def _sheet_xml(rows: list[list[object]], strings: list[str]) -> str:
    out = []
    for number, row in enumerate(rows, 1):
        cells = []
        for column, value in enumerate(row):
            place = f'r="{"ABCDEFG"[column]}{number}"'
            if isinstance(value, bool):
                cells.append(f'<c {place} t="b"><v>{int(value)}</v></c>')
            elif isinstance(value, str):
                if value:
                    strings.append(value)
                    cells.append(f'<c {place} t="s"><v>{len(strings) - 1}</v></c>')
            else:
                style = ' s="1"' if isinstance(value, float) and value < 1 else ' s="2"' if value > 40_000 else ""
                cells.append(f"<c {place}{style}><v>{value}</v></c>")
        out.append(f'<row r="{number}">{"".join(cells)}</row>')
    merged = '<mergeCells count="1"><mergeCell ref="A1:E1"/></mergeCells>' if len(rows[0]) == 1 else ""
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(out)}</sheetData>{merged}</worksheet>'


def listed() -> bytes:
    """A list of activities with a column of sums, for LibreOffice to write anew."""
    from openpyxl import Workbook

    book = Workbook()
    page = book.active
    page.title = EXPECTED_LISTED[0]
    for row in LISTED:
        page.append([None if value == "" else value for value in row])
    page["D5"] = "=SUM(D2:D4)"
    page["E5"] = "=SUM(E2:E4)"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def feeds() -> dict[str, bytes]:
    """The same news as RSS 2.0 with escaped html, as Atom with xhtml, as RSS 1.0 in GB 18030."""
    (site, *entries) = NEWS
    rss = "".join(
        f"<item><title>{title}</title><link>http://example.com/{n}</link><description>摘要</description>"
        f"<content:encoded><![CDATA[{''.join(f'<p>　　{line}</p>' for line in lines)}<script>x</script>]]></content:encoded></item>"
        for n, (title, *lines) in enumerate(entries)
    )
    atom = "".join(
        f'<entry><title>{title}</title><id>urn:{n}</id><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">'
        f"{''.join(f'<p>{line}</p>' for line in lines)}</div></content></entry>"
        for n, (title, *lines) in enumerate(entries)
    )
    rdf = "".join(
        f'<item rdf:about="http://example.com/{n}"><title>{title}</title><description>{escape("<br>".join(lines))}</description></item>'
        for n, (title, *lines) in enumerate(entries)
    )
    return {
        "xinwen-rss.xml": (
            '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
            f"<channel><title>{site[0]}</title><link>http://example.com/</link>{rss}</channel></rss>"
        ).encode(),
        "xinwen-atom.atom": (
            '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
            f"<title>{site[0]}</title><id>urn:x</id>{atom}</feed>"
        ).encode(),
        "xinwen-rdf.rss": (
            '<?xml version="1.0" encoding="gb2312"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
            f'xmlns="http://purl.org/rss/1.0/"><channel><title>{site[0]}</title></channel>{rdf}</rdf:RDF>'
        ).encode("gb18030"),
    }  # fmt: skip


def sheet() -> bytes:
    """A small workbook with a share, written with openpyxl."""
    from openpyxl import Workbook

    book = Workbook()
    page = book.active
    page.title = "上半年汇总"
    for row in SHEET:
        page.append(row)
    for row in page.iter_rows(min_row=2, min_col=5):
        for cell in row:
            cell.number_format = "0.0%"
    hidden = book.create_sheet("草稿")
    hidden.append(["不报", 1])
    hidden.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
