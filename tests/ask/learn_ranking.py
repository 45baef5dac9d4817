"""The weights of ``pipeline/ask/ranking.py``: ``python tests/ask/learn_ranking.py DATASET [DATASET]``.

Learned from the odd queries: of every two passages of a query of which a judge holds one better, it should have the
higher score (logistic loss; what nobody judged counts as worse than what answers, half as much). The first guess is
the first look's score, nearness in meaning and topic; each weight's departure from it is held back so strongly that,
tried on queries not learned from, it is just within a standard error of the best. Prints the table of weights, and
nDCG@10 of the odd queries by weights that were learned from the other four fifths of them.
"""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path
from statistics import mean
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
HELD, UNJUDGED, FOLDS = 0.5, 0.5, 5
GUESS = {"about": 1.0, "whole": 1.0, "matters": 0.5}


class Judged(NamedTuple):
    """A query's candidates: their traits (candidates × traits), grades (-1: nobody judged it) and texts."""

    number: int
    traits: Any
    grades: Any
    texts: list[str]
    known: dict[str, int]


def main(paths: list[str]) -> None:
    """Learn and print."""
    import numpy as np
    from evaluate_search import ndcg

    from pipeline.ask.traits import Traits
    from pipeline.store.database import open_read_only

    every = [each for path in paths for each in candidates(open_read_only(Path(path)))]
    numbers = sorted({each.number for each in every})
    scores = []
    for fold in range(FOLDS):
        aside = set(numbers[fold::FOLDS])
        weights = learned([each for each in every if each.number not in aside])
        for each in every:
            if each.number in aside:
                order = np.argsort(-(each.traits @ weights), kind="stable")
                scores.append(ndcg([each.texts[n] for n in order], each.known, 10))
    print(f"queries not learned from: nDCG@10 {mean(scores):.3f} (copies not folded)")
    for name, weight in zip(Traits._fields, learned(every), strict=True):
        print(f"    {name}={weight:.2f},")


def candidates(base: sqlite3.Connection) -> list[Judged]:
    """What the search looks at closely for each odd query."""
    import numpy as np
    from evaluate_search import graded, judged

    from pipeline import settings
    from pipeline.annotate.words import cutter
    from pipeline.ask import looser, ranking, search
    from pipeline.ask.answering import answer, current, reports_of
    from pipeline.ask.query import parse
    from pipeline.model import Synonyms

    expand = search.expander(settings.question_table(Synonyms, "synonyms.yaml"))
    cut = cutter(settings.everything().words)
    texts = dict(map(tuple, base.execute("SELECT n, text FROM paragraph")))
    told = []
    for number, (row, known) in enumerate(zip(judged("queries.jsonl"), graded(base, "queries.jsonl"), strict=True)):
        node = parse(row["query"])
        rows = answer(base, node, expand)
        reports = reports_of(base, rows)
        hits = search.ordered(base, current(base, rows, reports), reports, node, "relevance")
        asked = looser.looser(base, node, cut, expand) if len(hits) < search.FEW else None
        if number % 2 or asked is None:
            continue
        rows = [*hits[: search.DEPTH], *search.loose(base, asked, hits, expand)]
        names = [texts[row.n] for row in rows]
        grades = np.array([known.get(text, -1) for text in names])
        told.append(Judged(number, np.array(ranking.measured(base, rows, asked)), grades, names, known))
    return told


def learned(every: list[Judged]) -> Any:
    """Weights, one a trait."""
    import numpy as np
    from scipy.optimize import minimize

    from pipeline.ask.traits import Traits

    size = np.concatenate([each.traits for each in every]).std(axis=0) + 1e-9
    pairs = [_pairs(each) for each in every if (each.grades > 0).any()]
    apart = np.concatenate([each / size for each, _ in pairs])
    worth = np.concatenate([each for _, each in pairs])
    worth /= worth.sum()
    guess = np.array([GUESS.get(name, 0.0) for name in Traits._fields]) * size
    guessed = apart @ guess

    def loss(told: Any) -> tuple[float, Any]:
        margin = told[0] * guessed + apart @ told[1:]
        doubt = worth / (1 + np.exp(np.clip(margin, -50, 50)))
        slope = HELD * told[1:] - doubt @ apart
        total = (worth * np.logaddexp(0, -margin)).sum() + HELD * told[1:] @ told[1:] / 2
        return total, np.concatenate([[-doubt @ guessed], slope])

    start = np.concatenate([[3.0], np.zeros(len(guess))])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 150}).x
    return (found[0] * guess + found[1:]) / size


def _pairs(each: Judged) -> tuple[Any, Any]:
    """Differences of traits, the better one's less the worse one's, and how much each pair counts."""
    import numpy as np

    better, worse = np.nonzero(each.grades[:, None] > np.where(each.grades < 0, 0, each.grades)[None, :])
    gain = 2.0 ** np.maximum(each.grades, 0) - 1
    worth = (gain[better] - gain[worse]) * np.where(each.grades[worse] < 0, UNJUDGED, 1.0)
    return each.traits[better] - each.traits[worse], worth / np.sqrt(worth.sum())


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]
    main(sys.argv[1:])
