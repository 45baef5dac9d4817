"""What a number claims: achieved, target, norm, change or baseline; and per what (CONVENTIONS 4)."""

from __future__ import annotations

import re

from pipeline.annotate import norms
from pipeline.annotate.lexicon import EXISTING_VERBS
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
    r"原来?(?:的|为|是|有|仅|只有|每[天日周月季年])|此前(?:的|为)|[由从](?![^，。；]*(?:组成|构成|牵头|主办|承办))[^，。；]{0,12}的|"
    r"年初的)(?![^，。；]*[增减升降多少超翻加添差])[^，。；0-9一二三四五六七八九十]{0,6}$"
)
_RAISED = re.compile(
    r"(?:增加?|提高|提升|上升|下降|降低?|减少?|扩[大充]|缩短|压缩|发展|上涨|涨)(?:到|至|为)(?:了)?[^，。；]{0,6}[0-9一二三四五六七八九十百两]"
)
_THEN = re.compile(r"(?:去年|上年|前年|上届)[^，。；]{0,20}$")
_NOW = re.compile(r"[^。；]{0,12}?(?:，|、|；)(?:而?今年|如今|现在|本年|眼下|到?今年|目前)")
_FROM = re.compile(r"(?:由|从)[^，。；]{0,24}$")

_FUTURE = re.compile(
    r"将(?!$|近|军|士|领|来|其|全|各|党|理论|学|思想|[^，。；]{1,14}(?:为|作为|纳入|与|同|和|列入|作|成|送到|送至))|力争|拟(?!定)|"
    r"力保|冲刺|争创(?!活动|工作|以来|成功|氛围|的)|(?<![近过这])[一二三四五两0-9]年内(?=建|新|完成|实现|培育|打造|发展|要|将|力争)|"
    r"(?:准备|打算)(?=在|于|[举再]?办|开|建|搞|把|新|用|再|明|下|年|举|组织|投|拿|安排)|待[^，。；]{2,16}后(?:，|再)|(?:^|，)再(?:建|办|添|增|招|培育|发展|打造|新增|选)|"
    r"(?<![主重需必只若还不紧首快摘提纲简概就])要(?=拿出|办|建|新|培育|打造|争|把|再|发展|举办|推出|评|选|保)|(?:要求|规定)(?:到)?20[0-9]{2}年|"
    r"有望|预期(?!寿命)|明年|来年|下半年|下一步|年底前|今后|目标(?:是|为|：|任务|值)|(?:预期|工作|主要)目标|"
    r"计划(?!的|内|生育|单列|完成|执行|经济)"
    r"|规划(?:总?投资|总?面积|建设|用地|新增|投入|实施)|(?<![加长高升降少大展])到20[0-9]{2}年|到“?十[四五六七]五|达产后|投产后|建成后|"
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
_PER = re.compile(
    r"每(?:个)?(?P<unit>天|日|晚|周|星期|月|季度|季|年|半年|学期)|(?:人|户)均每?(?P<y1>年|月|日)|(?P<y2>年|月|日|"
    r"周)(?:人|户)?均|人均(?P<y4>年|月|日)(?=增|收)|"
    r"(?<![全今去上往当多近周青少老幼成学逐历前本次明每两半整同数跨新按终常0-9一二三四五六七八九〇十])(?P<y3>年)(?=产(?!权)|"
    r"收入|平均|接待|营收|营业|销售|加工|处理|生产|供|增收|吞吐|利润|税收|用电|用水|出栏|屠宰|客流|耗|节约|节|人均|"
    r"租金|工资|经营|发电|创|可|纳税|上缴|分红|受益|培训|输送|出口|流失)|"
    r"(?<![年0-9一二三四五六七八九十今昨当次节假])(?P<d1>日)(?=最[大高多]|均|播|巡|产|处理|供水|加工|接待|客流|通车|发电)|(?P<m1>(?<=人)月)(?=工资)"
)
_ONCE = re.compile(r"(?<![0-9十第近这某另每有过])一(?:个?(天|日|周|月|季度)(?:至少|只有|[有要])?|(年)[有要])$")
_PERS: dict[str, Per] = {
    "天": "day", "日": "day", "晚": "day", "周": "week", "星期": "week", "月": "month", "季度": "quarter",
    "季": "quarter", "年": "year",
}  # fmt: skip
_OPENING = re.compile(r"(?:开工|建成|投产|竣工|完工|投用|落地|达产|启动|入库|开展|新增|签约|完成|通车|投入使用|运营)")
RULES = "rules"
"""The stance of a text of rules (制度, 办法): its numbers hold always."""
_FORWARD = frozenset(("plan",))
_CREATION = re.compile(
    r"(?:新增|新建|建成|建设|打造|培育|完成|开工|创建|实施|争取|引进|举办|开展|改造|组织|招引|发展|种植|达到|新|推进|启动|谋划|办好|办理|争创|申报|设立|选树|评选|命名|认定|投入|引育|申报|安排|支持)"
)


_EVERY_MONTH = re.compile(r"(?:哪个月|个个月|月月)[^，。；]{0,6}$")
_TITLE = re.compile("《[^《》]*》")


def per_of(left: str, unit_per: Per | None) -> Per | None:
    """The period that a clause divides by: ``每月发帖`` → month, ``年产量`` → year.

    >>> per_of("坚持每月发帖量", None), per_of("全年产量", None)
    ('month', None)
    """
    if unit_per is not None:
        return unit_per
    once = _ONCE.search(left) if "一" in left else None
    if once is not None:
        return _PERS.get(once[1] or once[2])
    if "月" in left and _EVERY_MONTH.search(left):
        return "month"
    if "每" not in left and "年" not in left and "日" not in left and "月" not in left and "均" not in left:
        return None
    if "《" in left:
        left = _TITLE.sub("", left)
    found: Per | None = None
    for match in _PER.finditer(left):
        word = match[match.lastgroup] if match.lastgroup else ""
        found = None if word in ("半年", "学期") else _PERS.get(word)
    return found


_AHEAD = re.compile(
    r"将(?![^，。；]{1,14}?(?:分|划|列|纳入|调整|改造|整合|合并|编|转|作为|上报|报送|下沉|融入|贯穿|送))|力争|争取|确保|计划|拟|明年|来年|下半年|下一?步|下一?阶段|今后|继续|进一步|打算|务必|努力|准备|设想|思路|年底前|年内|"
    r"目标|再(?=[一-龥]{2})|要(?![求素点闻道件害领务地塞])"
)
_OPENS_AHEAD = re.compile(
    r"(?:[（(]?[一二三四五六七八九十0-9]{1,3}[）)、.．]|[一二三四五六七八九十]是)*(?:下半年|下一?步|下一?阶段|今后|明年|来年|(?:对策|意见)?建议[与和及]打算|打算[：:]|"
    r"到?20[0-9]{2}年(?:的?(?:总体|主要|工作|预期|我们)?(?:目标|思路|打算|安排|要求)))"
)
_DONE = re.compile(
    r"已(?!经成为)|了(?=[0-9一二三四五六七八九十近约，。；])|仍(?!要|需|将)|还有|缺口|迟迟|至今|累计|截至|同比|上半年|全年共|去年|"
    r"迈出|只有|仅[0-9一二三四五六七八九十两有]|坏了|存在|短板|过境|受灾|调处"
)
_COUNTED = re.compile(r"[0-9]{2,}\.[0-9](?![0-9]?%)|占[^，。；]{0,4}(?:计划|任务)[0-9的]")
"""Only what is done is counted so exactly: ``采伐林木529.1立方米，占年计划11%``."""
_REMARK = re.compile(r"[（(]?(?:注|备注|说明|附注)[：:]")


_PLAN_HEADING = re.compile(
    r"下一?步|下一?阶段|打算|工作安排|工作计划|今后|明年|来年|下半年|工作思路|目标任务|努力方向|工作重点|主要任务|工作部署|发展目标|怎么[干打抓做办]|下半场|接下来|今年怎么"
)
_LOOKS_BACK = re.compile(r"完成情况|总结|回顾|开展情况|成效|存在|问题|不足")


def is_plan_heading(heading: str) -> bool:
    """Whether a heading announces what is to come: ``三、下步打算``; not ``工作总结及下半年打算``.

    >>> is_plan_heading("三、下步打算"), is_plan_heading("上半年总结和下半年打算")
    (True, False)
    """
    return _PLAN_HEADING.search(heading) is not None and _LOOKS_BACK.search(heading) is None


_LEADS = re.compile(
    r"将(?:进一步|继续|重点|着力|持续|以|围绕|紧紧|按照|坚持|从|在|全力|通过|实施|开展)|下半年|力争|争取(?=在|到|年|实现|完成|全年)|(?<!虚)拟(?!定)|明年|来年|"
    r"下一步|下一阶段|下阶段|下步|今后|打算|务必|设想|年底前|(?:主要|工作|预期|总体|奋斗|发展)目标|(?:工作|总体)(?:思路|安排)|力求|确保(?:不发生|[^，。；]{0,8}(?:达到|不低于|控制在))|"
    r"^[^，。；]{0,12}(?:抓什么|怎么[干抓办做]|[干做]什么|抓哪些|目标)"
)
_YEAR_SAID = re.compile(r"(?<![0-9])(20[0-9]{2})年")


_BEHIND = re.compile(
    r"(?<![为除不未免算受])了|先后|目前|以来|年来|截[至止]|已|现有|圆满|成功|顺利|得到|荣获|根据[^，。；]{2,12}安排|上半年|[一二三四五]年间|"
    r"[从自][^，。；]{2,8}开始|有力|有效(?:提升|保障|改善|解决|化解|遏制)|(?<![一公])共(?=[^同享青建产]{2})|推进顺利|过去|均(?=[未已])"
)
"""Words of what lies behind; wider than ``_DONE``, for paragraphs in which nothing says that they look ahead."""


def leads_ahead(text: str, year: int | None = None, half: int | None = None) -> bool:
    """Whether a paragraph's words surely look ahead, so that what follows it may be a plan without a word of it.

    ``year`` is the report's: one that opens with a later year looks ahead; in one of a second ``half`` 下半年 does not.

    >>> leads_ahead("下一步，着重做好三件事。"), leads_ahead("进一步加强管理，完成年度目标。")
    (True, False)
    """
    if half == _SECOND and "半年" in text:
        text = _HALVES.sub("", text)
    opening = _YEAR_SAID.search(text, 0, _OPENING_SIZE) if year is not None else None
    return _LEADS.search(text) is not None or (opening is not None and year is not None and int(opening[1]) > year)


_OPENING_SIZE = 24


_LISTS = re.compile(
    r"[（(]?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[）)、.．]|[①-⑳]|[一二三四五六七八九十]是|第[一二三四五六七八九十][，、]|[a-hA-H][.、)）]"
)


def announces_list(text: str, half: int | None = None) -> bool:
    """Whether a paragraph announces a list of what is to come: ``下半年，我们将打好五张牌：``.

    >>> announces_list("下半年，重点做好以下工作："), announces_list("上半年主要做了以下工作：")
    (True, False)
    """
    if half == _SECOND:
        text = _HALVES.sub("", text)
    return text.endswith(("：", ":")) and _OPENS_AHEAD.match(text) is not None


def is_listed(text: str) -> bool:
    """Whether a paragraph is an item of a list, by its label."""
    return _LISTS.match(text) is not None


def opens_plan(text: str, half: int | None = None) -> bool:
    """Whether a paragraph opens a report's plan (``下半年，我镇将…``), so that what follows it is ahead as well."""
    if half == _SECOND:
        text = _HALVES.sub("", text)
    return _OPENS_AHEAD.match(text) is not None and _LEADS.search(text) is not None and not looks_back(text)


def looks_back(text: str) -> bool:
    """Whether any word of a paragraph says that it speaks of what is done."""
    return _DONE.search(text) is not None or _BEHIND.search(text) is not None


def stance(role: str, above: str | None, text: str, half: int | None = None, is_borne_out: bool = True) -> str:
    """The role as far as tense goes: the paragraph's own words correct what a model made of it.

    ``above`` is ``plan`` when a heading above says so (下步打算); ``is_borne_out`` says whether the report looks ahead
    before this paragraph: where nothing does, a plan without a word of the future is none.

    >>> stance("plan", None, "去年建成书屋3个，至今未用。"), stance("achievement", None, "下一步，建书屋3个。")
    ('achievement', 'plan')
    """
    if above == RULES or norms.opens_rules(text):
        return RULES
    if half == _SECOND and ("上半年" in text or "下半年" in text):
        text = _HALVES.sub("", text)
    if role in _FORWARD:
        if _REMARK.match(text):
            return "other"
        if above == "plan":
            return role
        if not is_borne_out:
            is_behind = _DONE.search(text) or _BEHIND.search(text) or _COUNTED.search(text) or not _AHEAD.search(text)
            return "achievement" if is_behind else role
        return "achievement" if _DONE.search(text) and not _AHEAD.search(text) else role
    if above == "plan" or _OPENS_AHEAD.match(text):
        return role if _DONE.search(text) else "plan"
    return role


_SECOND = 2
_HALVES = re.compile("(?:去年|上年|今年|全)?[上下]半年")
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
    if half == _SECOND:  # 下半年 is what is reported, and 上半年 says nothing of the past
        left, prior, item = (_HALVES.sub("，", each) if "半年" in each else each for each in (left, prior, item))
    if before == "baseline" and item[:1] == "、" and len(item) <= _GOES_ON:
        return "baseline"
    future = _is_future(role, left, prior)
    if is_change:
        return "target" if future and not _BESIDE_PLAN.search(item) else "change"
    if _is_aimed(item, right, dimension):
        return "target"
    if before == "target" and _PART.match(item) and "任务" in prior and not _PAST.search(left):
        return "target"
    if before == "target" and role not in _FORWARD and _ESTIMATE_GOES_ON.search(prior) and not _PAST.search(left):
        return "target"
    if dimension == "ratio" and prior.endswith(("标准（", "要求（", "规定（")):
        return "norm"
    if norms.is_norm(left, item, right, dimension, approx, per, before, said, prior):
        return "norm"
    if role == RULES and not _PAST.search(left):
        return norms.kind_in_rules(prior + left if prior.endswith("：") else left, item, before)
    if not future:
        return "norm" if role not in ("problem", "overview") and norms.is_bound_rule(left, said, prior) else "achieved"
    if role in _FORWARD and (
        _PAST.search(left)
        or (is_counted and _is_existing(left, right))
        or (before == "achieved" and "再" not in item and not _CREATION.search(item) and not _FUTURE.search(left))
    ):
        return "achieved"
    return "target"


_PART = re.compile(r"^[，、；]?(?:其中[：，]?)?[^，。；：了已完超达占]{1,12}$")
"""A part of a task: ``任务5000亩，其中造林3000亩、补植2000亩``."""
_ESTIMATE_GOES_ON = re.compile(r"预计(?:到|明年|20[0-9]{2}年)[^，。；]{0,24}(?:能|将|可|有望)")
"""An estimate of a later year holds for its whole list: ``预计2025年产值能达到5亿元，税收达到600万元``."""


_LINES = re.compile(r"班车|公交|客车|快客|客运班线|专线|渡船|摆渡")


def is_timetable(object_: str, unit: str) -> bool:
    """Whether a count is a line's frequency, which is a norm: ``城区至白水班车6趟``."""
    return unit in ("次", "趟", "班", "班次") and _LINES.search(object_) is not None


def _is_baseline(left: str, item: str, right: str, is_change: bool) -> bool:
    if not is_change and (_BASELINE_BEFORE.search(item) or (_THEN.search(item) and _NOW.match(right))):
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
    r"(?:(?:年初|年中|年底|原|此前|先前)[^，。；]{0,5}(?:定|讲好|确定|说好|计划)(?:下)?的?|(?:讲好|说好|原计划|原定)要?)[^，。；0-9]{0,4}$"
)
_LINE = re.compile(r"的(?:线|目标|任务|指标|门槛)(?:[，。；]|还|仍|尚|相差|有)")
_TASK = re.compile(
    r"(?:^|[，。；：、])(?:[^，。；：、完超占达按]{0,16})任务(?:数|量|总量|总数|面积|指标)?(?:是|为|共|共计)?$"
)
_SET = re.compile(r"(?:下达|分配|分解|交给|定下)[^，。；完]{0,8}(?:任务|目标|指标|计划)(?:数|量)?(?:为|是|共)?$")
_AIM_BEHIND = re.compile(r"的?(?:任务|目标|指标|计划)(?:任务|数)?的[0-9一二三四五六七八九十百]")
_SHARE_OF_AIM = re.compile(r"(?:占|完成|达到?|超|及)[^，。；0-9]{0,8}(?:计划|目标|任务)")
_STILL_NEEDED = re.compile(r"(?:还|尚|仍|急)需要?[^，。；0-9]{1,10}$")
_DONE_TASK = re.compile(r"完成|超额|落实了?|已|实际|办结|承担了|接到")
_NEEDED = re.compile(r"(?:^|[^所按刚急])(?:还|尚|仍|共|约|总共)?需要?(?:资金|投入|投资|经费)?$")


def _is_aimed(item: str, right: str, dimension: str) -> bool:
    """A number that names the aim itself, whoever reached how much of it: ``占全年任务144场的一半``, ``需20万元``."""
    if (_AIM.search(item) and right[:1] == "的") or _AIM_IS.search(item) or _SET.search(item):
        return True
    if _AGREED.search(item) or (_LINE.match(right) and re.search("没|未|不|差|离|距", item)):
        return True
    if _AIM_BEHIND.match(right) or _STILL_NEEDED.search(item):
        return True
    if _TASK.search(item) and "每" not in item and not _DONE_TASK.search(item):
        return True
    return dimension.startswith("money") and _NEEDED.search(item) is not None


def _is_future(role: str, left: str, prior: str) -> bool:
    if role in _FORWARD:
        return True
    if "年下半年" in left or "年下半年" in prior:
        left, prior = _LAST_YEARS.sub("", left), _LAST_YEARS.sub("", prior)
    if _FUTURE.search(_SHARE_OF_AIM.sub("", left)):
        return not (("确保" in left or "争取" in left) and _PAST.search(left))
    if "预计" in left:
        return _ESTIMATED_FUTURE.search(left) is not None
    return prior != "" and _PRIOR_FUTURE.search(prior) is not None and not _PAST.search(left)


_PRIOR_FUTURE = re.compile(
    r"目标(?:是|为|：)|力争|下半年|下一步|明年|将(?:举办|开展|实施|建设|投资|继续|进一步|新)|(?<![加长高升降少大展])到20[0-9]{2}年|计划(?:总?投资|建设|实施|在|于|到|年)|建成后|投产后|达产后|投用后|完工后|竣工后|落成后|待[^，。；]{2,16}后|拟"
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
