"""What a number counts, told by the words before it: the shortest phrase in the sentence, else the verb or the purpose.

What stands behind the unit is read by ``objects_behind``.
"""

from __future__ import annotations

import re

from pipeline.annotate.lexicon import CLEAR_VERBS, NOUNS, SPENDING, VERBS, words
from pipeline.annotate.phrases import OPENERS, PAIR, last_part, tidy, without_head, without_tail

_MARKS = re.compile(r"[（(\[［][0-9]{1,2}[）)\]］]")
_LABEL = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十0-9]{1,3}[）)、.．](?![0-9])|[一二三四五六七八九十]{1,2}是|"
    r"第[一二三四五六七八九十]+[，,、])+"
)
_LABEL_STARTS = frozenset("（(一二三四五六七八九十0123456789第")
_SHARE_OF = re.compile(r"(?:^|[^独])占(?!地[面，]|地$|用)(.{2,})")
_KEPT_TAIL = re.compile(r"(?:降幅|涨幅|增幅|增速|总数|总量)$")
_GOOD_CHANGE = re.compile(r"(?:增长|下降|提高|提升|上升|降低|增加|减少|缩小|扩大)$")
_LIST_SIGN = re.compile(r"、|和|与|及|以及")

_NOTE = re.compile(r"^[（(][^（）()]{1,4}[）)]")


_FRAMED = re.compile(r"^[（(][^（）()]{1,6}[）)](?=..)|^一[条个座处块片道段面](?=[宽长高深厚])")
"""What is left of an owner before its thing (各村（社区）推荐材料), or frames a measure (一条宽3米的路)."""


def before(text: str) -> str:
    """The object in what stands before a number, ``""`` when there is none.

    >>> before("今年全镇累计开展志愿服务活动")
    '志愿服务活动'
    >>> before("全市森林覆盖率达到")
    '森林覆盖率'
    >>> before("全镇累计投稿"), before("累计投入")
    ('投稿', '')
    """
    is_item = text[:1] == "、"
    if "（" in text or "[" in text or "［" in text:
        text = _MARKS.sub("", text)
    text = text.lstrip(OPENERS)
    if text[:1] in ("（", "("):  # 96批（次）、215人
        text = _NOTE.sub("", text).lstrip(OPENERS)
    if not text:
        return ""
    label = _LABEL.match(text) if text[0] in _LABEL_STARTS or text[0].isspace() else None
    if label is not None:
        text = text[label.end() :]
    text = without_tail(text)
    if not text:
        return ""
    if text[-2:] in ("惠及", "覆盖") and len(text) > 2 * PAIR:
        return before(text[:-2])  # 帮困救助惠及4720人次
    if text[-1] in "批期轮次" and "第" in text and _BATCH.fullmatch(text):
        return ""
    if text[-2:] in CLEAR_VERBS and text[-2:] not in NOUNS:
        body = (_BODY.search(text) or _FOUNDED.search(text)) if text[-2:] == "组织" else None
        return body["body"] if body is not None else text if is_item and _DEED_NAME.fullmatch(text) else ""
    often = _EVERY_TIME.match(text) if "每" in text or "一" in text else None
    if often is not None:
        thing = tidy(without_head(last_part(often["thing"])))
        if len(thing) > 1 and thing[-2:] not in VERBS and thing != "平均":
            return thing
    share = _SHARE_OF.search(text) if "占" in text else None
    if share is not None:
        return tidy(without_head(text if share.start() else text[share.start(1) - 1 :]))
    part = last_part(text)
    if part in _ANYBODY and "、" in text:
        everybody = tidy(without_head(last_part(text[: text.rindex("等")])))
        return everybody if "、" in everybody else part
    found = tidy(without_head(part) or (part if part != text and part in VERBS and part not in SPENDING else ""))
    framed = _FRAMED.match(found) if found[:1] in ("（", "一") else None
    if framed is not None:
        found = tidy(without_head(found[framed.end() :])) or found
    if text[0] in "向在为给与由" and len(found) > 4 and found[-2:] in NOUNS:
        return found[-2:]  # 向县级以上媒体投稿
    if "村" in found[:-2] or "社区" in found[:-2]:
        found = _without_village(found)
    return (found.removeprefix("平均") if found[:3] == "平均每" else found) or itself(text)


def _without_village(found: str) -> str:
    """Without the village whose deed it is: ``柳溪村流转土地`` → 土地."""
    match = _VILLAGE.match(found)
    if match is None or found[match.end() : match.end() + PAIR] not in VERBS or not is_place(match[0]):
        return found
    return tidy(without_head(found[match.end() :])) or found[match.end() :]


_VILLAGE = re.compile(r"[一-龥]{2,4}?(?:村|社区)(?=[一-龥]{2})")


_BATCH = re.compile(r"[^，。；]{0,4}第[一二三四五六七八九十0-9]{1,3}[批期轮次]")
_ANYBODY = frozenset(("人员", "人", "人士", "群体"))
"""Heads behind 等 that say less than the list before them: ``党员、网格员、志愿者等人员``."""
_BODY = re.compile(
    r"(?P<body>(?:(?:基层|各级|[村镇乡县]级|行业性?|专业性?|群众性?)*(?:党|团|社会|调解|群团|自治|经济|合作|公益|志愿|文艺|志愿服务|老年|行业性?|专业性?|两新|"
    r"民间|互助|群众|妇女|工会|非公|统战|企业|中介|文化|体育|科协))组织)$"
)
"""组织 that is a body and no verb: ``人民调解组织98个``."""
_FOUNDED = re.compile(
    r"(?:建立|成立|组建|设立|培育|孵化|共有|现有|拥有|建有|设有)(?:各类|各级|了)*(?P<body>[^，。；、的了]{2,8}组织)$"
)
"""What is founded is a body as well: ``建立学习管理组织44个``."""
_DEED_NAME = re.compile(r"[一-龥]{2,4}(?:培育|打造|改造|建设|实施|发布|推送|化解|调解|排查|慰问|清理|覆盖|接待)")
"""A deed named by its thing, in a list of such: ``补植117亩、竹林培育945亩``."""


def itself(text: str) -> str:
    """The verb that names the counted thing when no noun stands: ``累计投稿`` → 投稿; not for mere spending."""
    for length in (5, 4, 3, 2):
        word = text[-length:]
        if word in NOUNS and len(word) == length:
            return "" if word in SPENDING and text[-length - 2 : -length] not in ("完成", "总额") else word
    return ""


_EVERY_TIME = re.compile(
    r"^(?P<thing>.{2,}?)(?:每(?:天|日|周|月|季度?|年|晚)|一(?:个?(?:周|月|季度)|天))"
    r"(?:上报|发布|报送|推送|更新|更换|轮换|编发|出刊|召?开|举办|开展|刊发|播出|印发?|出|放映)?$"
)
_EACH = re.compile(
    r"^每(?:平方|立方)?(?:个|名|家|所|户|人|村|处|场|期|次|亩|篇|条|公里|米|班|队|点|座|本|件|只|头|例|起|宗|[斤吨])(?:每[人户天月年班次])*"
)
_EACH_WHAT = words(
    "企业 党员 干部 村 支部 单位 社区 学校 班子成员 成员 人 户 组 站 点 部门 街道 乡镇 农户 村民 机关 参加 处 "
    "自然村 行政村 村民小组 网格 村居 小区"
)


def of_each(object_: str) -> str:
    """What is left of ``每家藏书`` → 藏书; ``""`` when only those are named who get it (``每家企业``).

    >>> of_each("每家藏书"), of_each("每家企业"), of_each("藏书")
    ('藏书', '', '藏书')
    """
    rest = _EACH.sub("", object_)
    return "" if rest in _EACH_WHAT or (rest != object_ and len(rest) == 1) else rest


_LEVELS = words("国 省 市 州 县 区 镇 乡 村 城 城镇 城市 城乡 农村 乡村 中央 国家 全国")


def shares(text: str, count: int) -> list[str]:
    """The objects of a 分别 list: as many as there are values, else the whole phrase for each.

    >>> shares("书屋、广场、宣传栏", 3)
    ['书屋', '广场', '宣传栏']
    """
    whole = before(text)
    parts = [part for part in _LIST_SIGN.split(whole) if part]
    if count > 1 and len(parts) != count:
        parts = [part for part in (tidy(part) for part in _LIST_SIGN.split(without_tail(text.lstrip(OPENERS)))) if part]
        parts = [before(part) or part for part in parts]
    if len(parts) != count or count < 2:
        return [whole] * count
    if all(part in _LEVELS for part in parts[:-1]) and len(parts[-1]) > 3:  # 省、市重点项目 share their head
        size = len(parts[0])
        return [part + parts[-1][size:] for part in parts[:-1]] + [parts[-1]]
    return parts


def ends_with_verb(object_: str) -> bool:
    """Whether a phrase ends with a verb that wants an object of its own (``人均联系`` 9个村)."""
    return (
        (object_[-2:] in VERBS or object_[-2:] in ("通过", "超过")) and object_[-2:] not in NOUNS and len(object_) > 2
    )


def is_spending(object_: str) -> bool:
    """Whether a phrase only says that somebody spends: ``机关投入``."""
    return object_[-2:] in ("投入", "斥资", "出资", "筹资") and object_ not in NOUNS


_PURPOSE = re.compile(r"[，,]?(?:用于|用来|作为|以|主要(?:是|用于)|进行)?([^，。；、！？（0-9]{3,24})")


def purpose(text: str, at: int) -> str:
    """What money was for, said in the next clause: ``投资30万元，实施书屋改造工程`` → 书屋改造工程."""
    bought = _BOUGHT.match(text, at) or _BUILT.match(text, at)
    if bought is not None:
        return tidy(bought["thing"])
    worked = _WORKED_ON.match(text, at)
    if worked is not None:
        thing, done = worked["thing"], worked["done"]
        return tidy(thing + done if len(done) == PAIR else without_head(done) or thing)
    match = _PURPOSE.match(text, at)
    if match is not None and text[match.end() : match.end() + 1] == "、":
        several = _SEVERAL.match(text, match.end())
        if several is not None:
            return tidy(several["thing"])
    if (
        match is None
        or text[match.end() : match.end() + 1].isdigit()
        or match[1][:2] in ("其中", "同比", "增长", "较上", "比上", "占全")
    ):
        return ""
    return tidy(without_head(match[1]))


_BOUGHT = re.compile(
    r"[，,]?(?:[在为给][^，。；、0-9]{2,12})?"
    r"(?:安装|购置|修建|新建|铺设|改造|添置|配备|购买|建成|打造|改建|扩建|更换|翻建|翻修|完成|实施|硬化|新修|再建|修缮|整修)了?[^，。；、0-9]{0,6}?"
    r"(?:[0-9.]+|[一二三四五六七八九十两]+)余?(?:平方米|公里|[个组套台处座条间米口盏块张册])(?:的)?(?P<thing>[^，。；、0-9（]{2,12})"
)
"""``投入10万元安装了3组健身路径``: the money is for what was bought."""
_BUILT = re.compile(
    r"[，,]?(?:[在为给][^，。；、]{1,12}?)?(?:建立|建成|新建|修建|兴建|建设|建起|安装|购置|添置|购买)了?"
    r"一(?:[个座处所条间家块幅支套台辆])?(?P<thing>[^，。；、0-9（一]{2,12})"
)
"""``投资30万元在村口修建了一座文化亭``: the money is for what was built."""
_SEVERAL = re.compile(
    r"[^，。；！？0-9]{2,50}?等(?:[一二三四五六七八九十两]{1,3}[个座条处家所项])?(?P<thing>[^，。；、！？0-9的]{2,10})(?:的[^，。；、0-9]{2,8})?(?=[，。；]|$)"
)
"""``投入3万元，添置了音响、灯光等演出设备``: the money is for the whole."""
_WORKED_ON = re.compile(
    r"[，,]?(?:高[一-龥]{2})*对(?P<thing>[^，。；]{2,30}?)(?:进行|实施|开展)了?(?P<done>[^，。；、！？（0-9]{2,12})"
)
"""``投资130万元对老街进行管网改造``: the money is for what is done."""


def last_verb(text: str) -> str:
    """The verb itself, when a number has nothing else: ``累计投入`` → 投入."""
    text = without_tail(text)
    for length in (4, 3, 2):
        if len(text) >= length and (text[-length:] in NOUNS or text[-length:] in SPENDING):
            return text[-length:]
    return ""


def bare_verb(item: str) -> str:
    """The last word of a clause that names nothing else: ``，新增`` → 新增."""
    text = without_tail(item).strip(OPENERS)
    return text[-2:] if len(text) > 1 else ""


_PLACE_NAME = re.compile(r"[一-龥A-Za-z×]{1,5}(?:村|社区|屯|嘎查|居委会)")
_KIND_OF_PLACE = re.compile(
    r"(?:全|各|每|万|千|百|行政|自然|建成|示范|文明|美丽|贫困|脱贫|重点|先进|中心|试点|精品|样板|城市?|农|乡|镇|本|该|星级|宜居|所有|个|市|"
    r"出列|进|下|到|入|驻|一|出|回|送|包|联|整|每|两|各|哪|非贫困|少数民族|边境|特色|旅游|空心|整治|创建|达标|薄弱|专业|养老|智慧|平安|民主法治)(?:村|社区|屯)$"
)


def is_place(thing: str) -> bool:
    """Whether a thing is one village by its name, which is where a number is of and not what it counts.

    >>> is_place("柳溪村"), is_place("行政村"), is_place("书屋")
    (True, False, False)
    """
    return (
        thing[-1:] in ("村", "区", "屯", "查", "会")
        and _PLACE_NAME.fullmatch(thing) is not None
        and _KIND_OF_PLACE.search(thing) is None
    )


TOTALS = words("存量 总量 总数 数量 总额 规模 合计 占比 比重 比例 累计 总计 增速 增幅")
"""Heads that say nothing alone: ``新建书屋3个、总量突破20个`` counts 书屋 again."""

_LEVEL_ONLY = re.compile(
    r"(?:中央|国家|省部?|地?市|县|区|州|镇|乡|村|自治区|[一二三四五六七八九十]星|[a-zA-Z]类)级(?:及?以上)?(?:媒体|"
    r"报刊|网站|平台|部门)?$|省级?以上$"
)

_LEVELLED = re.compile(r"^.*级(?:及?以上)?(?:媒体)?(?=..)")


def of_level(object_: str, base: str) -> str:
    """A bare level counts what was counted before: ``采用40篇，其中省级6篇`` → 省级采用."""
    if not base or _LEVEL_ONLY.match(object_) is None or base.startswith(object_):
        return object_
    return object_ + _LEVELLED.sub("", base)
