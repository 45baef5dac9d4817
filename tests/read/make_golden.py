"""Writes corpora/golden from our own reports. Run in development: ``python make_golden.py [--office]``.

``--office`` also makes the files that LibreOffice writes (doc, rtf, odt, html, pdf, fodt); the rest is written by hand.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from golden_docx import WORD, WPS, document, revised
from golden_formats import (
    EXPECTED_COMPARED,
    EXPECTED_LISTED,
    EXPECTED_SHEET,
    compared,
    feeds,
    listed,
    mails,
    markdowns,
    ofds,
    pages,
    sheet,
    texts,
)
from golden_reports import EXPECTED, EXPECTED_REVISED, NEWS, REPORTS

GOLDEN = Path(__file__).resolve().parents[2] / "corpora" / "golden"
OFFICE = {
    "doc": "doc:MS Word 97",
    "rtf": "rtf:Rich Text Format",
    "odt": "odt",
    "html": "html:HTML (StarWriter)",
    "pdf": "pdf",
}


def main(argv: list[str]) -> int:
    """Write all files; the paragraphs expected are beside them as text."""
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for name, content in REPORTS.items():
        (GOLDEN / f"{name}.expected.txt").write_text("\n".join(EXPECTED[name]) + "\n", encoding="utf-8")
        (GOLDEN / f"{name}.docx").write_bytes(document(content, WPS if name == "shuangta" else WORD))
        if "--office" in argv:
            _office(name)
    written = {**texts(), **pages(), **markdowns(), **mails(), **ofds(), **feeds()}
    written |= {"huizong.xlsx": sheet(), "duibi.xlsx": compared()}
    for file, data in written.items():
        (GOLDEN / file).write_bytes(data)
    (GOLDEN / "huizong.expected.txt").write_text("\n".join(EXPECTED_SHEET) + "\n", encoding="utf-8")
    (GOLDEN / "duibi.expected.txt").write_text("\n".join(EXPECTED_COMPARED) + "\n", encoding="utf-8")
    (GOLDEN / "mingxi.expected.txt").write_text("\n".join(EXPECTED_LISTED) + "\n", encoding="utf-8")
    (GOLDEN / "xinwen.expected.txt").write_text(
        "\n".join(line for each in NEWS for line in each) + "\n", encoding="utf-8"
    )
    (GOLDEN / "shiqiao.docx").write_bytes(revised())
    (GOLDEN / "shiqiao.expected.txt").write_text("\n".join(EXPECTED_REVISED) + "\n", encoding="utf-8")
    for name in ("shuangta", "shiqiao"):
        (GOLDEN / f"{name}-flat.xml").write_bytes(_flat(name))
    if "--office" in argv:
        _others()
    if "--sheets" in argv:
        _spreadsheets()
    return 0


def _others() -> None:
    """Files whose names say little: LibreOffice's docx, a doc under Kingsoft's ending, pages as pictures."""
    for name in ("qinghe", "shuangta", "maying"):
        _converted(GOLDEN / f"{name}.odt", "docx:MS Word 2007 XML", GOLDEN / f"{name}-office.docx")
        shutil.copy(GOLDEN / f"{name}.doc", GOLDEN / f"{name}.wps")
        if name != "qinghe":  # html has no lists that count in Chinese: LibreOffice loses the labels
            (GOLDEN / f"{name}.html").unlink(missing_ok=True)
    for ending in ("doc", "rtf", "odt"):
        _converted(GOLDEN / "shiqiao.docx", OFFICE[ending], GOLDEN / f"shiqiao.{ending}")
    for name in REPORTS:  # of tracked changes LibreOffice keeps the deleted text, too
        _converted(GOLDEN / f"{name}.docx", "xml:MS Word 2003 XML", GOLDEN / f"{name}-2003.xml")
    _spreadsheets()
    _scanned(GOLDEN / "maying.pdf", GOLDEN / "maying-scan.pdf")
    for ending in ("jpg", "tif", "webp"):
        _scanned(GOLDEN / "maying.pdf", GOLDEN / f"maying-scan.{ending}")


def _flat(name: str) -> bytes:
    """A docx as Word's flat OPC: every part an element of one file."""
    parts = []
    with zipfile.ZipFile(GOLDEN / f"{name}.docx") as packed:
        for part in packed.namelist():
            text = packed.read(part).decode("utf-8").partition("?>")[2]
            parts.append(f'<pkg:part pkg:name="/{part}"><pkg:xmlData>{text}</pkg:xmlData></pkg:part>')
    space = 'xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"'
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><?mso-application progid="Word.Document"?>'
    return f"{head}<pkg:package {space}>{''.join(parts)}</pkg:package>".encode()


def _spreadsheets() -> None:
    """Each workbook as xls and ods; one xlsx by LibreOffice, with the sums that it worked out."""
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder) / "mingxi.xlsx"
        own.write_bytes(listed())
        _converted(own, "ods", GOLDEN / "mingxi.ods")
    _converted(GOLDEN / "mingxi.ods", "xlsx:Calc MS Excel 2007 XML", GOLDEN / "mingxi.xlsx")
    for name in ("huizong", "duibi", "mingxi"):
        _converted(GOLDEN / f"{name}.xlsx", "xls:MS Excel 97", GOLDEN / f"{name}.xls")
        if name != "mingxi":
            _converted(GOLDEN / f"{name}.xlsx", "ods", GOLDEN / f"{name}.ods")


def _scanned(source: Path, target: Path) -> None:
    """A page as a scanner gives it: 200 dots an inch, grey, noise, a little askew; tif black and white as a fax."""
    import numpy
    import pypdfium2
    from PIL import Image

    page = pypdfium2.PdfDocument(source)[0].render(scale=200 / 72).to_pil().convert("L")
    noise = numpy.random.default_rng(7).normal(0, 10, (page.height, page.width))
    grey = Image.fromarray((numpy.asarray(page) * 0.9 + 20 + noise).clip(0, 255).astype("uint8"))
    if target.suffix == ".tif":
        grey.convert("1", dither=Image.Dither.NONE).save(target, compression="group4", dpi=(200, 200))
    else:
        grey.rotate(0.3, fillcolor=240).save(target, quality=40, resolution=200)


def _converted(source: Path, form: str, target: Path) -> None:
    soffice = shutil.which("soffice")
    if soffice is None:
        raise SystemExit("LibreOffice is not here: apt-get install libreoffice-writer-nogui fonts-noto-cjk")
    with tempfile.TemporaryDirectory() as folder:
        command = [soffice, "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", form]
        subprocess.run([*command, "--outdir", folder, str(source)], check=True, capture_output=True)
        shutil.copy(Path(folder) / f"{source.stem}.{form.split(':')[0]}", target)


def _office(name: str) -> None:
    for ending, form in OFFICE.items():
        _converted(GOLDEN / f"{name}.docx", form, GOLDEN / f"{name}.{ending}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
