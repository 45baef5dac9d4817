"""What ``configs/categories.yaml`` says of labels: which there are, and which one a written word means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.model import Categories, Category


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of one axis: ``standard`` are those that rows hold, ``meant`` every written word → one of them."""

    standard: tuple[str, ...]
    meant: Mapping[str, str]


def labels(categories: Mapping[str, Category]) -> Labels:
    """The labels of one axis; a county's own label means the standard one at the end of its ``parent`` chain.

    >>> axis = {"news": Category("新闻舆论", "", also="外宣"), "duanshipin": Category("短视频", "", parent="news")}
    >>> own = labels(axis)
    >>> own.standard, own.meant["外宣"], own.meant["短视频"]
    (('news',), 'news', 'news')
    """
    meant: dict[str, str] = {}
    for name, category in categories.items():
        for word in (name, category.name, *category.also.split()):
            meant[word] = top(name, categories)
    return Labels(tuple(name for name, category in categories.items() if category.parent is None), meant)


def top(name: str, categories: Mapping[str, Category]) -> str:
    """The standard label that this one counts as."""
    parent = categories[name].parent
    return name if parent is None else top(parent, categories)


def both(categories: Categories) -> tuple[Labels, Labels]:
    """The labels of roles and of topics."""
    return labels(categories.roles), labels(categories.topics)
