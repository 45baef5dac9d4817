"""What ranks, prizes and titles have in common: their level, the words that only wish for them, lists of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LEVELS = (
    ("国家", re.compile(r"国家|全国|中国|中央|国务院|国际|世界|全球|国内|部级|[一-龥]{2}部(?=全|优|先)")),
    ("省", re.compile(r"省|自治区|全区(?!域)")),
    ("市", re.compile(r"市级|全市|地市级|州级|全州|^[一-龥]{0,3}(?<!城)市(?!场|民|容|政|县|值|辖|域|占|面)")),
    (
        "县",
        re.compile(
            r"县级|全县|区级|^[一-龥]{0,3}(?<![名强佳])县(?!域|城|道)|旗级|全旗|"
            "^[一-龥]{1,3}(?<![园社景小山地治城片库校厂辖发范护新矿林牧灾老苏特省全海港农赛战])区(?!域)"
        ),
    ),
    ("镇", re.compile(r"镇级|全镇|乡级|全乡|街道级")),
)
_WISHED = re.compile(
    r"^(?:对|凡)|奋力|迈向|打造(?=[^，。]{0,8}$)|建设$|争创|力争|争取|确保|冲刺|申创|创建(?=[^，。；]{0,2}$)|争当|努力|"
    r"推动|支持[^，。；]{0,8}$|将|拟|计划|积极申报|开展"
)
NOT_TITLE = re.compile(
    r"以上|预备|试点|资金|批复|支持|项目库|规划|专项债|贷款|补助|奖补|成效|成绩|突破|进展|好评|肯定|认可|效益|收入|关注|"
    r"新阶段|新时代(?!文明实践)|(?:选拔赛?|候选人?|复赛|决赛)$|行列(?!$)|快车道|轨道|阶段|重要|关键|重大|新[引增动]|抓手|平台公司|首[个家座批条]"
    r"|我[市省县镇区]|全[市省国县]首|引擎|支撑|主力|主体|一员|发展极|动力|优势|亮点|高地|计划(?!生育)|储备|清单|教材|"
    r"课程|方案|决策|许可|授权|证书|立项|备案|用地|指标|额度|建设期|运营|市场主体|现场会"
)
"""Words of what is no honour although it is won or awarded: money, plans, progress, certificates."""
OPENING = re.compile(
    r"^(?:了|为|全[省国市县区州]唯一|全[省国市县区州]首[个批家]|首批(?=全国|全省|“)|第[一二三四五六七八九十0-9]{1,3}批(?=“)|[0-9]{4}年度?(?=“))+"
)
"""What leads up to an honour and is no part of its name: 了, 全省首个, 2021年度 before a quotation."""


def level_of(name: str) -> str | None:
    """The level that a name tells: the first that stands in it.

    >>> level_of("吉林省文明村"), level_of("全国文明村镇"), level_of("先进集体")
    ('省', '国家', None)
    """
    name = _DATED.sub("", name)
    best: tuple[int, str] | None = None
    for level, pattern in _LEVELS:
        match = pattern.search(name)
        if match is not None and (best is None or match.start() < best[0]):
            best = (match.start(), level)
    return best[1] if best else None


_DATED = re.compile(
    "^(?:[0-9]{2,4}|[本上去今前])年(?:度|[春夏秋冬上下][季半]?年?)?(?:[-—至][0-9]{4}年(?:度|[春夏秋冬][春夏秋冬]?季)?)?"
)


_HOPED = re.compile(r"力争|争取|奋力|冲刺|努力实现|目标是")


def is_hoped(text: str, at: int) -> bool:
    """Whether the sentence before hopes for it, some clauses back.

    >>> is_hoped("力争三年内，综合实力进入全市十强", 12), is_hoped("经过努力，获全市十强", 6)
    (True, False)
    """
    left = text[max(0, at - 60) : at]
    left = left[max(left.rfind(sign) for sign in "。；！") + 1 :]
    return _HOPED.search(left) is not None and "了" not in left


_GIVER = re.compile(
    r"(?:被|由|经)(?:[一-龥]{2,3}(?=[省市县区州旗]))?(?P<level>国家|中央|全国|国务院|[省市县区州旗镇乡])"
    r"(?:[委直级]|政府|[一-龥]{1,10}(?:厅|局|部|委|办|会|联|中心))"
)
_GIVEN = {"区": "县", "旗": "县", "州": "市", "乡": "镇", "中央": "国家", "全国": "国家", "国务院": "国家"}


def level_of_giver(said: str) -> str | None:
    """The level of who gives a title that names none: ``被省文化厅评定为`` → 省.

    >>> level_of_giver("被省文化厅评定为"), level_of_giver("被县委、县政府授予"), level_of_giver("被评为")
    ('省', '县', None)
    """
    giver = _GIVER.search(said)
    return None if giver is None else _GIVEN.get(giver["level"], giver["level"])


def each_match(pattern: re.Pattern[str], first: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The matches of a pattern of many forms: the signs that they begin with are sought first, which is far faster."""
    done = 0
    for sign in first.finditer(text):
        match = pattern.match(text, sign.start()) if sign.start() >= done else None
        if match is not None:
            done = match.end()
            yield match


COUNTED_PRIZES = re.compile(r"(?:各)?[0-9一二两三四五六七八九十]{1,3}[个项名件篇幅次枚人]")
"""``一等奖2个、二等奖3个``: a further prize stands behind how many the first were."""


def is_wished(text: str, at: int) -> bool:
    """Whether the clause before only hopes for it.

    >>> is_wished("力争获全县第一", 2), is_wished("我镇获全县第一", 2)
    (True, False)
    """
    left = text[max(0, at - 16) : at]
    cut = max(left.rfind("，"), left.rfind("。"), left.rfind("；"), left.rfind("："))
    return _WISHED.search(left[cut + 1 :]) is not None
