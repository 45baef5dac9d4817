"""How fast facts are found, on texts beside the checkout or on a folder of .txt files.

usage: python tests/bench/facts.py [FOLDER]    (prints characters, facts, seconds of CPU time, best of five)
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from pipeline import settings  # noqa: E402
from pipeline.annotate import facts, honours, quantities, signs  # noqa: E402
from pipeline.model import FactContext, Units  # noqa: E402

ROUNDS = 5


def main(folder: Path) -> int:
    """Measure each part on every paragraph below the folder; returns the exit code."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.txt"))]
    lines = [line.strip() for text in texts for line in text.splitlines() if line.strip()]
    if not lines:
        print(f"{folder}: 没有 .txt 文件 (no texts)", file=sys.stderr)
        return 2
    units = settings.load(Units, ROOT / "configs/units.yaml")
    context = FactContext()
    parts: dict[str, Callable[[str], int]] = {
        "quantities": lambda line: len(quantities.find(signs.half_width(line), units)),
        "facts": lambda line: len(facts.find(line, context, units)),
        "honours": lambda line: len(honours.find(line)),
    }
    size = sum(map(len, lines))
    print(f"{len(texts)} texts, {len(lines)} paragraphs, {size} characters; CPU seconds, best of {ROUNDS}")
    print(f"{'part':12}{'found':>8}{'seconds':>10}{'M chars/s':>12}")
    for name, count in parts.items():
        found, seconds = _best(count, lines)
        print(f"{name:12}{found:>8}{seconds:>10.3f}{size / seconds / 1e6:>12.2f}")
    return 0


def _best(count: Callable[[str], int], lines: list[str]) -> tuple[int, float]:
    best, found = float("inf"), 0
    for _ in range(ROUNDS):
        before = time.process_time()
        found = sum(count(line) for line in lines)
        best = min(best, time.process_time() - before)
    return found, best


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared/real/city_reports/txt"))
