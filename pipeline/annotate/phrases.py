"""A phrase before a number without what leads up to it, what leads over to the number, and loose signs."""

from __future__ import annotations

import re

from pipeline.annotate.lexicon import (
    ADVERBS,
    CLEAR_VERBS,
    COMPOUNDS,
    MODIFIERS,
    NOMINAL_HEADS,
    NOUNS,
    PEOPLE,
    SUBJECTS,
    TIMES,
    VERBS,
    words,
)

_STRIPPED = SUBJECTS | TIMES | ADVERBS | VERBS
_LONGEST = max(map(len, _STRIPPED))
_LATE = SUBJECTS | TIMES | ADVERBS
_DATE = re.compile(
    r"(?:截至|截止|到|至|从|自|于)?(?:(?:[0-9]{2,4}|20[xX×]{2})年)?(?:[0-9]{1,2}[-—至~][0-9]{1,2}月份?|[0-9]{1,2}月(?:份|"
    r"[0-9]{1,2}日)?|(?<=年)[初底末中度]?)?(?:以来|期间|前|底|末|初|内)?"
)
OPENERS = " 　、和及与，,：:；;。—-–·…了的）)]"
"""Signs and particles that never begin an object."""
_TAIL = re.compile(
    r"(?:总数|总量|共计|合计|累计|总计|分别|同比|环比|平均|已|均|共|(?<![节签预条制公集履合违契民乡婚规])约|各|就|"
    r"还|也|都|再|可|(?<![产功智性节技潜动效])能|将|"
    r"[比较](?:上年|去年|今年|同期|上年同期|去年同期|年初|上月|目标|计划|[0-9]{4}年)(?:同期|底)?(?:净?增|增产|增收|"
    r"减产|[多少][一-龥]{0,2}|高|低)?|折合(?:人民币)?|仅|只|为期|历时|(?:稳定|保持|维持|控制|压缩|缩短|压减|降低|"
    r"提高|提升|增加|增长|扩大|拓展|下降|减少|缩小|扩充|壮大|上升|跃升|净增|(?<![新倍递])增|降|升|涨|攀升|恢复|扩容|"
    r"覆盖|上调|下调|调增|调减|调整)(?:到了|到|至|在|为|了|近)?|"
    r"(?:高于|低于|高出|快于|好于|优于|超出|超)(?:全省|全国|全市|全县|省|市|预期)?(?:平均)?(?:水平|增速)?|"
    r"(?:由|从(?![事业严]))[^，。；、由从]{0,8}的?|每[人户亩名月年天日篇条次场]|为?每(?:平方|立方)(?:公里|米)|为?人年|(?:年|月)?[人户村]均|场均|年均|月均|给予|予以|按照|增速|增幅|降幅|达成|达到了|"
    r"达到|达成了|突破了|实现了|达|为|是|拥有|有|在|到|至|按|居|(?<![设统会审估])计|了|的|占|实现|完成|争取|力争|确保|预计|再进|前移|高达|多达|分别为|分别达|仅为|必须|需要?|应当|"
    r"总共|之间|要|尽快|应|须|[原本]来?(?:计划|打算|想着?)|原定|：|:|,|，|、|“|\+|＋)+$"
)
_TAIL_ENDS = frozenset(
    "+,:“、为也了予争于产亩人仅从以低保充共再减出划初别到制加升占县取只可各合名国在场均增复多大天定容将小少就居展已币市幅平年应底当快想成户持按收数整日时是月有期条标次比涨照现由"
    "的盖省着短移算篇米约缩能至要计调超达近还进速都里量长间降需须高＋，："
)
"""The last signs of what ``_TAIL`` finds, looked at first; but these open one that may end with any sign."""
_OPEN_TAILS = ("由", "从", "比", "较")
_ETC = re.compile(r"等(?:地(?=[一-龥]{2}))?(?![级次候于待距])(?=..)")
_OF = re.compile(r"的(?=..)")
_WITH = re.compile(r"(?<![公一])共(?![同享产青有建治创商识计赢])(?=..)")
OWNING = frozenset("村区镇乡户县市站所人校组队部家院厂室屋馆店")
"""Signs that end the name of one who owns or is counted: 个村, 所学校."""


def without_tail(text: str) -> str:
    """Without the verbs and adverbs that lead over to the number.

    >>> without_tail("全镇投稿量累计达到")
    '全镇投稿量'
    """
    if text[-1:] not in _TAIL_ENDS and not any(sign in text for sign in _OPEN_TAILS):
        return text
    tail = _TAIL.search(text)
    return text if tail is None else text[: tail.start()]


def last_part(text: str) -> str:
    """What follows the last word that surely ends something else: a clear verb, 等, 的, 共.

    >>> last_part("举办讲座等文化活动")
    '文化活动'
    """
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
_NO_WORDS = words("报刊发 派出所 大会召 出台账 建成区 党组织 支组织 群组织")


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


def without_head(text: str) -> str:
    """Without dates, subjects, adverbs and verbs at the head.

    >>> without_head("今年全镇累计开展志愿服务活动")
    '志愿服务活动'
    """
    at, size = 0, len(text)
    while at < size:
        sign = text[at]
        if sign in OPENERS:
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
        if word == "应" and rest[1:2] == "尽" and rest[:1] == rest[2:3]:  # 应检尽检人员, 应保尽保
            return 2 * PAIR if len(rest) > 3 else 0
        if word == "重点" and len(rest) > 1 and rest[:2] not in VERBS:
            return 0
        if length == len(rest) == 1 and word in "另":
            return 0
        if len(rest) == 1 and length == PAIR and word in VERBS and rest not in OWNING:  # 清|淤泥, not 清淤|泥
            return 1
        if length == 1 and len(rest) and (word + rest[0]) in COMPOUNDS:
            return 0
        return length
    return 0


PAIR = 2
"""The length of most Chinese words."""
_WHOLE = words("计划生育 整治办 服务办 治理办 保障所 服务所 管理所 检查站 积极分子 积极性 成功率 联系点 服务站 服务点")
"""Words that begin with an adverb or a verb and are one thing."""

_MANNERS = words("集中 联合 统一 专项 定期 重点 专门 随机")
"""How something is done: part of its name (集中学习), unless a noun follows."""


def tidy(text: str) -> str:
    """Without loose quotation marks and punctuation at the ends; ``""`` when nothing measurable is left.

    >>> tidy("、农家书屋，"), tidy("中")
    ('农家书屋', '')
    """
    text = text.strip(" 　、，,：:；;。的了—-·/")
    if text.count("“") != text.count("”"):
        text = text.strip("“”") if text[:1] == "”" or text[-1:] == "“" else text
    if len(text) == 1 and text in "中内里外上下前后间其建修设办发装造栽送写拍坏少多差仍这":
        return ""
    return text if len(text) < 40 else text[-40:]
