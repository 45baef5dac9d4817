"""Whose number it is, and who says so."""

from __future__ import annotations

import re

_UNIT = "村|社区|镇|乡|街道|户|人|名|支部|党支部|单位|部门|所|家|县|校|小组|企业|点|站"
_EACH = re.compile(
    rf"(?:每个?|户均|人均|村均|单个|平均每)(?:{_UNIT})?$|[每各](?:个)?(?:{_UNIT})$"
    rf"|每个?(?:{_UNIT}|县市区)(?!年|月)"
)
_OFFICE = re.compile(r"(?:镇|乡|街道|党政|镇直)?机关(?:党员|干部|支部|工作|全体|各|单位|人员|$|内|事务)|班子成员|机关$")
_VILLAGE = re.compile(
    r"^[、，]?(?:其中|如|以)?[^，。；、]{0,2}?([一-龥]{1,4}(?:村|社区|屯))"
    r"(?=[0-9新建开组投种举安完实制成设拥现有共发培打流修获在已累年农志集全通利依引栽养硬改拆清召评化调走慰收筹捐主])"
)
_GENERAL = re.compile(
    r"(?:全|各|每|个|行政|自然|建成|示范|文明|美丽|贫困|重点|先进|中心|试点|精品|样板|城|农|乡|镇|本|该|到|进|驻|"
    r"入|建|改|的|星级|宜居)(?:村|社区|屯)$"
)
_ABOVE = re.compile(
    r"^[^，。；、全]{0,6}(?:全国|全省|全自治区|全市|全县|全区|全州|全旗)(?!性|文|平台|首|优|先|百|十|重|示)"
)
_FAR_ABOVE = re.compile(r"^[^，。；、全]{0,6}(?:全国|全省)(?!性|文|平台|首|优|先|百|十|重|示|唯|第|人|一)")
_ANNOUNCED = re.compile(
    r"(?:据|按照?|从|在|由|经)[^，。；]{0,20}(?:通报|公示)|通报(?:显示|表明|称|说|[中里]|的[^，。；]{0,8}(?:数据|情况|结果|排名|采用)|[（(]|：)|"
    r"(?:部|办|委|局|办公室|中心|季度|[0-9]月|上半年|下半年|全年|全[县市区])(?:的)?(?:工作|情况|考核|采用)*通报[，：]|"
    r"公示(?:显示|表明|的[^，。；]{0,8}(?:数据|结果|排名))|考核结果|考评结果|"
    r"(?<!根)据[^，。；]{0,14}(?:统计|反馈|测算)|(?<!根)据[^，。；]{0,8}(?:部|委|局|办|县|市|上级)[^，。；]{0,8}数据|经[^，。；]{0,10}(?:考核|核定|统计局|第三方|测评)|"
    r"公布的|下发的[^，。；]{0,6}(?:情况|排名)|印发的[^，。；]{0,8}情况"
)

_QUOTES = re.compile("通报|公示|考核|考评结果|统计|反馈|测算|数据|核定|第三方|测评|公布的|下发的|印发的")
"""A word that every way of quoting a department has; quickly looked for."""


def scope_of(left: str, town: str | None) -> str:
    """town, office, village, each or superior, by the words of the clause before the number.

    >>> scope_of("每村放映电影", "青石镇"), scope_of("全县投稿", "青石镇"), scope_of("全县投稿", None)
    ('each', 'superior', 'town')
    """
    if ("每" in left or "均" in left or "各" in left or "单个" in left) and _EACH.search(left):
        return "each"
    if "机关" in left or "班子" in left:
        return "office" if _OFFICE.search(left) else "town"
    if "村" in left or "社区" in left or "屯" in left:
        village = _VILLAGE.search(left)
        if village is not None and not _GENERAL.search(village[1]) and len(left) > village.end():
            return "village"
    if "全" in left:
        above = _ABOVE if town and town[-1] in "镇乡道办" else _FAR_ABOVE
        if above.search(left):
            return "superior"
    return "town"


def authority_of(sentence: str) -> str:
    """``announced`` when the sentence quotes the department's own figures, else ``self``.

    >>> authority_of("据县委宣传部通报，我镇投稿采用35篇"), authority_of("我镇投稿35篇")
    ('announced', 'self')
    """
    return "announced" if _QUOTES.search(sentence) and _ANNOUNCED.search(sentence) else "self"
