"""Standing rules and frequencies: what is to be done every month, paid for each, allowed at most (``norm``)."""

from __future__ import annotations

import re

from pipeline.annotate import changes
from pipeline.annotate.conditions import FREQUENT, is_condition
from pipeline.annotate.rules import BOUND_WORD
from pipeline.model import Per

_STANDING = re.compile(
    r"坚持|要求|规定|必须|至少|不少于|不低于|不得|定期|标准|按照?|给予|补贴|补助|奖励|原则上|一般|每次|保证|实行|"
    r"制度|落实|建立|轮流|固定|雷打不动|常态化|每天|每日|每周|每月|每季|班次|通车|发车"
)
_SUBSIDY = re.compile(
    r"(?:对[^，。；]{2,40}?(?:按|给予|奖励|补助|补贴)|最高(?!的|达|值|气温|点|处|峰)(?:可)?(?:补|奖|给予|贷|享)?|按照?[^，。；]{0,12}(?:标准|"
    r"比例)|给予[^，。；]{0,10}(?:奖励|补助|补贴)|奖励标准|补贴标准|一次性(?:奖励|补助|补贴|给予))[^，。；]{0,16}$"
)
_LISTED_RATES = re.compile(
    r"(?:[、，][^，。；、0-9]{1,6}[0-9.]+(?:万?元|%)){1,5}(?:不等)?的?(?:标准)?(?:给予|进行)?(?:奖励|补助|补贴|奖补|兑现|发放|分担|承担|配套|出资)"
)
_SUBSIDY_AFTER = re.compile(
    r"[^，。；]{0,6}?(?:的?标准|比例)(?:给予|补助|奖励|发放|补贴|分担|执行|收取)|[^，。；]{0,4}?(?:的?(?:奖励|补助|"
    r"补贴|奖补|资助))(?!资金|[0-9]|[^，。；]{0,6}[0-9])"
)
_RULE = re.compile(r"标准|补贴|补助|给予|奖励|坚持|要求|规定|至少")
_EACH_PAID = re.compile(
    r"每[一-龥]{0,4}?[一1]?[篇条次场人户个件例][^，。；0-9]{0,6}(?:给予|再)?(?:奖励?|补助|补贴|补|计)$"
)

_EACHES = (
    "人次|人|户|亩|篇|条|件|份|本|册|幅|场|次|期|班|堂|节|课|批|轮|回|趟|处|所|点|家|村|社区|镇|个|名|位|只|头|台|辆|"
    "座|张|吨|斤|公斤|度|公里|米|平方米|立方米|方|组|队|支部|学期|天|日|周|月|季度|年|晚"
)
_PAID = (
    r"(?:奖|补|给|发|领取?|领到|免收|收取?|交|缴|奖励|补助|补贴|资助|给予|发放|最高|最低|不超过|不低于|定额|安排|罚|加|扣|"
    r"优惠|减免?|可|按|为|再|均|各|一律|统一|一次性)*"
)
_EACH_RATE = re.compile(rf"每(?:{_EACHES}|[一-龥]{{2}})(?:每(?:{_EACHES}))?{_PAID}$")
_EACH_DUE = re.compile(
    rf"每(?:{_EACHES})(?:每(?:{_EACHES}))?[^，。；0-9]{{0,4}}(?:供养金|津贴|补贴|补助|工资|报酬|养老金|缴费|稿费|话费|学费|低保金|奖金|租金)$"
)
_RATED = (
    r"补贴|直补|供养金|缴费|罚|补助|奖|津贴|报酬|工资|养老金|低保|领取|免收|收费|学费|话费|稿费|稿酬|酬|租金|罚款|误工|摊位费|价|票|标准|"
    r"资助|慰问金|生活费|定额|费用?"
)
_EARNED = re.compile(
    r"平均|[到至]了?每|增收|收入|产值|效益|节约|节省|节支|分红|投资|产出|利润|价值|成本|累计|[户人村亩镇]均"
)
_EACH_TIME = re.compile(r"每(?:次|期|场|班|轮|回|堂|节|课|批|趟)[一-龥]{0,3}(?:[（(])?$")
_SEEN = re.compile(r"平均|观众|受众|听众|累计|吸引|接待|参加|参与|到场|现场")
_EACH_BOUND = re.compile(rf"每(?:{_EACHES})(?:每(?:{_EACHES}))?$")
_OUGHT = re.compile(r"(?:应|应当|须|必须|需要?|要求)(?:保证|达到|保持|确保|控制)?(?:在)?$")
_WANTED = re.compile(r"建议|打算|计划|力争|目标|争取|明年|下步|下一步|下半年")
_SCORED = r"(?:每|少|多|缺|未|[一1][次篇条项起])[^，。；]{0,16}(?:扣|加|计|记|得|奖|罚)$"
_PAID_IN = frozenset(("money", "times", "ratio"))
_PAYS = re.compile(
    r"(?:[一1][篇条次件个项幅](?![^，。；]{0,12}获)[^，。；]{0,8}|头[版条]|位置|任务|每[篇条次件个人户项幅张][^，。；]{0,4})(?:的)?(?:再)?(?:给予)?"
    r"(?:奖励|补助|补贴|奖)(?:金额|标准|资金)?(?:为|是)?$|每[^，。；]{2,10}标准(?:为|是)$|"
    r"(?:票价|门票|(?<![收退交])(?:学费|押金|会费|报名费)|起步价|及格线|达标线|门槛|上限|下限|限报|限额|月薪|月工资|月报酬|月补贴|月津贴|月补助)(?:为|是|仅|只要|只需|只有)?$"
)
_PAID_OUT = re.compile(r"累计|共(?![同享])|合计|兑现|已|发放|平均|人均|户均|获|争取")
_EACH_HAS = r"[^，。；]{0,4}每个?(?:[一-龥]{1,8}?)(?:面积|配备|至少|不少于|不低于|需|须|应|要|必须|[一-龥]{0,4}不得)"
_AVERAGE = r"平均|均|达|已|共(?![同享])|累计|实现|建成"
_IN_CHARGE = re.compile(r"每(?:名|个|位|人)[^，。；]{0,10}(?:联系|包保?|帮扶|负责|结对|挂钩|联|管护?)[^，。；]{0,6}$")
_STAFFING = re.compile(r"(?:编制数?|核定(?:编制)?|定员|定额|限额|应配备?|额定|核编)(?:为|是|共)?$")
_LAID_DOWN = re.compile(r"(?:规定|要求|定标准|定)(?:的|（)[^，。；0-9]{0,5}$|定标准（?$|标准（$")
_LAID_DOWN_AFTER = re.compile(r"的(?:标准|要求|规定|底线|红线|上限|限额|门槛)(?!化)")
_DAILY = re.compile(
    r"(?<![0-9一二三四五六七八九十今昨当次节假整生每终近往历来同半全本逐上下])[日周月]"
    r"(?:播|巡|查|练|测|调度|扫|保洁|研判|走访)[^，。；、0-9]{0,6}$"
)
_BY_TURNS = re.compile(
    r"(?:每(?:半月|半年|[两三四五][天周月年]|两个月|学期|旬|隔.天)|隔[日周月天]|(?:^|[，、；])[日周月季]|(?<![0-9第某有整每的])一(?:[天日周]|季(?!度)|个季度)|(?<![十二的])一个?月)[^，。；、0-9]{0,4}$"
)
_DISCOUNT = re.compile(r"(?:打|享受?|按|就餐|优惠|购票|票价|收费|费|乘车|减|实行|用餐)$")
_CLAIMED = re.compile(
    r"(?:报销|补偿|补贴|补助|分成|提成|贴息|报账|返还|奖励|减免)(?:比例|标准|率|额度)?(?:最高|达到?|为|可达|不低于|不超过|按)*$"
)
_TIMED = re.compile(r"每(?:个)?[天日周月季年晚][^，。；]{0,12}$")
_PER_HEAD = re.compile(r"[人户村]均(?:奖励?|补助|补贴|补|发放|给予)?$")
_SET_ASIDE = re.compile(r"的?(?:标准)?(?:安排|配套|预算|列支|拨付|落实|补助|奖励|纳入)")
_NEW_STATEMENT = (
    r"力争|争取|确保|计划|了|下来|半年|[合累]计|共(?![同享])|[人户村]均|仅|只|在岗|实有|其中|全年|上半年|已|目前"
    r"|完成|发放|实际|报送|投入|去年|今年|[增减]|达到|[。；]"
)
_SHARED = frozenset(("money", "ratio", "points", "mass", "volume"))
_ELLIPSIS = 8
"""A statement that goes on with a rule is no longer than this: ``市级80元``, ``每次不少于3小时``."""


def is_norm(
    left: str,
    item: str,
    right: str,
    dimension: str,
    approx: str,
    per: Per | None,
    before: str,
    said: str,
    prior: str = "",
) -> bool:
    """Whether a number is a standing rule or a frequency.

    ``left`` is its clause so far, ``item`` what stands since the number before, ``before`` that one's kind.

    >>> is_norm("县级采用每篇奖励", "县级采用每篇奖励", "，", "money", "exact", None, "", "30元")
    True
    >>> is_norm("每户增收", "每户增收", "，", "money", "exact", None, "", "30元")
    False
    """
    bounded = approx in ("at_least", "at_most")
    sentence_head = prior.lstrip() or left
    if is_condition(left, item, right, dimension, before, said, prior):
        return True
    if before == "norm" and len(item) <= _ELLIPSIS and not re.search(_NEW_STATEMENT, item):
        return True
    if _is_frequency(left, item, dimension, approx, per):
        return True
    if said.startswith(("不得", "须不", "应不")) or (bounded and _OUGHT.search(left)):
        return not _WANTED.search(prior + left)
    if dimension == "score" and re.search(_SCORED, left):
        return True
    if dimension in _PAID_IN and _PAYS.search(left) and not _EARNED.search(left) and not _PAID_OUT.search(left):
        return True
    if dimension == "money" and (
        right.startswith("计奖") or (item.endswith("罚款") and (prior[-2:-1] == "者" or "违" in prior[-20:]))
    ):
        return True
    if bounded and "每" in sentence_head[:5] and re.match(_EACH_HAS, sentence_head) and not re.search(_AVERAGE, left):
        return True
    if (
        _STAFFING.search(item)
        or (("定" in item or "求" in item or "准" in item) and _LAID_DOWN.search(item))
        or (_LAID_DOWN_AFTER.match(right) and "按" not in left)
    ):
        return True
    if "每" in item and not _EARNED.search(left) and _is_each(left, item, dimension, approx, said):
        return True
    if dimension == "ratio" and _CLAIMED.search(item):
        return True
    if dimension == "money" and re.search(r"按(?:照)?[^，。；]{0,6}[人户村]均$", left):
        return True
    if "均" in item and dimension == "money" and _PER_HEAD.search(item):
        return bounded or item.endswith(("奖励", "补助", "补贴", "奖", "补")) or _SET_ASIDE.match(right) is not None
    if left.endswith(("给予", "奖励", "补助", "补贴", "发放")) and re.match(
        r"的?(?:一次性)?(?:奖励|补助|补贴|资助)(?!资?金?[0-9])", right
    ):
        return True
    return (dimension in _SHARED and _SUBSIDY.search(left) is not None and not re.search(r"累计|已|共", left)) or (
        ("对" in left or "按" in left)
        and (_SUBSIDY_AFTER.match(right) is not None or _LISTED_RATES.match(right) is not None)
    )


def is_discount(item: str) -> bool:
    """Whether 折 says what somebody pays (``就餐打八折``), which is a rule.

    >>> is_discount("老人就餐"), is_discount("成交价平均")
    (True, False)
    """
    return _DISCOUNT.search(item) is not None


def _is_frequency(left: str, item: str, dimension: str, approx: str, per: Per | None) -> bool:
    """``每月开展2次``, ``日播6遍``, ``每季度不少于1期``."""
    if per is not None and (dimension in FREQUENT or _STANDING.search(left)):
        if dimension in FREQUENT:
            return (
                ("每" in left and not re.search(r"累计|共(?![同享])|平均|日均|月均|年均|年产|均", left))
                or _DAILY.search(item) is not None
                or _BY_TURNS.search(item) is not None
            )
        if _RULE.search(left) is not None and not changes.REACHED.search(left):
            return True
    if dimension in FREQUENT and (_DAILY.search(item) or re.search(r"每(?:半年|两年|学期)[^，。；]{0,10}$", left)):
        return True
    if dimension in FREQUENT and _BY_TURNS.search(item):
        return True
    if dimension == "time" and _TIMED.search(item) and not _EARNED.search(left):
        return True
    return per is not None and approx in ("at_least", "at_most") and "每" in left


def _is_each(left: str, item: str, dimension: str, approx: str, said: str) -> bool:
    """What each gets, owes or has to reach: ``每篇奖励30元``, ``每次2-3个小时``, ``每亩不超过80斤``."""
    if dimension == "money" and (item.endswith("罚") or _EACH_DUE.search(item)):
        return True
    if dimension == "money" and _EACH_RATE.search(item):
        return re.search(_RATED, left) is not None or approx in ("at_least", "at_most", "range") or "每人每" in item
    if _EACH_TIME.search(item) and not _SEEN.search(item):
        return approx in ("range", "about") or BOUND_WORD.search(said) is not None or dimension in ("text", "event")
    if approx in ("at_least", "at_most") and _EACH_BOUND.search(item):
        return True
    return _IN_CHARGE.search(item) is not None or _EACH_PAID.search(left) is not None
