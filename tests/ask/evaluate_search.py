"""Search and suggestions on judged passages: nDCG, and beside them what else one would use."""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SET = ROOT / "corpora" / "eval" / "search"


def judged(name: str, whole: bool = False) -> list[dict]:  # type: ignore[type-arg]
    """Queries or drafts with their judged passages: [[grade 0-2, text], …].

    ``whole`` adds what a second judge graded of the larger collection.
    """
    rows = [json.loads(line) for line in (SET / name).read_text(encoding="utf-8").splitlines()]
    if whole:
        more = judged(name.replace(".", "_more."))
        rows = [row | {"judged": row["judged"] + added["judged"]} for row, added in zip(rows, more, strict=True)]
    return rows


def ndcg(ranked: Iterable[str], grades: dict[str, int], depth: int) -> float:
    """Gain 2^grade - 1, discounted by log2(rank + 1); what was not judged counts as nothing."""
    gain = sum((2 ** grades.get(text, 0) - 1) / math.log2(n + 2) for n, text in enumerate(list(ranked)[:depth]))
    best = sum(
        (2**grade - 1) / math.log2(n + 2) for n, grade in enumerate(sorted(grades.values(), reverse=True)[:depth])
    )
    return gain / best if best else 1.0


def collection(whole: bool = False) -> list[str]:
    """The reports that were there when the passages were judged."""
    return (SET / ("collection_more.txt" if whole else "collection.txt")).read_text(encoding="utf-8").split()


def search_score(base: sqlite3.Connection, whole: bool = False) -> tuple[float, list[tuple[float, str]]]:
    """Mean nDCG@10, and each query's, the worst first."""
    from pipeline import settings
    from pipeline.annotate.words import cutter
    from pipeline.ask.search import search
    from pipeline.model import Synonyms

    synonyms = settings.question_table(Synonyms, "synonyms.yaml")
    cut = cutter(settings.everything().words)
    each = []
    for row in judged("queries.jsonl", whole):
        grades = {text: grade for grade, text in row["judged"]}
        found = search(base, row["query"], cut, 10, synonyms=synonyms)
        each.append((ndcg((hit.text for hit in (*found.hits, *found.near)), grades, 10), row["query"]))
    return sum(score for score, _ in each) / len(each), sorted(each)


def main(path: str, whole: bool) -> None:
    """Print the figures of a dataset made of the collection (``whole``: of the larger one)."""
    from pipeline.store.database import open_read_only

    base = open_read_only(Path(path))
    mean, each = search_score(base, whole)
    print(f"search: nDCG@10 {mean:.3f} over {len(each)} queries; worst: {[(round(s, 2), q) for s, q in each[:16]]}")
    if (SET / "drafts.jsonl").is_file():
        import baselines

        for name, score in baselines.table(base, judged("drafts.jsonl", whole)):
            print(f"suggestions: {name}: nDCG@5 {score:.3f}")


if __name__ == "__main__":
    import sys

    sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]
    main(sys.argv[1], "whole" in sys.argv[2:])
