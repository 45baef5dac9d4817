"""Speed of search and suggestions on a large made-up dataset: ``python tests/bench/search.py [PARAGRAPHS] [DB]``."""

from __future__ import annotations

import random
import re
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))


def main() -> None:
    from generate import make, sentences

    from pipeline import settings
    from pipeline.annotate.words import cutter
    from pipeline.ask.search import search
    from pipeline.model import Synonyms
    from pipeline.store.database import open_read_only

    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    path = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(tempfile.mkdtemp()) / "bench.db"
    if not path.is_file():
        began = time.perf_counter()
        make(path, count).close()
        print(f"made {count} paragraphs in {time.perf_counter() - began:.1f} s, {path.stat().st_size >> 20} MB")
    base = open_read_only(path)
    synonyms = settings.question_table(Synonyms, "synonyms.yaml")
    cut = cutter()
    random_ = random.Random(5)
    known = [text for _, _, text in sentences()]
    queries = []
    while len(queries) < 300:
        words = [w for w in cut(random_.choice(known)) if re.fullmatch(r"[一-龥]{2,6}", w)]
        if len(words) > 1:
            queries.append(" ".join(random_.sample(words, 2)))
    spent, totals = [], []
    search(base, queries[0], cut, synonyms=synonyms)
    for query in queries:
        began = time.perf_counter()
        found = search(base, query, cut, synonyms=synonyms)
        spent.append((time.perf_counter() - began) * 1000)
        totals.append(found.total)
    spent.sort()
    print(
        f"two words with facets: p50 {spent[len(spent) // 2]:.2f} ms, p95 {spent[int(len(spent) * 0.95)]:.2f} ms, max {spent[-1]:.1f} ms; median hits {sorted(totals)[150]}, max {max(totals)}"  # noqa: E501
    )
    _suggestions(base, cut, random_.sample(known, 60))
    _copies(path)


def _suggestions(base, cut, texts) -> None:
    from pipeline import settings
    from pipeline.ask.suggest import Wanted, suggest
    from pipeline.model import Wording

    wording = settings.question_table(Wording, "wording.yaml")
    spent = []
    for text in texts:
        began = time.perf_counter()
        suggest(base, Wanted(text, tuple(cut(text)), "", "achievement"), wording, None, None, 5, everyone=True)
        spent.append((time.perf_counter() - began) * 1000)
    spent.sort()
    print(f"suggestions for a sentence: p50 {spent[30]:.1f} ms, p95 {spent[57]:.1f} ms")


def _copies(path: Path) -> None:
    from pipeline.engine import copies
    from pipeline.store.database import create

    base = create(path)
    began = time.process_time()
    found = copies.find(base)
    print(f"near-copies of all: {found} pairs in {time.process_time() - began:.1f} s of processor time")
    base.close()


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main()
