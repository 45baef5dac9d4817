"""What is laid down for a case that may come: ``凡超过…``, ``满100分的，奖励50元``, ``每村设1名``."""

from __future__ import annotations

import re

FREQUENT = frozenset(("event", "text"))
"""Dimensions of what is done again and again."""

_RATES_FOLLOW = re.compile(r"(?:标准|规定|定额|奖惩|奖励办法|计分办法|加分项|扣分项)(?:如下|为|是)?：[^。；]*$")
_WHOEVER = re.compile(r"(?:^|[，。；：])(?:凡是?|一旦|如有|若有|逾期)")
_DOCKED = re.compile(r"(?:(?<!被)扣|(?<![增叠累追])加|(?<!共)计)(?:除|罚)?$")
_EVERY_SO_MUCH = re.compile(r"每(?:积|积满|满|超|超过|增加|减少|少|多|缺|迟到|旷工|引进|新增)$")
_IN_RETURN = re.compile(
    r"^[，、]?(?:可以?|能|就|便|即)?(?:兑?换|抵|奖励?|补助?|扣|加|减|罚)|^[，、；]?每(?:次|期|场|届|回|班|人|户|篇|条)"
)
_REACH_SIGNS = tuple("的者以可即方才评授")
_WHO_REACHES = re.compile(r"(?:满|达到?|超过?|获得?|满足|(?:完成|不足|达到)(?:任务|目标|指标))$")
_REACHES = re.compile(
    r"(?:的|者|以上的)(?:[，、]|给予|奖|补|可|评|予以|按|即|扣|罚)|(?:可|即可|方可|才能|评为|评定为|授予)"
)
_PAYING = re.compile("[补奖贴扣罚换]")
_GIVES = re.compile(r"^(?:一次性|可|则|再|另|给予|予以|分别|按|每人|每次)*(?:奖|补|扣|罚|加|减|资助|兑换|发放|评为)")
_FOR_ONE = re.compile(
    r"(?:^|[，。；：])一[场篇条次件名户亩期台](?!以上)[^，。；0-9]{0,8}(?:补助?|奖励?|补贴|扣|罚)[^，。；0-9了]{0,6}$|"
    r"(?:^|[，、；：])[年月日](?:补|奖|补助|补贴|奖励)$|[0-9]分(?:可以?)?(?:兑换?|换)[^，。；0-9]{1,8}$"
)
_STAFFED = re.compile(
    r"每个?(?:行政|自然)?(?:村|社区|支部|网格|小组|组|单位|站所?|学校|企业|部门|村民小组|点)[^，。；0-9已都均了共]{0,3}"
    r"(?:设|设立|配|配备|明确|确定|指定|选派|落实|安排)(?!了)[^，。；0-9了]{1,10}$"
)
_HANDS_OUT = re.compile(
    r"每(?:年|月|季度|学期|半年)[^，。；累均共]{0,10}(?:列支|拨付|安排|预算|补助|补贴|发放|奖励|支付|给予|慰问|领取)[^，。；0-9累均共]{0,8}$"
)
_TWICE_A_DAY = re.compile(r"(?:早中晚|早、中、晚|早晚|早、晚|上下午|上、下午)各?[^，。；0-9]{0,4}$")
_TAKES_EACH = re.compile(r"每(?:次|人|户|队|场|篇|条|张|份|桌|亩|件)(?:收取?|交|缴|付|领)[^，。；0-9]{0,6}$")
_FULL_SCORE = (
    r"(?:(?<!自评)(?<!得分)(?<!考核)(?<!考评)总分|满分|基本分|基础分|分值|权重)(?:为|是|共|占)*$"
    r"|(?:宣传|党建|考核|工作|单项|部分)[^，。；]{0,6}占$"
)
_MUST = re.compile(r"(?:严格|一律|必须|原则上|严禁|应当?)$")
_ENTITLED = re.compile(r"(?:享受|给予|按)$")
_ENTITLES = re.compile(r"的?(?:贴息|优惠|折扣|返还|补贴)(?!资金)")
_MAY_HAVE = re.compile(r"(?:可|均可|可以|对[^，。；]{0,4}符合[^，。；]{2,30})(?:享受|领取|申领)$")
"""What who is entitled gets: ``对符合条件的独生子女户享受3000元补助``."""
_BEHIND = r"累计|共(?![同享])|已|全年(?:累计)?(?:得|获|发)|[^为除]了|平均|上半年|[人户]均"


def is_condition(left: str, item: str, right: str, dimension: str, before: str, said: str, prior: str) -> bool:
    """What is laid down for a case that may come: ``凡超过…``, ``满100分的，奖励50元``, ``每村设1名``."""
    if not _may_be_condition(left, item, right, dimension, before, said, prior):
        return False
    return re.search(_BEHIND, left) is None


def _may_be_condition(left: str, item: str, right: str, dimension: str, before: str, said: str, prior: str) -> bool:
    """The same, whatever the clause says of what is done; each pattern is asked only where its sign stands."""
    is_each = "每" in left
    if dimension == "score" and (_DOCKED.search(item) or re.search(_FULL_SCORE, left)):
        return True
    if dimension == "money":
        if is_each and (_HANDS_OUT.search(left) or _TAKES_EACH.search(left)):
            return True
        if "：" in prior and _RATES_FOLLOW.search(prior):
            return True
    if dimension == "money" and ("享受" in left or "领" in left) and _MAY_HAVE.search(left):
        return True
    if dimension == "ratio" and _ENTITLED.search(item) and _ENTITLES.match(right):
        return True
    if dimension in FREQUENT and ("早" in item or "上" in item) and _TWICE_A_DAY.search(item):
        return True
    if said.startswith("控制在") and _MUST.search(left):
        return True
    if is_each and (_STAFFED.search(left) or _EVERY_SO_MUCH.search(item)):
        return True
    if _PAYING.search(left) and _FOR_ONE.search(left):
        return True
    if before == "norm" and _IN_RETURN.match(item):
        return True
    if right[:1] in _REACH_SIGNS and _REACHES.match(right) and _WHO_REACHES.search(item):
        return True
    if prior.endswith("的，") and _GIVES.match(left):
        return True
    may_come = "凡" in left or "凡" in prior or "旦" in left or "有" in left or "期" in left
    return may_come and _WHOEVER.search(prior[-40:] + left) is not None


def goes_on(item: str) -> bool:
    """Whether a number goes on with the rule before it, whatever its unit: ``每晚播音1次，每次`` 30分钟."""
    return _IN_RETURN.match(item) is not None
