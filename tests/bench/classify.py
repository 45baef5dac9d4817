"""How fast roles and topics are decided, features included, on one core.

usage: python tests/bench/classify.py [FOLDER]    (CPU time, best of five; and what loading takes)
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from pipeline import read, settings, structure  # noqa: E402
from pipeline.annotate import classify, vectors  # noqa: E402
from pipeline.annotate.cues import cues_of  # noqa: E402
from pipeline.annotate.words import cutter, with_words  # noqa: E402
from pipeline.model import Source  # noqa: E402

ROUNDS = 5


def main(folder: Path) -> int:
    """Measure on every report below the folder; returns the exit code."""
    configured = settings.everything(None)
    cut = cutter(configured.words)
    cues = cues_of(configured.categories, cut)
    reports = []
    for path in sorted(folder.rglob("*.txt")):
        document = read.read_bytes(path.read_bytes(), path.name, Source(path.name, ""), configured.reading)
        reports += [with_words(report, cut) for report in structure.split(document, configured.places)[0]]
    count = sum(len(report.paragraphs) for report in reports)
    if not count:
        print(f"{folder}: 没有 .txt 文件 (no texts)", file=sys.stderr)
        return 2
    began = time.process_time()
    model = classify.load()
    vectors.load()
    loaded = time.process_time() - began
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.process_time()
        for report in reports:
            classify.labels(model, report, cues)
        best = min(best, time.process_time() - began)
    size = (classify.SHIPPED.stat().st_size + vectors.SHIPPED.stat().st_size) / 1e6
    print(f"{len(reports)} reports, {count} paragraphs, {best:.3f} s: {count / best:.0f} paragraphs a second")
    print(f"model and vectors: {size:.1f} MB, loaded in {loaded:.3f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared/real/city_reports/txt"))
