"""The check before sending: laws of each finding as data, planted faults and clean drafts, what Word leaves behind."""

from __future__ import annotations

import io
import re
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from pipeline.ask import disagreeing, leftovers, remembered, scars
from pipeline.ask.check import check
from pipeline.ask.draft import Draft, Part
from pipeline.model import Expired, Wording

WORDING = Wording("1", (Expired("十九大精神", "congress", "2022-10", "党的二十大精神", "二十大", since="2017-10"),
                        Expired("工商局", "agency", "2018-12", "市场监督管理局", "机构改革", grace=1)), "历史 原")  # fmt: skip  # noqa: E501


def draft(*texts: str, town: str = "青禾镇", start: str = "2023-01-01", end: str = "2023-06-30", **more) -> Draft:
    parts = tuple(
        Part(n, text, tuple(re.findall(r"[^\W_]{1,2}|[\W_]", text)), "achievement", "news", "text", "", ())
        for n, text in enumerate(texts)
    )
    told = {
        "name": "稿件.docx",
        "sha256": "0",
        "title": texts[0],
        "kind": "summary",
        "county": "岚川县",
        "city": None,
        "province": None,
    }
    return Draft(**(told | {"town": town, "start": start, "end": end, "year": int(start[:4]), "parts": parts} | more))


def nowhere(name: str):
    return []


@pytest.fixture
def base(collection, tmp_path):
    base, run = collection.new(tmp_path / "zongjie.db")
    past = "上半年组织志愿服务活动52场，走进敬老院理发洗衣，给独居老人送去米面油，受到群众欢迎，服务1800余人次。"
    collection.add(base, run, "青禾镇", 2022, [("achievement", "civilization", past)], half="上半年")
    other = "船头宣讲队跟着渡船走，在渡口、网箱、茶园开讲，渔民把船靠拢了听，散了还要问养老金怎么领，一季下来讲了17场。"
    collection.add(
        base,
        run,
        "望云街道",
        2022,
        [("achievement", "theory", other), ("achievement", "theory", "南桥村的韦大船牵头护渔。")],
        half="上半年",
    )
    yield base
    base.close()


def kinds(base, *texts, **more):
    checked = check(base, draft(*texts, **more), b"", WORDING, nowhere)
    return {(each.kind, each.severity, each.quote) for each in checked.findings}


def test_another_town_s_passage_is_severe_and_cites_its_source(base):
    text = "船头宣讲队跟着渡船走，在渡口、网箱、茶园开讲，渔民把船靠拢了听，散了还要问养老金怎么领，一季下来讲了23场。"
    checked = check(base, draft("标题", text), b"", WORDING, nowhere)
    (found,) = [each for each in checked.findings if each.kind == "copied"]
    assert (found.severity, found.cited.town) == ("severe", "望云街道")
    assert checked.whole.masked["town"] > checked.whole.masked["own"]
    assert checked.is_severe


def test_own_text_with_new_numbers_is_no_fault_but_the_same_numbers_are(base):
    again = "上半年组织志愿服务活动{}场，走进敬老院理发洗衣，给独居老人送去米面油，受到群众欢迎，服务{}余人次。"
    assert not [each for each in kinds(base, "标题", again.format(61, 2100)) if each[1] == "severe"]
    assert [each for each in kinds(base, "标题", again.format(52, 1800)) if each[:2] == ("copied", "severe")]


FORMULA = "坚持把学习宣传摆在各项工作的首要位置，做到时间人员内容效果四落实，推动学习往深里走往心里走往实里走"


@pytest.mark.parametrize("level", ["town", "city"])
def test_what_many_units_say_is_nobody_s_and_what_one_adds_to_it_is_weighed_alone(collection, base, level):
    run = base.execute("SELECT max(id) FROM run").fetchone()[0]
    for n, town in enumerate(["石鼓镇", "白沙镇", "清水乡", "龙门镇", "马鞍镇"]):
        more = (
            "，村村通了广播"
            if town == "龙门镇"
            else "，谷子熟了三遍，河边栽满了柳树，老槐树下摆了二十张桌子，灯一直亮到半夜"
        )
        text = [("achievement", "theory", FORMULA + more * (n > 2) + "。")]
        key = collection.add(base, run, town, 2022, text, half="上半年")
        if level == "city":
            sql = "UPDATE report SET town = NULL, county = NULL, city = ? WHERE id = ?"
            base.execute(sql, (town[:2] + "市", key))
    said = kinds(base, "标题", f"{FORMULA}，村村通了广播。")
    assert not [each for each in said if each[0] == "copied"]
    taken = kinds(base, "标题", f"{FORMULA}，谷子熟了三遍，河边栽满了柳树，老槐树下摆了二十张桌子，灯一直亮到半夜。")
    assert [each for each in taken if each[0] == "copied" and each[1] != "note"]


@pytest.mark.parametrize(
    ("text", "kind", "quote"),
    [
        ("望云街道党工委高度重视，成立了领导小组。", "place", "望云街道"),
        ("我乡组织了十场宣讲。", "place", "我乡"),
        ("南桥村修好了文化广场。", "place", "南桥村"),
        ("2021年上半年，我镇宣传工作有序推进。", "year", "2021年"),
        ("深入学习党的十九大精神。", "expired", "十九大精神"),
        ("会同县工商局检查网吧。", "expired", "工商局"),
    ],
)
def test_what_is_not_ours_or_not_of_this_time_is_found(base, text, kind, quote):
    found = {(each[0], each[2]) for each in kinds(base, "标题", text) if each[1] != "note"}
    assert (kind, quote) in found


@pytest.mark.parametrize(
    "text",
    [
        "组织到望云街道参观学习2次。", "老工商局的原址改成了书屋。", "2022年上半年同期只有12场。", "《办法》2021年印发，沿用至今。",  # noqa: E501
        "全镇各村都成立了理事会。", "到2025年建成3个文化广场。", "乡镇文化站免费开放。", "我们乡亲们都来看戏。",
    ],
)  # fmt: skip
def test_what_is_right_is_left_alone(base, text):
    assert not [each for each in kinds(base, "标题", text) if each[1] != "note"]


SCARS = {
    "XX镇上半年总结": "XX", "20xx年，我镇": "20xx年", "201*年以来": "201*年", "理论**工作": "**", "在某某区委领导下": "某某", "在某区的支持下": "某区",  # noqa: E501
    "投入____万元": "____", "经费（待填）": "待填", "更多范文请点击下载": "更多范文", "来自百度文库": "百度文库", "&nbsp;一、": "&nbsp;",  # noqa: E501
    "在的正确领导下": "在的正确领导下", "工作，，推进": "，，", "全镇的的工作": "的的", "乱码�处": "�",
}  # fmt: skip


@pytest.mark.parametrize(("text", "quote"), SCARS.items())
def test_scars_are_found_at_their_place(text, quote):
    found = [each for each in scars.find(draft(text)) if each.severity != "note"]
    assert [each.quote for each in found][:1] == [quote] or quote in [each.quote for each in found]
    assert all(each.span.of(text) == each.quote for each in found)


@pytest.mark.parametrize(
    "text",
    [
        "党委副书记陈某某同志",
        "联系电话：×××-6612",
        "二〇二〇年以来",
        "党的建设的确有进步",
        "理事会、老党员……都来了",
        "5*8小时值守",
        "在县委的正确领导下",
    ],
)
def test_what_only_looks_like_a_scar_is_none(text):
    assert not [each for each in scars.find(draft(text)) if each.severity != "note"]


def numbered(text: str) -> Draft:
    """A draft whose facts are found by the reader of numbers."""
    from pipeline.ask.draft import drafted
    from pipeline.engine.process import process
    from pipeline.engine.tools import ready

    return drafted(process(text.encode(), "青禾镇2023年上半年总结.txt", ready(None)))


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("上半年投稿50篇，其中省级20篇、市级40篇。", True),
        ("上半年投稿60篇，其中省级20篇、市级40篇。", False),
        ("投稿由40篇增加到60篇，增长80%。", True),
        ("投稿由40篇增加到60篇，增长50%。", False),
        ("片区\t宣讲（场）\n东片\t10\n西片\t12\n合计\t23", True),
        ("片区\t宣讲（场）\n东片\t10\n西片\t12\n合计\t22", False),
        ("任务\t计划数\t完成数\t完成率（%）\n宣讲\t40\t50\t115", True),
        ("任务\t计划数\t完成数\t完成率（%）\n宣讲\t40\t50\t125", False),
        ("网评员26人，平均每人跟帖15条；中心组学习7次；其中专题4次。", False),
    ],
)
def test_numbers_that_disagree(collection, tmp_path, text, wrong):
    base, _ = collection.new(tmp_path / "zongjie.db")
    told = numbered(f"青禾镇2023年上半年宣传工作总结\n{text}")
    assert bool([each for each in disagreeing.find(base, told) if each.severity == "severe"]) == wrong
    base.close()


GROWN = [
    ("半年来共投稿120篇，同比增长20%。", "2022年上半年", False),
    ("半年来共投稿120篇，同比增长35%。", "2022年上半年", True),
    ("半年来共投稿120篇，比去年同期增加20篇。", "2022年上半年", False),
    ("半年来共投稿120篇，比去年同期增加35篇。", "2022年上半年", True),
    ("半年来共投稿120篇，同比增长35%。", "2021年上半年", False),
]


@pytest.mark.parametrize(("text", "reported", "wrong"), GROWN)
def test_growth_against_what_was_reported_then(dataset, tmp_path, text, reported, wrong):
    before = dataset.Said("青禾镇", reported, county=None)
    before.fact("news_submitted", "100篇", 100, 100, dimensions="stage=submitted", sentence="半年来共投稿100篇。")
    base = dataset.make(tmp_path / "a.db", [before], [dataset.indicator("news_submitted", "篇")])
    found = list(remembered.find(base, numbered("青禾镇2023年上半年工作总结\n" + text)))
    base.close()
    assert [each.cited.text for each in found] == (["半年来共投稿100篇。"] if wrong else [])


def word(*, comment=False, hidden=False, tracked=False, author="") -> bytes:
    """A docx with what is left behind."""
    import docx
    from docx.oxml import OxmlElement

    document = docx.Document()
    paragraph = document.add_paragraph("全镇宣传工作总结")
    run = paragraph.add_run("，此处再核")
    if hidden:
        run.font.hidden = True
    if comment:
        document.add_comment(runs=run, text="数字再核一下", author="老李", initials="L")
    if tracked:
        mark = OxmlElement("w:ins")
        mark.append(run._r)
        paragraph._p.append(mark)
    document.core_properties.author = author
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("made", "says"),
    [
        ({"comment": True}, "批注"),
        ({"hidden": True}, "隐藏"),
        ({"tracked": True}, "修订"),
        ({"author": "望云街道办"}, "别的单位"),
        ({"author": "某某文库"}, "范文网站"),
    ],
)
def test_what_word_leaves_behind(made, says):
    found = list(leftovers.find(word(**made), draft("标题"), frozenset({"望云街道"})))
    assert [each for each in found if says in each.reason]
    assert not list(leftovers.find(word(author="王芳"), draft("标题"), frozenset({"望云街道"})))
    assert not list(leftovers.find(b"PK broken", draft("标题"), frozenset()))


def test_comments_stand_at_their_paragraphs(tmp_path):
    import docx

    from pipeline.show.comments import Remark, write

    written = docx.Document()
    for text in ("标题", "第一段说学习。", "第二段说宣讲。"):
        written.add_paragraph(text)
    stream = io.BytesIO()
    written.save(stream)
    out = tmp_path / "批注.docx"
    write(
        stream.getvalue(),
        draft("标题", "第一段说学习。", "第二段说宣讲。"),
        [Remark(2, "宣讲", "请核对"), Remark(0, "", "全文")],
        out,
    )
    again = docx.Document(str(out))
    assert [comment.text for comment in again.comments] == ["请核对", "全文"]
    marked = [p.text for p in again.paragraphs if p._p.xpath(".//w:commentRangeStart")]
    assert marked == ["标题", "第二段说宣讲。"]


def test_the_command_s_exit_codes(collection, tmp_path, capsys):
    from pipeline.__main__ import main

    base, run = collection.new(tmp_path / "zongjie.db")
    collection.add(base, run, "望云街道", 2022, [("achievement", "theory", "开展宣讲十场。")])
    base.close()
    database = ["--db", str(tmp_path / "zongjie.db")]
    fine, bad, scan = tmp_path / "好.txt", tmp_path / "坏.txt", tmp_path / "扫描.pdf"
    fine.write_text("青禾镇2023年上半年宣传工作总结\n上半年，全镇开展宣讲活动。\n", encoding="utf-8")
    bad.write_text("青禾镇2023年上半年宣传工作总结\n上半年，XX镇开展宣讲活动____场。\n", encoding="utf-8")
    scan.write_bytes(
        (Path(__file__).resolve().parents[2] / "corpora" / "golden" / "maying-scan.pdf").read_bytes()[:2000]
    )
    assert main(["check", str(fine), *database]) == 0
    assert main(["check", str(bad), *database, "--out", str(tmp_path / "批注.docx")]) == 3
    assert (tmp_path / "批注.docx").is_file()
    assert main(["check", str(scan), *database]) == 2
    assert main(["check", str(tmp_path / "没有.docx"), *database]) == 2
    assert "没有.docx" in capsys.readouterr().err


def _module(name: str):
    spec = spec_from_file_location(name, Path(__file__).parent / f"{name}.py")
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def everything(tmp_path_factory):
    """The collection of our own reports for which passages were judged, read as a user's folder would be."""
    yield from _collected(tmp_path_factory.mktemp("collection"), whole=False)


@pytest.fixture(scope="module")
def larger(tmp_path_factory):
    """The larger collection, of which a second judge graded what five systems find."""
    yield from _collected(tmp_path_factory.mktemp("larger"), whole=True)


def _collected(folder, whole):
    from pipeline import settings
    from pipeline.engine import derive, run
    from pipeline.store import database

    texts = folder / "texts"
    texts.mkdir()
    _module("reports").write(texts, frozenset(_module("evaluate_search").collection(whole)))
    base = database.create(folder / "zongjie.db")
    run.run(base, [texts], folder / "out", settings.everything(), "alone")
    derive.catch_up(base)
    yield base
    base.close()


def test_planted_faults_are_found_and_clean_drafts_are_left_alone(everything):
    evaluate = _module("evaluate_check")
    checker = evaluate.Checker(everything)
    faults = evaluate.faults()
    found = 0
    for fault in faults:
        text, name = evaluate.text_of(fault["report"])
        assert text.count(fault["find"]) >= 1
        found += evaluate.is_found(fault, checker(text.replace(fault["find"], fault["replace"], 1), name))
    assert len(faults) == 80
    assert found / len(faults) >= 0.95
    clean = evaluate.clean()
    alarms = [sum(each.severity != "note" for each in checker(*evaluate.text_of(name)).findings) for name in clean]
    assert len(clean) == 40
    assert sum(alarms) / len(clean) <= 1


@pytest.mark.parametrize(
    ("dataset", "fourth", "search", "suggestions"),
    # nDCG, and of the judged passages only; by all grades, and by those there were before the fourth look
    [
        ("everything", True, (0.82, 0.867), (0.777, 0.802)),
        ("everything", False, (0.812, 0.87), (0.765, 0.80)),
        ("larger", True, (0.814, 0.842), (0.792, 0.796)),
        ("larger", False, (0.79, 0.847), (0.785, 0.81)),
    ],
)
def test_search_and_suggestions_on_judged_passages(request, dataset, fourth, search, suggestions):
    base = request.getfixturevalue(dataset)
    told = _module("evaluate_search").search_score(base, fourth)
    assert told.ndcg >= search[0]
    assert told.judged_only >= search[1]
    ours, *others = [score for _, score in _module("baselines").table(base, fourth)]
    assert ours.ndcg >= suggestions[0]
    assert ours.judged_only >= suggestions[1]
    assert all(ours.ndcg > other.ndcg for other in others)
