"""Texts of rules (办法, 制度, 细则) and words that bound: what they say of a number is laid down, not reached."""

from __future__ import annotations

import re

from pipeline.model import FactKind

_RULE_HEADING = re.compile(
    r"(?<![健全立完善落实行执订改革新定])(?:制度|办法|细则|规定|规范|守则|公约|章程|规则|条例|(?:奖励|补助|补贴|考核|评分|管理|收费|建设|服务|计分|验收)标准|(?:考核|考评|奖惩|奖励|评分|评比|积分|管理)(?:实施)?(?:方案|意见|措施))"
    r"(?:汇编|选编)?(?:[（(](?:试行|暂行|草案|修订|讨论稿|征求意见稿)[^（）()]{0,6}[）)])?$"
)
_RULE_OPENING = (
    r"(?:第[一二三四五六七八九十百0-9]{1,4}条|[（(]?[一二三四五六七八九十0-9]{1,3}[）)、.．]|[一二三四五六七八九十]是)*[^，。；：！？健全立完善落实]{0,12}"
    r"(?:制度|办法|规定|(?:奖励|补助|补贴|考核|评分|收费|计分|服务)标准)[。：]"
)
_MAKES_RULES = (
    r"(?:建立|健全|完善|落实|执行|制定|出台|推行|实行|强化|严格|坚持|创新|规范|加强|深化|抓好)(?!办|小组|领导)"
)
"""What a report says of rules (``建立了保洁制度``) lays none down."""
_RULE_NAMES = tuple(name + sign for name in ("制度", "办法", "规定", "标准") for sign in "。：")
_ARTICLE = r"第[一二三四五六七八九十百0-9]{1,4}条[　 ]?[一-龥]"


_REWARDS_HEADING = re.compile(
    r"(?:[（(]?[一二三四五六七八九十0-9]{1,3}[）)、.．])?(?:工作)?(?:奖励|考核|奖惩|考评|处罚)(?:及|与|和)?(?:奖励|考核|奖惩|考评|处罚|兑现)?"
)


def is_rule_heading(heading: str) -> bool:
    """Whether a title or heading announces rules, so that the numbers below it are norms.

    >>> is_rule_heading("新闻宣传奖励办法（试行）"), is_rule_heading("四、奖励考核"), is_rule_heading("建立了值班制度")
    (True, True, False)
    """
    if _REWARDS_HEADING.fullmatch(heading) is not None:
        return True
    return _RULE_HEADING.search(heading) is not None and re.search(_MAKES_RULES, heading) is None


def opens_rules(text: str) -> bool:
    """Whether a paragraph opens as a rule: ``（二）值班制度。每天…``, ``奖励标准：每篇…``, ``第五条 …``."""
    is_named = any(name in text for name in _RULE_NAMES) and re.match(_RULE_OPENING, text) is not None
    return is_named or ("条" in text[2:6] and re.match(_ARTICLE, text) is not None)


_DUE_TASK = (
    r"(?:全年|年内|年度|每年|本年)[^，。；：0-9]{0,12}(?:完成|报送|刊发|采用|上报|撰写|发表)|^任务"
    r"|年[^，。；：月]{0,10}任务[^，。；：]{0,4}：|目标"
)


def kind_in_rules(left: str, item: str, before: str) -> FactKind:
    """A number of a text of rules: what each has to reach in a year is a target, all else a norm.

    >>> kind_in_rules("党政办全年完成调研文章", "党政办全年完成调研文章", ""), kind_in_rules("每篇奖励", "每篇奖励", "")
    ('target', 'norm')
    """
    if "奖" in item or "罚" in item or "每" in item or _MISSED.search(item):
        return "norm"
    return "target" if before == "target" or re.search(_DUE_TASK, left) is not None else "norm"


_MISSED = re.compile(r"(?:完成|达到|不足|不到)(?:任务|目标|指标)?$")
"""A class of those judged, no task: ``未完成任务50%的扣20分``."""
BOUND_WORD = re.compile(
    r"(?:不[得能]?(?:超过?|过(?!程|去|来)|低于|少于|高于|多于|大于|小于|过)|至少|最少|最低|严禁超过|封顶|为限|起步)"
)
"""Words by which a rule bounds a number."""
_RULE_TEXT = re.compile(
    r"规定|村规民约|章程|公约|制度|办法|约定|标准|要求|实行|推行|原则上|细则|红线|限定|倡导|提倡|严控"
)
_MEASURED_STATE = re.compile(
    r"达|稳定|保持|控制在|藏书|图书|面积|覆盖|平均|[人户村亩镇]均|率|累计|共(?![同享])|投入|浓度|比例|建成|现有|已|预计|来了|吸引|每名党员|参加|参与|到场|受众|观众"
)


def is_bound_rule(left: str, said: str, prior: str = "") -> bool:
    """Whether ``said``, a number with its bound word, lays down what is allowed: ``礼金不超过200元``.

    Those who report what was reached say 以上 or 达; 不超过 and 不少于 are the words of rules.

    >>> is_bound_rule("礼金", "不超过200元"), is_bound_rule("合格率稳定在", "不低于98%")
    (True, False)
    """
    if BOUND_WORD.search(said) is not None:
        return _MEASURED_STATE.search(left) is None
    return said.endswith(("以内", "以下", "内")) and _RULE_TEXT.search(prior + left) is not None
