"""Roles and topics are the user's: added, renamed, mapped; and what is wrong is named with its line."""

from __future__ import annotations

import pytest

from pipeline import settings
from pipeline.annotate import classify
from pipeline.annotate.cues import cues_of
from pipeline.annotate.words import cutter
from pipeline.commands import learn, material
from pipeline.errors import InputError, SettingsError
from pipeline.learn import corpus, taught
from pipeline.model import Categories

COUNTER = """    counter_examples:
      - text: 举办新闻写作培训班一期，通讯员60人参加。
        label: team
"""
TOURISM = """  tourism:
    name: 文旅产业
    definition: 旅游、景区、民宿
    cues: 旅游 景区 游客 民宿 农家乐 古镇 漂流 露营 采摘园 研学 游步道 自驾游
    examples:
      - 全年接待游客12万人次，旅游综合收入突破8000万元，农家乐发展到41家。
      - 青石古镇创成4A级景区，新开张民宿19家，周末一房难求。
      - 办起油菜花旅游节，十天里来了六万多游客，土特产卖断了货。
      - 漂流项目五月开漂，新修游步道3公里、停车位260个，景区面貌一新。
      - 下半年建成露营基地2处，引进研学机构3家，把过夜游客留下来。
      - 旅游旺季景区厕所不够、停车难，游客多有抱怨。
      - 培训农家乐经营户86人，统一挂牌、统一收费，游客投诉下降一半。
      - 明年打造环湖自驾游线路一条，串起采摘园、民宿、渔家乐。
      - 推出“跟着诗词游古镇”线路，旅行社带团210批次。
      - 景区门票收入同比增长三成，带动沿线村民摆摊增收。
"""
SEEN_LATER = (
    "民宿从7家增加到23家，国庆假期游客爆满。", "景区新增观光车20辆，接待游客同比翻一番。",
    "办采摘节两届，自驾游客占了八成。", "古镇夜游项目开街，首月来了九万名游客。",
    "旅游产品单一，游客留不住，民宿淡季空房多。", "明年创建3A级景区1个，发展农家乐30家。",
    "露营地、漂流、研学三条旅游线路成形。", "与旅行社签约12家，组织游客团队340个。",
    "新修景区游步道5公里，改造旅游厕所4座。", "民宿协会成立，评出星级民宿8家。",
)  # fmt: skip


def topic_of(text, model, cut, cues):
    return classify.labels(model, taught.lone(text, cut), cues)[0][1].name


def test_a_topic_with_ten_examples_is_learned_and_used(own, command, tmp_path):
    file = own(("  governance:\n", TOURISM + "  governance:\n"))
    assert command(learn, "--settings", str(file)) == 0
    configured = settings.everything(file)
    cut = cutter(configured.words)
    cues = cues_of(configured.categories, cut)
    model = classify.load(tmp_path / "own.npz")
    found = [topic_of(text, model, cut, cues) for text in SEEN_LATER]
    assert found.count("tourism") >= 8
    plain = classify.load()
    for text in ("开展志愿服务活动36场，评选文明家庭20户。", "发展党员12名，整顿软弱涣散党组织1个。"):
        assert topic_of(text, model, cut, cues) == topic_of(text, plain, cut, cues)


def test_a_renamed_topic_takes_its_texts_along(own, few, command, tmp_path):
    file = own(("  news:\n    name: 新闻舆论\n    also: ", "  xuanchuan:\n    name: 对外传播\n    also: news "))
    assert command(learn, "--settings", str(file), "--corpora", str(few)) == 0
    configured = settings.everything(file)
    cut = cutter(configured.words)
    model = classify.load(tmp_path / "own.npz")
    cues = cues_of(configured.categories, cut)
    assert topic_of("在市级以上媒体刊发稿件120篇，县电视台播出新闻36条。", model, cut, cues) == "xuanchuan"
    assert "news" not in model.topic.names


def test_a_countys_own_label_counts_as_its_parent(own):
    file = own(
        (
            "  governance:\n",
            "  fanzha:\n    name: 反诈宣传\n    definition: 反诈\n    parent: governance\n  governance:\n",
        )
    )
    known = material.known(settings.everything(file).categories)
    line = corpus.parse("achievement\t反诈宣传\t发放反诈折页两千份。", "x.tsv", known).lines[0]
    assert line.topic == "governance"


def test_a_topic_that_the_user_leaves_out_is_no_slip_in_our_texts(own):
    known = material.known(settings.everything(own(("  news:\n", "  xinwen:\n"))).categories)
    assert corpus.parse("plan\tnews\t投稿50篇。", "x.tsv", known).lines[0].topic == ""
    with pytest.raises(InputError, match="第 1 行"):
        corpus.parse("plan\tnwes\t投稿50篇。", "x.tsv", known)


def test_examples_and_counter_examples_are_training_material(configured, cut):
    made = {each.report.document.text: each for each in taught.examples(configured.categories, cut)}
    assert made["举办新闻写作培训班一期，通讯员60人参加。"].topics == ("team",)
    assert made["党委中心组围绕全会精神开展专题研讨，班子成员人人交流发言。"].topics == ("theory",)
    assert made["办好两期通讯员培训班，每村至少来一人。"].roles == ("plan",)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("    name: 新闻舆论\n", "    name: 新闻舆论\n    parent: team\n", "绕成了圈"),
        ("    name: 新闻舆论\n", "    name: 新闻舆论\n    parent: tema\n", "是不是 'team'"),
        ("    name: 新闻舆论\n", "    name: 意识形态\n", "既指"),
        ("  news:\n", "  team:\n", "写了两次"),
        ("  general:\n", "  zonghe:\n", "不能去掉"),
        ("  plan:\n", "  jihua:\n", "不能去掉"),
        (COUNTER, "    counter_examples: 投稿\n", "列表"),
        ("      - 全年向各级媒体投稿210篇，采用94篇，省报头版一篇。\n", "      - ''\n", "不能是空的"),
        ("        label: team\n", "        label: tema\n", "是不是 'team'"),
        ("    name: 新闻舆论\n", "    name: 新闻舆论\n    exampels: []\n", "是不是 'examples'"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(root, old, new, told):
    text = (root / "configs/categories.yaml").read_text(encoding="utf-8").replace(old, new, 1)
    if "parent: team" in new:
        text = text.replace("    name: 队伍与保障\n", "    name: 队伍与保障\n    parent: news\n")
    with pytest.raises(SettingsError, match=r"第 \d+ 行") as fault:
        settings.loads(Categories, text, "categories.yaml")
    assert told in str(fault.value)


def test_a_label_without_examples_is_named_and_nothing_is_written(own, few, command, tmp_path):
    file = own(("  governance:\n", "  xuexi:\n    name: 学习型组织\n    definition: 无\n  governance:\n"))
    line = (tmp_path / "tables/categories.yaml").read_text(encoding="utf-8").split("\n").index("  xuexi:") + 1
    with pytest.raises(SettingsError, match=f"第 {line} 行.*xuexi.*一个例子也没有"):
        command(learn, "--settings", str(file), "--corpora", str(few))
    assert not (tmp_path / "own.npz").exists()
