"""The texts we write ourselves: well-formed, varied, never one template, and read back from the sample files."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

from pipeline import read, settings
from pipeline.commands.material import known
from pipeline.errors import InputError, ReadError
from pipeline.learn import corpus
from pipeline.model import OUTSIDE, ReadOptions, Source

CORPORA = Path(__file__).resolve().parents[2] / "corpora"
CATEGORIES = settings.everything(None).categories
KNOWN = known(CATEGORIES)
TRAIN = corpus.read(CORPORA / "train", KNOWN)
SAMPLES = corpus.read(CORPORA / "eval" / "samples", KNOWN)
FACTS = corpus.read(CORPORA / "eval" / "facts", KNOWN)
LINKS = corpus.read(CORPORA / "eval" / "links", KNOWN)
# Official names and slogans that every report of their time repeats; they are nobody's sentence.
SET_PHRASES = (
    "学习贯彻习近平新时代中国特色社会主义思想主题教育",
    "习近平新时代中国特色社会主义思想",
    "深入贯彻中央八项规定精神学习教育",
    "宣传思想文化工作总结及下半年",
    "培育和践行社会主义核心价值观",
    "年上半年宣传思想文化工作",
    "年下半年宣传思想文化工作",
    "【打印本页】【关闭窗口】",
    "中国特色社会主义理论体系",
    "巩固拓展脱贫攻坚成果同乡村振兴",
    "党的群众路线教育实践活动",
    "党委理论学习中心组学习",
    "地区生产总值增长固定资产投资增长",
    "不忘初心牢记使命主题教育",
    "深入学习实践科学发展观活动",
    "意识形态工作责任制落实情况",
    "学习宣传贯彻党的二十大精神",
    "全面贯彻党的二十大精神的开局之年",
    "举旗帜聚民心育新人兴文化展形象",
    "城乡居民人均可支配收入",
    "一般公共预算收入增长",
    "社会消费品零售总额",
    "规模以上工业增加值增长",
)


def runs(text: str) -> set[str]:
    """Runs of 12 characters, without punctuation, numbers, set phrases."""
    text = re.sub(r"[\s\d，。、；：！？,.;:“”\"'（）()《》〈〉—\-…·%％＋+]", "", text)
    pieces = re.split("|".join(map(re.escape, SET_PHRASES)), text)
    return {piece[i : i + 12] for piece in pieces for i in range(len(piece) - 11)}


def test_there_is_enough_of_everything():
    lines = [line for report in TRAIN for line in report.lines]
    assert len(lines) >= 2000
    for role in CATEGORIES.roles:
        assert sum(line.role == role for line in lines) >= 100, role
    for topic in CATEGORIES.topics:
        assert sum(line.topic == topic for line in lines) >= 70, topic


def test_no_run_of_twelve_characters_stands_in_more_than_three_reports():
    seen = defaultdict(set)
    for folder, reports in (("train", TRAIN), ("samples", SAMPLES), ("facts", FACTS), ("links", LINKS)):
        for report in reports:
            names = [report.head.get("town", ""), report.head.get("county", "")]
            text = report.text
            for name in filter(None, names):
                text = text.replace(name, "\n")
            for line in text.split("\n"):
                for run in runs(line):
                    seen[run].add((folder, report.name))
    often = {run: len(where) for run, where in seen.items() if len(where) > 3}
    assert not often, sorted(often.items(), key=lambda pair: -pair[1])[:20]


def test_no_report_is_another_with_numbers_swapped():
    """Any two reports share less than a third of their runs of twelve (the planted near-copies are paragraphs)."""
    of = {
        (n, report.name): runs(report.text)
        for n, reports in enumerate((TRAIN, SAMPLES, FACTS, LINKS))
        for report in reports
    }
    names = sorted(of)
    for i, one in enumerate(names):
        for other in names[i + 1 :]:
            shared = len(of[one] & of[other])
            assert shared < 0.33 * min(len(of[one]), len(of[other])), (one, other)


def test_a_wrong_label_is_named_with_its_line():
    with pytest.raises(InputError, match="第 2 行"):
        corpus.parse("# town: 青禾镇\nachievment\tnews\t投稿120篇。", "x.tsv", KNOWN)


def sample_files() -> list[tuple[Path, corpus.Labelled]]:
    made = []
    for report in SAMPLES:
        folder = Path(report.name).parent
        made.append((CORPORA / "samples" / folder / report.head["file"], report))
    return made


@pytest.mark.parametrize(("path", "labelled"), sample_files(), ids=lambda each: getattr(each, "name", ""))
def test_every_sample_is_read_as_it_was_written(path, labelled):
    document = read.read_bytes(path.read_bytes(), path.name, Source(path.name, ""), ReadOptions())
    lines = [squeezed(block.span.of(document.text)) for block in document.blocks if block.kind not in OUTSIDE]
    written = [squeezed(line.text) for line in labelled.lines]
    if labelled.head["format"] == "html":  # a web page wraps its menu and foot around the article
        lines = [line for line in lines if line in set(written)]
    assert lines == written


def squeezed(line: str) -> str:
    return re.sub(r"[ \u3000]", "", line)


def test_the_damaged_sample_is_damaged_and_says_what_to_do():
    (path,) = (CORPORA / "samples").rglob("*打不开*")
    with pytest.raises(ReadError) as fault:
        read.read_bytes(path.read_bytes(), path.name, Source(path.name, ""), ReadOptions())
    assert fault.value.cause == "damaged"
    assert "另存" in str(fault.value)
