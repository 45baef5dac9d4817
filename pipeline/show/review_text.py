"""A doubtful paragraph on a terminal: where it stands, what the model thinks, which keys answer."""

from __future__ import annotations

import string
from collections.abc import Mapping
from typing import Any

from pipeline.ask.labels import Names
from pipeline.ask.review import Agreement, Doubt
from pipeline.show.columns import clean
from pipeline.store.review import Place

AXES = {"role": "角色", "topic": "类别"}
KEYS = "123" + "".join(letter for letter in string.ascii_lowercase if letter not in "sq")


def card(doubt: Doubt, names: Names) -> str:
    """The paragraph with its place and its labels."""
    place = doubt.place
    told = [
        f"{clean(place.source)} · {clean(place.path) or '(没有标题)'} · {'、'.join(doubt.reasons)}",
        f"  {clean(place.text)}",
    ]
    for axis, name in AXES.items():
        label = getattr(place, axis)
        said = names.role(label) if axis == "role" else names.topic(label)
        words = clean(getattr(place, f"{axis}_words")).split()
        because = f"  因为: {'、'.join(words)}" if words else ""
        told.append(f"  {name}: {said} {getattr(place, f'{axis}_score'):.2f}{because}")
    return "\n".join(told)


def choices(place: Place, axis: str, names: Names) -> dict[str, tuple[str, str]]:
    """Key → label and its name: the model's three best on 1 2 3, the others on letters."""
    named = names.roles if axis == "role" else names.topics
    best = [pair.rpartition(":")[0] for pair in getattr(place, f"{axis}_top").split()]
    order = list(dict.fromkeys([*(label for label in best if label in named), *named]))
    keys = KEYS[: min(3, len(best))] + KEYS[3:]
    return {key: (label, named[label]) for key, label in zip(keys, order, strict=False)}


def question(axis: str, choices: Mapping[str, tuple[str, str]]) -> str:
    """The keys in one line."""
    told = "  ".join(f"{key} {name}" for key, (_, name) in choices.items())
    return f"  {AXES[axis]}?  回车 不改  {told}  s 跳过  q 停下"


def row(doubt: Doubt) -> dict[str, Any]:
    """A doubtful paragraph for machines."""
    place = doubt.place
    return {
        "key": place.key, "paragraph": place.id, "source": place.source, "path": place.path, "text": place.text,
        "role": place.role, "role_score": place.role_score, "role_top": place.role_top, "role_by": place.role_by,
        "topic": place.topic, "topic_score": place.topic_score, "topic_top": place.topic_top,
        "topic_by": place.topic_by,
        "doubt": round(doubt.score, 4), "axes": list(doubt.axes), "reasons": list(doubt.reasons),
        "role_words": place.role_words.split(), "topic_words": place.topic_words.split(),
    }  # fmt: skip


def agreement(each: Agreement) -> str:
    """Two people on one axis in a line."""
    beyond = "无法计算 (只有一个标签)" if each.kappa is None else f"{each.kappa:.2f}"
    return f"{AXES[each.axis]}: {each.one} 与 {each.other} 都看过 {each.both} 段, 一致 {each.share:.0%}, kappa {beyond}"


def agreement_row(each: Agreement) -> dict[str, Any]:
    """The same for machines."""
    return {
        "axis": each.axis,
        "one": each.one,
        "other": each.other,
        "both": each.both,
        "share": each.share,
        "kappa": each.kappa,
    }
