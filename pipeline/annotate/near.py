"""The words around a number that are its own, and whether it is so much for each or a growth."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.model import Fact

_COPIES = frozenset(("册", "本", "平方米"))
"""Units of how much there is: so much for each is never how often something is done."""
RATIOS = frozenset({"%", "‰", "倍", "百分点", "千分点", "折"})
# One class first, told apart behind it, so that the search skips all other signs.
_BREAK = re.compile(
    r"[，。；：！？（）;!?\t\n,:—](?:(?<=[，。；：！？（）;!?\t\n])|(?<=,)(?![0-9]{3})|(?<=:)(?<![0-9]:)(?![0-9])|(?<=—)—)"
)
OWN, _BEFORE, _BEHIND = 60, 200, 80
"""How far a number's own words and its sentence are looked at: a text without full stops costs no more than others."""
SHORT, PAIR = 8, 2
GAP = "\n"
_CLOSED = ("", "、", "，")
_STOP = re.compile("[。；！？;!?\n]")
_BLANK = " \t\n\u3000"
_EACH = "分别"
_LISTED = frozenset(("、", "和", "及", "以及", "与"))
_SHARE = re.compile(
    "(?<![个各有0-9])[人户村日月周年场次件期单台站生亩校篇所队座班师](?<!平)均(?![已有能可要须不无未按由在实建配设])|"
    "平均(?!得分|分|年龄|成绩|满意|水平|上座)|单[场次期个台张]|每(?:千|万|百|个|条|面|幅|块|株|头|只|栋|间|口|名|位|人|户|村|镇|乡|街道|社区|嘎查|县|区|期|场|次|家|支|站|所|处|座|套|组|亩|件|"
    "张|本|篇|册|份|台|盏|公里|平方|校|队|班)|各(?:添置|配备|配有|安排|订阅|补助|奖励|奖|购|发放|建成|设立)"
)
"""Words that say so much for each: a link to the total would be wrong."""
_FEW = re.compile(
    "少的$|多的$|的[只仅才就]有$|的只$|其中[^，。；]{0,16}一[场条篇部次集期]|一[文片稿条](?=[阅播点浏])|多则$|少则$|人手|个别|少数(?!民族)|(?<!大)部分|有的(?!放)|有些|一些|半数|几个(?=村|支部|单位|站)|[几数两三四五六七八九十]{2}个(?=村|支部|单位|站)|"
    "前[0-9一二三四五六七八九十]+名|最[高低多少火热长短](?!人民|检|法)|单[条篇部个](?=最|视|作|文|点|播|阅)|(?<!第)一人(?=[发写投供讲])|"
    "个人(?=[发写投供全年])|本人(?=[署发写投供])|(?<!其)他(?!们的村)(?=[发写投供全年一])|[员记师][老小][一-龥](?=[全年一发写投供讲半上])"
)
"""Who is only some of those that the report speaks for: 个别支部, 前5名, 单条最高, 通讯员老郑."""
_FEW_ABOVE = re.compile(
    "(?:个别|有的|有些|[仍还尚]有[^，。；,;]{0,4}个)(?:村|社区|支部|单位|站|镇|乡|部门)[^。；;\n]*$"
)
"""The same said in an earlier clause: 个别支部读文件代替研讨，全年研讨不足2次."""
_RISE = re.compile("(?:再增|增加|多|提高|再涨)$")
_REACHED = re.compile(
    "走[进入遍访]$|深入$|覆盖$|惠及$|涉及$|辐射$|联合$|邀请$|检查$|抽查$|点名$|通报$|吸引$|引来$|来自$|前往$|串起$|签订$|"
    "(?<![引推促改先增])[进入赴]$|(?<![达增加大展高壮升涨降减伸充拓及签争得收添])到$|(?<![存现实])[在]$|(?<!参)与$|[对给向把将让帮跑]$|"
    "(?<![分现扩设并调变转改升成评划均列定确称作])为$|(?:走遍?|走完|进了|跑了|到了|跑遍)$"
)
"""What leads to those that a deed reached, not to how many there are: 走进9所学校, 与4所学校签订, 为6个村文化室."""
_MIDDLES = frozenset("小学心医央药高国型华层间低队")
"""What makes a word of 中 behind a number: 9个中心."""
_OTHER = re.compile(
    "(?:村|寨|屯|社区|支部|小时|月(?!台)|孩子|人(?!才|工|民调|大))(?=[共都办开举组推演评搞就有只先也没里一轮参唱放报建])"
)
"""Who does a thing so many times stands at the number: 【12个】村共推出典型47人, 在【三个】寨演了九场."""
_LEAST = 500
"""Yuan: what a township spends on anything is more, less is what one gets."""
_PAY = 10_000
"""Yuan: a rule that names less says what each gets."""
_PAYDAYS = frozenset(("day", "week", "month"))


class Run(NamedTuple):
    """What is said of the number before and may go on: a deed reached it; it is one of those that the town has."""

    is_reached: bool = False
    is_of_town: bool = False


class Near(NamedTuple):
    """Where a fact's evidence is sought: ``words`` is its clause between its neighbours, the thing counted in it.

    ``first`` and ``last`` bound the thing in ``words``; ``own`` is what stands before the number, from ``low``, and
    ``tail`` what follows it in the clause. ``is_behind``: the thing follows the number at once (9个村). ``previous``
    is the indicator of the number before in the sentence. ``is_reached``: it is how many a deed reached (走进9所学校).
    ``is_of_town``: a list of what the town has goes on (9个社区、46个小区、【6.3万】居民).
    """

    text: str
    topic: str
    heading: str
    words: str
    own: str
    first: int
    last: int
    left: int
    low: int
    is_remote: bool
    tail: str
    is_behind: bool
    previous: str | None
    is_reached: bool
    is_of_town: bool

    @property
    def is_of_few(self) -> bool:
        """Whether the clause speaks of some of those that the report speaks for: 个别支部, 单条最高."""
        if _FEW.search(self.own) is not None:
            return True
        start = self.low + len(self.own)
        above = self.text[max(0, start - OWN) : start]
        return ("个" in above or "有的" in above or "有些" in above) and _FEW_ABOVE.search(above) is not None


def is_of_class(fact: Fact, near: Near) -> bool:
    """Whether the number is that of those which something is said of: 当场调成的170件; 九星级的391户 is a level."""
    is_told = near.own[-1:] == "的" and near.own[-2:] != "级的" and fact.object[-1:] != "的"
    return is_told and near.tail[:1] in _CLOSED and fact.unit not in RATIOS


def is_of_other(fact: Fact, near: Near) -> bool:
    """Whether the noun at the number tells that it counts another: 【8960户】中评出十星户, 【12个】村共推出典型."""
    if near.tail[:1] == "中" and near.tail[1:2] not in _MIDDLES and not near.own.endswith(fact.object or "户"):
        return True
    return fact.unit == "个" and _OTHER.match(near.tail) is not None


def is_promised_rise(fact: Fact, near: Near) -> bool:
    """Whether so many more are promised, not so many: 省级用稿再增100条."""
    return fact.kind == "target" and fact.unit not in RATIOS and _RISE.search(near.own) is not None


def is_share(fact: Fact, near: Near) -> bool:
    """Whether the number is so much for each: 人均写心得3篇, 每个书屋藏书1500册; a rule (每村每月一场) is kept.

    A rule of money is none of a sum: 宣传员每月补贴80元; nor is a sum that is meant for one (补贴提到400元).
    """
    if fact.unit in RATIOS:
        return False
    if fact.unit == "元" and fact.direction is None and fact.high is not None and fact.high < _LEAST:
        return True
    if near.own[:1] == "、" and _SHARE.search(clause_end(near.text[max(0, near.low - OWN) : near.low])) is not None:
        return True  # 每处配音响1套、路灯6盏
    if fact.kind == "norm":  # 每场演出补助3000元 is no rule of how often
        if fact.unit in _COPIES:
            return _SHARE.search(near.own) is not None
        return _is_pay(fact) and (fact.per in _PAYDAYS or _SHARE.search(near.own) is not None)
    return fact.scope == "each" or _SHARE.search(near.own) is not None or _SHARE.match(fact.object) is not None


def _is_pay(fact: Fact) -> bool:
    """Whether a rule names what one gets: 宣传员每月补贴80元."""
    return fact.unit == "元" and fact.high is not None and fact.high < _PAY


def near_of(
    fact: Fact, before: Fact | None, text: str, left: int, right: int, topic: str, heading: str, run: Run
) -> Near:
    """The words around a fact that are its own: from the number before it, within the clause.

    A number without a thing counts that of the number before: 农民纯收入增长15%，达到8400元. ``run`` is said
    of the number before, a list goes on with it: 对3家网吧、2家歌厅进行检查.
    """
    start, end, thing = fact.span.start, fact.span.end, fact.object
    if thing and text[start:end] in thing:  # 增加到十五万元
        thing = ""
    if "由" in thing and text.startswith(("组成", "构成"), end):  # 宣讲团由退休教师、快递小哥等38人组成
        thing = thing.partition("由")[0]
    thing = thing or (before.object if before is not None else "")
    own = clause_end(text[max(left, start - OWN) : start])
    low = start - len(own)
    stop = min(right, end + OWN)
    closing = _BREAK.search(text, end, stop)
    if closing is not None:
        stop = closing.start()
    words = own
    behind = text.find(thing, end, stop) if thing else -1
    if behind >= 0:
        words += GAP + text[end : behind + len(thing)]
    elif not thing:
        words += GAP + text[end : min(stop, end + SHORT)].partition("、")[0]
    first = words.rfind(thing)
    is_remote = False
    if first < 0:
        is_remote = bool(words.strip(_BLANK)) and _EACH not in text[max(0, start - OWN) : start]
        words += GAP + thing
        first = len(words) - len(thing)
    tail = text[end:stop]
    is_behind = bool(thing) and text.startswith(thing, end)
    previous = before.indicator if before is not None else None
    last = first + len(thing)
    goes_on = own in _LISTED or (before is not None and own[:-1] == before.object and own[-1:] in _LISTED)
    is_reached = is_behind and (_REACHED.search(own) is not None or (run.is_reached and goes_on))
    is_of_town = run.is_of_town and start - left <= SHORT + PAIR and _STOP.search(text, left, start) is None
    return Near(
        text, topic, heading, words, own, first, last, left, low, is_remote, tail, is_behind, previous, is_reached,
        is_of_town,
    )  # fmt: skip


def clause_end(head: str) -> str:
    """The last clause of what stands before a number; a bracket that closes there is part of it: 辖村（社区）18个."""
    opening = max(head.rfind("（"), head.rfind("(")) if head[-1:] in ("）", ")") else -1
    if opening < 0:
        return _BREAK.split(head)[-1]
    return _BREAK.split(head[:opening])[-1] + head[opening:]


def sentence_of(fact: Fact, near: Near) -> str:
    """The sentence around a fact, as far as it is looked at."""
    start, end = fact.sentence.start, fact.sentence.end or len(near.text)
    return near.text[max(start, fact.span.start - _BEFORE) : min(end, fact.span.end + _BEHIND)]


def is_open(fact: Fact) -> bool:
    """Whether any indicator may be meant: a growth of 12% is of whatever grows; a table's cell may lack its unit.

    A promised growth is none of a total: 地区生产总值力争增长7.5% sets no sum.
    """
    return not fact.unit or is_growth(fact)


def is_growth(fact: Fact) -> bool:
    """Whether the number is a growth in %; a promised one is none of a total."""
    return fact.direction is not None and fact.unit in RATIOS and fact.kind != "target"
