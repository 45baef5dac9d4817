"""Chinese numerals in set phrases: 三级, 四个意识, 万家灯火, 一个; in Arabic digits they are hardly ever written."""

from __future__ import annotations

import re

from pipeline.annotate.classes import SIZES, is_class_size
from pipeline.annotate.clauses import END
from pipeline.annotate.lexicon import words

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
    r"渠道|轨道|字|新|导向|把关|过硬|之|最(?!低生活)|循环"
    r"|翅膀|手|经济|保障|能力|季节|世纪|朝代|铁|心|面向|战|共同|角色|坐标|极|增长极|片区|半小时|级|学习|干部?队伍|"
    r"三角|标准|定位|领域|聚集|方向|篇章|台阶|高地|红色|拳头|主题|革命|高峰|波|文化|品牌)"
)
"""Behind ``三个``, ``两条``, ``四项``: the measure word only frames a noun in a set phrase."""

_WORKED_OUT = re.compile(
    r"(?:制定|建立|健全|出台|完善|修订|查找|查摆|梳理|解决|整改|提出|推出|设立|开设|征集|收集|反馈|打造)了?$"
)
_WORKS = re.compile(r"(?:[一-龥]{0,4}(?:制度|机制|问题|难题|任务|项目|措施|建议|品牌|平台|方案|意见))")
_FRAMING = words("个 条 项 件 篇 张 道 种 次 面 支 大 位")
_EVERY = re.compile(
    r"每(?:隔|逢)?[两三半]?个?(?:半年|两年|半[月天]|[天日周月年晚旬]|季度?|学期|星期|礼拜|村|镇|乡|户|人|所|社区|季|支部|单位|部门|队|站|班|家|名|位)"
    r"[^，。；：]{0,14}$"
)
_AFTER_EDITION = re.compile(
    r"(?:全会|会议|全体|全国|产业|创业|供水|开发|利用|普查|元|能源|性|函数|污染|分配|回收|全市|党代会|人代会|代表|"
    r"以(?![上下内])|裂变|党|转|装修|抛|会)"
)
_NOT_COUNT = re.compile(r"(?:之[一二首冠]|(?:个|条|项|件)?(?:之|以)一)")
_ONE_BEFORE = frozenset("每唯逐任第统单同另某这那有是为成用说办干做定推立举建创第专了出把做抓")
_LONG = re.compile(r"[几十百千]|[二三四五六七八][三四五六七八九]")


def is_long(numeral: str) -> bool:
    """Whether a Chinese numeral is too long for a set phrase: 五十几, 二十六, 七八; not 三, 十.

    >>> is_long("二十六"), is_long("七八"), is_long("三")
    (True, True, False)
    """
    return len(numeral) > 1 and _LONG.search(numeral) is not None


_BEFORE_SOME = ("", *"，。；、先后 有过了曾")


def is_han_name(
    text: str, start: int, end: int, unit_at: int, unit_end: int, name: str, dimension: str, numeral: str
) -> bool:
    """Chinese numerals stand in hundreds of fixed phrases; Arabic ones hardly ever do."""
    before = text[start - 1] if start else ""
    if numeral[0] in "零〇" or before == "唯":
        return True
    if numeral == "几" and text[max(0, start - 2) : start] in ("下面", "以下", "如下", "上面", "以上"):
        return True
    if numeral[0] == "数" and (len(numeral) == 1 or numeral[1] not in "十百千万亿"):
        return before not in _BEFORE_SOME or name not in ("次", "个", "家", "名", "条", "场", "天")
    if dimension in SIZES and is_class_size(text, start, unit_at, unit_end, name, numeral):
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
            END.match(text, unit_end)
            and before not in tuple("一二三四五六七八九第、")
            and _is_counted(text, start, name)
        ) and not (name not in _NAMING and dimension != "noun" and _MADE.search(text[max(0, start - 4) : start]))
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


_TAKES = re.compile(r"(?:提前|延长|缩短|推迟)(?:了|近|约)?$")
_EVENT_LIKE = words("次 场 期 趟 遍 回 篇 条 轮 件 份 批 例 班 节 课 学期 期次 场次")
_ONE_PLACE = words("个 名 座 处 所 间 台 部 辆 套 支 块 幅 栋 家 项 件 册 本 人 次 场 条 户 艘 架 眼 口 张")


def _is_article(text: str, start: int, unit_end: int, name: str, dimension: str) -> bool:
    """``一`` counts in ``每月一次`` and, behind its noun, in ``会议室一个，``; elsewhere it is an article."""
    if dimension == "times":
        return False
    if dimension == "time" and (text[unit_end : unit_end + 1] == "半" or text[start - 1 : start] == "了"):
        return False  # 一天半, 用了一个多月
    if dimension == "time" and _TAKES.search(text, max(0, start - 5), start) is not None:
        return False
    if dimension in ("ratio_成", "ratio_折"):
        return END.match(text, unit_end) is None and not text.startswith(("以上", "左右", "多", "半"), unit_end)
    left = text[max(0, start - 18) : start]
    if name in _EVENT_LIKE and _EVERY.search(left):
        return False
    if not END.match(text, unit_end) or name not in _ONE_PLACE:
        return True
    before = text[start - 1] if start else ""
    two = text[max(0, start - 2) : start]
    return not ("一" <= before <= "龥") or before in _ONE_BEFORE or len(two) < 2 or not ("一" <= two[0] <= "龥")
