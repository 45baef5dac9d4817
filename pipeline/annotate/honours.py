"""Prizes, titles and ranks (CONVENTIONS 5): what was won, never what is wished for or tried out.

Three forms, each with its own pattern: a rank (``全省第二``), a prize (``社区组一等奖``), a title behind a verb that
awards it (``被评为省级文明镇``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.annotate import objects
from pipeline.annotate.lexicon import words
from pipeline.annotate.numbers import exact
from pipeline.model import Honour, Span

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

# --- ranks ----------------------------------------------------------------------------------------------------------

_WHERE = (
    r"全国|全球|世界|国内|全省|全区|全市|全县|全州|全旗|省内|市内|县内|全系统|中部(?:地区)?|西部(?:地区)?|东部|"
    r"东北|长三角|珠三角|"
    r"副省级城市|同类(?:城市|县市|乡镇)|设区市|(?:全[县市])?(?:各)?乡镇"
)
_ORDINAL = (
    r"第(?:[一二三四五六七八九十]{1,3}|[0-9]{1,3})(?:名|"
    r"位)?(?![一二三四五六七八九十0-9个家批次届座所条部期季本代产书时线方轮者例台大机地步要是只])"
)
_RANK_FIRST = re.compile(
    "[全世国省市县中西东长珠副同设乡街单部得各名位排居列获夺蝉取拿上跃前提升进晋第组米项竞比大联评考测展汇满成指总率]|[^产质数重]量"
)
_RANK = re.compile(
    rf"(?:(?P<where>{_WHERE})(?P<rank>{_ORDINAL}|前(?:[一二三四五六七八九十百]{{1,2}}|[0-9]{{1,3}})(?:名|强|位|"
    rf"列)?(?![个家批年月季])|首位|榜首|之首|第[一二]方阵|第[一二]梯队|[十百]强(?!企|县|镇|区|市|产|榜|园))"
    rf"|(?:名列|位列|位居|排名|排在?|居|列|获得?|夺得|得(?=第)|(?:挤|冲|杀|闯)?进入?(?=前|第)|蝉联|取得|拿下|(?:上升|跃升|前移|提升|升|进|晋升|跃居)(?:至|到|为)|列?第[一二三]档|[拿得]了个?|(?:乡镇|街道|单位|县区|部门)中|组|米|项目|名次|[^产质数重]量|率|得分|评分|总分|单项|成绩|满意度|指数|竞赛|比赛|大赛|联赛|评比|考核|测评|展演|汇演)"
    rf"(?P<bare>(?:团体|总分|综合|全镇|片区|小组)?(?:{_ORDINAL}|前[二三四五六七八九十]名?|倒数第[一二三四五六七八九十]))(?=[，。；、！）的]|$))"
)
_FORMER = re.compile(r"(?:由|从|为)[^，。；升进跃提移到至]{0,4}$")
"""``排名由全县第十五位上升到第六位``: only where one came to stand is a rank."""
_RANK_VERB = re.compile(
    r"(?:均|并|总数|数量|增速|[，、])*(?:名列|位列|位居|排名|排位|排|居|列|均居|稳居|跃居|跃升|进入|升至|保持|继续|"
    r"分别|达|为|、|，|的|均|$)+$"
)
_RANK_SUBJECT = re.compile(r"[^，。；、！？（）]{2,30}$")
_COUNTED = re.compile(
    r"[0-9.,]+(?:余|多)?[万亿]*(?:家|个|项|件|亿元|万元|元|%|户|人|名|处|位|亩|吨|篇|条|分|场|次)?[、，]?$"
)

# --- prizes ---------------------------------------------------------------------------------------------------------

_WON = re.compile(
    r"获|取得|斩获|夺得|夺取|捧回|捧得|摘得|摘取|摘下|赢得|拔得|记(?=(?:个人|集体)?[一二三]等功)|拿下|拿到|拿了|拿回|夺|得了?|抱回|评为|揽获|包揽|喜提|[，,、和及与](?=[^，。；、]{0,12}奖)"
)
_PRIZE = re.compile(
    r"(?:得|取|评)?了?(?P<open>“?)"
    r"(?P<text>(?:[^，,。；、！？“”获0-9]{0,14}“[^“”]{1,12}”)?[^，,。；、！？“”获0-9]{0,26}?(?:(?P<rank>特等奖|[一二三](?:、[一二三])+等奖|[一二三四]等奖|金奖|银奖|铜奖|优秀奖|优胜奖|入围奖|提名奖|"
    r"[冠亚季]军(?!企业|产品|品种)|[金银铜]牌(?!村|镇|调解|主播)|[金银铜]杯|[一二三](?:等|级)?功|流动红旗|锦旗|头名|头筹|团体第[一二三四五六]名?)|奖(?![励补金项品牌杯补章学状区券池]|获)))"
)
_GROUP = re.compile(r"[一-龥]{1,6}组(?=[特一二三四金银铜优])")
_CONTEST = re.compile(
    r"(?:参加|在|举办的?|组织的|参与|参赛)(?:了)?(?P<name>[^，。；、！？参在]{3,34}?(?:大赛|比赛|竞赛|评选|评比|调演|艺术节|"
    r"运动会|联赛|锦标赛|展演|汇演|会演|演讲|征文|赛|活动))"
)

# --- titles ---------------------------------------------------------------------------------------------------------

_AWARDED_FIRST = re.compile("[保继被获评授命认确表推荣喜蝉跻跨步迈通是系挺当摘夺斩成顺创入颁挂升晋复捧上登拿取列进]")
_AWARDED = re.compile(
    r"(?P<strong>(?:被|获)?(?:评选|评定|评|授予|命名|认定|确定|表彰|确认|推荐)为|(?:授予|认定|命名|评定|评选|表彰|确认)[^，。；、“”0-9]{2,24}?为|被(?:[^，。；“”]{0,14})?(?:授予|"
    r"评为|评选为|命名为|认定为|列为|定为|选为|树为)|授予[^，。；、“”]{2,40}为|授予|享有|素有|"
    r"(?:继续)?保[留持](?:了)?(?=[^，。；]{3,24}(?:称号|荣誉))|荣获|获评|荣膺|喜获|蝉联|跻身|跨入|步入|迈入|挺进|当选|摘得|夺得|斩获"
    r"|(?:成功|顺利)?(?:创成|创建成为|创建成功|入选)|(?:成功|顺利)(?:创建|申报|获批|摘牌|入围)|颁发的|获颁|评上|"
    r"获批(?:为)?|荣立|(?:创建|创成|升格|晋升|复评|复查)(?:为|成)|挂(?:牌|上了?)(?:为)?|通过(?=[^，。；]{3,24}(?:复审|复查|复核|复评|验收))|"
    r"(?:(?<=[镇村乡区])|(?<=街道))(?:是|系)(?=(?:全国|国家|省级|市级)[^，。；、]{2,14}[村镇乡区](?:[，。；、]|$))|荣誉：|跻身为|被?确认为|被树为|被列为|被列入|荣登|捧回|捧得|摘取|获赠|上了|登上|拿下|摘下)"
    r"|(?P<weak>获得|取得|成为|列入|进入|获|上榜|入围)"
)
_HEADS = re.compile(
    r"(?:苏木|嘎查|街道办|乡|示范校|标兵|[一二三]等功|流动红旗|锦旗|[一-龥]{1,6}杯|之星|[一-龥]{2,6}奖|示范[一-龥]{0,6}|先进[一-龥]{0,6}|文明[村镇乡县市校园单位家庭社区户街道]{1,5}|模范[一-龥]{0,4}|标兵|楷模|"
    r"优秀[一-龥]{1,10}|[一-龥“”]*案例|[百十千]强[一-龥]{0,4}|[0-9]+强|百佳[一-龥]{0,3}"
    r"|十佳[一-龥]{0,8}|名[县镇村城乡市]|基地|小镇|之[乡城都家县村镇]|强[镇县村乡区市]|集群|称号|荣誉|"
    r"卫生[村镇乡县城]{1,2}|[村镇乡县城市区]|社区|单位|企业|榜单|名单|[好光]?[人荣]?榜|三好学生|[一-龥]*工作者|"
    r"城市|园区|景区|图书馆|文化馆|博物馆|集体|个人"
    r"|工作站|团委|妇联|文明岗|示范岗|之家|班组|青年|少年|带头人|大队|支队|团队|品牌|村镇|合作社|示范社|家庭|农场|学校|医院|站|市场|支部|党组织|奖章|劳动者|好人|道德模范|"
    r"红旗手|突击队|青年文明号|最美[一-龥]{1,8}|星级[一-龥]{1,6}|能手|工匠|英雄|标志|公园|驿站|项目|街区|馆|工厂|村寨|村落|(?<!预备)名录|机构|等[次级]|样板|窗口|"
    r"中心|目的地|金牌|银牌|铜牌|街道|序列)$"
)
_NOT_TITLE = re.compile(
    r"以上|试点|资金|批复|支持|项目库|规划|专项债|贷款|补助|奖补|成效|成绩|突破|进展|好评|肯定|认可|效益|收入|关注|"
    r"新阶段|新时代(?!文明实践)|(?:选拔赛?|候选人?|复赛|决赛)$|行列(?!$)|快车道|轨道|阶段|重要|关键|重大|新[引增动]|抓手|平台公司|首[个家座批条]"
    r"|我[市省县镇区]|全[市省国县]首|引擎|支撑|主力|主体|一员|发展极|动力|优势|亮点|高地|计划|储备|清单|教材|"
    r"课程|方案|决策|许可|授权|证书|立项|备案|用地|指标|额度|建设期|运营|市场主体|现场会"
)
_MARKED = re.compile(
    r"国家|全国|中国|省|自治区|市级|全市|县级|全县|区级|州级|全区|世界|国际|中部|亚洲|AAAA|5A|4A|3A|中央|长三角|"
    r"星级|十大|百强|一等|^[省市县区州镇乡](?=优秀|先进|五四|最美|文明|模范|十佳|三八|劳动|身边|好|道德|青年|巾帼|示范|平安|卫生|生态)"
)
_CLIP = re.compile(
    r"(?:奖[牌杯](?=[，。]|$)|牌匾|授牌|复审|复查|复核|复评|验收|命名$|行列$|后(?=[获荣])|(?<![特一二三])等(?![级次功奖])|荣誉称号|荣誉|称号|序列|名单(?=[，。])|[0-9]+[个家项名处人件篇]|"
    r"[一二两三四五六七八九十]+[个家项名处]|（|\(|并|且|的(?=[^，。]{0,3}(?:荣誉|称号|奖项|桂冠|殊荣|美誉|牌子|奖牌|奖杯|佳绩|成绩|好成绩)))"
)
_OPENING = re.compile(
    r"^(?:了|为|全[省国市县区州]唯一|全[省国市县区州]首[个批家]|首批(?=全国|全省|“)|第[一二三四五六七八九十0-9]{1,3}批(?=“)|[0-9]{4}年度?(?=“))+"
)
_EDITION = re.compile(r"^(?:首批|第[一二三四五六七八九十0-9]+批)(?=全|国|省)")
_LEAD_LEVEL = re.compile(
    r"^((?:[一-龥]{0,3}[省市县区州旗])?(?:国家级?|省级?|市级?|县级?|区级?|全国|全省|全市|全县|全区|全旗|全州|州级?|镇级?|自治区级?|[一-龥]{2}[省市县区州]|[省市县区州旗])"
    r"(?:年度|[0-9]{4}年度?)?)(?=“)"
)
_STRETCH = re.compile(r"[^。；！？\n]{2,260}")
_ORDINAL_VALUE = re.compile(r"[一二三四五六七八九十]+|[0-9]+")


def find(text: str) -> tuple[Honour, ...]:
    """The honours of one paragraph, in order, spans relative to it.

    >>> [(h.span.of("参加县广场舞大赛获一等奖。"), h.name, h.rank) for h in find("参加县广场舞大赛获一等奖。")]
    [('一等奖', '县广场舞大赛', '一等奖')]
    >>> [h.name for h in find("被评为省级文明镇。")]
    ['省级文明镇']
    """
    if not _SIGNS.search(text):
        return ()
    text = _full_width(text)
    found = [*_prizes(text), *_titles(text)]
    if _RANK_SIGNS.search(text):
        found += _ranks(text)
    found.sort(key=lambda honour: (honour.span.start, -honour.span.end))
    kept: list[Honour] = []
    for honour in found:
        if not kept or honour.span.start >= kept[-1].span.end:
            kept.append(honour)
    return tuple(kept)


_FULL = str.maketrans(",;!?:()「」『』〝〞", "，；！？：（）“”“”“”")
_STOP = re.compile(r"(?<![0-9])\.|\.(?![0-9])")


def _full_width(text: str) -> str:
    """The same text with the punctuation of Chinese print, sign for sign: the patterns know no other."""
    text = text.translate(_FULL)
    if "." in text:
        text = _STOP.sub("。", text)
    if '"' in text:
        parts = text.split('"')
        text = parts[0] + "".join(("“" if at % 2 == 0 else "”") + part for at, part in enumerate(parts[1:]))
    return text


_RANK_SIGNS = re.compile("[第强榜首前][一二三四五六七八九十百0-9位名首，。；、企县镇区市产园]|之首")
_SIGNS = re.compile(
    r"[获奖评第强]|列为|树为|定为|登上|荣登|系全|系国|是全国|是国家|是省|夺冠|夺魁|表彰|授予|命名|认定|成为|创成|创建|入选|列入|跻身|挺进|上榜|前[一二三四五六七八九十0-9]|申报|"
    r"冠军|当选|蝉联|荣|首位|保[留持]|牌子|等功|首位|榜首|之首|捧|夺|摘|等功|锦旗"
)


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


def _each(pattern: re.Pattern[str], first: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The matches of a pattern of many forms: the signs that they begin with are sought first, which is far faster."""
    done = 0
    for sign in first.finditer(text):
        match = pattern.match(text, sign.start()) if sign.start() >= done else None
        if match is not None:
            done = match.end()
            yield match


def _ranks(text: str) -> Iterator[Honour]:
    for match in _each(_RANK, _RANK_FIRST, text):
        if _is_wished(text, match.start()) or _is_hoped(text, match.start()):
            continue
        rank, where = match["rank"] or match["bare"], match["where"] or ""
        start = match.start("where") if where else match.start("bare")
        if _FORMER.search(text[max(0, start - 6) : start]):
            continue
        number = _ORDINAL_VALUE.search(rank)
        if number is not None and "第" in rank:
            rank = str(int(exact(number[0])))
        elif rank in ("首位", "榜首", "之首"):
            rank = "1"
        level = level_of(where or text[max(0, start - 30) : start].rpartition("。")[2])
        scope = where if where and level is None else None
        yield Honour(Span(start, match.end()), _ranked_thing(text, start, match.end()), level, rank, scope)


_HOPED = re.compile(r"力争|争取|奋力|冲刺|努力实现|目标是")


def _is_hoped(text: str, at: int) -> bool:
    """Whether the sentence before hopes for a rank (``力争三年内综合实力进入全市十强``)."""
    left = text[max(0, at - 60) : at]
    left = left[max(left.rfind(sign) for sign in "。；！") + 1 :]
    return _HOPED.search(left) is not None and "了" not in left


_IN_CONTEST = re.compile(
    r"(?:获得?|夺得?|取得|拿下|在|参加|斩获)(?P<name>[^获夺在参，。；、]{3,30}?(?:赛|展演|汇演|会演|调演|评比|考核|测评|评选|评估|考评))[中上里]?的?$"
)
_AMONG = re.compile(r"(?:位列|名列|位居|排名|排在|居)[^，。；0-9]{1,6}[0-9]+个[^，。；]{1,6}中?$")
_OWN = re.compile(r"(?:我[镇乡县市区办]|我街道|全[省市县区]|[，、]?在)+$")


def _ranked_thing(text: str, start: int, end: int) -> str:
    """What is ranked: the phrase before, past its own value (``合作社86家、全县第二`` → 合作社)."""
    if text[end : end + 1] == "的":
        return objects.behind(text, end, min(len(text), end + 24))
    sentence = max(text.rfind(sign, 0, start) for sign in "。；！")
    left = text[max(sentence + 1, start - 60) : start]
    left = _AMONG.sub("", left)
    left = _OWN.sub("", _RANK_VERB.sub("", left).rstrip("，、中"))
    contest = _IN_CONTEST.search(left)
    if contest is not None:
        return contest["name"]
    for _ in range(3):
        value = _COUNTED.search(left)
        if value is None or not value[0]:
            break
        left = left[: value.start()].rstrip("，、")
    if _RANK.search(left[-12:]):
        left = _RANK.sub("", left).rstrip("，、")
    subject = _RANK_SUBJECT.search(left)
    return objects.before(subject[0]) if subject else ""


def _prizes(text: str) -> Iterator[Honour]:
    if "奖" not in text and "军" not in text and "功" not in text and "头" not in text:
        return
    done = -1
    for won in _WON.finditer(text):
        if won[0] in "，,、和及与" and won.start() != done:
            continue  # a further prize only directly behind one
        match = _PRIZE.match(text, won.end())
        if match is None:
            continue
        said = match["text"]
        if won[0] in "，,、和及与" and _WON_SAID.search(said):
            continue
        if _UNDECIDED.match(text, match.end("text")):
            continue
        if _is_wished(text, match.start()) or len(said) < 2 or _NOT_TITLE.search(said) or said[:1] in "励补":
            continue
        counted = _PRIZES.match(text, match.end("text"))
        done = counted.end() if counted is not None else match.end("text")
        opening = _OPENING.match(said)
        start = match.start("text") + (opening.end() if opening else 0)
        span = Span(start, match.end("text"))
        group = _GROUP.search(said)
        name = span.of(text)
        if match["rank"]:
            contests = list(_CONTEST.finditer(text, max(0, start - 120), start))
            contest = contests[-1] if contests else None
            bare = name[: -len(match["rank"])]
            name = (
                contest["name"].replace("“", "").replace("”", "")
                if contest and (group or not bare or (len(bare) <= _SHORT and level_of(bare) is None))
                else bare or name
            )
        yield Honour(span, name, level_of(name), match["rank"], group[0] if group else None)
    if "由" in text or "被" in text or "归" in text:
        yield from _taken(text)


def _taken(text: str) -> Iterator[Honour]:
    """Prizes that stand before who took them: ``冠军、亚军均由我镇选手摘得``."""
    for match in _TAKEN.finditer(text):
        span = Span(match.start(), match.end())
        rank = _TAKEN_RANK.search(span.of(text))
        yield Honour(span, span.of(text), level_of(span.of(text)), rank[0] if rank else None)


_TAKEN_RANK = re.compile("(?:[冠亚季]军|[特一二三]等奖|[金银铜][奖牌]|优秀奖)$")
_PRIZES = re.compile(r"(?:各)?[0-9一二两三四五六七八九十]{1,3}[个项名件篇幅次枚人]")
"""``一等奖2个、二等奖3个``: a further prize stands behind how many the first were."""
_SHORT = 2
"""A prize's own words that are no longer say what for (表演二等奖), and the contest is its name."""
_WON_SAID = re.compile(r"[获夺斩摘捧]|得了|拿[了下到回得]")
_UNDECIDED = re.compile(r"的?(?:选拔|评选|评审|角逐|候选|提名|申报|初评)")


_TAKEN = re.compile(
    r"[^，。；、！？获0-9]{0,12}?(?:[冠亚季]军|[特一二三]等奖|[金银铜][奖牌]|优秀奖)(?=(?:、[^，。；、]{0,8}[军奖牌])*(?:均|都|全|双双|也|一并)?(?:由|被|归)[^，。；]{1,14}(?:摘|夺|获|包揽|拿|捧|收))"
)


def _titles(text: str) -> Iterator[Honour]:
    done = 0
    for match in _each(_AWARDED, _AWARDED_FIRST, text):
        if match.start() < done or _is_wished(text, match.start()):
            continue
        stretch = _STRETCH.match(text, match.end())
        if stretch is None:
            continue
        given = _GIVEN_TO.match(text, match.end()) if match[0] == "授予" else None
        for start, end, outer in _items(text, given.end() if given else match.end(), stretch.end()):
            honour = _title(text, start, end, outer, bool(match["strong"]), "获" in match[0])
            if honour is None:
                if _YEAR_ONLY.fullmatch(text, start, end):
                    continue
                if not done or done <= match.start():
                    break
                continue
            done = max(done, honour.span.end)
            yield honour


_GIVEN_TO = re.compile("[^，。；、“”]{1,14}(?=“)")
"""Who gets it, before the title: ``授予我镇“红旗单位”``."""
_YEAR_ONLY = re.compile("[0-9]{4}年度?")
_YEAR_FIRST = re.compile("[0-9]{4}年度?[一-龥“]")
_AWARDED_AGAIN = re.compile("[0-9]{4}年度?[^，。；、“]{0,12}?(?:[获评授]|入选|命名|认定|列为)")


def _is_wished(text: str, at: int) -> bool:
    """Whether the clause before only hopes for it."""
    left = text[max(0, at - 16) : at]
    cut = max(left.rfind(sign) for sign in "，。；：")
    return _WISHED.search(left[cut + 1 :]) is not None


def _items(text: str, at: int, end: int) -> Iterator[tuple[int, int, str]]:
    """(start, end, level said outside the quotation) of each title in a list behind its verb."""
    outer = ""
    opening = _OPENING.match(text[at:end])
    if opening is not None and text[at + opening.end() : at + opening.end() + 1] == "“":
        at += opening.end()
    while at < end:
        lead = _LEAD_LEVEL.match(text[at:end])
        if lead is not None and text.find("”", at, end) > 0 and _is_whole_quotation(text, at + lead.end(), end):
            outer, at = lead[1], at + lead.end()
        led = _LED.match(text, at, end)
        if led is not None and _is_whole_quotation(text, led.end(), end):
            at = led.end()
        if text[at] == "“" and _is_whole_quotation(text, at, end):
            close = _closing(text, at, end)
            yield from _split(at + 1, close, text, outer)
            at = close + 1
        else:
            stop = _plain_end(text, at, end)
            yield at, stop, outer
            at = stop
        counted = _PRIZES.match(text, at, end)
        at = counted.end() if counted is not None and text[at - 1] == "”" else at
        if at < end and text[at] in "、，" and at + 1 < end:
            if text[at] == "，" and not (
                text[at + 1] == "“"
                or _LEAD_LEVEL.match(text[at + 1 : end])
                or (_YEAR_FIRST.match(text, at + 1, end) and not _AWARDED_AGAIN.match(text, at + 1, end))
            ):
                return
            at += 1
        elif at >= end or text[at] != "“":
            return


_LED = re.compile(
    r"(?:(?:[0-9]{4}年)?(?:度|[一二三四1-4]季度|[0-9]{1,2}月份?|[上下]半年)|首届|第[一二三四五六七八九十0-9]{1,3}[届批期季])(?=“)"
)
"""When it was given, before the title: ``入选四季度“江城好人”``."""


def _is_whole_quotation(text: str, at: int, end: int) -> bool:
    """Whether a title is the quotation itself, not a name with a quotation in it (“风景独好”旅游名县)."""
    if text[at : at + 1] != "“":
        return False
    close = _closing(text, at, end)
    return (
        close + 1 >= len(text)
        or text[close + 1] in "、，。；“等荣称（的和及！奖牌匾命美桂殊授两三四五六七八九十"
        or text[close + 1].isdigit()
    )


def _closing(text: str, at: int, end: int) -> int:
    depth = 0
    for index in range(at, end):
        depth += {"“": 1, "”": -1}.get(text[index], 0)
        if depth == 0:
            return index
    return end


def _split(start: int, end: int, text: str, outer: str) -> Iterator[tuple[int, int, str]]:
    at = start
    while at < end:
        stop = text.find("、", at, end)
        stop = end if stop < 0 else stop
        yield at, stop, outer
        at = stop + 1


def _plain_end(text: str, at: int, end: int) -> int:
    """The end of an unquoted title: the next list sign outside quotation marks."""
    depth = 0
    for index in range(at, end):
        sign = text[index]
        depth += {"“": 1, "”": -1, "（": 1, "）": -1}.get(sign, 0)
        if depth <= 0 and sign in "、，：" and index > at:
            return index
    return end


_VERB_HEADS = words("建设 实施 创建 打造 推动 推进 完成 启动 新增 开展 试点 广西 加快")


_GRADE = re.compile("[特一二三]级")
_GRADES = words("优秀 优秀等次 优秀等级 优秀档次 优秀单位 十佳 百佳 优秀格次 先进 一等 一等次 第一等次 良好等次 好等次")
"""Marks of an assessment, which are titles when they are given: ``被评为优秀``."""
_SURE_HEAD = re.compile(
    r"(?:先进|优秀|模范|文明|十佳|百佳|最美|示范|标杆|特色|红旗|平安|卫生|生态|明星|星级)"
    r"(?:单位|集体|个人|乡镇|[村镇乡]|村镇|社区|街道|党组织|党支部|基层党组织|组织|工作者|党员|共产党员|学校|家庭|校园|企业|"
    r"干部|教师|班主任|辅导员|志愿者|团队|站所|窗口|岗|员工|网格员|支部|党委|工作站|示范点|调解员|调委会|团支部|团干部|组织单位)$"
)
"""What is surely a title even behind a bare 获: ``获平安建设先进乡镇``."""


def _title(text: str, start: int, end: int, outer: str, is_strong: bool, is_won: bool) -> Honour | None:
    opening = _OPENING.match(text[start:end])
    if opening is not None:
        start += opening.end()
        if text[start : start + 1] == "“":
            start += 1
            end = min(end, _closing(text, start - 1, end))
    said = text[start:end]
    clip = _CLIP.search(said)
    while clip is not None and clip.start() == 0:
        return None
    quoted = text[start - 1 : start] == "“"
    if clip is not None:
        said = said[: clip.start()]
        if clip[0] in ("荣誉", "称号", "荣誉称号"):
            if not quoted and not _HEADS.search(said.rstrip("”")):
                return None
            is_strong = True
    elif text.startswith(("称号", "荣誉称号"), start + len(said)):
        is_strong = True
    said = said.rstrip("”和及与，、的 ")
    if said.endswith("第"):
        return None
    if said.count("“") > said.count("”"):
        said += "”" if text[start + len(said) : start + len(said) + 1] == "”" else ""
    if said[-2:] == "命名" or said[-2:] == "认定":
        said = said[:-2]
    if said[:2] in _VERB_HEADS or said[:1] in "、，这":
        return None
    if (is_strong or is_won) and said.lstrip("省市县区州镇乡") in _GRADES:
        return Honour(Span(start, start + len(said)), said, level_of(outer or ""), said)
    if not 3 <= len(said) <= 40 or _NOT_TITLE.search(said):
        return None
    if said[0] == "第" and "批" not in said and "届" not in said:
        return None
    marked = _MARKED.search(outer + said) is not None
    headed = _HEADS.search(said) is not None
    enough = (headed and (len(said) >= 4 or _GRADE.match(said) is not None)) or (marked and said[-1] not in "目金")
    is_sure = is_won and _SURE_HEAD.search(said) is not None
    if not ((marked and headed) or (is_strong and enough) or (quoted and headed and len(said) >= 4) or is_sure):
        return None
    if said[-2:] in ("项目", "资金", "中心") and not is_strong:
        return None
    edition = _EDITION.match(said)
    name = said[edition.end() :] if edition else said
    rank = re.search(r"[百十]强|[0-9]+强|[一二三四五]级(?!示)|[一二三]等功", name)
    return Honour(
        Span(start, start + len(said)), name, level_of(outer or "") or level_of(name), rank[0] if rank else None
    )
