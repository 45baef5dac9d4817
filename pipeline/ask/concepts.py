"""What a query asks for: each thing with the ways to say it, and the kind of passage that its words call for.

短板, 困难 and what is 不高 or 不够 call for problems, 明年 and 打算 for plans, 成效 for what was reached, 次数 and 多少
for a number beside the thing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.ask.conditions import Expand
from pipeline.ask.query import Node, Prefix, Words, leaves
from pipeline.store.characters import folded

_ROLES = (
    ("problem", re.compile(
        "(?:短板|问题|不足|困难|难点|瓶颈|差距|弱项|教训|隐患)$|薄弱|流失|滞后|短缺|缺乏|缺少|欠缺"
        "|^不(?![忘断动负])|[^不]不[高够足强深]|偏[低弱少慢]")),
    ("plan", re.compile("明年|来年|下一?步|今后|(?:打算|目标|下半年|计划)$")),
    ("achievement", re.compile("(?:成效|成绩|成果|亮点)$")),
)  # fmt: skip
# Words that say only what kind of passage is meant: a passage of the kind need not have them.
_ONLY = frozenset(
    ["短板", "问题", "不足", "困难", "难点", "差距", "弱项", "存在问题", "明年", "来年", "下步", "下一步", "今后",
     "打算", "计划", "成效", "成绩"]
)  # fmt: skip
_COUNTED = re.compile("次数|数量|多少|[人户]数|人次|面积|资金|金额|收入|补助|阅读量|播放量|比例|^[场次篇期人户个件]$")


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing asked for. ``ways`` mean it wholly; ``parts`` (with their shares of 1) and ``kin`` (with their
    likeness, 0…1) only nearly. All are folded.

    ``role`` is the kind of passage its words call for (empty: any), ``only_role`` that they say nothing else,
    ``is_counted`` that a number is asked for, ``rarity`` how much it tells.
    """

    ways: tuple[str, ...]
    parts: tuple[tuple[str, float], ...] = ()
    kin: tuple[tuple[str, float], ...] = ()
    role: str = ""
    only_role: bool = False
    is_counted: bool = False
    rarity: float = 1.0
    is_folded: bool = True  # has it letters or digits, which texts write in more than one way?


def concept(text: str, ways: Sequence[str]) -> Concept:
    """What a word of a query asks for.

    >>> concept("短板", ("短板",)).role, concept("志愿服务次数", ("志愿服务次数",)).is_counted
    ('problem', True)
    >>> concept("文化站", ("文化站",)).role
    ''
    """
    role = next((name for name, pattern in _ROLES if pattern.search(text)), "")
    return Concept(
        tuple(map(folded, ways)),
        role=role,
        only_role=bool(role) and text in _ONLY,
        is_counted=_COUNTED.search(text) is not None,
        is_folded=any(way.lower() != way.upper() or not way.isalpha() for way in ways),
    )


def asked(node: Node, expand: Expand) -> tuple[Concept, ...]:
    """The things that a query wants, in its order."""
    told = []
    for each in leaves(node):
        if isinstance(each, Words):
            told.append(concept(each.text, (each.text,) if each.exact else expand(each.text)))
        elif isinstance(each, Prefix):
            told.append(concept(each.text, (each.text,)))
    return tuple(told)
