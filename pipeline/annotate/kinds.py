"""What a number claims: achieved, target, norm, change or baseline (CONVENTIONS 4)."""

from __future__ import annotations

import re

from pipeline.annotate import norms, rules
from pipeline.annotate.lexicon import EXISTING_VERBS
from pipeline.annotate.stances import FORWARD, RULES, SECOND, without_halves
from pipeline.model import FactKind, Per

_BASELINE_AFTER = re.compile(
    r"(?:到|至)(?=[0-9一二三四五六七八九十])|[）)，]?(?:均|都|大幅|快速|稳步|逐步|逐年|一举|迅速|直接|再次|平均|、[^，。；、]{1,10})*"
    r"(?:增加|提高|提升|上升|下降|降低|减少|扩大|缩[短减小]|压[缩减]|调增|调减|跃升|增长|发展|拓展|增|降|升|上涨|"
    r"改为|变为|扩容|攀升|减|精简|优化|上调|下调|扩展|猛增|延伸|翻番|延长|扩充|拓宽|放宽|收窄|压|压降|缩|提|调整|调|上浮|下浮|"
    r"变|改|加|涨|提标|跃|翻|推进|晋升|升格|前移|后退|清减|核减|发展壮大|壮大|增补|合并|整合|充实|加密|加码|增配|更新|回升|回落)"
    r"(?:了)?(?:到|至|为|成)"
)
_EARLIER = (
    r"(?:去年|上年|前年|同期|往年|年初|年前|原来|历年|常年|多年|过去|以前|先前|此前|前期|上[一个]*(?:季度|半年|月|周|次|届|年度|轮)|"
    r"[一二三四]季度|[一二三四五六七八九十两0-9]{1,3}年前|[0-9]{2,4}年|[0-9]{1,2}月份?|[一-龥]{2}前)"
)
_BASELINE_BEFORE = re.compile(
    rf"(?:(?:比|较|与|同){_EARLIER}(?:全年|同期|底|末|度)?的|(?:比|较)(?:去年|上年|前年|同期|往年|历年|常年|年初|原来|过去|以前|[0-9]{{2,4}}年)(?:同期|底|末)?(?:的)?|"
    r"(?:^|[，。；：])(?:而|但|可)?(?:过去|以前|原先|从前|以往|此前|早先|当初|[一-龥]{2}(?<![的之，])前)"
    r"[^，。；0-9]{0,8}?(?:还|都|才|要|只|仅|需|得|每[年月次]|全[镇乡村]|一共|总共|最多|平均)*(?:有|是|为|需|要|不到|不足)+|"
    r"(?:去年|上年|前年|往年)(?:同期|全年|底|末|[上下]半年)?(?:才|的|为|是|仅|只有|仅有|达|共)+|(?:去年|上年)同期|同期(?:为|是|的)|"
    r"原来?(?:的|为|是|有|仅|只有|每[天日周月季年])|此前(?:的|为)|(?:由|从(?!事|业|教))(?![^，。；]*(?:组成|构成|牵头|主办|承办))[^，。；]{0,12}的|"
    r"年初的)(?![^，。；]*[增减升降多少超翻加添差])[^，。；0-9一二三四五六七八九十]{0,6}$"
)
_EARLIER_SIGN = re.compile("[比较与同去前原从往此早当上由初]")
"""A sign that every way of ``_BASELINE_BEFORE`` and ``_THEN`` has."""
_RAISED = re.compile(
    r"(?:增加?|提高|提升|上升|下降|降低?|减少?|扩[大充]|缩短|压缩|发展|上涨|涨)(?:到|至|为)(?:了)?[^，。；]{0,6}[0-9一二三四五六七八九十百两]"
)
_THEN = re.compile(r"(?:去年|上年|前年|上届)[^，。；]{0,20}$")
_NOW = re.compile(r"[^。；]{0,12}?(?:，|、|；)(?:而?今年|如今|现在|本年|眼下|到?今年|目前)")
_FROM = re.compile(r"(?:由|从)[^，。；]{0,24}$")

_MEANT = "(?=在|于|[举再]?办|开|建|搞|把|新|用|再|明|下|年|举|组织|投|拿|安排)"
# Each way opens with one sign, and what must not stand before it is asked behind it: so the search skips other signs.
_FUTURE = re.compile(
    r"将(?!$|近|军|士|领|来|其|全|各|党|理论|学|思想|[^，。；]{1,14}(?:为|作为|纳入|与|同|和|列入|作|成|送到|送至))|力争|拟(?!定)|"
    r"力保|冲刺|争创(?!活动|工作|以来|成功|氛围|的)|年(?<=[一二三四五两0-9]年)(?<![近过这].年)内(?=建|新|完成|实现|培育|打造|发展|要|将|力争)|"
    rf"准备{_MEANT}|打算{_MEANT}|待[^，。；]{{2,16}}后(?:，|再)|再(?<![^，]再)(?:建|办|添|增|招|培育|发展|打造|新增|选)|"
    r"要(?<![主重需必只若还不紧首快摘提纲简概就]要)(?=拿出|办|建|新|培育|打造|争|把|再|发展|举办|推出|评|选|保)|要求到?20[0-9]{2}年|规定到?20[0-9]{2}年|"
    r"有望|预期(?!寿命)|明年|来年|下半年|下一步|年底前|今后|目标(?:是|为|：|任务|值)|目标(?<=预期目标|工作目标|主要目标)|"
    r"计划(?<!按计划)(?<!按照计划)(?!的|内|生育|单列|完成|执行|经济)"
    r"|规划(?:总?投资|总?面积|建设|用地|新增|投入|实施)|到(?<![加长高升降少大展]到)20[0-9]{2}年|到“?十[四五六七]五|达产后|投产后|建成后|"
    r"建成投[产用运]后|全部建成|项目建成|完工后|投用后|竣工后|落成后|建好后|投入使用后|实施后|确保|争取(?:在|到|年|实现|完成|全年|达)|务必|要(?:在|确保|"
    r"达到|完成|实现|力争)|未来|推动实现"
)
_ESTIMATE = re.compile(r"预计(?!全年|[0-9]{4}年全年)")
_ESTIMATED_FUTURE = re.compile(
    r"预计(?:总?投资|建成|投产|达产|明年|20[0-9]{2}年|年底|年产|年接待|年产值|年均)|预计[^，。；]{0,4}(?:参赛|参加|参展|到场|容纳|需|举办)|预计[^，。；]{0,10}(?:后|可|"
    r"将)|预计到"
)
_PAST = re.compile(
    r"现有|目前|眼下|如今|现已|已经|截至|截止|去年|上年|上半年|一年来|过去|今年以来|以来|现辖|共有|"
    r"已(?=[建完有成开实达投累发培签引组新])|拥有"
)
_OPENING = re.compile(r"(?:开工|建成|投产|竣工|完工|投用|落地|达产|启动|入库|开展|新增|签约|完成|通车|投入使用|运营)")
_CREATION = re.compile(
    r"(?:新增|新建|建成|建设|打造|培育|完成|开工|创建|实施|争取|引进|举办|开展|改造|组织|招引|发展|种植|达到|新|推进|启动|谋划|办好|办理|争创|申报|设立|选树|评选|命名|认定|投入|引育|申报|安排|支持)"
)
_LAST_YEARS = re.compile("(?:去年|上年|前年)下半年")
_GOES_ON = 4
"""``同期投稿38篇、登出15篇``: so short an item goes on with what is compared."""


def kind_of(
    role: str,
    half: int | None,
    left: str,
    prior: str,
    right: str,
    dimension: str,
    approx: str,
    is_counted: bool,
    is_change: bool,
    per: Per | None,
    item: str,
    before: str,
    said: str,
) -> FactKind:
    """The kind by role, tense words and clause.

    ``left`` is the clause before the number, ``prior`` the sentence before that, ``right`` what follows; ``item`` is
    what stands since the number before, ``before`` that number's kind when it is of the same sentence and unit,
    ``said`` the number itself.
    """
    if _is_baseline(left, item, right, is_change):
        return "baseline"
    if half == SECOND:  # 下半年 is what is reported, and 上半年 says nothing of the past
        left, prior, item = (without_halves(each, "，") for each in (left, prior, item))
    if before == "baseline" and item[:1] == "、" and len(item) <= _GOES_ON:
        return "baseline"
    if "计划" in prior and not dimension.startswith("money"):
        prior = _INVESTED.sub("", prior)  # 计划总投资8亿元，其中过亿元项目2个
    future = _is_future(role, left, prior, half)
    if is_change:
        return "target" if future and not _BESIDE_PLAN.search(item) else "change"
    if _is_aimed(item, right, dimension) or ("的目标" in right and _HELD_TO.search(prior + left)):
        return "target"
    if (
        before == "target"
        and ("任务" in prior or "其中" in prior + item)
        and _PART.match(item)
        and not _PAST.search(left)
    ):
        return "target"
    if before == "target" and role not in FORWARD and _ESTIMATE_GOES_ON.search(prior) and not _PAST.search(left):
        return "target"
    if dimension == "ratio" and prior.endswith(("标准（", "要求（", "规定（")):
        return "norm"
    if norms.is_norm(left, item, right, dimension, approx, per, before, said, prior):
        return "norm"
    if role == RULES and not _PAST.search(left):
        return rules.kind_in_rules(prior + left if prior.endswith("：") else left, item, before)
    if not future:
        return "norm" if role not in ("problem", "overview") and rules.is_bound_rule(left, said, prior) else "achieved"
    if role in FORWARD and (
        _PAST.search(left)
        or (is_counted and _is_existing(left, right))
        or ("占地" in item and _SITED.search(item) is not None)
        or (before == "achieved" and "再" not in item and not _CREATION.search(item) and not _FUTURE.search(left))
    ):
        return "achieved"
    return "target"


_PART = re.compile(r"^[，、；]?(?:其中[：，]?)?[^，。；：了已完超达占实]{1,12}$")
"""A part of a task: ``任务5000亩，其中造林3000亩、补植2000亩``."""
_ESTIMATE_GOES_ON = re.compile(r"预计(?:到|明年|20[0-9]{2}年)[^，。；]{0,24}(?:能|将|可|有望)")
"""An estimate of a later year holds for its whole list: ``预计2025年产值能达到5亿元，税收达到600万元``."""

_SITED = re.compile(r"(?<!规划)(?<!计划)(?<!拟)占地(?:面积)?(?:约|共|达|为)?$")
_INVESTED = re.compile("计划总?(?:投资|投入)")
"""The sum planned for a project says nothing of when there were how many."""
_YEAR_ESTIMATE = re.compile("预计全年|全年预计")
"""The figures of the year that a report is of, before it is quite over."""

_LINES = re.compile(r"班车|公交|客车|快客|客运班线|专线|渡船|摆渡")


def is_timetable(object_: str, unit: str) -> bool:
    """Whether a count is a line's frequency, which is a norm: ``城区至白水班车6趟``."""
    return unit in ("次", "趟", "班", "班次") and _LINES.search(object_) is not None


def _is_baseline(left: str, item: str, right: str, is_change: bool) -> bool:
    is_earlier = not is_change and _EARLIER_SIGN.search(item) is not None
    if is_earlier and (_BASELINE_BEFORE.search(item) or (_THEN.search(item) and _NOW.match(right))):
        return True
    if _RAISED.match(right) and not is_change:
        return True
    return (
        ("由" in left or "从" in left)
        and _FROM.search(item if right[:1] in "，," else left) is not None
        and _BASELINE_AFTER.match(right) is not None
    )


_BESIDE_PLAN = re.compile(r"[比较](?:原?计划|目标|任务|预期)")
_AIM = re.compile(r"(?:占|及|达|完成|超|到)[^，。；]{0,10}(?:任务|目标|计划|指标)(?:数|量|任务)?$")
_AIM_IS = re.compile(r"(?:全年|年度|年初|既定)(?:目标|任务|计划)(?:任务|数|值)?(?:为|是|定为|：)?$")
_AGREED = re.compile(
    r"(?:(?:年初|年中|年底|原|此前|先前)[^，。；]{0,5}(?:定|讲好|确定|说好|计划|打算)(?:下)?的?|(?:讲好|说好|原计划|原定|[原本]来?(?:打算|想着?))要?)[^，。；0-9]{0,4}$"
)
_LINE = re.compile(r"的(?:线|目标|任务|指标|门槛)(?:[，。；]|还|仍|尚|相差|有)")
_TASK = re.compile(
    r"(?:^|[，。；：、])(?:[^，。；：、完超占达按]{0,16})任务(?:数|量|总量|总数|面积|指标)?(?:是|为|共|共计)?$"
)
_SET = re.compile(
    r"(?:下达|分配|分解|交给|定下)[^，。；完]{0,8}(?:任务|目标|指标|计划|指导|名额)(?:数|量)?(?:为|是|共)?$|(?:^|[，。；年])应(?:投入|完成|达到|达)$"
)
_AIM_BEHIND = re.compile(r"的?(?:任务|目标|指标|计划)(?:任务|数)?的[0-9一二三四五六七八九十百]")
_SHARE_OF_AIM = re.compile(r"(?:占|完成|达到?|超|及)[^，。；0-9]{0,8}(?:计划|目标|任务)")
_HELD_TO = re.compile(r"围绕|瞄准|对标|锚定|紧扣|按照|朝着|对照")
_STILL_NEEDED = re.compile(r"(?:还|尚|仍|急)需要?[^，。；0-9]{1,10}$")
_DONE_TASK = re.compile(r"完成|超额|落实了?|已|实际|办结|承担了|接到")
_NEEDED = re.compile(r"(?:^|[^所按刚急])(?:还|尚|仍|共|约|总共)?需要?(?:资金|投入|投资|经费)?$")


_DUE = frozenset(("event", "money", "area", "household", "people", "person_times", "mass", "length"))
_DUE_BEHIND = re.compile("任务(?=[（，。；、]|$)")
"""``完成每村12场任务``: the number is the task's; 三项任务 only counts tasks."""
_ASSIGNED = re.compile(r"[省市县区级]下达[^，。；完资金]{2,16}$")
"""``年初县下达改厕230户``: what is assigned is to be done."""
_BUDGET = re.compile(r"(?:年初|调整)预算(?:数|额|安排)?(?:为|是|了)?$")


def _is_aimed(item: str, right: str, dimension: str) -> bool:
    """A number that names the aim itself, whoever reached how much of it: ``占全年任务144场的一半``, ``需20万元``."""
    if (_AIM.search(item) and right[:1] == "的") or _AIM_IS.search(item) or _SET.search(item):
        return True
    if _AGREED.search(item) or (right[:1] == "的" and _LINE.match(right) and re.search("没|未|不|差|离|距", item)):
        return True
    if dimension in _DUE and (
        (right[:1] == "任" and _DUE_BEHIND.match(right))
        or ("下达" in item and dimension != "money" and _ASSIGNED.search(item) is not None)
    ):
        return True
    if _AIM_BEHIND.match(right) or ("需" in item and _STILL_NEEDED.search(item)):
        return True
    if "任务" in item and "每" not in item and _TASK.search(item) and not _DONE_TASK.search(item):
        return True
    return dimension.startswith("money") and (
        _NEEDED.search(item) is not None or ("预算" in item and _BUDGET.search(item) is not None)
    )


def _is_future(role: str, left: str, prior: str, half: int | None) -> bool:
    if role in FORWARD:
        return True
    if "年下半年" in left or "年下半年" in prior:
        left, prior = _LAST_YEARS.sub("", left), _LAST_YEARS.sub("", prior)
    if _FUTURE.search(_SHARE_OF_AIM.sub("", left)):
        return not (("确保" in left or "争取" in left) and _PAST.search(left))
    if "预计" in left:
        if half != 1 and _YEAR_ESTIMATE.search(left):
            return False
        return _ESTIMATED_FUTURE.search(left) is not None
    return prior != "" and _PRIOR_FUTURE.search(prior) is not None and not _PAST.search(left)


_PRIOR_FUTURE = re.compile(
    r"目标(?:是|为|：)|力争|下半年|下一步|明年|将(?:举办|开展|实施|建设|投资|继续|进一步|新)|到(?<![加长高升降少大展]到)20[0-9]{2}年|计划(?:总?投资|建设|实施|在|于|到|年)|建成后|投产后|达产后|投用后|完工后|竣工后|落成后|待[^，。；]{2,16}后|拟"
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
