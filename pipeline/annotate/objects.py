"""What a number counts: the shortest phrase in the sentence, before the number or behind its unit."""

from __future__ import annotations

import re

from pipeline.annotate.lexicon import (
    ADVERBS,
    CLEAR_VERBS,
    LATE_PREDICATES,
    MODIFIERS,
    NOMINAL_HEADS,
    NOUNS,
    PEOPLE,
    PREDICATES,
    SHORT_PREDICATES,
    SOFT_PREDICATES,
    SPENDING,
    SUBJECTS,
    TIMES,
    VERBS,
    words,
)

_STRIPPED = SUBJECTS | TIMES | ADVERBS | VERBS
_LONGEST = max(map(len, _STRIPPED))
_LATE = SUBJECTS | TIMES | ADVERBS
_MARKS = re.compile(r"[（(\[［][0-9]{1,2}[）)\]］]")
_DATE = re.compile(
    r"(?:截至|截止|到|至|从|自|于)?(?:[0-9]{2,4}年)?(?:[0-9]{1,2}[-—至~][0-9]{1,2}月份?|[0-9]{1,2}月(?:份|"
    r"[0-9]{1,2}日)?|(?<=年)[初底末中度]?)?(?:以来|期间|前|底|末|初|内)?"
)
_LABEL = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十0-9]{1,3}[）)、.．](?![0-9])|[一二三四五六七八九十]{1,2}是|"
    r"第[一二三四五六七八九十]+[，,、])+"
)
_OPENERS = " 　、和及与，,：:；;。—-–·…了的）)]"
_TAIL = re.compile(
    r"(?:总数|总量|共计|合计|累计|总计|分别|同比|环比|平均|已|均|共|(?<![节签预条制公集履合违契民乡婚规])约|各|就|"
    r"还|也|都|再|可|(?<![产功智性节技潜动效])能|将|"
    r"[比较](?:上年|去年|今年|同期|上年同期|去年同期|年初|上月|目标|计划|[0-9]{4}年)(?:同期|底)?(?:净?增|增产|增收|"
    r"减产|[多少][一-龥]{0,2}|高|低)?|折合(?:人民币)?|仅|只|为期|历时|(?:稳定|保持|维持|控制|压缩|缩短|压减|降低|"
    r"提高|提升|增加|增长|扩大|拓展|下降|减少|缩小|扩充|壮大|上升|跃升|净增|(?<![新倍递])增|降|升|涨|攀升|恢复|扩容|"
    r"覆盖|上调|下调|调增|调减|调整)(?:到了|到|至|在|为|了|近)?|"
    r"(?:高于|低于|高出|快于|好于|优于|超出|超)(?:全省|全国|全市|全县|省|市|预期)?(?:平均)?(?:水平|增速)?|"
    r"[由从][^，。；、由从]{0,8}的?|每[人户亩名月年天日篇条次场]|为?每(?:平方|立方)(?:公里|米)|为?人年|(?:年|月)?[人户村]均|场均|给予|按照|增速|增幅|降幅|达成|达到了|"
    r"达到|达成了|突破了|实现了|达|为|是|有|在|到|至|按|居|(?<![设统会审估])计|了|的|占|实现|完成|争取|力争|确保|预计|再进|前移|高达|多达|分别为|分别达|仅为|必须|"
    r"总共|之间|要|尽快|应|须|：|:|,|，|、|“)+$"
)
_SHARE_OF = re.compile(r"(?:^|[^独])占(?!地[面，]|地$|用)(.{2,})")
_KEPT_TAIL = re.compile(r"(?:降幅|涨幅|增幅|增速|总数|总量)$")
_GOOD_CHANGE = re.compile(r"(?:增长|下降|提高|提升|上升|降低|增加|减少|缩小|扩大)$")
_ETC = re.compile(r"等(?:地(?=[一-龥]{2}))?(?![级次候于待距])(?=..)")
_OF = re.compile(r"的(?=..)")
_WITH = re.compile(r"(?<![公一])共(?![同享产青有建治创商识计赢])(?=..)")
_RIGHT = re.compile(r"(?:(?:[省市县区国镇乡]|[省市县区镇乡]委|党委|党政)、)?[^，。；、！？（）()\s0-9,;]{1,30}")
_OWNER = frozenset("村区镇乡户县市站所人校组队部家院厂室屋馆店")
_SHORT_NOUNS = frozenset("村镇乡县组点站台人户社厂店")
"""What a bare 个 counts by one sign: ``少的三五个人``, ``走遍12个村``."""
_LIST_SIGN = re.compile(r"、|和|与|及|以及")


_NOTE = re.compile(r"^[（(][^（）()]{1,4}[）)]")


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
    text = text.lstrip(_OPENERS)
    if text[:1] in ("（", "("):  # 96批（次）、215人
        text = _NOTE.sub("", text).lstrip(_OPENERS)
    if not text:
        return ""
    label = _LABEL.match(text)
    if label is not None:
        text = text[label.end() :]
    text = _without_tail(text)
    if not text:
        return ""
    if text[-2:] in CLEAR_VERBS and text[-2:] not in NOUNS:
        body = _BODY.search(text) if text[-2:] == "组织" else None
        return body[0] if body is not None else text if is_item and _DEED_NAME.fullmatch(text) else ""
    often = _EVERY_TIME.match(text) if "每" in text else None
    if often is not None:
        thing = _tidy(_without_head(_last_part(often["thing"])))
        if len(thing) > 1 and thing[-2:] not in VERBS:
            return thing
    share = _SHARE_OF.search(text)
    if share is not None:
        return _tidy(_without_head(text if share.start() else text[share.start(1) - 1 :]))
    part = _last_part(text)
    found = _tidy(_without_head(part) or (part if part != text and part in VERBS and part not in SPENDING else ""))
    if text[0] in "向在为给与由" and len(found) > 4 and found[-2:] in NOUNS:
        return found[-2:]  # 向县级以上媒体投稿
    return found or itself(text)


_BODY = re.compile(
    r"(?:(?:基层|各级|[村镇乡县]级|行业性?|专业性?|群众性?)*(?:党|团|社会|调解|群团|自治|经济|合作|公益|志愿|文艺|志愿服务|老年|行业性?|专业性?|两新|"
    r"民间|互助|群众|妇女|工会|非公|统战|企业|中介|文化|体育|科协))组织$"
)
"""组织 that is a body and no verb: ``人民调解组织98个``."""
_DEED_NAME = re.compile(r"[一-龥]{2,4}(?:培育|打造|改造|建设|实施|发布|推送|化解|调解|排查|慰问|清理|覆盖|接待)")
"""A deed named by its thing, in a list of such: ``补植117亩、竹林培育945亩``."""


def itself(text: str) -> str:
    """The verb that names the counted thing when no noun stands: ``累计投稿`` → 投稿; not for mere spending."""
    for length in (5, 4, 3, 2):
        word = text[-length:]
        if word in NOUNS and len(word) == length:
            return "" if word in SPENDING and text[-length - 2 : -length] not in ("完成", "总额") else word
    return ""


def _without_tail(text: str) -> str:
    """Without the verbs and adverbs that lead over to the number."""
    tail = _TAIL.search(text)
    return text if tail is None else text[: tail.start()]


def _last_part(text: str) -> str:
    """What follows the last word that surely ends something else: a clear verb, 等, 的, 共."""
    cut = 0
    size = len(text)
    for at in range(size - 3, -1, -1):
        if text[at : at + 2] not in CLEAR_VERBS or _is_no_word(text, at):
            continue
        if not _is_modifier(text, at + 2) and not _is_in_title(text, at):
            cut = at + (3 if text[at + 2] in "后出了到" and text[at + 2 : at + 4] not in _NOT_TAILED else 2)
            cut += 2 if text.startswith("以来", cut) else 0
            break
    for pattern in (_ETC, _OF, _WITH) if ("等" in text or "的" in text or "共" in text) else ():
        for match in pattern.finditer(text, cut):
            cut = match.end()
    return text[cut:]


_NOT_TAILED = words("出口 出栏 出版 出租 出院 后备 后勤 后续 后援 到账 到户 到位")
"""What only looks like the 出, 后, 到 of the verb before it: ``实现|出口额``."""
_NO_WORDS = words("报刊发 派出所 大会召 出台账 党组织 支组织 群组织")


def _is_no_word(text: str, at: int) -> bool:
    """Whether two signs that look like a verb belong to two words (报刊|发表, 派出所)."""
    return text[max(0, at - 1) : at + 2] in _NO_WORDS or text[at : at + 3] in _NO_WORDS


def _is_in_title(text: str, at: int) -> bool:
    """Whether a position stands inside a title or a quotation, where a verb is a part of the name."""
    if "》" in text and text.rfind("《", 0, at) > text.rfind("》", 0, at):
        return True
    return "”" in text and text.rfind("“", 0, at) > text.rfind("”", 0, at)


def _is_modifier(text: str, at: int) -> bool:
    """Whether what follows is a head noun that makes the verb before it a modifier (接待中心)."""
    rest = text[at:]
    verb = text[at - 2 : at]
    if verb in MODIFIERS and rest[:2] not in PEOPLE:
        return True
    if rest in NOMINAL_HEADS and (verb in NOUNS or verb == "新增"):
        return True
    return rest[:1] in ("率", "量", "的", "数", "值")


def _without_head(text: str) -> str:
    """Without dates, subjects, adverbs and verbs at the head."""
    at, size = 0, len(text)
    while at < size:
        sign = text[at]
        if sign in _OPENERS:
            at += 1
            continue
        if sign.isdigit() or sign in "截到至从自于":
            date = _DATE.match(text, at)
            if date is not None and date.end() > at + 1 and text[at : date.end()].strip("截至止到从自于"):
                at = date.end()
                continue
        step = _step(text, at, size)
        if not step:
            break
        at += step
    return text[at:]


def _step(text: str, at: int, size: int) -> int:
    """Length of the leading word that is no part of the object, 0 when the object begins here."""
    for length in range(min(_LONGEST, size - at), 0, -1):
        word = text[at : at + length]
        if word not in _STRIPPED:
            continue
        rest = text[at + length :]
        is_head = rest in NOMINAL_HEADS and (word not in CLEAR_VERBS or word in NOUNS)
        if word in VERBS and word not in _LATE and (is_head or rest[:1] in ("率", "量", "数", "额", "者", "值", "业")):
            return 0
        if word in MODIFIERS and rest and rest[:2] not in PEOPLE:
            return 0
        if word[-2:] in ("党委", "政府", "党工") and rest[:1] in ("会", "书", "委"):
            return 0
        if word in _MANNERS and (rest in NOUNS or rest in MODIFIERS):
            return 0
        if rest[:1] == "率" or word + rest[:2] in _WHOLE:
            return 0
        if word == "重点" and len(rest) > 1 and rest[:2] not in VERBS:
            return 0
        if length == len(rest) == 1 and word in "另":
            return 0
        if len(rest) == 1 and length == _PAIR and word in VERBS and rest not in _OWNER:  # 清|淤泥, not 清淤|泥
            return 1
        if length == 1 and len(rest) and (word + rest[0]) in _COMPOUNDS:
            return 0
        return length
    return 0


_PAIR = 2
_WHOLE = words("整治办 服务办 治理办 保障所 服务所 管理所 检查站 积极分子 积极性 成功率 联系点 服务站 服务点")
"""Words that begin with an adverb or a verb and are one thing."""

_MANNERS = words("集中 联合 统一 专项 定期 重点 专门 随机")
"""How something is done: part of its name (集中学习), unless a noun follows."""

_COMPOUNDS = words(
    "在谈 到位 到期 到场 到会 到账 到岗 共建 共富 共治 "
    "共同 共享 共产 共青 共建 计算 新型 新农 新能 新时 新媒 新闻 新兴 新材 新业 和谐 和美 "
    "与会 及格 以工 为民 为农 从业 从事 在校 在册 在建 在职 在编 在岗 在库 在读 在营 对外 "
    "对口 对象 有机 有林 有线 有效 有声 用户 用电 用水 用地 用工 自然 自主 自建 自治 自愿 "
    "自媒 要素 可再 可支 能源 能人 能手 能力 由通 给水 给排 产业 产值 产品 产量 产能 产教 产果 "
    "产学 收入 收费 收视 送戏 送教 送书 送医 送文 过渡 过境 含硒 被征 被告 让利 乡村 乡镇 "
    "乡贤 乡风 乡土 乡道 镇村 镇级 镇直 镇办 街道 我国 近视 应急 应届 应城 应用 再生 再就 正面 正式 正科 正职 正规 "
    "只读 就业 就诊 就近 还田 还建 都市 超市 超限 超标 超高 将军 拟建 按揭 使用 令箭 计生 "
    "向阳 也门 先进 现代 现金 现场 现房 现役 约谈 等级 直播 达标 达产 达人 达到 大小 由来 "
    "约束 另类 而已 且末 并购 并联 并网 和平 和睦 均衡 又一 重大"
)
"""Words that merely begin like a word to be stripped."""


def _tidy(text: str) -> str:
    """Without loose quotation marks and punctuation at the ends; ``""`` when nothing measurable is left."""
    text = text.strip(" 　、，,：:；;。的了—-·/")
    if text.count("“") != text.count("”"):
        text = text.strip("“”") if text[:1] == "”" or text[-1:] == "“" else text
    if len(text) == 1 and text in "中内里外上下前后间其建修设办发装造栽送写拍坏少多差仍":
        return ""
    return text if len(text) < 40 else text[-40:]


def behind(text: str, at: int, end: int) -> str:
    """The counted noun behind the unit, up to its predicate: ``12家合作社成为…`` → 合作社; ``""`` when none.

    >>> behind("3个贫困村的老人", 2, 8)
    '贫困村'
    """
    match = _RIGHT.match(text, at, end)
    if match is None:
        return ""
    chunk = match[0]
    if chunk[0] == "的":
        chunk = chunk[1:]
    elif chunk[0] in "等，、":
        return ""
    size = len(chunk)
    for index in range(size):
        if index == 1 and chunk[0] in _OWNER and (chunk[1] in "中里内未有全均都已" or _is_predicate(chunk, 1)):
            chunk = chunk[:1]
            break
        if index != 1 and _is_predicate(chunk, index):
            chunk = chunk[:index]
            break
        if index > 1 and chunk[index] in SHORT_PREDICATES and not _is_inner(chunk, index):
            chunk = chunk[:index]
            break
    if "以及" in chunk[2:]:
        chunk = chunk[: chunk.index("以及", 2)]
    chunk = _before_deed(chunk)
    undone = _UNDONE.match(chunk)
    if undone is not None:
        chunk = undone[1]
    if "的" in chunk:
        head, _, rest = chunk.partition("的")
        owner = _OWNERS.match(chunk)
        if owner is not None:
            chunk = owner[0]
        elif rest in _ABSTRACT or (head[-1:] in _OWNER and len(rest) < 12):
            chunk = head
        else:
            chunk = chunk.rpartition("的")[2] or head
    for ending in ("作用", "优势", "以及", "当中", "项目中", "活动中", "团队中") if len(chunk) > _PAIR else ():
        if ending[-1] == "中" and chunk.endswith(ending):
            chunk = chunk.removesuffix("中").removesuffix("当")
        chunk = chunk.removesuffix(ending)
    if len(chunk) > _PAIR and chunk[-1] in "和及与":
        chunk = chunk[:-1]
    if chunk.rstrip("了出") in ("多", "少", "高", "低", "快", "慢", "增", "减"):
        return ""
    if chunk in ADVERBS:
        return ""
    if chunk[:1] in SHORT_PREDICATES and len(chunk) > 1 and chunk[:2] not in _COMPOUNDS:
        return ""
    return _tidy(chunk)


_OWNERS = re.compile(
    r"(?:居民)?小区(?!域)|社区|乡镇|(?:党)?支部|(?:行政|自然|贫困|脱贫|重点|示范|试点)村|村[居组]|学校|家庭|村民小组|县市区"
)
_ABSTRACT = words(
    "带领下 带领 陪同下 指导下 努力下 见证下 支持下 帮助下 参与下 主持下 培训 工作 任务 服务保障 服务 保障 管理 管控 慰问 救助 帮扶 审核 登记 录入 申报 维修 维护 整修 修缮 排查 检查 巡查 清理 "
    "拆除 补植 种植 采购 安装 发放 兑付 支付 收缴 招聘 选聘 考核 培育 创建 打造 硬化 亮化 绿化 需求 要求 签约 "
    "矛盾 问题 落实 整改 推进 状况 情况 进度 监督 检查 验收 进展 难题 困难 建设 改造 治理"
)
"""What is said of a thing behind 的 without being the thing: ``10户承包地的矛盾`` counts 承包地."""


def _before_deed(chunk: str) -> str:
    """What stands before a verb that 了 marks: ``社区建起了书屋`` → 社区."""
    done = chunk.find("了", 2)
    if done < 0 or "的" in chunk[done:]:
        return chunk
    if done == _PAIR:
        return chunk[:1] if chunk[0] in _OWNER else chunk
    return chunk[: done - 2] if done > _PAIR + 1 or chunk[0] in _OWNER else chunk


_UNDONE = re.compile(r"^(.{2,}?)(?:坏|走|丢|没|少|缺|空|停|换|修|掉)(?=了)")
_EVERY_TIME = re.compile(
    r"^(?P<thing>.{2,}?)每(?:天|日|周|月|季度?|年|晚)"
    r"(?:上报|发布|报送|推送|更新|编发|出刊|召?开|举办|开展|刊发|播出|印发?|出|放映)?$"
)
_EACH = re.compile(
    r"^每(?:平方|立方)?(?:个|名|家|所|户|人|村|处|场|期|次|亩|篇|条|公里|米|班|队|点|座|本|件|只|头|[斤吨])(?:每[人户天月年班次])*"
)
_EACH_WHAT = words(
    "企业 党员 干部 村 支部 单位 社区 学校 班子成员 成员 人 户 组 站 点 部门 街道 乡镇 农户 村民 机关 参加 处"
)


def of_each(object_: str) -> str:
    """What is left of ``每家藏书`` → 藏书; ``""`` when only those are named who get it (``每家企业``).

    >>> of_each("每家藏书"), of_each("每家企业"), of_each("藏书")
    ('藏书', '', '藏书')
    """
    rest = _EACH.sub("", object_)
    return "" if rest in _EACH_WHAT or (rest != object_ and len(rest) == 1) else rest


def is_short_noun(thing: str) -> bool:
    """Whether one sign is a thing by itself behind 个."""
    return thing in _SHORT_NOUNS


def _is_predicate(chunk: str, index: int) -> bool:
    word = chunk[index : index + 2]
    if word == "组织" and chunk[index - 1 : index] == "党":
        return False
    if word in SOFT_PREDICATES:
        return chunk[index + 2 : index + 4] in PEOPLE or chunk[index + 2 : index + 3] == "了"
    if index and word in LATE_PREDICATES:
        return chunk[index + 2 : index + 3] not in ("类", "方", "主", "单", "点")
    return word in PREDICATES


def _is_inner(chunk: str, index: int) -> bool:
    """Whether a sign that could begin a predicate stands inside a word (在校生, 可再生)."""
    return chunk[index : index + 2] in _COMPOUNDS or chunk[index - 1 : index + 1] in _INNER


_INNER = words(
    "公共 中共 总共 接到 收到 报到 签到 直到 "
    "行为 作为 认为 成为 服从 理由 自由 对于 关于 由于 属于 位于 应对 面对 核对 结对 针对 "
    "方向 导向 定向 功能 智能 性能 职能 技能 节能 潜能 储能 效能 动能 产能 许可 认可 也可 "
    "利用 使用 应用 实用 公用 信用 费用 专用 民用 农用 军用 通用 商用 供用 存在 现在 内在 "
    "所在 反应 供应 适应 响应 效应 必须 急需 刚需 内需 所需 军需 甚至 直至 占用 发达 传达 "
    "到达 合并 兼并 纯正 公正 改正 修正 廉正 获得 捕获 收获 平均 人均 户均 年均 抢占 侵占 "
    "矫正 校正 端正 更正 真正 反正 补正 系列 排列 陈列 队列 名列 前列 提供 专供 特供 代为 人为 更为"
)


_LEVELS = words("国 省 市 州 县 区 镇 乡 村 城 城镇 城市 城乡 农村 乡村 中央 国家 全国")


def shares(text: str, count: int) -> list[str]:
    """The objects of a 分别 list: as many as there are values, else the whole phrase for each.

    >>> shares("书屋、广场、宣传栏", 3)
    ['书屋', '广场', '宣传栏']
    """
    whole = before(text)
    parts = [part for part in _LIST_SIGN.split(whole) if part]
    if count > 1 and len(parts) != count:
        parts = [
            part for part in (_tidy(part) for part in _LIST_SIGN.split(_without_tail(text.lstrip(_OPENERS)))) if part
        ]
        parts = [before(part) or part for part in parts]
    if len(parts) != count or count < 2:
        return [whole] * count
    if all(part in _LEVELS for part in parts[:-1]) and len(parts[-1]) > 3:  # 省、市重点项目 share their head
        size = len(parts[0])
        return [part + parts[-1][size:] for part in parts[:-1]] + [parts[-1]]
    return parts


_FACILITY = re.compile(
    r"(?:工程|项目|基地|中心|生产线|产业园|园区|示范区|功能区|电站|储备库|装置|大棚|田|果园|茶园|林场|牧场)$"
)


def ends_with_verb(object_: str) -> bool:
    """Whether a phrase ends with a verb that wants an object of its own (``人均联系`` 9个村)."""
    return (
        (object_[-2:] in VERBS or object_[-2:] in ("通过", "超过")) and object_[-2:] not in NOUNS and len(object_) > 2
    )


def is_spending(object_: str) -> bool:
    """Whether a phrase only says that somebody spends: ``机关投入``."""
    return object_[-2:] in ("投入", "斥资", "出资", "筹资") and object_ not in NOUNS


def is_facility(thing: str) -> bool:
    """Whether a noun behind a measure is what has that size: ``10万亩吨粮田示范区``."""
    return _FACILITY.search(thing) is not None


_PURPOSE = re.compile(r"[，,]?(?:用于|用来|以)?([^，。；、！？（0-9]{3,24})")


def purpose(text: str, at: int) -> str:
    """What money was for, said in the next clause: ``投资30万元，实施书屋改造工程`` → 书屋改造工程."""
    match = _PURPOSE.match(text, at)
    if (
        match is None
        or text[match.end() : match.end() + 1].isdigit()
        or match[1][:2] in ("其中", "同比", "增长", "较上", "比上", "占全")
    ):
        return ""
    worked = _WORKED_ON.match(match[1])
    return _tidy(_without_head(match[1][worked.end() :] if worked else match[1]))


_WORKED_ON = re.compile(r"对[^，。；]{2,14}?(?:进行|实施|开展)了?(?=[^，。；]{2})")
"""``投资130万元对老街进行管网改造``: the money is for what is done."""


def last_verb(text: str) -> str:
    """The verb itself, when a number has nothing else: ``累计投入`` → 投入."""
    text = _without_tail(text)
    for length in (4, 3, 2):
        if len(text) >= length and (text[-length:] in NOUNS or text[-length:] in SPENDING):
            return text[-length:]
    return ""


def bare_verb(item: str) -> str:
    """The last word of a clause that names nothing else: ``，新增`` → 新增."""
    text = _without_tail(item).strip(_OPENERS)
    return text[-2:] if len(text) > 1 else ""


_DEED = re.compile(r"(?:在[^，。；、]{2,20}?[中上里])?([^，。；、！？（0-9]{2,16})")


def deed(text: str, at: int) -> tuple[str, int]:
    """What people did who are not named otherwise, and where it ends: ``3人在文艺展评中获奖`` → 获奖."""
    match = _DEED.match(text, at)
    if match is None:
        return "", at
    said = match[1]
    return _tidy(said[2:] if said[:2] in CLEAR_VERBS and len(said) > 3 else said), match.end()


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
