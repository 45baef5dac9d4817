"""What a number claims: achieved, target, norm, change or baseline; and per what (CONVENTIONS 4)."""

from __future__ import annotations

import re

from pipeline.annotate import changes
from pipeline.annotate.lexicon import EXISTING_VERBS
from pipeline.model import FactKind, Per

_BASELINE_AFTER = re.compile(
    r"[）)]?(?:均|都|大幅|快速|稳步|逐步|逐年|一举|迅速|直接|再次|平均|、[^，。；、]{1,10})*"
    r"(?:增加|提高|提升|上升|下降|降低|减少|扩大|缩[短减小]|压[缩减]|调增|调减|跃升|增长|发展|拓展|增|降|升|上涨|"
    r"改为|变为|扩容|攀升|减|精简|优化|上调|下调|扩展|猛增|延伸|翻番|延长)(?:了)?(?:到|至|为|成)"
)
_BASELINE_BEFORE = re.compile(
    r"(?:(?:比|较)(?:去年|上年|前年|同期|往年|年初|原来|过去|以前|[0-9]{2,4}年)(?:同期|底|末)?(?:的)?|"
    r"(?:去年|上年|前年|往年)(?:同期|全年|底|末)?(?:的|为|是|仅|只有|仅有|达|共)+|(?:去年|上年)同期|同期(?:为|是|的)|"
    r"原来?(?:的|为|是|有|仅|只有)|此前(?:的|为)|由[^，。；]{0,12}的|从[^，。；]{0,12}的|"
    r"年初的)[^，。；0-9一二三四五六七八九十]{0,6}$"
)
_FROM = re.compile(r"(?:由|从)[^，。；]{0,24}$")

_FUTURE = re.compile(
    r"将(?!近|军|士|领|来|其|全|各|党|理论|学|思想|[^，。；]{1,14}(?:为|作为|纳入|与|同|和|列入|作))|力争|拟(?!定)|"
    r"有望|预期(?!寿命)|明年|来年|下半年|下一步|年底前|今后|目标(?:是|为|：|任务|值)|(?:预期|工作|主要)目标|"
    r"计划(?!的|内|生育|单列|完成|执行|经济)"
    r"|规划(?:总?投资|总?面积|建设|用地|新增|投入|实施)|到20[0-9]{2}年|到“?十[四五六七]五|达产后|投产后|建成后|"
    r"建成投[产用运]后|全部建成|项目建成|完工后|实施后|确保|争取(?:在|到|年|实现|完成|全年|达)|务必|要(?:在|确保|"
    r"达到|完成|实现|力争)|未来|推动实现"
)
_ESTIMATE = re.compile(r"预计(?!全年|[0-9]{4}年全年)")
_ESTIMATED_FUTURE = re.compile(
    r"预计(?:总?投资|建成|投产|达产|明年|20[0-9]{2}年|年底|年产|年接待|年产值|年均)|预计[^，。；]{0,10}(?:后|可|"
    r"将)|预计到"
)
_PAST = re.compile(
    r"现有|目前|现已|已经|截至|截止|去年|上年|上半年|一年来|过去|今年以来|以来|现辖|共有|"
    r"已(?=[建完有成开实达投累发培签引组新])|拥有"
)
_STANDING = re.compile(
    r"坚持|要求|规定|必须|至少|不少于|不低于|不得|定期|标准|按照?|给予|补贴|补助|奖励|原则上|一般|每次|保证|实行|"
    r"制度|落实|建立|轮流|固定|雷打不动|常态化|每天|每日|每周|每月|每季|班次|通车|发车"
)
_SUBSIDY = re.compile(
    r"(?:对[^，。；]{2,40}?(?:按|给予|奖励|补助|补贴)|最高(?:可)?(?:补|奖|给予|贷|享)?|按照?[^，。；]{0,12}(?:标准|"
    r"比例)|给予[^，。；]{0,10}(?:奖励|补助|补贴)|奖励标准|补贴标准|一次性(?:奖励|补助|补贴|给予))[^，。；]{0,16}$"
)
_SUBSIDY_AFTER = re.compile(
    r"[^，。；]{0,6}?(?:的?标准|比例)(?:给予|补助|奖励|发放|补贴|分担|执行|收取)|[^，。；]{0,4}?(?:的?(?:奖励|补助|"
    r"补贴|奖补|资助))(?!资金|[0-9]|[^，。；]{0,6}[0-9])"
)
_PER = re.compile(
    r"每(?:个)?(?P<unit>天|日|晚|周|星期|月|季度|季|年|半年|学期)|(?:人|户)均每?(?P<y1>年|月|日)|(?P<y2>年|月|日|"
    r"周)(?:人|户)?均|人均(?P<y4>年|月|日)(?=增|收)|"
    r"(?<![全今去上往当多近周青少老幼成学逐历前本次明每两半整同数跨新按终常0-9一二三四五六七八九〇十])(?P<y3>年)(?=产(?!权)|"
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r""
    r"收入|平均|接待|营收|营业|销售|加工|处理|生产|供|增收|吞吐|利润|税收|用电|用水|出栏|屠宰|客流|耗|节约|节|人均|"
    r"租金|工资|经营|发电|创|可|纳税|上缴|分红|受益|培训|输送|出口)|"
    r"(?<![年0-9一二三四五六七八九十今昨当次节假])(?P<d1>日)(?=最[大高多]|均|产|处理|供水|加工|接待|客流|通车|发电)|(?P<m1>(?<=人)月)(?=工资)"
)
_PERS: dict[str, Per] = {
    "天": "day", "日": "day", "晚": "day", "周": "week", "星期": "week", "月": "month", "季度": "quarter",
    "季": "quarter", "年": "year",
}  # fmt: skip
_FREQUENT = frozenset(("event", "text"))
_OPENING = re.compile(r"(?:开工|建成|投产|竣工|完工|投用|落地|达产|启动|入库|开展|新增|签约|完成|通车|投入使用|运营)")
_FORWARD = frozenset(("plan",))
_CREATION = re.compile(
    r"(?:新增|新建|建成|建设|打造|培育|完成|开工|创建|实施|争取|引进|举办|开展|改造|组织|招引|发展|种植|达到|新|推进|启动|谋划|办好|办理|争创|申报|设立|选树|评选|命名|认定|投入|引育|申报|安排|支持)"
)


_TITLE = re.compile("《[^《》]*》")


def per_of(left: str, unit_per: Per | None) -> Per | None:
    """The period that a clause divides by: ``每月发帖`` → month, ``年产量`` → year.

    >>> per_of("坚持每月发帖量", None), per_of("全年产量", None)
    ('month', None)
    """
    if unit_per is not None:
        return unit_per
    if "每" not in left and "年" not in left and "日" not in left and "月" not in left and "均" not in left:
        return None
    if "《" in left:
        left = _TITLE.sub("", left)
    found: Per | None = None
    for match in _PER.finditer(left):
        word = match[match.lastgroup] if match.lastgroup else ""
        found = None if word in ("半年", "学期") else _PERS.get(word)
    return found


def kind_of(
    role: str,
    left: str,
    prior: str,
    right: str,
    dimension: str,
    approx: str,
    is_counted: bool,
    is_change: bool,
    per: Per | None,
) -> FactKind:
    """The kind by role, tense words and clause.

    ``left`` is the clause before the number, ``prior`` the sentence before that, ``right`` what follows.
    """
    if _is_baseline(left, right, is_change):
        return "baseline"
    future = _is_future(role, left, prior)
    if is_change:
        return "target" if future else "change"
    if _is_norm(left, right, dimension, approx, per):
        return "norm"
    if not future:
        return "achieved"
    if role in _FORWARD and (_PAST.search(left) or (is_counted and _is_existing(left, right))):
        return "achieved"
    return "target"


_RULE = re.compile(r"标准|补贴|补助|给予|奖励|坚持|要求|规定|至少")
_EACH_PAID = re.compile(r"每[篇条次场人户个]{1,2}(?:给予|再)?(?:奖励|补助|补贴)$")
_LINES = re.compile(r"班车|公交|客车|快客|客运班线|专线|渡船|摆渡")


def is_timetable(object_: str, unit: str) -> bool:
    """Whether a count is a line's frequency, which is a norm: ``城区至白水班车6趟``."""
    return unit in ("次", "趟", "班", "班次") and _LINES.search(object_) is not None


def _is_baseline(left: str, right: str, is_change: bool) -> bool:
    if not is_change and _BASELINE_BEFORE.search(left):
        return True
    return (
        ("由" in left or "从" in left) and _FROM.search(left) is not None and _BASELINE_AFTER.match(right) is not None
    )


def _is_future(role: str, left: str, prior: str) -> bool:
    if role in _FORWARD:
        return True
    if _FUTURE.search(left):
        return not (("确保" in left or "争取" in left) and _PAST.search(left))
    if "预计" in left:
        return _ESTIMATED_FUTURE.search(left) is not None
    return prior != "" and _PRIOR_FUTURE.search(prior) is not None and not _PAST.search(left)


_PRIOR_FUTURE = re.compile(
    r"目标(?:是|为|：)|力争|下半年|下一步|明年|将(?:举办|开展|实施|建设|投资|继续|进一步|新)|到20[0-9]{2}年|计划(?:总?投资|建设|实施|在|于|到|年)|建成后|投产后|达产后|拟"
)


def _is_norm(left: str, right: str, dimension: str, approx: str, per: Per | None) -> bool:
    if per is not None and (dimension in _FREQUENT or _STANDING.search(left)):
        if dimension in _FREQUENT:
            return "每" in left and not re.search(r"累计|共(?![同享])|平均|日均|月均|年均|年产|均", left)
        if _RULE.search(left) is not None and not changes.REACHED.search(left):
            return True
    if dimension in _FREQUENT and re.search(r"每(?:半年|两年|学期)[^，。；]{0,10}$", left):
        return True
    if per is not None and approx in ("at_least", "at_most") and "每" in left:
        return True
    if _EACH_PAID.search(left):
        return True
    if left.endswith(("给予", "奖励", "补助", "补贴", "发放")) and re.match(
        r"的?(?:一次性)?(?:奖励|补助|补贴|资助)(?!资?金?[0-9])", right
    ):
        return True
    return (_SUBSIDY.search(left) is not None and not re.search(r"累计|已|共", left)) or (
        ("对" in left or "按" in left) and _SUBSIDY_AFTER.match(right) is not None
    )


def _is_existing(left: str, right: str) -> bool:
    """A set that is already there: ``6类对象…标准提高``, ``放大3个示范村优势``."""
    bare = left.lstrip("、和及与，")
    if not bare:
        return _OPENING.search(right[:24]) is None
    if _CREATION.search(bare):
        return False
    return _KEPT.search(bare) is not None or any(bare[-length:] in EXISTING_VERBS for length in (4, 3, 2, 1))


_KEPT = re.compile(r"落实|执行|贯彻|围绕|聚焦|依托|发挥|放大|巩固|按照|针对|用好|守好|坚持|遵守")
