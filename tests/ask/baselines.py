"""What one would use instead of our suggestions, on the same collection and drafts."""

from __future__ import annotations

import functools
import re
import sqlite3
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evaluate_search import Score

Rank = Callable[[str, str, int], list[str]]


class Systems:
    """Four ways to rank past paragraphs for a draft's paragraph (its text, its report's file) → texts, best first."""

    def __init__(self, base: sqlite3.Connection) -> None:
        import numpy as np
        from sklearn.decomposition import TruncatedSVD
        from sklearn.feature_extraction.text import TfidfVectorizer

        from pipeline import settings
        from pipeline.annotate.words import cutter
        from pipeline.model import Wording

        self.base, self.np = base, np
        self.cut = cutter(settings.everything().words)
        self.wording = settings.question_table(Wording, "wording.yaml")
        rows = base.execute(
            "SELECT p.text, p.words, p.source, p.role, p.topic, p.id FROM paragraph p JOIN report r ON r.id = p.report WHERE r.state = 'current'"  # noqa: E501
            " AND p.role NOT IN ('heading', 'other', 'closing') AND length(p.text) > 12 ORDER BY p.n"
        ).fetchall()
        self.rows = [tuple(row) for row in rows]
        self.characters = TfidfVectorizer(analyzer="char", ngram_range=(1, 2), sublinear_tf=True)
        self.by_characters = self.characters.fit_transform([row[0] for row in self.rows])
        self.words = TfidfVectorizer(analyzer=_words, sublinear_tf=True)
        weighted = self.words.fit_transform([row[1] for row in self.rows])
        self.lsa = TruncatedSVD(100, random_state=0)
        self.by_meaning = _unit(self.lsa.fit_transform(weighted))

    def ours(self, text: str, source: str, most: int = 5) -> list[str]:
        from pipeline.ask.suggest import Wanted, suggest

        row = self.base.execute(
            "SELECT role, topic, words, report, id, topic_top FROM paragraph WHERE text = ? AND source = ?",
            (text, source),
        ).fetchone()
        role, topic, words, report, key, top = tuple(row)
        topics = tuple((name, float(score)) for name, _, score in (each.partition(":") for each in top.split()))
        known = {
            i
            for (i,) in self.base.execute(
                "SELECT indicator FROM fact WHERE paragraph = ? AND indicator IS NOT NULL", (key,)
            )
        }
        wanted = Wanted(
            text,
            tuple(words.split(" ")),
            topic if topic != "general" else "",
            role,
            "",
            tuple(sorted(known)),
            topics,
        )
        found = suggest(self.base, wanted, self.wording, None, None, most, everyone=True, skip=frozenset({report}))
        return [each.past.text for each in found]

    def bm25(self, text: str, source: str, most: int = 5) -> list[str]:
        from pipeline.ask.nearby import _WORD, past

        words = dict.fromkeys(word for word in self.cut(text) if _WORD.fullmatch(word))
        match = " OR ".join(f'"{word}"' for word in words)
        rows = self.base.execute(
            "SELECT rowid, -rank FROM paragraph_index WHERE paragraph_index MATCH ? ORDER BY rank LIMIT 60", (match,)
        )
        known = {row[0] for row in self.rows}
        return [
            each.text
            for each in past(self.base, dict(map(tuple, rows)))
            if each.source != source and each.text in known
        ][:most]

    def tfidf(self, text: str, source: str, most: int = 5) -> list[str]:
        scores = (self.by_characters @ self.characters.transform([text]).T).toarray().ravel()
        return self.best(scores, source, most)

    def meaning(self, text: str, source: str, most: int = 5) -> list[str]:
        point = _unit(self.lsa.transform(self.words.transform([" ".join(self.cut(text))])))
        return self.best((self.by_meaning @ point.T).ravel(), source, most)

    def best(self, scores: Any, source: str, most: int) -> list[str]:
        """Texts of other files by their scores (one a row), the highest first."""
        order = [int(n) for n in self.np.argsort(-scores, kind="stable")]
        return [self.rows[n][0] for n in order if self.rows[n][2] != source][:most]


def _words(text: str) -> list[str]:
    return [word for word in text.split(" ") if re.fullmatch(r"[^\W\d_]{2,}", word)]


def _unit(points: Any) -> Any:
    import numpy as np

    sizes = np.linalg.norm(points, axis=1, keepdims=True)
    return points / np.where(sizes == 0, 1, sizes)


@functools.lru_cache(maxsize=1)
def systems(base: sqlite3.Connection) -> Systems:
    return Systems(base)


def table(base: sqlite3.Connection, fourth: bool = True) -> Iterator[tuple[str, Score]]:
    """Each system's score on the judged drafts."""
    from evaluate_search import graded, judged, score

    made = systems(base)
    drafts = [row["draft"] for row in judged("drafts.jsonl")]
    grades = graded(base, "drafts.jsonl", fourth)
    for name, title in (
        ("ours", "ours"), ("bm25", "BM25 alone"), ("tfidf", "character TF-IDF"), ("meaning", "LSA alone")
    ):  # fmt: skip
        rank: Rank = getattr(made, name)
        ranked = []
        for draft in drafts:
            source = base.execute("SELECT source FROM paragraph WHERE text = ?", (draft,)).fetchone()[0]
            ranked.append(rank(draft, source, 15))
        yield title, score(ranked, grades, 5)
