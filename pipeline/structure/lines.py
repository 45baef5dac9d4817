"""One line looked at alone: is it a heading, may it be one, does it begin with one, or is it text?

What neighbours say is ``headings``' question.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from typing import Literal

from pipeline.model import Block, RunIn, Span
from pipeline.structure import labels
from pipeline.structure.labels import Numbering

Form = Literal["heading", "opener", "maybe", "run_in", "item", "text"]

LONGEST_NUMBERED = 64  # characters of a numbered heading without a full stop
LONGEST_PLAIN = 36  # of one without number
LONGEST_SLOGAN = 34  # of one that ends in a full stop, or that runs into its text

_MARK = re.compile("[。！!？?；;.]")
_PAUSE = re.compile("[，,、；;]")
_QUANTITY = re.compile(
    r"[0-9０-９]|[一二两三四五六七八九十百千万余]+(?:多|余)?"
    r"(?:篇(?!文章)|条(?!线|心)|次|户|本|份|人次?|场|期|名|亩|万|亿|元|公里|平方|辆|家|块|幅|册|天|小时|吨|台|套)"
)
# A count with what is counted: a line of a report, never a bare heading.
COUNTED = re.compile(
    "[0-9０-９]+(?:[.．][0-9０-９]+)?(?:多|余)?[万亿千百]?余?(?:篇|条|次|个|户|本|份|人|场|期|名|亩|元|公里|平方|辆|家|块|幅|册|天|小时|吨|台|套|件|处|头|株|米|支|[%％])"
)
# Words of a sentence that reports or complains; a slogan has none of them.
_COMPLAINT = re.compile(
    "不够|不足|不高|不强|不到位|不平衡|不深|不大|不多|不实|不全|不牢|不稳|不快|不严|不紧|不畅|不敢|不愿|不力|不健全|不完善|不规范|不明显"
    "|较弱|薄弱|滞后|欠缺|缺乏|缺少|有待|偏低|偏少|偏慢|较少|较低|较差|较慢|单一|老化|有差距|跟不上|困难"
)
_NOT_HEADING = re.compile(
    r"^字号|^第\s*\d+\s*页|主题词|^.{0,12}[〔\[]\d{4}[〕\]]|第\s*\d+\s*期$|^第\s*\d+\s*期|代表[：:]$"
    r"|(?:主要)?(?:表现在|体现在|包括|有以下|如下|做了以下|抓了以下)|各位|同志们?[：:！!]|代表们|此致|敬礼|特此"
    r"|以上(?:总结|汇报|报告|情况)"
    r"|^附[件录表][：:\d一二三]|^附[：:].*略|^图\s*\d|^表\s*\d|责任编辑|^来源(?![\u3400-\u9fff])|^作者|^编辑|^记者|^(?:上|下)一[篇条]"
    r"|浏览|点击|打印|关闭|返回|扫一扫|版权|备案|网站(?!建设|管理|宣传|信息|内容|维护)"
    r"|^联系(?:人|电话)|^电话|^邮箱|^地址|^抄送|^主送|^发[:：]|^报[:：]|^日期|^时间(?!安排|节点|进度)|[＞>»]"
    r"|^【?(?:打印|关闭|收藏|大 中 小|字体)|http|www|[摘转选]自|^《[^》]*》$|^\d{1,2}月\d{1,2}日(?:$|[：:])"
    r"|^(?:\S{1,4}[ 　\t]+){2,}\S{1,4}$"
)
# 党委会议材料之六 stands above the title of a meeting's paper, and is no part of it.
_PAPER = "会议(?:材料|文件)(?:(?:之|[（(])?[一二三四五六七八九十0-9]{1,3}[)）]?)?$"
# How a sentence begins or goes on that merely lacks its full stop.
_TELLS = re.compile("(?:本次|此次|该|新的一年|我们)|.+[^为]了(?!解|$)")
# With a colon at its end such a line leads into a list; it heads nothing.
_LEADS_IN = re.compile(
    "[，,；;]|以下|如下|下列|下面|主要(?:做|抓|有|是)|做[好了]|抓[好了]|[要将能会]|我们|今年|来$|汇报|报告|通知|分别|几[个项点方]|[一二三四五六七八九十]+[个项点大](?!代表)"
)
_DATE_LINE = re.compile(
    r"[（(]?\s*(?:[12][0-9０-９]{3}|[１２][0-9０-９]{3}|[二一][〇○零一二三四五六七八九ＯO0]{3}|[xX×ｘ]{2,4}|\d{2})\s*[年.．\-/－]\s*[\d０-９一二三四五六七八九十xX×]{1,3}\s*"
    r"(?:[月.．\-/－]\s*(?:[\d０-９一二三四五六七八九十xX×]{1,3}\s*日?)?)?\s*[)）]?$"
)
_SIGNER = re.compile(
    r"(?:(?<![全我各本该乡城])(?:镇|乡|街道)(?:党委)?[\u3400-\u9fff]{1,6}[办站所]|人民政府|[镇乡县区市]政府|委员会|党委|工委|街道办|综合办|党工委|办事处|办公室|宣传办|党政办|文化站|服务中心|宣传部|宣传科|工作站|领导小组|文明办|总支|支部|村委会|管委会|局)"
    r"(?:\s*(?:宣传委员|宣传干事)\s*\S{0,4})?(?:\s{1,4}.{0,24})?$"
)
_PERSON = re.compile(
    r"^(?:.{0,16}(?:镇长|乡长|县长|区长|市长|州长|盟长|旗长|书记|主任|主席|委员|部长|局长|站长|代表|汇报人|述职人|报告人|撰稿|执笔|供稿)"
    r"[：:\s　]+)[\u4e00-\u9fff·\s　]{2,8}$"
)
LEADERS = re.compile(r"(?:\.{3,}|…{1,}|·{3,}|。{3,}|\t)\s*\d{0,3}$")
LEADER = 24  # characters from the end within which the dots before a page number stand
FULL_STOPS = "。.！!？?"
_FRAMES = frozenset("—-－=＝*＊~～[［〔")
_FRAMED = "[—\\-－=＝*＊~～]{2,}\\s*(.{2,24}?)\\s*[—\\-－=＝*＊~～]{2,}|[\\[［〔]([^\\]］〕]{2,24})[\\]］〕]"
_BULLETS = frozenset("◆◇▲△●○■□★☆◎►▶✦※·•*+-－—")
_BULLET = r"[◆◇▲△●○■□★☆◎►▶✦※·•]\s*|[*+]\s+|[-－—]{1,2}\s*(?=[\u3400-\u9fff])"
# 特点之一：…, 任务2：…, 第一句话：…, 学习篇：…: a heading with a label in words.
_LABELS = (
    "特点|特色|亮点|做法|举措|措施|任务|行动|板块|专题|问题|经验|成效|关键词|抓手|工程|目标|重点|环节|步骤|阶段|第"
)
_MAY_BE_LABELLED = re.compile(f"(?:.{{2,4}}之|{_LABELS})[一二三四五六七八九十0-9]|.{{1,4}}[篇诀][：:]")
_LABELLED = (
    f"(?:[\u3400-\u9fff]{{2,4}}之|(?:{_LABELS})(?=[一二三四五六七八九十0-9]))"
    "[一二三四五六七八九十0-9]{1,2}(?:方面|阶段|[招步张道个件场句份组类本][\u3400-\u9fff]{0,2})?[：:、，,—\\s]\\s*(?=\\S)"
    "|[\u3400-\u9fff]{1,4}[篇诀][：:](?=\\S)"
)
# 单位：…, 地点：…: a field of a form.
_FIELD = re.compile(
    "(?:[\u3400-\u9fff]{1,4}|.{0,6}(?:单位|部门|人员|地点|主持|记录|姓名|职务|编号|密级|签发|撰稿|审核|主题|关键词|标签))[：:](?!$)(?<!附[：:])"
)
_NARRATES = re.compile(
    "[12二一][0-9０-９〇○零一二三四五六七八九]{3}年|[我这本]|[一半多几]年|今年|全[镇乡县市年]|上半年|下半年|过去|同时|此外|总之|但|虽"
)
# What unnumbered headings of the genre are about; raises the trust in a short line.
HEADING_NOUN = re.compile(
    r"(?:情况|工作|回顾|安排|打算|计划|思路|问题|不足|困难|原因|建议|措施|做法|成效|经验|体会|目标|任务|要求|重点|概况|简介|现状|资源|优势|方向|意向|"
    r"建设|宣传|创建|文化|学习|教育|服务|管理|保障|队伍|活动|产业|发展|民生|治理|环境|安全|稳定|党建|作风|总结|设想|举措|亮点|特色|工程|解释|环节|方面|篇|面|村情|镇情|乡情|概览)[】）]?$"
)


def bullet_of(text: str) -> re.Match[str] | None:
    """The sign in front of an item: ◆, ●, — before a Han character."""
    return re.match(_BULLET, text) if text[:1] in _BULLETS else None


def label_of(text: str) -> re.Match[str] | None:
    """The label in words that a line begins with.

    >>> label_of("特点之一：创新")[0], label_of("学习篇：抓实")[0], label_of("学习抓实")
    ('特点之一：', '学习篇：', None)
    """
    return re.match(_LABELLED, text) if _MAY_BE_LABELLED.match(text) else None  # a quick look before the slow one


def is_paper(text: str) -> bool:
    """Does a line name a meeting's paper (党委会议材料之六), which stands above its title?"""
    return "会议" in text and re.search(_PAPER, text) is not None


def stop(text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
    """The first mark that ends a clause. A half-width point is one after a Han character, not in 3.5."""
    found = _MARK.search(text, start, end)
    while found is not None and found[0] == "." and not _is_fullstop(text, found.start()):
        found = _MARK.search(text, found.end(), end)
    return found


def _is_fullstop(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return ("\u3400" <= before <= "\u9fff" or before in ("”", '"', "）", ")")) and not (
        after.isascii() and after.isalnum()
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph as structure sees it. ``heading`` is the span of its heading (the whole line or the run-in).

    ``form``: heading (a line of its own), opener (篇一: a heading that opens no section), maybe (a slogan with a
    full stop, or short and unnumbered: neighbours decide), run_in (numbered heading that goes on in the same line),
    item (numbered, no heading), text.
    """

    block: Block
    text: str
    form: Form
    number: Numbering | None = None
    heading: Span | None = None
    run_ins: tuple[RunIn, ...] = ()


def shape(block: Block, text: str) -> Line:
    """What one line looks like alone.

    >>> def form(text): return shape(Block(Span(0, len(text))), text).form
    >>> form("一、围绕中心抓学习"), form("（一）抓实中心组学习。严格执行学习制度。"), form("1.全年投稿12篇。")
    ('heading', 'run_in', 'item')
    >>> form("自然情况："), form("各位代表："), form("岚川镇人民政府"), form("2023年7月3日")
    ('maybe', 'text', 'text', 'text')
    """
    kind = block.kind
    if kind in ("row", "note", "residue"):
        return Line(block, text, "text")
    if text[0] in labels.STARTS:
        number = labels.parse(text)
        if number is not None:
            return _numbered(block, text, number, block.span.start)
    is_heading = kind == "heading" or block.level > 0
    if is_heading and len(text) <= LONGEST_NUMBERED and not _is_sentence(text):
        return Line(block, text, "heading", None, block.span)
    if len(text) <= LONGEST_PLAIN and _is_plain_candidate(text):
        return Line(block, text, "maybe", None, block.span)
    return Line(block, text, "text")


def _is_sentence(text: str) -> bool:
    found = stop(text)
    return found is not None and found.start() < len(text) - 1


def _numbered(block: Block, text: str, number: Numbering, start: int) -> Line:
    rest = text[number.end :]
    if not rest or LEADERS.search(rest, max(0, len(rest) - LEADER)) or _WORK.fullmatch(rest):
        return Line(block, text, "item" if rest else "text", number)
    found = stop(rest)
    if len(rest) > LONGEST_SLOGAN:
        glued = _glued(rest, found.start() if found else len(rest))
        if glued:
            return Line(block, text, "run_in", number, Span(start, start + number.end + glued))
    whole = Span(start, start + len(text))
    if found is None:
        if len(rest) > LONGEST_NUMBERED or (rest[-1] in "，,、：:" and _is_lead_in(rest)) or number.style == "first":
            return _with_colon(block, text, number, start)
        inner = _with_colon(block, text, number, start)
        if inner.form == "run_in" and len(rest) > LONGEST_PLAIN:
            return inner
        if _QUANTITY.search(rest) and len(rest) > LONGEST_SLOGAN:
            return Line(block, text, "item", number)
        return Line(block, text, "heading", number, whole)
    end = found.start()
    if end == len(rest) - 1:
        inner = _with_colon(block, text, number, start)
        if inner.form == "run_in":
            return inner
        is_short = len(_PAUSE.findall(rest)) <= 2 and number.style != "first"
        is_alone = found[0] not in "；;" and is_short and (found[0] in "？?" or is_slogan(rest[:end]))
        form: Form = "maybe" if is_alone else "item"
        return Line(block, text, form, number, whole if form == "maybe" else None)
    if found[0] in "。！!." and is_slogan(rest[:end]):
        return Line(block, text, "run_in", number, Span(start, start + number.end + end + 1))
    return _with_colon(block, text, number, start)


_WORK = re.compile("《[^》]*》")  # 1、《青禾镇的春天》: what was published
SHORTEST_GLUED = 20  # characters of the text that a heading is glued to
_GAP_SIGNS = (" ", "\u3000", "来，", "来,", "年，", "年,")
_GAP = (
    "(?<=[\u3400-\u9fff”）])(?:[ \u3000]+(?=[\u3400-\u9fff“2])"
    "|(?=(?:一年来|半年来|今年(?:以来|来)?|(?:20\\d\\d年)?上半年|20\\d\\d年(?:以来|来)?)[，,]))"
)


def _glued(rest: str, limit: int) -> int:
    """Where a heading ends that is glued to its text by a space, or right before 一年来，…; 0 when it is not."""
    end = min(limit, LONGEST_SLOGAN + 8)
    if not any(sign in rest[4 : end + 2] for sign in _GAP_SIGNS):
        return 0  # a quick look before the slow one
    gap = re.compile(_GAP).search(rest, 4, end)
    if gap and len(rest) - gap.end() >= SHORTEST_GLUED and is_slogan(rest[: gap.start()]):
        return gap.start()
    return 0


def _with_colon(block: Block, text: str, number: Numbering, start: int) -> Line:
    """``（一）四至范围：东起……``: what stands before the colon is the heading when it is a short noun."""
    rest = text[number.end :]
    for mark in "：:":
        place = rest.find(mark, 1, 20)
        if 0 < place < len(rest) - 1 and not _PAUSE.search(rest[:place]) and not stop(rest[:place]):
            return Line(block, text, "run_in", number, Span(start, start + number.end + place + 1))
    return Line(block, text, "item", number)


def _is_lead_in(text: str) -> bool:
    return text[-1] in "，,、" or bool(_NOT_HEADING.search(text))


_WHEN = "[（(][^（()）]{0,12}[0-9０-９一二三四五六七八九十][年月日][^（()）]{0,16}[)）]$"  # 动员阶段（3月1日—10日）


def is_slogan(text: str) -> bool:
    """Short, without figures, complaints or reported detail: what a heading with a full stop looks like.

    >>> is_slogan("理论武装有新气象"), is_slogan("全年集中学习28次"), is_slogan("学习制度坚持得不够")
    (True, False, False)
    """
    if text and text[-1] in "）)":
        text = re.sub(_WHEN, "", text)
    if len(text) > LONGEST_SLOGAN or _COMPLAINT.search(text) or _QUANTITY.search(text):
        return False
    return len(_PAUSE.findall(text)) <= 3 and not any(mark in text for mark in "：:")


def _is_plain_candidate(text: str) -> bool:
    """Could an unnumbered line be a heading? Signatures, dates, salutations and web residue could not."""
    bullet = bullet_of(text)
    if bullet:
        text = text[bullet.end() :]
        if not text:
            return False
    counted = label_of(text)
    if counted:
        found = stop(text)
        is_short = found is None or found.end() == len(text)
        return is_short and not _QUANTITY.search(text, counted.end())
    last = text[-1]
    if "\t" in text:
        return False
    framed = re.fullmatch(_FRAMED, text) if text[0] in _FRAMES else None
    if framed:
        text = framed[1] or framed[2]
        last = text[-1]
    if (len(text) < 2 and not bullet) or last in "，,、；;…—" or stop(text[:-1]) or _NOT_HEADING.search(text):
        return False
    if last in FULL_STOPS:
        return len(text) <= 24 and is_slogan(text[:-1]) and not _NARRATES.match(text) and "我们" not in text
    if last in "：:":
        is_noun = bool(HEADING_NOUN.search(text[:-1]))
        return len(text) <= (20 if is_noun else LONGEST_OFFICE + 1) and not _LEADS_IN.search(text)
    if _DATE_LINE.match(text) or LEADERS.search(text) or _PERSON.match(text) or _TELLS.match(text) or is_paper(text):
        return False
    if (
        COUNTED.search(text)
        or _FIELD.match(text)
        or not any("\u3400" <= char <= "\u9fff" for char in text)
        or text[0] in "—-－[（("
    ):
        return False
    return (
        not _SIGNER.search(text)
        or text.startswith("关于")
        or (len(text) <= LONGEST_OFFICE and not _UNIT_IN.search(text))
    )


LONGEST_OFFICE = 8  # characters of 宣传办, 民政所 as the heading of what it did
_UNIT_IN = re.compile("[镇乡县市区州]|街道|中共|代表|[0-9二]|委员会|政府|[　 ]")


def is_date_line(text: str) -> bool:
    """A line that is only a date.

    >>> is_date_line("二〇二三年七月三日"), is_date_line("2023年上半年")
    (True, False)
    """
    return bool(_DATE_LINE.match(text)) and len(text) <= 24


def is_signature(text: str) -> bool:
    """A line that names who signs.

    >>> is_signature("中共岚川镇委员会"), is_signature("岚川镇人民政府   2023年7月3日"), is_signature("加强镇党委建设")
    (True, True, False)
    """
    return len(text) <= 40 and bool(_SIGNER.search(text)) and not stop(text) and not _PAUSE.search(text)
