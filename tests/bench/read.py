"""Reading, CPU per document beside what a user would pick instead, on the same files in one run, as ratios.

usage: read.py [--times N]

docx: beside python-docx (paragraphs and table cells). pdf: a page with text, beside pdfplumber's ``extract_text``, and
beside pdfium's bare text, the floor. doc: absolute. Files: corpora/golden, and ../shared where it is there. Each
contestant reads all files in turn; the median of the rounds counts. It prints; it never fails for being slow.
"""

from __future__ import annotations

import argparse
import io
import logging
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from pipeline.errors import ReadError  # noqa: E402
from pipeline.model import ReadOptions, Source  # noqa: E402
from pipeline.read import read_bytes  # noqa: E402

SHARED = ROOT.parent / "shared"
GOLDEN = ROOT / "corpora" / "golden"
OPTIONS = ReadOptions(ocr=False)
Reading = Callable[[bytes, str], object]


def ours(data: bytes, name: str) -> object:
    """Our reader, whatever the format."""
    return read_bytes(data, name, Source(name, ""), OPTIONS)


def python_docx(data: bytes, name: str) -> object:
    """Paragraphs and cells, as the short script takes them."""
    import docx

    opened = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in opened.paragraphs] + cells


def pdfplumber_text(data: bytes, name: str) -> object:
    """The text of every page."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as opened:
        return [page.extract_text() for page in opened.pages]


def pdfium_text(data: bytes, name: str) -> object:
    """pdfium's own text, nothing done with it."""
    import pypdfium2

    opened = pypdfium2.PdfDocument(data)
    texts = [page.get_textpage().get_text_range() for page in opened]
    opened.close()
    return texts


def files(*patterns: str) -> list[tuple[str, bytes]]:
    """Name and bytes of the golden files and those beside the checkout that our reader takes."""
    found = [path for pattern in patterns for path in sorted(GOLDEN.glob(pattern)) if "scan" not in path.name]
    if SHARED.is_dir():
        places = [SHARED / "real" / "city_reports" / "docx", *(path for path in (SHARED / "robust").iterdir())]
        found += [path for place in places for pattern in patterns for path in sorted(place.glob(pattern))]
    taken = []
    for path in found:
        data = path.read_bytes()
        try:
            ours(data, path.name)
        except ReadError:
            continue
        taken.append((path.name, data))
    return taken


def pages_of(data: bytes) -> int:
    """How many pages; 0 when the file is no pdf of plain text pages (ruled tables go through pdfplumber in both)."""
    import pypdfium2

    from pipeline.read.pdf_page import page

    opened = pypdfium2.PdfDocument(data)
    read = [page(opened, index) for index in range(len(opened))]
    opened.close()
    return len(read) if all(one.lines and not one.is_ruled for one in read) else 0


def cost(reading: Reading, taken: Sequence[tuple[str, bytes]]) -> float:
    """CPU seconds of reading all files once."""
    began = time.process_time()
    for name, data in taken:
        reading(data, name)
    return time.process_time() - began


def medians(contestants: dict[str, Reading], taken: Sequence[tuple[str, bytes]], times: int) -> dict[str, float]:
    """Median CPU seconds of all files, contestants in turn, after one round that only warms caches."""
    rounds = [{name: cost(reading, taken) for name, reading in contestants.items()} for _ in range(times + 1)]
    return {name: statistics.median(each[name] for each in rounds[1:]) for name in contestants}


def line(told: str, count: int, costs: dict[str, float], unit: str) -> None:
    """One block of the table: milliseconds a unit and the ratio to each other contestant."""
    own = costs["zongjie"]
    print(f"{told}, {count} {unit}s")
    for name, seconds in costs.items():
        print(f"  {name:24} {1000 * seconds / count:8.2f} ms a {unit}   ours / this {own / seconds:6.3f}")


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--times", type=int, default=5, metavar="N")
    times = max(1, arguments.parse_args().times)
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    taken = files("*.docx")
    line("docx", len(taken), medians({"zongjie": ours, "python-docx": python_docx}, taken, times), "document")
    pdfs = [(each, pages) for each in files("*.pdf") if (pages := pages_of(each[1]))]
    contestants = {"zongjie": ours, "pdfplumber": pdfplumber_text, "pdfium, bare text": pdfium_text}
    line("pdf", sum(pages for _, pages in pdfs), medians(contestants, [each for each, _ in pdfs], times), "page")
    taken = files("*.doc", "*.wps")
    line("doc", len(taken), medians({"zongjie": ours}, taken, times), "document")


if __name__ == "__main__":
    main()
