"""Search: the logic of queries against a plain evaluator, what is found against substrings, highlights, bad input."""

from __future__ import annotations

import contextlib
import itertools
import random
import re
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.annotate.words import cutter
from pipeline.ask.conditions import marks
from pipeline.ask.query import Both, Either, Field, Not, Number, Prefix, Words, parse
from pipeline.ask.search import expander, search
from pipeline.errors import QueryError
from pipeline.model import Synonyms

SIGNS = "学习宣讲志愿服务文化理论中心组站"
SYNONYMS = Synonyms(("中心组学习 理论学习中心组", "志愿 义工"))
TOWNS = ("青禾镇", "望云街道", None)
ROLES, TOPICS = ("achievement", "plan", "other"), ("theory", "news")


def plain_cut(text: str) -> list[str]:
    return re.findall(r"[^\W_]{1,2}", text)


@pytest.fixture(scope="module")
def base(collection, tmp_path_factory):
    """Three hundred paragraphs over few characters, so that every word stands in every place."""
    random_ = random.Random(3)
    base, run = collection.new(tmp_path_factory.mktemp("search") / "zongjie.db")
    for number in range(20):
        texts = []
        for _ in range(15):
            text = "".join(random_.choice(SIGNS + "，。、 12Ａ") for _ in range(random_.randint(1, 14)))
            texts.append((random_.choice(ROLES), random_.choice(TOPICS), text.strip() or "学"))
        town, year = random_.choice(TOWNS), random_.choice((2021, 2022, None))
        key = collection.add(base, run, town, year, texts, plain_cut, state="superseded" if number == 7 else "current")
        for n, (_, _, text) in enumerate(texts):
            for found in re.finditer("12|1|2", text):
                value = float(found[0])
                collection.fact(base, f"{key}-{n:04d}", found[0], value, value + (n % 3), id=f"{key}{n}{found.start()}",
                                approx=("exact", "more", "near")[n % 3], kind=random_.choice(("achieved", "target")))  # fmt: skip  # noqa: E501
    yield base
    base.close()


def folded(text: str) -> str:
    return "".join(chr(ord(c) - 0xFEE0) if 0xFF10 <= ord(c) < 0xFF5B else c for c in text).lower()


def squeezed(text: str) -> str:
    """Letters and digits; whatever parts two runs becomes one bar."""
    return re.sub(r"[\W_]+", "|", folded(text)).strip("|")


def holds(node, row) -> bool:
    """The meaning of a query, said without an index."""
    match node:
        case Words(text, exact):
            words = (text,) if exact else expander(SYNONYMS)(text)
            return any(squeezed(word) in squeezed(row["text"]) for word in words)
        case Prefix(text):
            return any(folded(word).startswith(folded(text)) for word in row["words"].split(" "))
        case Field("year", (first, last)):
            return row["year"] is not None and first <= row["year"] <= last
        case Field("town", (value,)):
            return row["town"] is not None and row["town"].startswith(value)
        case Field(name, (value,)):
            return row[name] == value
        case Number(name, sign, value, target):
            return any(
                surely(fact, sign, float(value))
                for fact in row["facts"]
                if name == "投稿" and target == (fact["kind"] == "target")
            )
        case Not(part):
            return not holds(part, row)
        case Both(parts):
            return all(holds(part, row) for part in parts)
        case Either(parts):
            return any(holds(part, row) for part in parts)
    raise AssertionError(node)


def surely(fact, sign: str, value: float) -> bool:
    low, high = fact["low"], fact["high"]
    below = high < value or (high == value and fact["approx"] == "near")
    return {">": low > value, ">=": low >= value, "<": below, "<=": high <= value, "=": low <= value <= high}[sign]


@pytest.fixture(scope="module")
def rows(base):
    sql = "SELECT p.id, p.text, p.words, p.role, p.topic, r.town, r.period_year FROM paragraph p JOIN report r ON r.id = p.report WHERE r.state = 'current'"  # noqa: E501
    names = ("id", "text", "words", "role", "topic", "town", "year")
    every = [dict(zip(names, row, strict=True)) for row in base.execute(sql)]
    for row in every:
        facts = base.execute("SELECT low, high, approx, kind FROM fact WHERE paragraph = ?", (row["id"],))
        row["facts"] = [dict(zip(("low", "high", "approx", "kind"), each, strict=True)) for each in facts]
    return every


word = st.text(SIGNS, min_size=1, max_size=3)
leaf = st.one_of(
    word, st.sampled_from(["中心组学习", "志愿", "义工", "a", "12", "Ａ"]), word.map(lambda w: f'"{w}"'),
    st.tuples(word, word).map(lambda pair: f'"{pair[0]}，{pair[1]}"'), st.text(SIGNS, min_size=1, max_size=2).map(lambda w: w + "*"),  # noqa: E501
    st.sampled_from(["town:青禾镇", "town:望云", "year:2021", "year:2021-2022", "role:plan", "topic:news", "kind:summary",  # noqa: E501
                     "投稿>1", "投稿>=2", "投稿<12", "投稿<=2", "投稿=12", "投稿目标>1"]),
)  # fmt: skip
queries = st.recursive(
    leaf,
    lambda inner: st.one_of(
        inner.map(lambda q: f"NOT ({q})"), st.tuples(inner, inner).map(lambda p: f"({p[0]}) OR ({p[1]})"),
        st.tuples(inner, inner).map(lambda p: f"({p[0]}) ({p[1]})"), st.tuples(inner, inner).map(lambda p: f"({p[0]}) AND NOT ({p[1]})"),  # noqa: E501
    ),
    max_leaves=6,
)  # fmt: skip


@given(queries)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_query_means_what_a_plain_reading_of_it_means(base, rows, query):
    wanted = {
        row["id"]
        for row in rows
        if holds(parse(query) if "kind:" not in query else parse(query.replace("kind:summary", "NOT 无此词")), row)
    }
    found = search(base, query, plain_cut, most=1000, synonyms=SYNONYMS, fold=False)
    assert {hit.paragraph for hit in found.hits} == wanted
    assert found.total == len(wanted)
    assert not {hit.paragraph for hit in found.near} & wanted


@given(st.text(SIGNS, min_size=1, max_size=4))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_word_is_found_wherever_it_stands_and_highlighted_there(base, rows, word):
    found = search(base, f'"{word}"', plain_cut, most=1000, fold=False)
    assert {hit.paragraph for hit in found.hits} == {
        row["id"] for row in rows if squeezed(word) in squeezed(row["text"])
    }
    for hit in found.hits:
        assert hit.marks
        assert all(folded(mark.of(hit.text)) == word for mark in hit.marks)


@given(st.lists(word, min_size=1, max_size=3, unique=True), st.text(SIGNS + "，。12", max_size=40))
def test_highlights_are_in_order_apart_and_equal_their_words(words, text):
    spans = marks(text, parse(" OR ".join(f'"{each}"' for each in words)), lambda each: (each,))
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))
    assert all(span.of(text) in words for span in spans)
    assert bool(spans) == any(each in text for each in words)


def test_every_word_of_the_samples_is_found_as_a_substring_search_finds_it(collection, tmp_path, root):
    cut = cutter()
    base, run = collection.new(tmp_path / "zongjie.db")
    texts = []
    for file in sorted((root / "corpora" / "eval" / "samples").rglob("*镇.tsv")):
        for line in file.read_text(encoding="utf-8").split("\n"):
            if line.count("\t") >= 2 and not line.startswith("#"):
                texts.append(tuple(line.split("\t", 2)))
    collection.add(base, run, "青禾镇", 2022, texts, lambda text: [w for w in cut(text) if re.search(r"\w", w)])
    random_ = random.Random(1)
    words = set()
    for _, _, text in random_.sample(texts, 150):
        at = random_.randrange(max(1, len(text) - 3))
        words.add(re.sub(r"[\W_].*", "", text[at : at + random_.randint(2, 5)]))
    words = {each for each in words if len(each) > 1}
    wanted = got = 0
    for each in words:
        truth = {text for _, _, text in texts if folded(each) in folded(text)}
        found = {hit.text for hit in search(base, f'"{each}"', cut, most=2000, fold=False).hits}
        wanted += len(truth)
        got += len(truth & found)
        assert found <= truth | {text for _, _, text in texts if squeezed(each) in squeezed(text)}
    assert got / wanted >= 0.99
    base.close()


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ('"讲文明', "引号"), ("“讲文明", "引号"), ("yaer:2023", "year"), ("year:abc", "year:2023"), ("year:", "year:2023"), ("", "空"), ("   ", "空"),  # noqa: E501
        ("学习" * 500_000, "太长"), ("(学习", "括号"), ("学习)", "多了"), ("OR 学习", "缺一个词"), ("学习 AND", "没有写完"), ("NOT", "没有写完"),  # noqa: E501
        ("——", "可找的词"), ("role:成校", "成效"), ("topic:新闻与论", "新闻舆论"), ("投稿>很多", "投稿>100"), (">100", "投稿>100"), ("(" * 60 + "学" + ")" * 60, "太多"),  # noqa: E501
        ("NOT " * 40 + "学", "太深"), ("学 " * 100, "太多"),
    ],
)  # fmt: skip
def test_a_bad_query_is_a_sentence(base, query, says):
    with pytest.raises(QueryError, match=re.escape(says)):
        search(base, query, plain_cut)


@pytest.mark.parametrize(
    "query",
    [
        "'; DROP TABLE report; --",
        "x') OR 1=1 --",
        '学习" OR "1',
        "rowid:1 NEAR",
        "^学习",
        "学习 NEAR/2 宣讲",
        "pairs:学习",
        "*",
        "a*b",
        "%_%",
        "\x00学习",
        "{学习}",
        "学+习",
    ],
)
def test_what_looks_like_code_harms_nothing(base, query):
    before = base.execute("SELECT count(*) FROM report").fetchone()
    with contextlib.suppress(QueryError):
        search(base, query, plain_cut)
    assert base.execute("SELECT count(*) FROM report").fetchone() == before


def test_an_empty_dataset_answers_with_nothing(collection, tmp_path):
    base, _ = collection.new(tmp_path / "zongjie.db")
    found = search(base, "学习 town:青禾镇", plain_cut)
    assert (found.hits, found.total) == ((), 0)
    base.close()


def test_a_number_condition_reads_units_and_signs():
    assert parse("阅读量≥1.5万") == Number("阅读量", ">=", Decimal(15000))
    assert parse("投稿目标＞100篇") == Number("投稿", ">", Decimal(100), target=True)


def test_facets_count_all_hits_and_pages_join_without_a_gap(base, rows):
    found = search(base, "学 OR 习 OR 宣", plain_cut, most=10_000, fold=False)
    for values in found.facets.values():
        assert sum(values.values()) <= found.total
    assert sum(found.facets["topic"].values()) == found.total
    paged = []
    for skip in range(0, found.total, 7):
        paged += [
            hit.paragraph for hit in search(base, "学 OR 习 OR 宣", plain_cut, most=7, skip=skip, fold=False).hits
        ]
    assert paged == [hit.paragraph for hit in found.hits]


def test_newest_first_and_by_number(base):
    found = search(base, "学", plain_cut, most=1000, sort="newest", fold=False)
    years = [int(hit.period[:4]) if hit.period and hit.period[0] == "2" else 0 for hit in found.hits]
    assert years == sorted(years, reverse=True)
    numbers = [hit.number for hit in search(base, "投稿>=1", plain_cut, most=1000, sort="number", fold=False).hits]
    assert numbers == sorted(numbers, reverse=True)
    assert len(set(numbers)) > 1


def test_by_report_words_may_stand_in_different_paragraphs(collection, tmp_path):
    base, run = collection.new(tmp_path / "zongjie.db")
    both = collection.add(
        base,
        run,
        "青禾镇",
        2022,
        [("achievement", "news", "开展志愿服务。"), ("achievement", "news", "劝导高额彩礼。")],
    )
    collection.add(base, run, "望云街道", 2022, [("achievement", "news", "开展志愿服务九次。")])
    apart = search(base, "志愿服务 彩礼", plain_cut)
    assert not apart.hits
    assert len(apart.near) == 3
    found = search(base, "志愿服务 彩礼", plain_cut, by_report=True)
    assert [hit.paragraph[:16] for hit in found.hits] == [both]
    assert not search(base, "志愿服务 NOT 彩礼", plain_cut, by_report=True).hits[1:]
    base.close()
