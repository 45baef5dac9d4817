"""Numbers that measure nothing: dates, ordinals, names, classes, deadlines, idioms (CONVENTIONS 4, "Not facts").

Each rule looks only at a few characters around the number. ``is_name`` is asked before a value is computed.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from pipeline.annotate.lexicon import words

# --- quoted and bracketed stretches ---------------------------------------------------------------------------------

_CLOSED = re.compile(
    r"“([^“”]*(?:“[^“”]*”[^“”]*)*)”|《[^《》]*》|「[^「」]*」|【[^【】]*】|〔[^〔〕]*〕|\[[0-9]{1,3}\]|"
    r"\"([^\"]{1,20})\""
)
_QUOTE_LIMIT = 24
_CLAUSE_SIGN = re.compile(r"[，。；！？]")


def closed_spans(text: str) -> list[tuple[int, int]]:
    """Stretches in which a number belongs to a name: book titles, footnote marks, short quotations.

    >>> closed_spans("落实“30条”政策")
    [(2, 7)]
    """
    if (
        "“" not in text
        and "《" not in text
        and "[" not in text
        and "〔" not in text
        and "「" not in text
        and "【" not in text
    ):
        return []
    spans = []
    for match in _CLOSED.finditer(text):
        inner = match[1] or match[2]
        if inner and (len(inner) > _QUOTE_LIMIT or _CLAUSE_SIGN.search(inner)):
            continue
        spans.append(match.span())
    return spans


def is_inside(spans: list[tuple[int, int]], at: int) -> bool:
    """Whether a position stands inside one of the spans."""
    index = bisect_left(spans, (at, 0)) - 1
    return index >= 0 and spans[index][0] < at < spans[index][1]


# --- what is glued to the digits ----------------------------------------------------------------------------------

_GLUE_BEFORE = frozenset("%=&第+＋×·〔[#＃_@")
_GLUE_AFTER = frozenset("+＋×·〕]_@:：∶")
_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_LATIN_UNITS = re.compile(r"(?:km²?|KM|m[²³]?|cm|mm|kg|KG|mg|t|hm²|[kKMGT]Wh?|MWh|GWh|kWh|TEU)(?![A-Za-z0-9])")
LONG = 30
"""No numeral in a report is written in more signs than this."""
_SERIAL = re.compile(r"[0-9]{11}")
"""So many digits in one run are a telephone, account or identity number."""

UNLISTED = re.compile(
    r"[一-龥](?<![年月日号时点届区线度大强后前里多转楼路厅室院中小网台档频瓦伏老新类])(?=[，。；、！？）),;\s]|$|"
    r"[0-9]|以上|左右|以下)|[一-龥]{2}(?=[0-9])(?<![年月日号时点到至为成增减达超过约近和及、有共])"
)
"""An unseen classifier: one or two Han signs between the digits and a boundary."""


def is_glued(text: str, start: int, end: int) -> bool:
    """Whether the digits are a part of a code: 第3届, G7, 5G, 4+2, 8·20, 1:3, a serial number."""
    if end - start > LONG or (end - start > 10 and _SERIAL.search(text, start, end) is not None):
        return True
    before = text[start - 1] if start else ""
    after = text[end] if end < len(text) else ""
    if (before in _GLUE_BEFORE and before) or (before in _LETTERS and before):
        return text[max(0, start - 3) : start] != "GDP"
    if after in _LETTERS and after and text[end - 1] not in "kK":
        return _LATIN_UNITS.match(text, end) is None
    if after in _GLUE_AFTER and after:
        return not (after in ":：∶" and not text[end + 1 : end + 2].isdigit())
    return before in (":", "：", "∶", ".", "/", "-", "—") and start > 1 and text[start - 2].isdigit()


# --- by unit ------------------------------------------------------------------------------------------------------

_HAN_ONLY_WITH_SCALE = words(
    "级 类 期 批 轮 点 段 线 面 方 里 度 分 层 门 口 行 排 网 员 节 课 章 版 字 句 回 区 道 片 块 班 列 组 种 环 "
    "副 把 头 顶 床 双 对 串 席 升 担 克 兆 堂 格 台戏 根 股 笔 单 剧 曲 题 页 卷 集 首 案 袋 杯 桌 盘 餐 枝 挂 株 "
    "只 匹 孔 眼 幅 款 样 封 则 起 例 学期 周"
)
"""Classifiers that make a name with a small Chinese numeral (二期, 三级, 四方, 五类) far oftener than a count."""

_FRAMES = re.compile(
    r"(?:指头|手指|巴掌|方面|环节|层面|维度|关键|重点|阶段|市场|支撑|抓手|确立|维护|意识|自信|毫不|务必|清零|代表|全面|结合|主体|"
    r"转变|大局"
    r"|率先|提升|百年|健康|坚持|同步|统筹|至上|布局|文明|不|更|有|一|好|专项|突出|着力|必须|规定|基本|统一|注重|"
    r"聚焦|强化"
    r"|责任|原则|纪律|底线|红线|战略|战场|战役|轮子|千亿|万亿|百亿|百万|确保|严禁|攻坚|大事|大计|文章|工程|先行|变|"
    r"大|优先|示范|倍增"
    r"|中心|基本点|效益|建设|体系|机制|制度|层次|目标|任务|行动|难题|问题|短板|特点|特色|亮点|优势|抓|为主|角度|"
    r"渠道|轨道|字|新|导向|把关|过硬|之|最|循环"
    r"|翅膀|手|经济|保障|能力|季节|世纪|朝代|铁|心|面向|战|共同|角色|坐标|极|增长极|片区|半小时|级|学习|干部?队伍|"
    r"三角|标准|定位|领域|聚集|方向|篇章|台阶|高地|红色|拳头|主题|革命|高峰|波|文化|品牌)"
)
"""Behind ``三个``, ``两条``, ``四项``: the measure word only frames a noun in a set phrase."""

_WORKED_OUT = re.compile(
    r"(?:制定|建立|健全|出台|完善|修订|查找|查摆|梳理|解决|整改|提出|推出|设立|开设|征集|收集|反馈|打造)了?$"
)
_WORKS = re.compile(r"(?:[一-龥]{0,4}(?:制度|机制|问题|难题|任务|项目|措施|建议|品牌|平台|方案|意见))")
_FRAMING = words("个 条 项 件 篇 张 道 种 次 面 支 大 位")

_TIME_CUE = re.compile(
    r"(?:历时|为期|耗时|用时|仅用|时长|时间|工期|周期|寿命|年限|期限|期|缩短|缩减|压缩|压减|延长|提前|推迟|长达|奋战|苦战|"
    r"快|慢|连续|早|晚|迟|守|走|开|干|忙|花|用|唱|演|办|平均|达|超过|累计|不少于|不低于"
    r"|服务|学习|培训|授课|学时|课时|播出|志愿|在线|连续|集中|天数|日数|驻村|缩短至|开放)[^，。；、]{0,6}$"
)
_YEAR_CUE = re.compile(
    r"(?:历时|为期|耗时|长达|寿命|年限|期限|周期|缩短|缩减|提前|刑期|徒刑|闲置|使用|服役|连任|工龄|党龄|教龄|任期)"
    r"[^，。；、第]{0,2}$"
)
_LASTING = re.compile(r"(?:历时|为期|耗时|连续|用时|仅用|共)$")
_CIRCLE = re.compile(r"[^，。；、]{0,12}?(?:圈|经济带)")
_PLAN_NAME = re.compile(r"[^，。；、]{0,10}?(?:行动|计划|规划|攻坚战|大会战|任务书)")
_DEADLINE = re.compile(r"(?:之?内|以内|后|前|来|以来|间|之?前|之?后)")
_RANK_PLACE = re.compile(r"(?:再进|前进|上升|提升|前移|跃升|提高|晋升|进步|下降|后退|攀升|退|进|升|移|降)了?$")
_RANKED = re.compile(r"(?:第|[前列居排]|位次|排名|位列|名列|位居|[至到]|[0-9]、)$")
_SCORE_CUE = re.compile(
    r"(?:自评|低|高|丢|差|计|记|积|学分|分数|得分|评分|测评|满意度|成绩|考核|平均|总分|分值|均分|积分|指数|扣|加|获|达|得)[^，。；]{0,6}$"
)
_QUAKE = re.compile(r"(?:以上)?(?:余震|地震|大风|台风|强震|左右)|震级")
_AGE_CUE = re.compile(r"(?:平均|年龄|寿命)[^，。；]{0,6}$")
_EVERY = re.compile(
    r"每(?:隔|逢)?[两三半]?个?(?:半年|两年|半[月天]|[天日周月年晚旬]|季度?|学期|星期|礼拜|村|镇|乡|户|人|所|社区|季|支部|单位|部门|队|站|班|家|名|位)"
    r"[^，。；：]{0,14}$"
)
_SERVICE_HOURS = re.compile(
    r"(?:小时)?[^，。；、]{0,6}?(?:可用|轮守|轮值|无休|受理|响应|接听|运行|[）)]|值班|值守|热线|在线|不间断|监测|监控|服务|自助|开放|警|待命|巡|轮|全天|政务|"
    r"便利|制)"
)
_RACE = re.compile(r"(?:直道|接力|长跑|竞速|自由泳|赛|组|第[一二三四五六七八九])")
_LINE = re.compile(r"、?[0-9]*路?(?:公交|汽车|车|军|人马)")
_HOTLINE = re.compile(r"1[12][0-9]|12[0-9]{3}|9[56][0-9]{3}")
_AFTER_EDITION = re.compile(
    r"(?:全会|会议|全体|全国|产业|创业|供水|开发|利用|普查|元|能源|性|函数|污染|分配|回收|全市|党代会|人代会|代表|"
    r"以(?![上下内])|裂变|党|转|装修|抛|会)"
)
_NOT_COUNT = re.compile(r"(?:之[一二首冠]|(?:个|条|项|件)?(?:之|以)一)")
_CODE_AFTER = re.compile(r"(?:[0-9]+[号楼#]|号(?!召))")
_CLASS_LEVEL = re.compile(r"级|大以上|规模")
_ONE_BEFORE = frozenset("每唯逐任第统单同另某这那有是为成用说办干做定推立举建创第专了出把做抓")
_END = re.compile(r"\s*(?:[，。；、！？）（)(,;“”]|$)")


def is_end(text: str, at: int) -> bool:
    """Whether a number's phrase ends here: punctuation or the end of the text."""
    return _END.match(text, at) is not None


def is_name(
    text: str,
    start: int,
    end: int,
    unit_at: int,
    unit_end: int,
    name: str,
    dimension: str,
    numeral: str,
    is_range: bool,
) -> bool:
    """Whether the number at ``[start, end)`` with its unit names, dates or classes instead of measuring."""
    is_han = numeral[0] not in "-0123456789"
    if text.startswith("级", unit_end) and name != "级":  # 百亿级, 万吨级泊位
        return True
    rule = _BY_DIMENSION.get(dimension)
    if rule is not None and rule(text, start, unit_at, unit_end, name, numeral):
        return True
    if (
        text[start - 1 : start] in ("前", "头")
        and text[start - 2 : start] != "提前"
        and dimension in ("people", "time", "ratio", "")
        and start
    ):
        return True
    if name == "人" and text.startswith("制", unit_end):  # 5人制足球场
        return True
    if name == "路" and (_LINE.match(text, unit_end) or (text[start - 1 : start] in tuple("乘坐、第") and start)):
        return True
    if not dimension and _HOTLINE.fullmatch(numeral):
        return True
    if name == "版" and "." in numeral:
        return True
    if name == "位" and _is_rank(text, start, unit_end):
        return True
    return is_han and _is_han_name(text, start, end, unit_at, unit_end, name, dimension, numeral)


def without_label(start: int, numeral: str, dimension: str) -> tuple[int, str]:
    """A heading's number glued to a value (``3.12个村``): things are never counted in decimals.

    >>> without_label(0, "3.12", "thing"), without_label(0, "2.5", "money")
    ((2, '12'), (0, '2.5'))
    """
    label, _, rest = numeral.partition(".")
    is_count = dimension in _COUNTS and rest.isdigit()
    is_label = len(label) <= 2 and (is_count or len(rest.rstrip("十百千万亿")) > 2)
    return (start + len(label) + 1, rest) if is_label else (start, numeral)


_POPULACE = re.compile(
    r"(?:[一-龥]{0,4}(?:儿女|人民|父老|乡亲|人口)|(?:城乡|各族|常住|农村|广大|[一-龥]{2})?(?:居民|群众|市民|村民|百姓|农民|牧民|渔民|师生|学生|职工|粉丝|网友))"
)


def is_populace(text: str, at: int, numeral: str) -> bool:
    """Whether people follow a number in ten thousands without a classifier: ``8.9万居民``, ``6万儿女``."""
    return numeral[-1] in "万亿" and len(numeral) > 1 and _POPULACE.match(text, at) is not None


_TELLING = re.compile(r"(?:粉丝|播放|阅读|浏览|点击|关注|用户|人口|访问)(?:量|数|人数)?(?:已)?[由从]$")
_RATIO_CUE = re.compile(
    r"(?:[一-龥]比|系数|指数|浓度|均值)(?:值)?[由从为]$|(?:缩小|提高|上升|下降|降|提升|扩大|升|降低)[到至为]$"
)
_RATIO_NEXT = re.compile(r"[一-龥]{1,4}[到至为]|\s*(?:[，。；、！？）]|$)")
_ROUND_HAN = re.compile(r"[一二两三四五六七八九].*[百千万]$")
_REACHED_CUE = re.compile(
    r"(?:增至|增加到|升至|提高到|涨到|涨至|涨粉|达到?|突破|破|超过?|逾|近|约|过|点赞|播放|阅读|浏览|点击|观看|关注|粉丝|曝光|转发|访问)(?:了|量|数|共|累计)*$"
)


def is_round(text: str, start: int, end: int) -> bool:
    """Whether a Chinese numeral without a unit counts people by itself: ``观众逾五千，``.

    >>> is_round("观众逾五千。", 3, 5), is_round("这五千。", 1, 3)
    (True, False)
    """
    return (
        is_end(text, end)
        and text[start - 1 : start] in ("近", "超", "逾", "约", "过")
        and start > 1
        and _ROUND_HAN.match(text[start:end]) is not None
    )


def is_told(text: str, start: int, numeral: str) -> bool:
    """Whether a round Chinese numeral without a unit is told of people (``来了五千多，``).

    >>> is_told("最多一场来了五千多。", 6, "五千")
    True
    """
    return (
        text[start - 1 : start] in ("了", "有", "到", "达", "约", "近") and numeral[-1] in "百千万" and len(numeral) > 1
    )


_SPENT = re.compile(
    r"(?:(?:花|投|用|补|给|凑|筹|拨|奖|要|配|欠|收|挣|省)(?:去|掉|进|入|助|贴|齐|集|款|到|补|出)?了?|"
    r"(?:投资|资金|税收|收入|财政|产值|贷款|经费|存款|总额|罚款|工资|利润|捐款|造价|损失|补助|补贴|奖金|补助金|救助金|自筹|报酬|债务|专款)"
    r"(?:达到?|共计?|完成|累计|合计|总计|为|是|仅|只有|各|增至|升至|突破|超过?)*|争取(?:到|来|上级|项目|资金)*)(?:大概|将近|近|约)?$"
)
_ROUND_MONEY = re.compile(
    r"[0-9一二两三四五六七八九十]+(?:\.[0-9]+)?(?:[万亿][0-9一二三四五六七八九]?千?|千[0-9一二三四五六七八九]?百?|百)|[1-9][0-9]*00(?:\.[0-9]+)?"
)
_BOUGHT = re.compile(r"[买修建办装购请做添订租印给把用换，]")


def is_spent(text: str, start: int, unit_end: int, numeral: str) -> bool:
    """Whether a round sum without 元 is money, as people talk: ``花了5万2，``, ``花了4万3千块``.

    >>> is_spent("花了5万2，", 2, 5, "5万2"), is_spent("来了3千，", 2, 4, "3千")
    (True, False)
    """
    return (
        _ROUND_MONEY.fullmatch(numeral) is not None
        and (is_end(text, unit_end) or (numeral[-1] not in "万亿百千0" and _BOUGHT.match(text, unit_end) is not None))
        and _SPENT.search(text[max(0, start - 12) : start]) is not None
    )


_COUNT_CUE = re.compile(
    r"(?:[一-龥][量数值]|指数|评分|得分|粉丝|人数|总数|户数|浓度|均值|人口|听众|观众|受众|读者|游客|学员|党员|转发|点赞|点击|浏览|播放|评论|收看|"
    r"订阅|资料|志愿者|用户|会员|网民|阅读)(?:累计|合计|共|已)?(?:为|是|达到?|超过?|"
    r"突破|过|近|约|不低于|不少于|至|到|提高到|增至)?$"
)
_LONG = re.compile(r"[几十百千]|[二三四五六七八][三四五六七八九]")


def is_long(numeral: str) -> bool:
    """Whether a Chinese numeral is too long for a set phrase: 五十几, 二十六, 七八; not 三, 十.

    >>> is_long("二十六"), is_long("七八"), is_long("三")
    (True, True, False)
    """
    return len(numeral) > 1 and _LONG.search(numeral) is not None


_SCALED_END = re.compile(r"[万亿]$")


def is_plain_count(text: str, start: int, end: int, unit_at: int, numeral: str) -> bool:
    """Whether a number without a unit is a count: ``阅读量突破30万，``, never a label or a year."""
    if "." in numeral and _RATIO_CUE.search(text[max(0, start - 8) : start]) and _RATIO_NEXT.match(text, unit_at):
        return True
    if is_populace(text, unit_at, numeral):
        return True
    if numeral[-1] in "万亿" and _TELLING.search(text[max(0, start - 8) : start]) and _RATIO_NEXT.match(text, unit_at):
        return True
    if _END.match(text, unit_at) is None or "分之" in numeral:
        return False
    if numeral[-1] in "万亿" and _REACHED_CUE.search(text[max(0, start - 8) : start]):
        return True
    return _COUNT_CUE.search(text[max(0, start - 12) : start]) is not None


def _is_time_name(text: str, start: int, unit_at: int, unit_end: int, name: str, numeral: str) -> bool:
    written = text[unit_at:unit_end].strip()
    left = text[max(0, start - 10) : start]
    if name in ("小时", "分钟", "秒") and (
        _CIRCLE.match(text[unit_end : unit_end + 14]) or text[start - 1 : start] == "×"
    ):
        return True
    if name == "小时" and numeral in ("24", "二十四") and _SERVICE_HOURS.match(text, unit_end):
        return True
    if written[:1] == "月" or (written[:1] == "日" and not _LASTING.search(left)):
        return True
    if written in ("周年", "周") and not _LASTING.search(left):
        return True
    if _PLAN_NAME.match(text[unit_end : unit_end + 16]) and not _YEAR_CUE.search(left):
        return True
    if _DEADLINE.match(text, unit_end) and (
        left.endswith(("做到", "力争到", "须在", "应在", "均在", "都在", "要在", "部在", "内在", "并在"))
        or not left.endswith(("至", "到", "在", "为", "控制", "不超过"))
    ):
        return True
    if text[start - 1 : start] in ("近", "前", "每", "过") and name in ("年", "月") and left[-2:] != "提前":
        return text[start - 2 : start - 1] not in tuple("要需用了达") or start < 2
    if written == "年":
        if re.search(r"\.(?:19|20)[0-9]{2}$", numeral):
            return True
        if len(numeral) == 4 and numeral.isdigit():
            return True
        decimal = "." in numeral
        return not (decimal or _YEAR_CUE.search(left) or (is_long(numeral) and left.endswith("了"))) or text[
            unit_end : unit_end + 1
        ] in tuple("级代度来底初末制期")
    if numeral[0] not in "0123456789" and name == "天":
        return not (_TIME_CUE.search(left) or is_long(numeral) or text[unit_end : unit_end + 1] == "半")
    return False


def _is_level_name(text: str, start: int, unit_at: int, unit_end: int, name: str, numeral: str) -> bool:
    quake = _QUAKE.match(text, unit_end) is not None or text[max(0, start - 3) : start].endswith("地震")
    return not (quake and numeral[0] in "0123456789")


def _is_score_name(text: str, start: int, unit_at: int, unit_end: int, name: str, numeral: str) -> bool:
    return _SCORE_CUE.search(text[max(0, start - 12) : start]) is None or text[unit_end : unit_end + 1] in (
        "钟",
        "之",
        "级",
        "类",
    )


def _is_age_name(text: str, start: int, unit_at: int, unit_end: int, name: str, numeral: str) -> bool:
    return _AGE_CUE.search(text[max(0, start - 12) : start]) is None


def _is_energy_name(text: str, start: int, unit_at: int, unit_end: int, name: str, numeral: str) -> bool:
    if text[unit_at:unit_end].strip() != "度":
        return False
    return "电" not in text[max(0, start - 10) : unit_end + 2]


def _is_noun_name(text: str, start: int, unit_at: int, unit_end: int, name: str, numeral: str) -> bool:
    """``辖3乡5镇`` counts; ``3站路`` and ``三部门`` do not."""
    return numeral[0] not in "0123456789" or not (_END.match(text, unit_end) or text[unit_end : unit_end + 1].isdigit())


def _is_length_name(text: str, start: int, unit_at: int, unit_end: int, name: str, numeral: str) -> bool:
    """A distance that names a race: 500米直道赛, 1000米第三名."""
    return _RACE.match(text, unit_end) is not None


def _is_volume_name(text: str, start: int, unit_at: int, unit_end: int, name: str, numeral: str) -> bool:
    if text[unit_at:unit_end].strip() != "方":
        return False
    return not (_END.match(text, unit_end) or text[unit_end : unit_end + 1] in tuple("土石水砂混以左"))


def _is_data_name(text: str, start: int, unit_at: int, unit_end: int, name: str, numeral: str) -> bool:
    return _END.match(text, unit_end) is None


def _is_class_size(text: str, start: int, unit_at: int, unit_end: int, name: str, numeral: str) -> bool:
    """``亿元``, ``万元``, ``百亩`` without a digit: the name of a class unless an approximator makes it a value."""
    if numeral[0] == "每" or numeral.strip("十百千万亿") or text[unit_at - 1 : unit_at] in tuple("余多来"):
        return False
    if text.startswith(("左右", "上下"), unit_end):
        return False
    return not (text[start - 1 : start] in tuple("近上超过逾破约达") and start and _END.match(text, unit_end))


_BY_DIMENSION = {
    "time": _is_time_name, "level": _is_level_name, "score": _is_score_name, "age": _is_age_name,
    "energy": _is_energy_name, "length": _is_length_name, "noun": _is_noun_name,
    "volume": _is_volume_name, "data": _is_data_name,
}  # fmt: skip
_SIZES = frozenset(("money", "money_usd", "area", "mass", "volume", "power", "length", "energy", "household"))


def _is_rank(text: str, start: int, unit_end: int) -> bool:
    left = text[max(0, start - 6) : start]
    if _RANK_PLACE.search(left):
        return False
    return _RANKED.search(left) is not None or text.startswith(("一体", "数"), unit_end)


_BEFORE_SOME = ("", *"，。；、先后 有过了曾")


def _is_han_name(
    text: str, start: int, end: int, unit_at: int, unit_end: int, name: str, dimension: str, numeral: str
) -> bool:
    """Chinese numerals stand in hundreds of fixed phrases; Arabic ones hardly ever do."""
    before = text[start - 1] if start else ""
    if numeral[0] in "零〇":
        return True
    if numeral == "几" and text[max(0, start - 2) : start] in ("下面", "以下", "如下", "上面", "以上"):
        return True
    if numeral[0] == "数" and (len(numeral) == 1 or numeral[1] not in "十百千万亿"):
        return before not in _BEFORE_SOME or name not in ("次", "个", "家", "名", "条", "场", "天")
    if dimension in _SIZES and _is_class_size(text, start, unit_at, unit_end, name, numeral):
        return True
    if before == "每" and not numeral.strip("十百千万亿一两"):
        return True
    if numeral in ("一", "壹"):
        return _is_article(text, start, unit_end, name, dimension)
    if not numeral.strip("十百千万亿") and numeral != "十" and text[unit_at - 1] not in "余多":
        return _is_bare_name(text, start, unit_end, name)
    scaled = any(sign in "百千万亿" for sign in numeral) or unit_at > end
    if not scaled and (name in _HAN_ONLY_WITH_SCALE or dimension == "noun"):
        if (
            before == "了"
            and text[start - 2 : start] not in ("为了", "除了")
            and name not in _NAMING
            and numeral not in "一"
        ):
            return False
        if is_long(numeral) and name not in _NAMING and dimension != "noun" and before not in tuple("第、—-"):
            return False
        return not (
            _END.match(text, unit_end)
            and before not in tuple("一二三四五六七八九第、")
            and _is_counted(text, start, name)
        ) and not (name not in _NAMING and dimension != "noun" and _MADE.search(text[max(0, start - 4) : start]))
    if name == "部" and text.startswith(("委", "门", "队", "法", "长", "联"), unit_end):
        return True
    if name == "次" and (_AFTER_EDITION.match(text, unit_end) or before in tuple("届第、")):
        return True
    if name in ("人", "位", "员") and not scaled and text.startswith(("一体", "行", "组", "民"), unit_end):
        return True
    if not scaled and _NOT_COUNT.match(text, unit_end):
        return True
    if len(numeral) <= 2 and not scaled and name in _FRAMING and _FRAMES.match(text, unit_end) and unit_at == end:
        if _WORKED_OUT.search(text[max(0, start - 4) : start]) and _WORKS.match(text, unit_end):
            return False
        return not (name == "条" and text.startswith(("重点", "措施", "建议"), unit_end))
    return before in tuple("届“‘") if before else False


_MADE = re.compile(
    r"(?:制作|获赠|送[出去]|编写|拍摄|编排|组建|购置|添置|张贴|悬挂|绘制|创作|印制|播放|放映|排演|收到|评出|分发|发放|更换|安装|"
    r"配备|新增|新添|购买|购进|增添|捐赠|种植|栽种|栽植|养殖|饲养|推出|演出|开办|举办|开设|整理|清理|拆除|处理|查处|发生|化解|调处|"
    r"调解|受理|写出|撰写|刊登|刊发|共计?|达|有)了?$"
)
_COUNTED_CUE = re.compile(
    r"(?:举办|开展|编发|刊发|培训|开办|印发|出刊|简报|组织|共|计|达|新增|建成|设立|开设|现有|拥有|班)$"
)
_NAMING = words("级 类 方 里 度 分 点 线 面 段 区 层 回 环 道 门 周 版 字 章 节 条 口 行 色 届 代 员 网")
"""With these a long numeral is a name as well: 十三届, 二十四节气, 三十六行."""
_BEHIND_NOUN = words("轮 批 笔 副 组 首 册 幅 封 只 匹 株 袋 桌 床 双 对 款 起 例 案 堂 员")


def _is_counted(text: str, start: int, name: str) -> bool:
    return name not in ("级", "类", "方", "里", "度", "分", "点", "线", "面", "段", "区", "层", "回", "环") and (
        name in _BEHIND_NOUN or _COUNTED_CUE.search(text[max(0, start - 4) : start]) is not None
    )


_COUNTS = frozenset(("people", "person_times", "household", "event", "text", "place", "thing", "noun", ""))
_CLASS_TAIL = re.compile(r"(?:的|[一-龥“])")
_CLASS_OF = re.compile(
    r"的(?:还|仍|只|也|就|尚|共|约|均|都)?有?(?:近|约)?[0-9一二三四五六七八九十两几]|的(?:科室|单位|村|社区|企业|部门|支部|人员|"
    r"干部|学校|乡镇|镇|街道|党员|农户|户|项目|商户|家庭|班子|网格)"
)
_LATER_COUNT = re.compile(r"[^，。；、！？0-9]{2,16}[0-9]")
_NOT_CLASS_NOUN = re.compile(
    r"(?:比|的?(?:要求|标准)|[的]?(?:水平|目标|增速|增长|速度|的比例|的增长)|以上|左右|时|开展|实施|用于|完成|建设了|收入|资金|投资|"
    r"投入)"
)


def is_class(text: str, end: int, dimension: str, approx: str) -> bool:
    """Whether a bound only defines a class (``500亩以上种植园12个``, ``60岁以上老人``): it belongs to the object.

    >>> is_class("500亩以上种植园12个", 6, "area", "at_least"), is_class("培育2家以上企业", 6, "place", "at_least")
    (True, False)
    """
    if approx not in ("at_least", "at_most", "over"):
        return False
    if dimension in _SIZES and text[end : end + 1].isdigit():  # 50亿元以上15个
        return True
    if _CLASS_OF.match(text, end) is not None and text[end - 2 : end] not in ("以上", "以下", "以内", "左右"):
        return True
    if _CLASS_TAIL.match(text, end) is None:
        return False
    if dimension in _COUNTS:
        return text[end - 2 : end] in ("以上", "以下") and _LATER_COUNT.match(text, end) is not None
    if approx == "over" and dimension in _SIZES and _LATER_COUNT.match(text, end) is not None:
        return _NOT_CLASS_NOUN.match(text, end) is None
    if dimension in ("ratio", "points", "times") or text[end - 2 : end] not in ("以上", "以下", "以内"):
        return False
    return _NOT_CLASS_NOUN.match(text, end) is None


_BARE_UNITS = words("场 人 次 名 家 位 篇 条 件 个 项 人次 台 辆 户")
_BARE_IDIOM = re.compile(
    r"(?:[一-龥]{2,3}(?:拥有|占有|保有)|万户|灯火|争鸣|讲坛|姓|万里|千|工程|镇|大会战|联|进|帮|强|企|村|行动|拥有|[一-龥]{1,5}[数率])"
)


def _is_bare_name(text: str, start: int, unit_end: int, name: str) -> bool:
    """``百场``, ``千人`` of events are exact values; ``万家灯火``, ``千人计划`` and ``百村`` are names."""
    before = text[start - 1] if start else ""
    if before in tuple("近上超过逾破约") and before:
        return False
    if text.startswith(("左右", "上下"), unit_end):
        return False
    if name not in _BARE_UNITS or (before in tuple("每十百千万第两") and before):
        return True
    return _BARE_IDIOM.match(text, unit_end) is not None


_EVENT_LIKE = words("次 场 期 趟 遍 回 篇 条 轮 件 份 批 例 班 节 课 学期 期次 场次")
_ONE_PLACE = words("个 名 座 处 所 间 台 部 辆 套 支 块 幅 栋 家 项 件 册 本 人 次 场 条 户 艘 架 眼 口 张")


def _is_article(text: str, start: int, unit_end: int, name: str, dimension: str) -> bool:
    """``一`` counts in ``每月一次`` and, behind its noun, in ``会议室一个，``; elsewhere it is an article."""
    if dimension == "times":
        return False
    if dimension == "time" and (text[unit_end : unit_end + 1] == "半" or text[start - 1 : start] == "了"):
        return False  # 一天半, 用了一个多月
    if dimension in ("ratio_成", "ratio_折"):
        return _END.match(text, unit_end) is None and not text.startswith(("以上", "左右", "多", "半"), unit_end)
    left = text[max(0, start - 18) : start]
    if name in _EVENT_LIKE and _EVERY.search(left):
        return False
    if not _END.match(text, unit_end) or name not in _ONE_PLACE:
        return True
    before = text[start - 1] if start else ""
    two = text[max(0, start - 2) : start]
    return not ("一" <= before <= "龥") or before in _ONE_BEFORE or len(two) < 2 or not ("一" <= two[0] <= "龥")
