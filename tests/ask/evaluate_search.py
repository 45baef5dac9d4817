"""Search and suggestions on judged passages: nDCG, and beside them what else one would use."""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import mean
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
SET = ROOT / "corpora" / "eval" / "search"


def judged(name: str, whole: bool = False) -> list[dict]:  # type: ignore[type-arg]
    """Queries or drafts with their judged passages: [[grade 0-2, text], …].

    ``whole`` adds what later judges graded of the larger collection; the last ``fourth`` of a row by the fourth look.
    """
    rows = [json.loads(line) for line in (SET / name).read_text(encoding="utf-8").splitlines()]
    if whole:
        more = judged(name.replace(".", "_more."))
        rows = [
            added | row | {"judged": row["judged"] + added["judged"]} for row, added in zip(rows, more, strict=True)
        ]
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


def graded(base: sqlite3.Connection, name: str, fourth: bool = True) -> list[dict[str, int]]:
    """For each query or draft the grades of the passages that stand in this dataset, whoever judged them.

    Both files are graded on one scale, so that what was judged in the larger collection counts in the smaller one too.
    Without ``fourth`` the grades before the fourth look, which older floors were measured with.
    """
    there = {text for (text,) in map(tuple, base.execute("SELECT text FROM paragraph"))}
    rows = [
        row["judged"][: len(row["judged"]) - (0 if fourth else row.get("fourth", 0))]
        for row in judged(name, whole=True)
    ]
    return [{text: grade for grade, text in pairs if text in there} for pairs in rows]


class Score(NamedTuple):
    """Mean nDCG (what nobody judged counts as nothing), the same of the judged passages only, share of the unjudged."""

    ndcg: float
    judged_only: float
    unjudged: float
    odd: float  # nDCG of the odd lines: the development half
    even: float


def score(ranked: Sequence[Sequence[str]], grades: Sequence[dict[str, int]], depth: int) -> Score:
    """The score of rankings; for ``judged_only`` they should be longer than ``depth``."""
    each = [ndcg(texts, known, depth) for texts, known in zip(ranked, grades, strict=True)]
    told = [ndcg([t for t in texts if t in known], known, depth) for texts, known in zip(ranked, grades, strict=True)]
    new = [text not in known for texts, known in zip(ranked, grades, strict=True) for text in texts[:depth]]
    return Score(mean(each), mean(told), sum(new) / max(1, len(new)), mean(each[::2]), mean(each[1::2]))


def search_score(base: sqlite3.Connection, fourth: bool = True) -> Score:
    """How good the first ten are for the judged queries."""
    from pipeline import settings
    from pipeline.annotate.words import cutter
    from pipeline.ask.search import search
    from pipeline.model import Synonyms

    synonyms = settings.question_table(Synonyms, "synonyms.yaml")
    cut = cutter(settings.everything().words)
    found = [search(base, row["query"], cut, 20, synonyms=synonyms) for row in judged("queries.jsonl")]
    ranked = [[hit.text for hit in each.shown] for each in found]
    return score(ranked, graded(base, "queries.jsonl", fourth), 10)


def main(path: str) -> None:
    """Print the figures of a dataset made of a collection."""
    import baselines

    from pipeline.store.database import open_read_only

    base = open_read_only(Path(path))
    rows = [("search", 10, search_score(base))]
    rows += [(f"suggestions: {name}", 5, each) for name, each in baselines.table(base)]
    for name, depth, each in rows:
        print(
            f"{name}: nDCG@{depth} {each.ndcg:.3f} (odd {each.odd:.3f}, even {each.even:.3f}); judged passages only"
            f" {each.judged_only:.3f}; {each.unjudged:.0%} of the first {depth} unjudged"
        )


if __name__ == "__main__":
    import sys

    sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]
    main(sys.argv[1])
