"""The planted promises of the samples and what a ledger says of them; run it to see the figures and what is wrong.

python tests/ask/promised.py outputs/zongjie.db
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Planted:
    """A promise as it was written into the samples, with its fate and the words that answer it."""

    town: str
    period: str
    quote: str
    fate: str
    answer: str


def planted(folder: Path = ROOT / "corpora/eval/samples") -> list[Planted]:
    found = []
    for file in sorted(folder.glob("promises_s*.tsv")):
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                found.append(Planted(row["town"], row["period"], row["promise_quote"].replace("\\t", "\t"), row["fate"],
                                     row["answer_quote"].replace("\\t", "\t")))  # fmt: skip
    return found


def is_of(entry, promise: Planted) -> bool:
    """Is this entry's number the one of the planted sentence? The quote may reach over a sentence's end."""
    own = entry.promise
    if (own.town, own.made.label) != (promise.town, promise.period):
        return False
    before = own.fact.sentence[: own.fact.offset]
    place = promise.quote.find(own.fact.text)
    while place >= 0:
        left = promise.quote[:place]
        right = promise.quote[place + len(own.fact.text) :]
        rest = own.fact.sentence[own.fact.offset + len(own.fact.text) :]
        if (before.endswith(left) or left.endswith(before)) and (rest.startswith(right) or right.startswith(rest)):
            return True
        place = promise.quote.find(own.fact.text, place + 1)
    return False


def is_right(entry, promise: Planted) -> bool:
    """The fate, and where there is an answer, the number that was planted for it (another sentence may say it too)."""
    if entry.fate != promise.fate:
        return False
    numbers = [f"{end:f}" for end in (entry.result.low, entry.result.high) if end is not None] if entry.result else []
    said = any(each.text in promise.answer or promise.answer in each.sentence for each in entry.answers)
    return not entry.answers or said or any(number in promise.answer for number in numbers)


def judged(told, promises: list[Planted]) -> tuple[Counter, list[tuple[str, Planted, object]]]:
    """Counts of right, doubtful, wrong, lost; and everything that is not right."""
    count, rest = Counter(), []
    for promise in promises:
        own = [entry for entry in told.entries if is_of(entry, promise)]
        entry = next((each for each in own if is_right(each, promise)), own[0] if own else None)
        kind = (
            "lost" if entry is None else "right" if is_right(entry, promise) else
            "doubtful" if entry.fate == "doubtful" else "wrong"
        )  # fmt: skip
        count[kind] += 1
        if kind != "right":
            rest.append((kind, promise, entry))
    return count, rest


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    from pipeline.ask.ledger import ledger
    from pipeline.store import database

    figures, wrong = judged(ledger(database.open_read_only(Path(sys.argv[1]))), planted())
    print(dict(figures), sum(figures.values()))
    for what, promise, entry in wrong:
        print(what, promise.town, promise.period, promise.quote, promise.fate, "|", promise.answer)
        if entry:
            own = entry.promise.fact
            print(
                "    said",
                entry.fate,
                own.text,
                own.kind,
                own.indicator,
                own.dimensions,
                own.per,
                own.scope,
                entry.reason,
            )
            for each in entry.answers:
                print("        ", each.text, each.kind, each.indicator, each.dimensions, each.scope, each.sentence[:80])
