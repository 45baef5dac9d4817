"""Writes corpora/golden from our own reports. Run in development: ``python make_golden.py [--office]``.

``--office`` also makes the files that LibreOffice writes (doc, rtf, odt, html, pdf, fodt); the rest is written by hand.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from golden_docx import WORD, WPS, document
from golden_reports import EXPECTED, REPORTS

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
    return 0


def _office(name: str) -> None:
    soffice = shutil.which("soffice")
    if soffice is None:
        raise SystemExit("LibreOffice is not here: apt-get install libreoffice-writer-nogui fonts-noto-cjk")
    for ending, form in OFFICE.items():
        with tempfile.TemporaryDirectory() as folder:
            command = [soffice, "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", form]
            subprocess.run(
                [*command, "--outdir", folder, str(GOLDEN / f"{name}.docx")], check=True, capture_output=True
            )
            shutil.copy(Path(folder) / f"{name}.{ending}", GOLDEN / f"{name}.{ending}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
