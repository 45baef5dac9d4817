"""What a person types → a tree. Words, "phrases", prefix*, AND, OR, NOT, brackets, fields, numbers.

``中心组学习 town:青禾镇 NOT (彩礼 OR 酒席)`` · ``"讲文明树新风"`` (as written, no synonyms) · ``农*`` (words that
begin so) · ``year:2021-2023`` · ``投稿>100`` (an indicator, or what is counted). Words stand side by side for AND.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pipeline.errors import QueryError

LONGEST = 1000  # characters of a query; more is a slip of the clipboard
DEEPEST = 30
WIDEST = 60  # conditions in one query

KIND_NAMES = {
    "summary": "总结", "plan": "计划", "summary_plan": "总结暨计划", "report": "报告", "profile": "概况",
    "notice": "通知", "other": "其他",
}  # fmt: skip

Operator = Literal[">", ">=", "<", "<=", "="]


@dataclass(frozen=True, slots=True)
class Words:
    """Characters that a paragraph must hold in a row; ``exact``: quoted, no synonyms."""

    text: str
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Prefix:
    """A word of the dictionary's that begins so."""

    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """A condition on the report or the label: ``values`` are one value, or first and last year."""

    name: str
    values: tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A number of an indicator, or of a thing counted, that surely satisfies ``sign value`` (30余 is at least 30).

    ``target``: what was promised (投稿目标>100), not what was reached.
    """

    name: str
    sign: Operator
    value: Decimal
    target: bool = False


@dataclass(frozen=True, slots=True)
class Not:
    """Paragraphs that do not satisfy ``part``."""

    part: Node


@dataclass(frozen=True, slots=True)
class Both:
    """Paragraphs that satisfy every part."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Paragraphs that satisfy one part or more."""

    parts: tuple[Node, ...]


Node = Words | Prefix | Field | Number | Not | Both | Either
Tokens = list[tuple[str, str]]

_TOKEN = re.compile(r'\s*(?:(?P<open>[(（])|(?P<close>[)）])|(?P<phrase>"[^"]*"|“[^”]*”)|(?P<word>[^\s()（）"“”]+))')
_NUMBER = re.compile(
    r"(?P<name>[^<>=＜＞＝≥≤]+?)(?P<sign>>=|<=|[<>=＜＞＝≥≤])(?P<value>\d[\d,，]*(?:\.\d+)?)(?P<scale>[万亿千]*)[^\d<>=]{0,4}"
)
_SIGNS: dict[str, Operator] = {
    ">": ">",
    "<": "<",
    "=": "=",
    ">=": ">=",
    "<=": "<=",
    "＞": ">",
    "＜": "<",
    "＝": "=",
    "≥": ">=",
    "≤": "<=",
}
_SCALES = {"千": 10**3, "万": 10**4, "亿": 10**8}
_OPERATORS = {"AND": "AND", "OR": "OR", "NOT": "NOT", "&&": "AND", "||": "OR", "并且": "AND", "或者": "OR"}


def parse(text: str) -> Node:
    """The tree of a query; raises ``QueryError`` with what is wrong and where.

    >>> parse('志愿服务 town:青禾镇')
    Both(parts=(Words(text='志愿服务', exact=False), Field(name='town', values=('青禾镇',))))
    >>> parse("投稿>1.2万")
    Number(name='投稿', sign='>', value=Decimal('12000.0'), target=False)
    >>> parse("year:abc")
    Traceback (most recent call last):
    ...
    pipeline.errors.QueryError: year:abc: 年份应写作 year:2023 或 year:2021-2023
    """
    if len(text) > LONGEST:
        raise QueryError(f"查询太长: {len(text)} 个字符, 最多 {LONGEST} 个")
    if text.count('"') % 2 or text.count("“") != text.count("”"):
        raise QueryError("引号没有成对: 短语要前后都加引号")
    tokens = list(_tokens(text))
    if not tokens:
        raise QueryError("查询是空的: 请写要找的词, 例如 志愿服务 town:青禾镇")
    if len(tokens) > WIDEST:
        raise QueryError(f"条件太多: {len(tokens)} 个, 最多 {WIDEST} 个")
    node, rest = _either(tokens, 0)
    if rest:
        raise QueryError(f"这里多了一个 {rest[0][1]!r}")
    return node


def leaves(node: Node, wanted: bool = True) -> Iterator[Words | Prefix | Field | Number]:
    """The conditions that a paragraph shall satisfy; those under NOT are left out.

    >>> [each.text for each in leaves(parse("宣讲 NOT 彩礼"))]
    ['宣讲']
    """
    match node:
        case Not(part):
            yield from leaves(part, not wanted)
        case Both(parts) | Either(parts):
            for part in parts:
                yield from leaves(part, wanted)
        case _:
            if wanted:
                yield node


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(text.rstrip()):
        found = _TOKEN.match(text, at)
        if found is None:
            raise QueryError(f"第 {at + 1} 个字符看不懂: {text[at : at + 10]!r}")
        kind, value = found.lastgroup or "", found[found.lastgroup or 0]
        at = found.end()
        if kind == "word" and value in _OPERATORS:
            yield _OPERATORS[value], value
        elif kind == "word" and value[0] in "-－" and len(value) > 1:
            yield "NOT", value[0]
            yield "word", value[1:]
        elif kind == "word" and value.endswith((":", "：")) and at < len(text) and text[at] in '"“':
            quoted = _TOKEN.match(text, at)  # town:"青禾镇"
            assert quoted is not None
            yield "word", value + quoted["phrase"][1:-1]
            at = quoted.end()
        else:
            yield kind, value


def _either(tokens: Tokens, depth: int) -> tuple[Node, Tokens]:
    if depth > DEEPEST:
        raise QueryError(f"括号套得太深: 最多 {DEEPEST} 层")
    node, tokens = _both(tokens, depth)
    parts = [node]
    while tokens and tokens[0][0] == "OR":
        node, tokens = _both(tokens[1:], depth)
        parts.append(node)
    return (parts[0] if len(parts) == 1 else Either(tuple(parts))), tokens


def _both(tokens: Tokens, depth: int) -> tuple[Node, Tokens]:
    node, tokens = _one(tokens, depth)
    parts = [node]
    while tokens and tokens[0][0] not in ("OR", "close"):
        if tokens[0][0] == "AND":
            tokens = tokens[1:]
        node, tokens = _one(tokens, depth)
        parts.append(node)
    return (parts[0] if len(parts) == 1 else Both(tuple(parts))), tokens


def _one(tokens: Tokens, depth: int) -> tuple[Node, Tokens]:
    if not tokens:
        raise QueryError("查询没有写完: 后面缺一个词")
    kind, value = tokens[0]
    if kind == "NOT":
        if depth > DEEPEST:
            raise QueryError(f"NOT 套得太深: 最多 {DEEPEST} 层")
        part, rest = _one(tokens[1:], depth + 1)
        return Not(part), rest
    if kind == "open":
        node, rest = _either(tokens[1:], depth + 1)
        if not rest or rest[0][0] != "close":
            raise QueryError("括号没有成对: 缺一个右括号")
        return node, rest[1:]
    if kind in ("close", "AND", "OR"):
        raise QueryError(f"{value!r} 前面缺一个词")
    return _leaf(kind, value), tokens[1:]


def _leaf(kind: str, value: str) -> Node:
    if kind == "phrase":
        return _words(value[1:-1], exact=True)
    name, colon, rest = value.replace("：", ":", 1).partition(":")
    if colon and ((name.isascii() and name.isalpha()) or name in _CHINESE_FIELDS):
        return _field(_CHINESE_FIELDS.get(name, name.lower()), rest, value)
    if any(sign in value for sign in "<>=＜＞＝≥≤"):
        return _number(value)
    if value[-1] in "*＊" and re.search(r"\w", value):
        return Prefix(value.rstrip("*＊"))
    return _words(value, exact=False)


def _words(text: str, exact: bool) -> Words:
    if not re.search(r"[^\W_]", text):
        raise QueryError(f"{text!r} 里没有可找的词")
    return Words(text.strip(), exact)


def _number(typed: str) -> Number:
    found = _NUMBER.fullmatch(typed)
    if not found or not re.search(r"\w", found["name"]):
        raise QueryError(f"{typed}: 数量条件应写作 投稿>100 或 阅读量>=1.5万 (名称、> < = >= <=、数)")
    value = Decimal(re.sub("[,，]", "", found["value"]))
    for each in found["scale"]:
        value *= _SCALES[each]
    name = found["name"]
    target = name.endswith("目标") and len(name) > 2
    return Number(name.removesuffix("目标") if target else name, _SIGNS[found["sign"]], value, target)


_CHINESE_FIELDS = {
    "镇": "town", "乡镇": "town", "单位": "town", "县": "county", "年": "year", "年份": "year", "类别": "topic", "主题": "topic",  # noqa: E501
    "角色": "role", "文种": "kind", "时期": "period", "文件": "file", "指标": "indicator",
}  # fmt: skip


def _field(name: str, value: str, typed: str) -> Field:
    if name not in FIELDS:
        near = difflib.get_close_matches(name, FIELDS, n=1)
        hint = f"是不是 {near[0]}:?" if near else f"可用的有 {' '.join(f'{field}:' for field in FIELDS)}"
        raise QueryError(f"{typed}: 没有 {name}: 这个条件; {hint}")
    if not value.strip():
        raise QueryError(f"{typed}: 后面要写值, 例如 {name}:{_EXAMPLES[name]}")
    return Field(name, FIELDS[name](value.strip(), typed))


def _plain(value: str, typed: str) -> tuple[str | int, ...]:
    return (value,)


def _year(value: str, typed: str) -> tuple[str | int, ...]:
    found = re.fullmatch(r"(\d{4})(?:[-—~至](\d{4}))?年?", value)
    if not found:
        raise QueryError(f"{typed}: 年份应写作 year:2023 或 year:2021-2023")
    first, last = int(found[1]), int(found[2] or found[1])
    return (min(first, last), max(first, last))


def _period(value: str, typed: str) -> tuple[str | int, ...]:
    from pipeline.ask.times import asked

    time = asked(value)
    if time is None:
        raise QueryError(f"{typed}: 时期应写作 period:2023上半年、period:2023H2 或 period:2023")
    return (time.start, time.end)


def _named(names: dict[str, str]) -> Callable[[str, str], tuple[str | int, ...]]:
    known = {chinese: name for name, chinese in names.items()} | {name: name for name in names}

    def values(value: str, typed: str) -> tuple[str | int, ...]:
        if value not in known:
            near = difflib.get_close_matches(value, known, n=1)
            hint = f"是不是 {near[0]}?" if near else f"可用的有 {' '.join(names.values())}"
            raise QueryError(f"{typed}: 没有 {value!r}; {hint}")
        return (known[value],)

    return values


FIELDS: dict[str, Callable[[str, str], tuple[str | int, ...]]] = {
    "town": _plain,
    "county": _plain,
    "year": _year,
    "period": _period,
    "topic": _plain,  # labels are the dataset's own: ask/labels.py
    "role": _plain,
    "kind": _named(KIND_NAMES),
    "file": _plain,
    "indicator": _plain,
}
_EXAMPLES = {
    "town": "青禾镇", "county": "岚川县", "year": "2023", "period": "2023上半年", "topic": "news", "role": "plan",
    "kind": "summary", "file": "青禾镇", "indicator": "投稿",
}  # fmt: skip
