"""Facts of a table row: the head gives object and unit, the first cell the row's own name, the cell the number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from pipeline.annotate import numbers, objects, objects_behind, quantities, rules, signs, spellings
from pipeline.annotate.quantity import Quantity
from pipeline.model import Fact, FactContext, FactKind, Span, Units

_NUMBER = re.compile(r"[-－]?[0-9]+(?:[,，][0-9]{3})*(?:\.[0-9]+)?")
_ROUGH = (
    r"(?P<lead>(?:约|近|超|逾|不足|不低于|不少于|不超过)?[0-9]+(?:[,，][0-9]{3})*(?:\.[0-9]+)?"
    r"(?:[-—~至][0-9]+(?:[,，][0-9]{3})*(?:\.[0-9]+)?)?)"
    r"(?P<more>[余多]?)(?P<scale>[万亿]?)(?P<tail>以上|以下|以内|左右|上下)?"
)
_YEARED = re.compile(r"^((?:19|20)[0-9]{2})年度?(?=.)")
_YEAR = re.compile(r"^((?:19|20)[0-9]{2})年度?")
_HEAD_UNIT = r"[（(\[]\s*(?:单位[:：])?\s*([^（）()\[\]]{1,8}?)\s*[）)\]]|[/／]([一-龥%]{1,4})$"
_SCALES = {"万": Decimal(10**4), "亿": Decimal(10**8), "千": Decimal(1000), "百": Decimal(100)}
_GENERIC = (
    r"^(?:数量|数|数值|完成数?|完成情况|完成量|实际完成数?|目标数?|目标任务|任务数?|计划数?|全年任务|合计|小计|"
    r"总计|本年|上年|去年|今年|本期|上年同期|同期|累计|实绩|指标值|上半年|下半年|(?:[0-9]{4}年)?(?:上半年|下半年)?(?:实绩|实际|完成|目标|计划|预期|任务|实现)?"
    r"|[一二三四]季度|同比|增幅|增长率?|增减|备注|目标值|实际值|完成值|情况)(?:数|值|量)?$"
)
_SKIPPED = re.compile(r"序号|编号|电话|手机|联系|年份|年度|日期|时间|名次|排名|位次|邮编|代码|身份证|备注|^年$|^月$")
_UNIT_HEAD = re.compile(r"^(?:计量)?单位$")
_KINDS: tuple[tuple[re.Pattern[str], FactKind], ...] = (
    (re.compile(r"目标|计划|任务|应完成|预期|下半年打算"), "target"),
    (re.compile(r"同比|增幅|增长|增减|比上年|较上年"), "change"),
    (re.compile(r"上年|去年|同期|基数|原"), "baseline"),
)
_PLACE = r"(?:镇|乡|街道|村|社区|县|区|办事处|单位|局|部|办|中心)$"
_SUM = re.compile(r"^(?:合\s*计|总\s*计|小\s*计|全[镇乡县区市])$")


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    unit: str
    scale: Decimal


def find(text: str, context: FactContext, units: Units) -> list[Fact]:
    """The facts of one row; ``context.cells`` are spans into ``text``, ``context.head`` the head's texts.

    >>> units = Units((), {"text": "篇"})
    >>> row = FactContext(cells=(Span(0, 3), Span(4, 7)), head=("单位", "采用量（篇）"), town="青石镇")
    >>> [(f.low, f.unit, f.object, f.scope) for f in find("白水镇\\t120", row, units)]
    [(Decimal('120'), '篇', '采用量', 'other')]
    """
    half = signs.half_width(text)
    label = _label(half, context)
    latest = _latest(context)
    own_unit = _own_unit(half, context)
    facts: list[Fact] = []
    for index, cell in enumerate(context.cells):
        head = context.head[index] if index < len(context.head) else ""
        if _SKIPPED.search(head) or _UNIT_HEAD.match(head):
            continue
        column = _column(head, own_unit, units)
        for quantity, thing in _cell(half, cell, column, units):
            facts.append(_fact(quantity, column.name, label, thing, text, context, latest))
    return facts


def _latest(context: FactContext) -> int | None:
    """The newest year among the columns that say what was reached, else the report's own."""
    said = [_YEAR.match(head) for head in context.head if not _KINDS[0][0].search(head)]
    years = [int(match[1]) for match in said if match is not None]
    return max(years) if years else context.year


def _label(text: str, context: FactContext) -> str:
    """The row's name: the first cell that is no number and stands under no unit head."""
    for index, cell in enumerate(context.cells):
        said = cell.of(text).strip()
        head = context.head[index] if index < len(context.head) else ""
        if said and not said[0].isdigit() and not re.search(r"序号|编号", head):
            return "" if _UNIT_HEAD.match(head) and not re.search(_PLACE, said) and index else said
    return ""


def _own_unit(text: str, context: FactContext) -> str:
    """The unit that a row names in a column of its own (单位: 篇)."""
    for cell, head in zip(context.cells[1:], context.head[1:], strict=False):
        if _UNIT_HEAD.match(head):
            return cell.of(text).strip()
    return ""


def _column(head: str, own_unit: str, units: Units) -> _Column:
    match = re.search(_HEAD_UNIT, head)
    said = (match[1] or match[2]) if match else own_unit
    name = (head[: match.start()] + head[match.end() :] if match else head).strip()
    if "%" in head or "％" in head:
        said, name = "%", re.sub(r"[（(]?[%％][）)]?", "", head).strip()
    scale = Decimal(1)
    while said and said[0] in _SCALES and said not in ("千米", "千克", "百分点", "千瓦", "千瓦时"):
        scale, said = scale * _SCALES[said[0]], said[1:]
    known = spellings.vocabulary(units).names.get(said)
    return _Column(name, known[0] if known else said, scale)


def _cell(text: str, cell: Span, column: _Column, units: Units) -> list[tuple[Quantity, str]]:
    """The quantities of one cell, each with what the cell itself says it counts (``桌数不超过10桌，礼金200元``)."""
    said = cell.of(text)
    lead = len(said) - len(said.lstrip())
    number = _NUMBER.fullmatch(said.strip())
    if number is not None:
        value = numbers.exact(number[0]) * column.scale
        start = cell.start + lead
        end = start + len(number[0])
        return [(Quantity(start, end, start, end, value, value, column.unit, "", "exact", number[0]), "")]
    rough = re.fullmatch(_ROUGH, said.strip())
    if rough is not None:
        one = _rough(rough, cell.start + lead, column, units)
        return [(one, "")] if one is not None else []
    found: list[tuple[Quantity, str]] = []
    done = 0
    for one in quantities.find(said, units):
        moved = Quantity(
            one.start + cell.start, one.end + cell.start, one.core + cell.start, one.unit_end + cell.start,
            one.low, one.high, one.unit, one.dimension, one.approx, one.numeral, one.per,
        )  # fmt: skip
        clause = re.split("[，。；、（]", said[done : one.start])[-1]
        found.append((moved, objects.before(clause) or objects_behind.behind(said, one.end, len(said))))
        done = one.end
    return found


def _rough(match: re.Match[str], start: int, column: _Column, units: Units) -> Quantity | None:
    """A cell that says about how much (``2600余``, ``9左右``, ``40-42``), read as if its unit stood behind it."""
    end = start + match.end() - match.start()
    found = quantities.find(f"{match['lead']}{match['more']}{match['scale']}元{match['tail'] or ''}", units)
    if len(found) != 1:
        return None
    low, high = (None if bound is None else bound * column.scale for bound in (found[0].low, found[0].high))
    return Quantity(start, end, start, end, low, high, column.unit, "", found[0].approx, match[0])


def _fact(
    quantity: Quantity, name: str, label: str, own: str, text: str, context: FactContext, latest: int | None
) -> Fact:
    is_place = bool(re.search(_PLACE, label)) and not _SUM.match(label)
    year = _YEAR.match(name) or _YEAR.match(label)
    is_own = label and not is_place and not _SUM.match(label) and not _YEAR.fullmatch(label)
    thing = label if is_own and (not name or re.match(_GENERIC, name)) else _YEARED.sub("", name)
    thing = own or thing
    scope = "town"
    if is_place and context.town and label != context.town and not context.town.endswith(label):
        scope = "village" if label.endswith(("村", "社区")) else "other"
    kind: FactKind = "target" if context.role == "plan" else "achieved"
    for pattern, meant in _KINDS:
        if pattern.search(name):
            kind = meant
            break
    else:
        if year is not None and latest is not None and int(year[1]) < latest:
            kind = "baseline"
    said = text[quantity.start : quantity.end]
    if kind == "achieved" and rules.is_bound_rule(label + name + own, said, label + name):
        kind = "norm"
    direction = None
    if kind == "change" and quantity.low is not None:
        direction = "down" if quantity.low < 0 or "降" in name or ("减" in name and "增减" not in name) else "up"
    return Fact(
        Span(quantity.start, quantity.end), quantity.low, quantity.high, quantity.unit, quantity.approx, kind, thing,
        quantity.per, direction, Span(0, len(text)), "row", scope=scope,  # type: ignore[arg-type]
    )  # fmt: skip
