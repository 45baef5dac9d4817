"""Town names in running words: where 镇, 乡, 街道 ends a name, and where that name begins.

The end is easy, the beginning is not (现将董市镇…, 中共枝江市董市镇委员会). Every place where the name might begin is
weighed: a clean edge, a county's name or a word that leads up to a name before it, the gazetteer's word for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.structure.gazetteer import Gazetteer

LONGEST_TOWN = 16  # characters before the suffix; the long names of the north-west included
LONGEST_INVENTED = 6  # characters before the suffix of a name that no table knows

SUFFIX = "民族乡|街道办事处|街道|镇|乡(?!镇)|苏木|农场|林场|牧场|茶场|渔场|开发区|管理区"
_SUFFIX = re.compile(SUFFIX)
# Units of these kinds are as often a place inside a town: only at a clean edge, or where the gazetteer knows them.
_MINOR = ("农场", "林场", "牧场", "茶场", "渔场", "开发区", "管理区")
_HAN = re.compile(r"[\u3400-\u9fff·]+$")

# A word right before a name: the name begins after it.
_LEAD = (
    "(?:中共|中国共产党|关于|印发|转发|下发|根据|按照|现将|我们|[全我本该]?[市县区旗]|[在为由经对向从把将和与及的是到至赴进以使让被给获年月日度即如来任]"
    "|举办|召开|开展|参加|组织|来自|位于|走进|今日|美丽|共青团|报送|上报|呈报|打造|建设|推进|推动|加强|共建|创建|努力|全面|奋力|宣传|展示|感受|欢迎|热爱|代表|通过|围绕|依托|同意|批准|谱写|提升|成为|作为|附件?|开发区|示范区|新区|管理区|工业园区?)$"
)
# What stands before 镇, 乡, 街道 in common words (乡镇, 城镇, 下乡, 各街道) and in phrases; none of it is a name.
_COMMON = (
    "^(?:[全我各本该两每某此几多数其集村市古小强名重城贵返回故家老他水侨之进入离异同外归思还出送]|下|某某|其他|其它|有关|相关|兄弟|邻近|周边|附近|重点|中心|特色|示范"
    "|美丽|文明|卫生|生态|旅游|工业|农业|建制|试点|先进|基层|部分|所有|历史文化|最美|平安|幸福|宜居|新型|经济|产业|所在|下辖|所辖|市区|[县省市]级|国家级|沿线|山区|贫困"
    "|城区|小城|郊区|主要|社区|优秀|城|乡)$"
)
_NOT_IN_NAME = (
    "^[底初末中由]|整$|[调转现原担曾]任|^(?:邀请|组织|参观|学习|前往|走进|考察|联合|携手|围绕|依托|陪同|协助|配合"
    "|指导|帮助|会同)|中共|关于|半年|[今去明全]年"
    "|[的了是和与及在对从为把被将各我全每某您他她它这那哪也都就还又再很更最着过给让向于以到等们你]|乡镇|城镇|街道"
    "|工作|宣传|建设|小城|特色|重点|文明|卫生|先进|示范|[一二三四五六七八九十两几多0-9]个|送戏|三下$"
    "|[下返故回进入]$|第[一二三四五六七八九十]|年度|报告|总结|提供|打造|推动|加快|加强|努力|奋力|创建"
)
# Words of two characters that lead up to 镇, 乡, 街道 in running text and stand in no name of a town.
_PAIRS = (
    "上报上级下发下面不断严格为了主要举办争创争取今年他们以及优化作为依托促进保障修建借力借助做好健全充分党员党委全体全面共同共青关心农民出台分管切实利用制定制订加强动员助力努力区委协助协调单位印发去年县委参与发动"
    "发展发挥召开各类同时呈报团委团结围绕坚持大力大家奋力如下妇联始终完善完成实施实现实际对于居民市委带动带领帮助帮扶干部并且广大建立建设开发开展引导强化情况慰问成为成立我们所属所有扎实扎根打造抓好抓实投入投资抢抓"
    "报送持续指导按照振兴推动推进提升提高支持支部改善改造政府整个整合整治新建服从服务本年机关村民根据检查此外汇报沿海活动涉及深入深化清理满足现将由于申报目前着力督促确保社会积极突出立足管辖精神紧扣紧紧紧贴组织经济"
    "结合统筹继续维护综合群众考核联合聚焦荣获获得落实覆盖解决认真评为试验负责贯彻走出走访转发边境边远运用近年进一通过邀请部门配合针对面向领导齐心"
)
_WORDS = frozenset(_PAIRS[at : at + 2] for at in range(0, len(_PAIRS), 2))
_THEN_TOWN = "[\u3400-\u9fff]{2,4}(?:镇|乡(?!镇)|街道)"
_MINOR_COMMON = "家庭|生态|现代|国营|国有|示范|养殖|高新|产业|旅游|度假|科技|农业|数字|绿色|集体|万头|千亩|百亩|大型"
_AREA_IN_NAME = re.compile(r"[县区旗州盟](?=.)|市(?=.)|自治")
_AREA_END = r"([\u3400-\u9fff]{1,14}?(?:自治区|自治州|自治县|自治旗|省|市|州|盟|县|区|旗|地区))+$"
_NO_AREA = (
    *(f"{which}区" for which in "社园小山景库灾林辖矿街校片学营特全我本各该两"),
    *(f"{which}市" for which in "城都超门上菜夜全我本各该两"),
    *(f"{which}县" for which in "全我本各该两"),
    "开发区",
)


@dataclass(frozen=True, slots=True)
class Name:
    """A town's name at ``start`` of a text, and the area names right before it (``岚川县``; empty when none)."""

    name: str
    start: int
    area: str
    is_known: bool


_AFTER_DIGIT = re.compile("[0-9０-９][年月日]")


def find(text: str, tables: Gazetteer) -> list[Name]:
    """Every town name in a short text (a title, a signature, a file name).

    >>> from pathlib import Path
    >>> from pipeline.structure import gazetteer
    >>> tables = gazetteer.load(str(Path(__file__).parents[2] / "configs" / "gazetteer"))
    >>> [(name.area, name.name) for name in find("中共枝江市董市镇委员会关于2023年工作的总结", tables)]
    [('枝江市', '董市镇')]
    >>> [(name.area, name.name) for name in find("岚川县云泽坪乡2014年乡镇宣传工作总结", tables)]
    [('岚川县', '云泽坪乡')]
    >>> find("XX镇工作总结", tables), find("各乡镇送戏下乡", tables)
    ([], [])
    """
    names: list[Name] = []
    last = 0
    for match in _SUFFIX.finditer(text):
        left = _HAN.search(text, max(last, match.start() - 2 * LONGEST_TOWN), match.start())
        if left is not None:
            begin = left.start() + bool(left.start() and _AFTER_DIGIT.match(text, left.start() - 1))
            name = _best(text, begin, match.start(), match.end(), tables)
            if name is not None:
                names.append(name)
        last = match.end()
    return names


def _best(text: str, left: int, suffix: int, end: int, tables: Gazetteer) -> Name | None:
    """The most likely name that ends at ``end`` and begins at ``left`` or later."""
    best, chosen = 0.0, None
    for begin in range(max(left, suffix - LONGEST_TOWN), suffix):
        stem = text[begin:suffix]
        codes = tables.town_codes(text[begin:end])
        if not codes and (len(stem) > LONGEST_INVENTED or len(stem) < 2 or stem[-1] in "乡城本该此" or _says(stem)):
            continue
        if re.match(_COMMON, stem):
            continue
        edge, area = _edge(text[left:begin], codes, tables)
        is_minor = text.startswith(_MINOR, suffix)
        if is_minor and (
            re.compile(_THEN_TOWN).match(text, end) or (not codes and (edge < 2.6 or re.search(_MINOR_COMMON, stem)))
        ):
            continue
        score = edge + (2.0 if codes else 0.0) - (2.0 if not codes and _AREA_IN_NAME.search(stem) else 0.0)
        score += 0.5 if 2 <= len(stem) <= 4 else 0.0
        if score > best:
            best, chosen = score, Name(text[begin:end], begin, area, bool(codes))
    return chosen if best >= 2.4 else None


def _says(stem: str) -> bool:
    """Do words of running text stand in what would be an unknown town's name (紧紧围绕镇党委)?"""
    return bool(re.search(_NOT_IN_NAME, stem)) or any(stem[at : at + 2] in _WORDS for at in range(len(stem) - 1))


def _edge(before: str, codes: tuple[str, ...], tables: Gazetteer) -> tuple[float, str]:
    """How well a name can begin after ``before``, and the area names at its end."""
    if not before:
        return 3.0, ""
    if before[-1] in "县区市旗州盟省":
        area = area_at_end(before, tables)
        if area:
            return (3.2 if last_area(area, tables) in tables.codes else 2.6), area
    for length in range(min(8, len(before)), 1, -1):  # 枝江董市镇: a county without its ending
        stem = before[-length:]
        if any(code[: len(inside)] == inside for inside in tables.area_codes(stem) for code in codes):
            return 2.8, stem
    return (2.5, "") if re.search(_LEAD, before) else (0.0, "")


def area_at_end(text: str, tables: Gazetteer) -> str:
    """The chain of areas that ``text`` ends with: 关于湖北省枝江市 → 湖北省枝江市; empty when it is none."""
    found = re.search(_AREA_END, text)
    if found is None:
        return ""
    words = found[0]
    for begin in range(len(words) - 1):
        if last_area(words[begin:], tables) in tables.codes and _begins(words[begin:], tables):
            return words[begin:]
    while True:
        lead = re.match(_LEADING, words)
        if lead is None or lead.end() >= len(words) - 1:
            break
        words = words[lead.end() :]
    return "" if len(words) < 3 or len(words) > 14 or is_common_area(words) else words


def _begins(words: str, tables: Gazetteer) -> bool:
    """Does a chain begin with a known area?"""
    return any(words[:length] in tables.codes or words[:length] in tables.stems for length in range(2, len(words) + 1))


_LEADING = (
    "中共|中国共产党|关于|印发|转发|根据|按照|现将|我们|代表|参加|来自|位于|地处"
    "|[在为由经对向从把将和与及的是到至赴以使让被给获年月日]|举办|召开|欢迎|荣获|获评|隶属|县城|支援|对口|送|抄"
)


def last_area(chain: str, tables: Gazetteer) -> str:
    """The smallest area of a chain: 湖北省宜昌市枝江市 → 枝江市, 岚川县 → 岚川县."""
    for begin in range(len(chain) - 1):
        if chain[begin:] in tables.codes:
            return chain[begin:]
    at, last = 0, chain
    for step in re.finditer(_STEP, chain):
        if step.start() != at or len(step[0]) < 2:
            break
        at, last = step.end(), step[0]
    return last


_STEP = r"[\u3400-\u9fff]{1,10}?(?:自治区|自治州|自治县|自治旗|省|市|州|盟|县|区|旗)(?![县区市旗])"


def chain_at(text: str, start: int, tables: Gazetteer) -> str:
    """The county at the end of the areas that begin at ``start``: 吉林省通化市柳河县东北部 → 柳河县; else empty."""
    last, at = "", start
    while True:
        step = re.compile(_STEP).match(text, at)
        if step is None or len(step[0]) < 3 or is_common_area(step[0]):
            return last
        at = step.end()
        if step[0][-1] in "县区旗" or step[0][-1] == "市":
            last = step[0]


_OFFICE_OF = (
    r"[县区旗市](?=委(?![员托])|人民政府|政府|人大|政协|纪委|宣传|文明办|文化|融媒体|应急|教育局|财政局|农业|民政|公安|司法局|卫生|水利|林业"
    r"|统计|交通|住建|自然资源|[\u3400-\u9fff]{1,8}?局|第[一二三四五六七八九十]+[届次])"
)
LONGEST_AREA = 15  # characters of a county's name, the autonomous ones included


def counties(text: str, tables: Gazetteer) -> list[str]:
    """Counties that a text names with one of their offices: 枝江市委宣传部, 版权所有：岚川县人民政府.

    In running words only names that the gazetteer knows count (其中县…, 邀请县… look the same); others need a clean
    edge on their left that running words do not have.

    >>> from pathlib import Path
    >>> from pipeline.structure import gazetteer
    >>> tables = gazetteer.load(str(Path(__file__).parents[2] / "configs" / "gazetteer"))
    >>> counties("邀请枝江市委宣传部指导,县委、市委,邀请县政协", tables), counties("抄送：岚川县政府办", tables)
    (['枝江市'], ['岚川县'])
    """
    found = []
    for match in re.finditer(_OFFICE_OF, text):
        end = match.end()
        for begin in range(max(0, end - LONGEST_AREA), end - 1):
            if text[begin:end] in tables.codes and (end - begin > 2 or not _HAN.match(text, begin - 1, begin)):
                found.append(text[begin:end])  # 和县, 沙县 only at an edge: 镇和县文化局 names no county
                break
        else:
            left = max(0, end - LONGEST_AREA)
            word = re.compile(_ADDRESSED).search(text, left, end) if re.compile(_ASKED).match(text, end) else None
            word = word or re.compile(_LABELLED).search(text, left, end) or re.compile(_ORDERED).search(text, left, end)
            if word and not is_common_area(word[1]):
                found.append(word[1])
    return found


_LABELLED = (
    "(?:版权所有|主办单位|主办|抄送|抄报|来源|发布机构|上一篇|下一篇|位置|首页"
    "|推荐)\\s*[:：>＞»]?\\s*([\u3400-\u9fff]{2,5}?(?:自治县|县|区|旗|市))$"
)


# To whom a report goes, on a line of its own: 岚川县人民政府：
_ADDRESSED = "(?:^|\n)(?:中共)?((?![上下各省市县全我本该两几邻外兄尊])[\u3400-\u9fff]{2,4}?(?:自治县|县|区|旗|市))$"
_ASKED = "(?:委(?:员会)?|人民政府|政府|[\u3400-\u9fff]{2,5}局|委宣传部|[、，和])*[：:](?:\n|$)"
# A paper or an order comes from above: 根据柞河县委办公室《…》, 按照沱溪县委网信办的要求.
_ORDERED = (
    "(?:根据|依据|按照|遵照|对照|落实"
    "|贯彻)(?!中共)((?![上下各省市县全我本该两几邻外兄])[\u3400-\u9fff]{2,4}?(?:自治县|县|区|旗|市))$"
)


def is_common_area(word: str) -> bool:
    """Is the word no area's name but a common one (社区, 全县, 城市)?

    >>> is_common_area("示范社区"), is_common_area("岚川县")
    (True, False)
    """
    return len(word) < 3 or word.endswith(_NO_AREA)
