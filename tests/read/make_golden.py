"""Writes corpora/golden from our own reports. Run in development: ``python make_golden.py [--office]``.

``--office`` also makes the files that LibreOffice writes (doc, rtf, odt, html, pdf, fodt); the rest is written by hand.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from golden_docx import WORD, WPS, document, revised
from golden_formats import EXPECTED_SHEET, mails, markdowns, ofds, pages, sheet, texts
from golden_reports import EXPECTED, EXPECTED_REVISED, REPORTS

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
    written = {**texts(), **pages(), **markdowns(), **mails(), **ofds(), "huizong.xlsx": sheet()}
    for file, data in written.items():
        (GOLDEN / file).write_bytes(data)
    (GOLDEN / "huizong.expected.txt").write_text("\n".join(EXPECTED_SHEET) + "\n", encoding="utf-8")
    (GOLDEN / "shiqiao.docx").write_bytes(revised())
    (GOLDEN / "shiqiao.expected.txt").write_text("\n".join(EXPECTED_REVISED) + "\n", encoding="utf-8")
    if "--office" in argv:
        _others()
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
    _converted(GOLDEN / "huizong.xlsx", "xls:MS Excel 97", GOLDEN / "huizong.xls")
    _converted(GOLDEN / "huizong.xlsx", "ods", GOLDEN / "huizong.ods")
    _scanned(GOLDEN / "maying.pdf", GOLDEN / "maying-scan.pdf")
    _scanned(GOLDEN / "maying.pdf", GOLDEN / "maying-scan.jpg")


def _scanned(source: Path, target: Path) -> None:
    """A page as a scanner gives it: 200 dots an inch, grey, noise, a little askew."""
    import numpy
    import pypdfium2
    from PIL import Image

    page = pypdfium2.PdfDocument(source)[0].render(scale=200 / 72).to_pil().convert("L")
    noise = numpy.random.default_rng(7).normal(0, 10, (page.height, page.width))
    grey = Image.fromarray((numpy.asarray(page) * 0.9 + 20 + noise).clip(0, 255).astype("uint8"))
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
