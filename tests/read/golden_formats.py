# ruff: noqa: E501 (XML and html as they are written)
"""The golden reports in the formats that are written by hand: text, html, markdown, mail, ofd, spreadsheets."""

from __future__ import annotations

import base64
import io
import quopri
import zipfile
from xml.sax.saxutils import escape

from golden_reports import EXPECTED, HEADER, REPORTS

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
