"""The floor: the text of each docx and its words, and nothing else done.

usage: floor.py FOLDER
"""

from __future__ import annotations

import re
import sys
import zipfile
from pathlib import Path

TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")


def main() -> None:
    """Print how many words the docx files below a folder have."""
    import rjieba

    words = 0
    for path in sorted(Path(sys.argv[1]).rglob("*.docx")):
        with zipfile.ZipFile(path) as opened:
            xml = opened.read("word/document.xml").decode("utf-8")
        words += len(rjieba.cut("".join(TEXT.findall(xml))))
    print(words)


if __name__ == "__main__":
    main()
