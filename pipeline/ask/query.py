"""What a person types → a condition in SQL. Words, "phrases", AND, OR, NOT, brackets, and fields.

Fields: ``town:`` ``county:`` ``year:`` (2023, 2021-2023) ``topic:`` ``role:`` ``kind:``. Names of topics and roles
may be Chinese. Every value is a parameter; nothing typed becomes SQL.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline.errors import QueryError

LONGEST = 1000  # characters of a query; more is a slip of the clipboard
DEEPEST = 30

ROLE_NAMES = {
    "heading": "标题", "overview": "总述", "achievement": "成效", "problem": "问题", "plan": "计划",
    "closing": "结语", "other": "其他",
}  # fmt: skip
TOPIC_NAMES = {
    "theory": "理论武装", "news": "新闻舆论", "ideology": "意识形态", "civilization": "精神文明",
    "culture": "群众文化", "team": "队伍保障", "party": "党的建设", "economy": "经济产业", "rural": "三农",
    "construction": "城乡建设", "environment": "生态环保", "livelihood": "民生", "governance": "社会治理",
    "administration": "政府自身建设", "general": "综合",
}  # fmt: skip
KIND_NAMES = {
    "summary": "总结", "plan": "计划", "summary_plan": "总结暨计划", "report": "报告", "profile": "概况",
    "notice": "通知", "other": "其他",
}  # fmt: skip

_TOKEN = re.compile(r'\s*(?:(?P<open>[(（])|(?P<close>[)）])|(?P<phrase>"[^"]*"|“[^”]*”)|(?P<word>[^\s()（）"“”]+))')


@dataclass(frozen=True, slots=True)
class Condition:
    """A piece of SQL over paragraph ``p`` and report ``r`` with its parameters, and the words it looks for."""

    sql: str
    values: tuple[str | int | float, ...] = ()
    words: tuple[str, ...] = ()


Cut = Callable[[str], list[str]]


def parse(text: str, cut: Cut) -> Condition:
    """The condition for a query; raises ``QueryError`` with what is wrong and where.

    >>> parse("志愿服务 town:青禾镇", lambda text: [text]).words
    ('志愿服务',)
    >>> parse("year:abc", lambda text: [text])
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
    condition, rest = _either(tokens, cut, 0)
    if rest:
        raise QueryError(f"这里多了一个 {rest[0][1]!r}")
    return condition


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(text.rstrip()):
        found = _TOKEN.match(text, at)
        if found is None:
            raise QueryError(f"第 {at + 1} 个字符看不懂: {text[at : at + 10]!r}")
        kind = found.lastgroup or ""
        value = found[kind]
        if kind == "word" and value in ("AND", "OR", "NOT"):
            kind = value
        elif kind == "word" and value.startswith(("-", "－")) and len(value) > 1:
            yield "NOT", value[0]
            value = value[1:]
        yield kind, value
        at = found.end()


Tokens = list[tuple[str, str]]


def _either(tokens: Tokens, cut: Cut, depth: int) -> tuple[Condition, Tokens]:
    if depth > DEEPEST:
        raise QueryError(f"括号套得太深: 最多 {DEEPEST} 层")
    one, tokens = _both(tokens, cut, depth)
    while tokens and tokens[0][0] == "OR":
        other, tokens = _both(tokens[1:], cut, depth)
        one = Condition(f"({one.sql} OR {other.sql})", one.values + other.values, one.words + other.words)
    return one, tokens


def _both(tokens: Tokens, cut: Cut, depth: int) -> tuple[Condition, Tokens]:
    one, tokens = _one(tokens, cut, depth)
    while tokens and tokens[0][0] not in ("OR", "close"):
        if tokens[0][0] == "AND":
            tokens = tokens[1:]
        other, tokens = _one(tokens, cut, depth)
        one = Condition(f"({one.sql} AND {other.sql})", one.values + other.values, one.words + other.words)
    return one, tokens


def _one(tokens: Tokens, cut: Cut, depth: int) -> tuple[Condition, Tokens]:
    if not tokens:
        raise QueryError("查询没有写完: 后面缺一个词")
    kind, value = tokens[0]
    if kind == "NOT":
        inner, rest = _one(tokens[1:], cut, depth + 1) if depth <= DEEPEST else _either([], cut, depth)
        return Condition(f"NOT {inner.sql}", inner.values), rest
    if kind == "open":
        inner, rest = _either(tokens[1:], cut, depth + 1)
        if not rest or rest[0][0] != "close":
            raise QueryError("括号没有成对: 缺一个右括号")
        return inner, rest[1:]
    if kind in ("close", "AND", "OR"):
        raise QueryError(f"{value!r} 前面缺一个词")
    if kind == "phrase":
        return _words(value[1:-1], cut), tokens[1:]
    name, colon, rest_of = value.replace("：", ":", 1).partition(":")
    if colon and (name.isascii() or name in _CHINESE_FIELDS):
        return _field(_CHINESE_FIELDS.get(name, name), rest_of, value), tokens[1:]
    return _words(value, cut), tokens[1:]


def _words(text: str, cut: Cut) -> Condition:
    """A word or phrase: its words in a row in the index."""
    words = [word for word in cut(text.strip()) if re.search(r"\w", word)]
    if not words:
        raise QueryError(f"{text!r} 里没有可找的词")
    match = '"' + " ".join(word.replace('"', '""') for word in words) + '"'
    sql = "p.n IN (SELECT rowid FROM paragraph_index WHERE paragraph_index MATCH ?)"
    return Condition(sql, (match,), (text.strip(),))


_CHINESE_FIELDS = {"镇": "town", "乡镇": "town", "县": "county", "年": "year", "类别": "topic", "角色": "role", "文种": "kind"}


def _field(name: str, value: str, typed: str) -> Condition:
    if name not in FIELDS:
        near = difflib.get_close_matches(name, FIELDS, n=1)
        hint = f"是不是 {near[0]}:?" if near else f"可用的有 {' '.join(f'{field}:' for field in FIELDS)}"
        raise QueryError(f"{typed}: 没有 {name}: 这个条件; {hint}")
    if not value:
        raise QueryError(f"{typed}: 后面要写值, 例如 {name}:{_EXAMPLES[name]}")
    return FIELDS[name](value, typed)


def _town(value: str, typed: str) -> Condition:
    return Condition("r.town = ?", (value,))


def _county(value: str, typed: str) -> Condition:
    return Condition("r.county = ?", (value,))


def _year(value: str, typed: str) -> Condition:
    found = re.fullmatch(r"(\d{4})(?:[-—~至](\d{4}))?年?", value)
    if not found:
        raise QueryError(f"{typed}: 年份应写作 year:2023 或 year:2021-2023")
    first, last = int(found[1]), int(found[2] or found[1])
    return Condition("(r.period_year BETWEEN ? AND ?)", (first, last))


def _named(column: str, names: dict[str, str]) -> Callable[[str, str], Condition]:
    def condition(value: str, typed: str) -> Condition:
        known = {chinese: name for name, chinese in names.items()} | {name: name for name in names}
        if value not in known:
            near = difflib.get_close_matches(value, known, n=1)
            hint = f"是不是 {near[0]}?" if near else f"可用的有 {' '.join(names.values())}"
            raise QueryError(f"{typed}: 没有 {value!r}; {hint}")
        return Condition(f"{column} = ?", (known[value],))

    return condition


FIELDS: dict[str, Callable[[str, str], Condition]] = {
    "town": _town,
    "county": _county,
    "year": _year,
    "topic": _named("p.topic", TOPIC_NAMES),
    "role": _named("p.role", ROLE_NAMES),
    "kind": _named("r.kind", KIND_NAMES),
}
_EXAMPLES = {"town": "青禾镇", "county": "岚川县", "year": "2023", "topic": "news", "role": "plan", "kind": "summary"}
