"""Per what a number is told: 每月, 年产, 人均年 (CONVENTIONS 4, ``per``)."""

from __future__ import annotations

import re

from pipeline.model import Per

_PER = re.compile(
    r"每(?:个)?(?P<unit>天|日|晚|周|星期|月|季度|季|年|半年|学期)|(?:人|户)均每?(?P<y1>年|月|日)|(?P<y2>年|月|日|"
    r"周)(?:人|户)?均|人均(?P<y4>年|月|日)(?=增|收)|"
    r"(?<![全今去上往当多近周青少老幼成学逐历前本次明每两半整同数跨新按终常0-9一二三四五六七八九〇十])(?P<y3>年)(?=产(?!权)|"
    r"收入|平均|接待|营收|营业|销售|加工|处理|生产|供|增收|吞吐|利润|税收|用电|用水|出栏|屠宰|客流|耗|节约|节|人均|"
    r"租金|工资|经营|发电|创|可|纳税|上缴|分红|受益|培训|输送|出口|流失)|"
    r"(?<![年0-9一二三四五六七八九十今昨当次节假])(?P<d1>日)(?=最[大高多]|均|精加工|播|巡|产|处理|供水|加工|接待|客流|通车|发电)|(?P<m1>(?<=人)月)(?=工资)|"
    r"(?:^|[，；、镇乡村])(?P<m2>月)(?=发放|支付|补助|补贴|租金|最低生活)"
)
_YIELDS = frozenset(("y3", "d1", "m1", "m2"))
"""What a yield is told per, which belongs to its own number alone."""
_ONCE = re.compile(
    r"(?<![0-9十第近这某另每有过])一(?:个?(?P<of>天|日|周|月|季度)(?:至少|只有|[有要])?"
    r"|(?P<by>天|周|个月|个季度)(?:(?![来内里中后前间多余度共已累])[一-龥]){1,4}|(?P<year>年)[有要])$"
)
_PERS: dict[str, Per] = {
    "天": "day", "日": "day", "晚": "day", "周": "week", "星期": "week", "月": "month", "季度": "quarter",
    "季": "quarter", "年": "year",
}  # fmt: skip

_EVERY_MONTH = re.compile(r"(?:哪个月|个个月|月月)[^，。；]{0,6}$")
_TITLE = re.compile("《[^《》]*》")


def per_of(left: str, unit_per: Per | None, item: str | None = None) -> Per | None:
    """The period that a clause divides by: ``每月发帖`` → month, ``年产量`` → year.

    ``item`` is what stands since the number before: what only says of that one how much a year it yields
    (``年产3万吨的企业`` 1家) is none of this one's.

    >>> per_of("坚持每月发帖量", None), per_of("全年产量", None), per_of("年产3万吨的企业", None, "的企业")
    ('month', None, None)
    """
    if unit_per is not None:
        return unit_per
    once = _ONCE.search(left) if "一" in left else None
    if once is not None:
        return _PERS.get((once["of"] or once["by"] or once["year"]).removeprefix("个"))
    if "月" in left and _EVERY_MONTH.search(left):
        return "month"
    if "每" not in left and "年" not in left and "日" not in left and "月" not in left and "均" not in left:
        return None
    if "《" in left:
        left = _TITLE.sub("", left)
    found: Per | None = None
    own = len(left) - len(item) if item is not None else 0
    for match in _PER.finditer(left):
        if match.start() < own and match.lastgroup in _YIELDS:
            continue
        word = match[match.lastgroup] if match.lastgroup else ""
        found = None if word in ("半年", "学期") else _PERS.get(word)
    return found
