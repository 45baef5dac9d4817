"""Writes corpora/samples from the labelled texts in corpora/eval/samples: python tests/samples/make.py

Development only. The pdf files need LibreOffice and a Chinese font; everything else is Python.
"""

from __future__ import annotations

import html
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from pipeline.learn.corpus import Labelled, Line, parse  # noqa: E402

LABELLED = ROOT / "corpora/eval/samples"
SAMPLES = ROOT / "corpora/samples"
FONT = "AR PL SungtiL GB"


def as_docx(report: Labelled, path: Path) -> None:
    """As Word writes it: a centred title, bold headings, indented text, real tables."""
    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.name = FONT
    normal.font.size = Pt(14)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    rows: list[Line] = []
    for number, line in enumerate([*report.lines, None]):
        if line is not None and "\t" in line.text:
            rows.append(line)
            continue
        if rows:
            table(document, rows)
            rows = []
        if line is None:
            continue
        paragraph = document.add_paragraph()
        run = paragraph.add_run(line.text)
        if number == 0:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            run.font.size = Pt(20)
        elif line.role == "closing" and len(line.text) < 30:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        else:
            paragraph.paragraph_format.first_line_indent = Pt(28)
        run.bold = line.role == "heading"
    document.core_properties.author = report.head.get("town", "")
    document.save(str(path))


def table(document: docx.document.Document, rows: list[Line]) -> None:
    """A ruled table."""
    cells = [row.text.split("\t") for row in rows]
    made = document.add_table(len(cells), max(map(len, cells)), style="Table Grid")
    for row, texts in zip(made.rows, cells, strict=True):
        for cell, text in zip(row.cells, texts, strict=False):
            cell.text = text


def as_pdf(report: Labelled, path: Path) -> None:
    """As an office exports it: through a docx."""
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / "draft.docx"
        as_docx(report, draft)
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf"]
        subprocess.run([*command, "--outdir", folder, str(draft)], check=True, capture_output=True)
        shutil.copy(draft.with_suffix(".pdf"), path)


def as_html(report: Labelled, path: Path) -> None:
    """As a county's web site wraps it: menu, article, foot."""
    title = html.escape(report.head["title"])
    body = "\n".join(f"<p>　　{html.escape(line.text)}</p>" for line in report.lines)
    path.write_text(
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>'
        "<script>var hits = 1;</script><style>p { line-height: 2 }</style></head>\n<body>\n"
        '<div class="nav"><ul><li><a href="#">首页</a></li><li><a href="#">政务公开</a></li></ul></div>\n'
        f'<div class="article">\n{body}\n</div>\n'
        '<div class="footer"><p>主办：岚川县人民政府办公室 网站标识码：0000000000</p></div>\n</body></html>\n',
        encoding="utf-8",
    )


def as_txt(report: Labelled, path: Path) -> None:
    """Plain UTF-8 with indents."""
    path.write_text("\n".join(f"　　{line.text}" for line in report.lines) + "\n", encoding="utf-8")


def as_gbk(report: Labelled, path: Path) -> None:
    """Plain GBK, Windows line ends."""
    path.write_bytes(("\r\n".join(line.text for line in report.lines) + "\r\n").encode("gb18030"))


WRITERS = {"docx": as_docx, "pdf": as_pdf, "html": as_html, "txt": as_txt, "gbk": as_gbk}


def main() -> None:
    """Every labelled sample as a file, and the files that a folder has besides: a damaged one and a lock file."""
    shutil.rmtree(SAMPLES, ignore_errors=True)
    for source in sorted(LABELLED.rglob("*.tsv")):
        if source.parent == LABELLED:
            continue
        report = parse(source.read_text(encoding="utf-8"), source.name)
        folder = SAMPLES / source.parent.name
        folder.mkdir(parents=True, exist_ok=True)
        WRITERS[report.head["format"]](report, folder / report.head["file"])
    whole = next(SAMPLES.rglob("青禾镇*.docx"))
    damaged = SAMPLES / "其他" / "石鼓岭镇2021年总结（打不开）.docx"
    damaged.write_bytes(whole.read_bytes()[:9000])
    (SAMPLES / "2023年上半年" / ("~$" + next((SAMPLES / "2023年上半年").glob("*.docx")).name)).write_bytes(
        b"\x06" + "青禾镇文书".encode("utf-16-le").ljust(161, b"\0")
    )


if __name__ == "__main__":
    main()
