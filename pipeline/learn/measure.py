"""Predictions against a labelled set: facts, roles, topics, honours, with confidence intervals and calibration."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]
FIELDS = ("interval", "unit", "approx", "kind", "object", "per", "direction")
BINS = 10


def score(gold: Sequence[Row], predicted: Iterable[Row]) -> dict[str, Any]:
    """All figures. Paragraphs are matched by ``sha1``; a gold paragraph that nobody predicted is wrong in everything.

    ``span`` and ``whole`` are precision, recall, F1 of exact spans and of span + interval + unit + kind; ``fields``
    the accuracy of each field on matched spans; ``role`` and ``topic`` see ``labels``.
    """
    said: dict[str, Row] = {}
    for row in predicted:
        said.setdefault(row["sha1"], row)
    pairs = [(row, said.get(row["sha1"], {})) for row in gold]
    counts: Counter[str] = Counter()
    for mine, theirs in pairs:
        _count_facts(mine, theirs, counts)
        _count_honours(mine.get("honours", ()), theirs.get("honours", ()), counts)
    matched = counts["span"] or 1
    return {
        "paragraphs": len(gold),
        "paragraphs_missing": sum(not theirs for _, theirs in pairs),
        "facts_gold": counts["gold"],
        "facts_said": counts["said"],
        "span": rates(counts["span"], counts["said"], counts["gold"]),
        "whole": rates(counts["whole"], counts["said"], counts["gold"]),
        "fields": {name: round(counts[name] / matched, 4) for name in FIELDS},
        "honours": rates(counts["honour_hit"], counts["honour_said"], counts["honour_gold"]),
        "role": labels("role", pairs),
        "topic": labels("topic", pairs),
    }


def rates(hit: int, said: int, true: int) -> dict[str, float]:
    """Precision, recall and F1.

    >>> rates(8, 10, 16)
    {'precision': 0.8, 'recall': 0.5, 'f1': 0.6154}
    """
    precision, recall = (hit / said if said else 0.0), (hit / true if true else 0.0)
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def interval(hit: int, count: int) -> tuple[float, float]:
    """Wilson's 95 % confidence interval of a share.

    >>> interval(90, 100)
    (0.8256, 0.9448)
    """
    if not count:
        return (0.0, 1.0)
    z, share = 1.96, hit / count
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count)) / (1 + z * z / count)
    return (round(middle - half, 4), round(middle + half, 4))


def labels(axis: str, pairs: Sequence[tuple[Row, Row]]) -> dict[str, Any]:
    """Accuracy (with its interval), macro-F1 over the labels that gold holds, each label's figures and confusions.

    ``sure`` gives coverage and accuracy of the labels the program relies on, for each label (of what it was said of)
    and for all; ``calibration`` the mean score and the
    share right in bins of the score, and their weighted difference (expected calibration error).
    """
    told = [(row[axis], theirs.get(axis)) for row, theirs in pairs]
    hits = sum(true == guess for true, guess in told)
    of_label: dict[str, dict[str, Any]] = {}
    for name in sorted({true for true, _ in told}):
        support = sum(true == name for true, _ in told)
        hit = sum(true == guess == name for true, guess in told)
        said = sum(guess == name for _, guess in told)
        of_label[name] = rates(hit, said, support) | {
            "support": support,
            "precision_interval": interval(hit, said),
            "recall_interval": interval(hit, support),
            "sure": _sure([pair for pair in pairs if pair[1].get(axis) == name], axis),
        }
    confusions = Counter(f"{true}→{guess}" for true, guess in told if true != guess)
    scored = [
        (float(theirs[f"{axis}_score"]), true == guess)
        for (true, guess), (_, theirs) in zip(told, pairs, strict=True)
        if theirs.get(f"{axis}_score") is not None
    ]
    count = len(told)
    return {
        "accuracy": round(hits / count, 4) if count else 0.0,
        "interval": interval(hits, count),
        "macro_f1": round(sum(each["f1"] for each in of_label.values()) / len(of_label), 4) if of_label else 0.0,
        "labels": of_label,
        "confusions": dict(confusions.most_common(12)),
        "sure": _sure(pairs, axis),
        "at_coverage_0.9": _at_coverage(scored, 0.9),
        "calibration": calibration(scored),
    }


def _sure(pairs: Sequence[tuple[Row, Row]], axis: str) -> dict[str, Any]:
    """Of the labels that the program relies on: their share of all, and the share that is right."""
    right = [row[axis] == theirs.get(axis) for row, theirs in pairs if theirs.get(f"{axis}_sure")]
    return {
        "coverage": round(len(right) / len(pairs), 4) if pairs else 0.0,
        "accuracy": round(sum(right) / len(right), 4) if right else None,
        "interval": interval(sum(right), len(right)),
    }


def _at_coverage(scored: Sequence[tuple[float, bool]], share: float) -> float | None:
    """Accuracy of the given share of paragraphs that the program is surest of."""
    kept = sorted(scored, key=lambda pair: -pair[0])[: math.ceil(share * len(scored))]
    return round(sum(right for _, right in kept) / len(kept), 4) if kept else None


def calibration(scored: Sequence[tuple[float, bool]]) -> dict[str, Any]:
    """Bins of the score: mean score, share right, count; and the expected calibration error."""
    bins: list[dict[str, float]] = []
    error = 0.0
    for number in range(BINS):
        inside = [pair for pair in scored if number / BINS <= pair[0] < (number + 1) / BINS + (number == BINS - 1)]
        if not inside:
            continue
        mean = sum(value for value, _ in inside) / len(inside)
        right = sum(good for _, good in inside) / len(inside)
        error += abs(mean - right) * len(inside) / len(scored)
        bins.append({"score": round(mean, 3), "right": round(right, 3), "count": len(inside)})
    return {"error": round(error, 4), "bins": bins}


def _count_facts(gold: Row, said: Row, counts: Counter[str]) -> None:
    mine = {(fact["start"], fact["end"]): fact for fact in said.get("facts", ())}
    counts["gold"] += len(gold["facts"])
    counts["said"] += len(mine)
    for fact in gold["facts"]:
        other = mine.get((fact["start"], fact["end"]))
        if other is None:
            continue
        counts["span"] += 1
        good = {name: fact.get(name) == other.get(name) for name in ("approx", "kind", "per", "direction")}
        good["unit"] = fact["unit"] == (other.get("unit") or "")
        good["interval"] = all(same_number(fact[end], other.get(end)) for end in ("low", "high"))
        good["object"] = same_object(fact["object"] or "", other.get("object") or "")
        counts.update(name for name, right in good.items() if right)
        counts["whole"] += good["interval"] and good["unit"] and good["kind"]


def same_number(one: float | None, other: float | None) -> bool:
    """Equal but for rounding; unbounded only equals unbounded."""
    if one is None or other is None:
        return one is None and other is None
    return abs(float(one) - float(other)) <= 1e-6 * max(1.0, abs(float(one)))


def same_object(one: str, other: str) -> bool:
    """Character overlap F1 of at least 0.6, or one inside the other.

    >>> same_object("参加学习", "学习"), same_object("学习", "投稿")
    (True, False)
    """
    if not one or not other:
        return one == other
    common = sum((Counter(one) & Counter(other)).values())
    return 2 * common / (len(one) + len(other)) >= 0.6 or one in other or other in one


def _count_honours(gold: Sequence[Row], said: Sequence[Row], counts: Counter[str]) -> None:
    counts["honour_gold"] += len(gold)
    counts["honour_said"] += len(said)
    counts["honour_hit"] += sum(any(one["start"] < b["end"] and b["start"] < one["end"] for b in said) for one in gold)
