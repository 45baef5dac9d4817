"""``zongjie learn``: labelled reports in, the model of roles and topics out."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

from pipeline import read, settings, structure
from pipeline.annotate import classify, features
from pipeline.annotate.words import Cut, cutter, with_words
from pipeline.commands.common import OK, settings_file
from pipeline.errors import InputError
from pipeline.learn import corpus, fit
from pipeline.learn.corpus import Labelled
from pipeline.learn.fit import Example
from pipeline.model import Configured, Report, Source
from pipeline.show.talk import Talk

HELP = "从标注语料训练角色与类别模型"


def add(parser: ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument("--corpora", metavar="DIR", help="标注语料所在文件夹 (默认为自带语料)")
    parser.add_argument("--out", metavar="FILE", help="模型写到哪里 (默认替换自带模型)")


def run(args: Namespace, talk: Talk) -> int:
    """Fit and write the model; what it was made of is printed."""
    configured = settings.everything(settings_file(args))
    folder = Path(args.corpora) if args.corpora else settings.folder().parent / "corpora" / "train"
    if not folder.is_dir():
        raise InputError(f"{folder}: 没有标注语料; 请用 --corpora 指明文件夹", cause="usage")
    cut = cutter(configured.words)
    made = examples(corpus.read(folder), configured, cut)
    if not made:
        raise InputError(f"{folder}: 里面没有 .tsv 标注文件; 每行应为「角色<TAB>类别<TAB>正文」", cause="usage")
    model = fit.fit(made, features.cues(configured.categories, cut))
    out = Path(args.out) if args.out else classify.SHIPPED
    classify.save(model, out)
    print(json.dumps({"model": out.name, **model.card}, ensure_ascii=False))
    talk(f"模型写好了: {out}", f"model written: {out}")
    return OK


def examples(labelled: Sequence[Labelled], configured: Configured, cut: Cut) -> list[Example]:
    """Labelled reports as the program itself reads and structures them, each with its labels."""
    return [example for each in labelled for example in _examples(each, configured, cut)]


def _examples(labelled: Labelled, configured: Configured, cut: Cut) -> list[Example]:
    name = Path(labelled.name).with_suffix(".txt").name
    document = read.read_bytes(labelled.text.encode("utf-8"), name, Source(name, ""), configured.reading)
    reports, _ = structure.split(document, configured.places)
    starts = _line_starts(labelled)
    return [_example(with_words(report, cut), starts, labelled) for report in reports if report.paragraphs]


def _line_starts(labelled: Labelled) -> dict[int, int]:
    """Where each labelled line begins in the text → its number."""
    at, starts = 0, {}
    for number, line in enumerate(labelled.lines):
        starts[at] = number
        at += len(line.text) + 1
    return starts


def _example(report: Report, starts: dict[int, int], labelled: Labelled) -> Example:
    numbers = [starts[paragraph.span.start] for paragraph in report.paragraphs]
    lines = [labelled.lines[number] for number in numbers]
    return Example(report, tuple(line.role for line in lines), tuple(line.topic for line in lines))
