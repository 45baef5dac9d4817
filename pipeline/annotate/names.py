"""Numbers that measure nothing: dates, ordinals, names, classes, deadlines, idioms (CONVENTIONS 4, "Not facts").

``is_name`` is asked before a value is computed, and looks only at a few characters around the number: what is glued to
the digits stands here, what a unit names in ``names_by_unit``, set phrases in ``names_in_han``, classes in ``classes``.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from pipeline.annotate.classes import COUNTS
from pipeline.annotate.names_by_unit import BY_DIMENSION
from pipeline.annotate.names_in_han import is_han_name

_CLOSED = re.compile(
    r"“([^“”]*(?:“[^“”]*”[^“”]*)*)”|《[^《》]*》|「[^「」]*」|【[^【】]*】|〔[^〔〕]*〕|\[[0-9]{1,3}\]|"
    r"\"([^\"]{1,20})\""
)
_QUOTE_LIMIT = 24
_CLAUSE_SIGN = re.compile(r"[，。；！？]")


def closed_spans(text: str) -> list[tuple[int, int]]:
    """Stretches in which a number belongs to a name: book titles, footnote marks, short quotations.

    >>> closed_spans("落实“30条”政策")
    [(2, 7)]
    """
    if (
        "“" not in text
        and "《" not in text
        and "[" not in text
        and "〔" not in text
        and "「" not in text
        and "【" not in text
    ):
        return []
    spans = []
    for match in _CLOSED.finditer(text):
        inner = match[1] or match[2]
        if inner and (len(inner) > _QUOTE_LIMIT or _CLAUSE_SIGN.search(inner)):
            continue
        spans.append(match.span())
    return spans


def is_inside(spans: list[tuple[int, int]], at: int) -> bool:
    """Whether a position stands inside one of the spans."""
    index = bisect_left(spans, (at, 0)) - 1
    return index >= 0 and spans[index][0] < at < spans[index][1]


_GLUE_BEFORE = frozenset("%=&第+＋×·〔[#＃_@")
_GLUE_AFTER = frozenset("+＋×·〕]_@:：∶")
_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_LATIN_UNITS = re.compile(r"(?:km²?|KM|m[²³]?|cm|mm|kg|KG|mg|t|hm²|[kKMGT]Wh?|MWh|GWh|kWh|TEU)(?![A-Za-z0-9])")
LONG = 30
"""No numeral in a report is written in more signs than this."""
_SIGNED = re.compile(r"(?:[比幅率速长降额量值]|[%）])[、，：]?$|^$")
"""What a plus sign stands behind that says which way a number goes: ``同比+3.2%``, ``+1.5%、+2%``."""
_DEVICE = re.compile(r"(?<![A-Za-z0-9])(?!MP)[A-Za-z]{2,4}$")
_PIECES = frozenset("台套块场家")
"""Letters that name a thing, before the classifier of things: ``DVD1台``."""
_SERIAL = re.compile(r"[0-9]{11}")
"""So many digits in one run are a telephone, account or identity number."""

UNLISTED = re.compile(
    r"[一-龥](?<![年月日号时点届区线度大强后前里多转楼路厅室院中小网台档频瓦伏老新类])(?=[，。；、！？）),;\s]|$|"
    r"[0-9]|以上|左右|以下)|[一-龥]{2}(?=[0-9])(?<![年月日号时点到至为成增减达超过约近和及、有共])"
)
"""An unseen classifier: one or two Han signs between the digits and a boundary."""


def is_glued(text: str, start: int, end: int) -> bool:
    """Whether the digits are a part of a code: 第3届, G7, 5G, 4+2, 8·20, 1:3, a serial number."""
    if end - start > LONG or (end - start > 10 and _SERIAL.search(text, start, end) is not None):
        return True
    before = text[start - 1] if start else ""
    after = text[end] if end < len(text) else ""
    if before and before in "+＋" and _SIGNED.search(text, max(0, start - 4), start - 1) is not None:
        return False
    if (before in _GLUE_BEFORE and before) or (before in _LETTERS and before):
        return text[max(0, start - 3) : start] != "GDP" and not (
            after in _PIECES and _DEVICE.search(text, max(0, start - 6), start) is not None
        )
    if after in _LETTERS and after and text[end - 1] not in "kK":
        return _LATIN_UNITS.match(text, end) is None
    if after in _GLUE_AFTER and after:
        return not (after in ":：∶" and not text[end + 1 : end + 2].isdigit())
    return before in (":", "：", "∶", ".", "/", "-", "—") and start > 1 and text[start - 2].isdigit()


_RANK_PLACE = re.compile(r"(?:再进|前进|上升|提升|前移|跃升|提高|晋升|进步|下降|后退|攀升|退|进|升|移|降)了?$")
_RANKED = re.compile(r"(?:第|[前列居排]|位次|排名|位列|名列|位居|[至到]|[0-9]、)$")
_LINE = re.compile(r"、?[0-9]*路?(?:公交|汽车|车|军|人马)")
_ADDRESS = re.compile("[^0-9一二三四五六七八九十个全各每本该行自然][一-龥]村$")
"""``花果村8组`` says where; 3村8组 counts."""
_HOTLINE = re.compile(r"1[12][0-9]|12[0-9]{3}|9[56][0-9]{3}")


def is_name(
    text: str,
    start: int,
    end: int,
    unit_at: int,
    unit_end: int,
    name: str,
    dimension: str,
    numeral: str,
) -> bool:
    """Whether the number at ``[start, end)`` with its unit names, dates or classes instead of measuring."""
    is_han = numeral[0] not in "-0123456789"
    if text.startswith("级", unit_end) and name != "级":  # 百亿级, 万吨级泊位
        return True
    rule = BY_DIMENSION.get(dimension)
    if rule is not None and rule(text, start, unit_at, unit_end, name, numeral):
        return True
    if (
        text[start - 1 : start] in ("前", "头")
        and text[start - 2 : start] != "提前"
        and dimension in ("people", "time", "ratio", "")
        and start
    ):
        return True
    if name == "人" and text.startswith("制", unit_end):  # 5人制足球场
        return True
    if name == "路" and (_LINE.match(text, unit_end) or (text[start - 1 : start] in tuple("乘坐、第经纬") and start)):
        return True
    if name in ("组", "社") and start > 1 and _ADDRESS.search(text, max(0, start - 3), start) is not None:
        return True
    if not dimension and _HOTLINE.fullmatch(numeral):
        return True
    if name == "部" and text.startswith(("委", "门", "队", "法", "长", "联"), unit_end):
        return True
    if name == "版" and "." in numeral:
        return True
    if name == "位" and _is_rank(text, start, unit_end):
        return True
    return is_han and is_han_name(text, start, end, unit_at, unit_end, name, dimension, numeral)


def without_label(start: int, numeral: str, dimension: str) -> tuple[int, str]:
    """A heading's number glued to a value (``3.12个村``): things are never counted in decimals.

    >>> without_label(0, "3.12", "thing"), without_label(0, "2.5", "money")
    ((2, '12'), (0, '2.5'))
    """
    label, _, rest = numeral.partition(".")
    is_count = dimension in COUNTS and rest.isdigit()
    is_label = len(label) <= 2 and (is_count or len(rest.rstrip("十百千万亿")) > 2)
    return (start + len(label) + 1, rest) if is_label else (start, numeral)


def _is_rank(text: str, start: int, unit_end: int) -> bool:
    left = text[max(0, start - 6) : start]
    if _RANK_PLACE.search(left):
        return False
    return _RANKED.search(left) is not None or text.startswith(("一体", "数"), unit_end)
