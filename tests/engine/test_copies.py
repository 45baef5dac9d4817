"""Near-copies: planted pairs are found, and nothing else; pairs are never merged."""

from __future__ import annotations

import random
import re
import sys
from importlib.util import module_from_spec, spec_from_file_location

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.annotate import copies as forms
from pipeline.annotate.words import cutter
from pipeline.engine import copies


@pytest.fixture(scope="module")
def collection(root):
    spec = spec_from_file_location("collection", root / "tests" / "ask" / "collection.py")
    module = module_from_spec(spec)
    sys.modules["collection"] = module
    spec.loader.exec_module(module)
    return module


def paragraphs(root):
    """Paragraphs of our own training reports, none like another."""
    found = []
    for file in sorted((root / "corpora" / "train").glob("*.tsv")):
        for line in file.read_text(encoding="utf-8").split("\n"):
            role, _topic, text = [*line.split("\t", 2), "", "", ""][:3]
            if role in ("achievement", "plan", "problem", "overview") and len(text) > 70 and "\t" not in text:
                found.append(text)
    return found


def other_numbers(random_, text):
    return re.sub(r"\d+", lambda _: str(random_.randint(2, 900)), text)


def other_words(random_, text, cut, share=0.12):
    """One word in eight is another, or gone."""
    words = cut(text)
    spare = [each for each in words if len(each) > 1]
    return "".join(
        random_.choice([*spare, ""]) if len(each) > 1 and random_.random() < share else each for each in words
    )


def moved_sentences(random_, text):
    sentences = re.findall(r"[^。；]+[。；]?", text)
    random_.shuffle(sentences)
    return "".join(sentences)


def inserted(random_, text, others):
    """A passage of the text, in the middle of other paragraphs that stand nowhere else."""
    start = random_.randint(0, max(0, len(text) - 50))
    return others.pop()[:40] + text[start : start + 50] + others.pop()[-40:]


def test_planted_pairs_are_found_and_nothing_else(root, collection, tmp_path):
    random_ = random.Random(11)
    cut = cutter()
    texts = paragraphs(root)
    random_.shuffle(texts)
    sources, rest = texts[:240], texts[240:]
    outsiders = rest[:120]
    planted = []
    for n, text in enumerate(sources):
        match n % 4:
            case 0:
                planted.append(other_numbers(random_, text))
            case 1:
                planted.append(other_words(random_, text, cut))
            case 2:
                planted.append(moved_sentences(random_, other_numbers(random_, text)))
            case _:
                planted.append(inserted(random_, text, outsiders))
    base, run = collection.new(tmp_path / "zongjie.db")
    row = [("achievement", "news", text) for text in sources]
    collection.add(base, run, "青禾镇", 2021, row)
    collection.add(base, run, "望云街道", 2022, [("achievement", "news", text) for text in planted])
    collection.add(base, run, "南浦街道", 2023, [("achievement", "news", text) for text in rest[120:]])
    copies.find(base)
    sql = "SELECT a.text, b.text FROM duplicate d JOIN paragraph a ON a.n = d.one JOIN paragraph b ON b.n = d.other"
    found = {frozenset(pair) for pair in base.execute(sql)}
    wanted = {frozenset(pair) for pair in zip(sources, planted, strict=True)}
    base.close()
    assert len(wanted & found) / len(wanted) >= 0.98
    assert len(wanted & found) / len(found) >= 0.98


def test_pairs_are_not_merged(collection, tmp_path):
    """One is like two, two is like three, one is not like three."""
    one = "组织志愿者走进敬老院开展慰问活动送去米面油等生活用品并为老人理发洗衣打扫卫生"
    three = "召开座谈会听取村民对红白事简办的意见修订村规民约张贴到每个村民小组的公示栏里"
    two = one + "，" + three
    base, run = collection.new(tmp_path / "zongjie.db")
    for year, text in ((2021, one), (2022, two), (2023, three)):
        collection.add(base, run, "青禾镇", year, [("achievement", "news", text)])
    copies.find(base)
    texts = dict(base.execute("SELECT n, text FROM paragraph"))
    pairs = {frozenset((texts[a], texts[b])) for a, b in base.execute("SELECT one, other FROM duplicate")}
    base.close()
    assert pairs == {frozenset((one, two)), frozenset((two, three))}


def test_how_often_and_where_a_paragraph_stands(collection, tmp_path):
    formula = "在县委宣传部的精心指导和镇党委的正确领导下，{}围绕中心服务大局，各项宣传工作扎实推进。"
    own = "老祠堂改成的书屋门口挂了一串铜铃，孩子们一放学就来翻连环画，管理员老周把图书分成{}类。"
    towns = ("青禾镇", "望云街道", "南浦街道", "石鼓岭镇")
    base, run = collection.new(tmp_path / "zongjie.db")
    for n, town in enumerate(towns):
        texts = [("overview", "general", formula.format(town))] + (
            [("achievement", "culture", own.format(n + 3))] if n < 2 else []
        )
        collection.add(base, run, town, 2021 + n % 2, texts, county="岚川县")
    copies.find(base)
    told = {
        (town, text[:2]): (exact, towns, common)
        for town, text, exact, towns, common in base.execute(
            "SELECT r.town, p.text, c.exact, c.towns, c.common FROM paragraph_copy c JOIN paragraph p USING (n) JOIN report r ON r.id = p.report"  # noqa: E501
        )
    }
    base.close()
    assert told["青禾镇", "在县"] == (3, 4, 1)
    assert told["望云街道", "老祠"] == (1, 2, 0)


def test_what_is_superseded_is_no_copy(collection, tmp_path):
    base, run = collection.new(tmp_path / "zongjie.db")
    for year, state in ((2021, "current"), (2022, "superseded")):
        collection.add(
            base,
            run,
            "青禾镇",
            year,
            [("achievement", "news", "上半年组织了四十多场坝坝宣讲，讲政策也讲身边事。")],
            state=state,
        )
    assert copies.find(base) == 0
    assert base.execute("SELECT count(*) FROM duplicate").fetchone() == (0,)
    base.close()


@given(st.text("甲乙丙12三，。（）Ａ村镇条", max_size=30))
def test_every_character_of_a_form_knows_its_place(text):
    masked = forms.mask(text, frozenset({"甲乙镇"}))
    assert masked.form == forms.form(text, frozenset({"甲乙镇"}))
    assert len(masked.form) == len(masked.places)
    assert list(masked.places) == sorted(set(masked.places))
    span = masked.span(0, len(masked.form))
    assert 0 <= span.start <= span.end <= len(text)


@given(
    st.text("甲乙丙丁戊己庚辛", min_size=19, max_size=60),
    st.text("子丑寅卯", max_size=40),
    st.text("辰巳午未", max_size=40),
)
def test_a_run_that_two_texts_share_gives_a_common_fingerprint(run, before, after):
    told = forms.sketch([before + run + after, after + run, "短"])
    assert set(told.marks[told.owners == 0].tolist()) & set(told.marks[told.owners == 1].tolist())
    assert told.signatures.shape == (3, forms.PERMUTATIONS)
