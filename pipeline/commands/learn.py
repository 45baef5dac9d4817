"""``zongjie learn``: labelled reports in, the model of roles and topics out."""

from __future__ import annotations

import json
import sqlite3
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline import __version__, settings
from pipeline.annotate import categories, classify
from pipeline.annotate.classify import Model
from pipeline.annotate.cues import Cues, cues_of
from pipeline.annotate.words import Cut, cutter
from pipeline.commands.common import OK, settings_file
from pipeline.commands.material import completed, examples, folder_of, known, own_corrections, own_reports
from pipeline.errors import InputError
from pipeline.learn import card, changes, corpus, fit, suspects, weak
from pipeline.learn.corpus import Labelled
from pipeline.learn.fit import Example, Learned
from pipeline.model import Configured
from pipeline.show.talk import Talk
from pipeline.store import database

HELP = "从标注语料训练角色与类别模型"
MOST = 200  # suspects that are listed


def add(parser: ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument("--corpora", metavar="DIR", help="标注语料所在文件夹 (默认为自带语料)")
    parser.add_argument("--out", metavar="FILE", help="模型写到哪里 (默认为设置里的 model, 没有则替换自带模型)")
    parser.add_argument("--from", dest="dataset", metavar="DB", help="也从这个数据集里的订正和标题学")
    parser.add_argument("--yes", action="store_true", help="有什么变化只说一声, 不问就采用")
    parser.add_argument("--suspects", action="store_true", help="只列出标注语料里可能标错的, 不写模型")
    parser.add_argument("--card", action="store_true", help="只说现用的模型是怎么来的、有多准")


def run(args: Namespace, talk: Talk) -> int:
    """Fit and write the model; what it was made of is printed."""
    file = settings_file(args)
    configured = settings.everything(file)
    used = Path(configured.model) if configured.model else classify.SHIPPED
    if args.card:
        told = classify.load(used).card
        print(json.dumps(told, ensure_ascii=False) if args.json else card.text(told))
        return OK
    folder = folder_of(args.corpora)
    cut = cutter(configured.words)
    cues = cues_of(configured.categories, cut)
    labelled = corpus.read(folder, known(configured.categories))
    reports = examples(labelled, configured, cut)
    if not reports:
        raise InputError(f"{folder}: 里面没有 .tsv 标注文件; 每行应为「角色<TAB>类别<TAB>正文」", cause="usage")
    made = completed(reports, configured.categories, cut, cues, file)
    roles, topics = (axis.standard for axis in categories.both(configured.categories))
    if args.suspects:
        return _suspects(labelled, configured, cut, cues, args, talk)
    own = _own(Path(args.dataset), configured, cut, cues) if args.dataset else _Own([], [], [])
    learned, trials = weak.best([*made, *own.said], own.weak, cues, roles, topics)
    model = replace(learned.model, card=_card(learned, labelled, configured, cut, cues, bool(args.dataset)))
    out = Path(args.out or used)
    if args.dataset:
        for trial in trials:
            talk(
                f"标题的分量 {trial.weight}: 对数损失 {trial.loss:.3f}, 角色 {trial.role:.3f}, 类别 {trial.topic:.3f}",
                f"weight of headings {trial.weight}: log loss {trial.loss:.3f}",
            )
        if not _accepted(used, model, own.reports, cues, args, talk):
            talk("没有采用, 模型没有改动", "not accepted; the model is as it was")
            return OK
    write(model, out)
    print(json.dumps({"model": out.name, **_short(model.card)}, ensure_ascii=False))
    talk(f"模型写好了: {out}", f"model written: {out}")
    return OK


def write(model: Model, out: Path) -> None:
    """The model and, beside it, its card as text."""
    if not out.parent.is_dir():
        raise InputError(f"{out.parent}: 没有这个文件夹; 请先建好, 或换一个 --out", cause="usage")
    beside = out.with_suffix(".new")
    try:
        classify.save(model, beside)
        beside.replace(out)
        out.with_suffix(".card.txt").write_text(card.text(model.card), encoding="utf-8", newline="\n")
    except OSError as fault:
        raise InputError(f"{out}: 模型写不进去 ({fault.strerror}); 请用 --out 换一个地方", cause="usage") from None


def _card(
    learned: Learned, labelled: Sequence[Labelled], configured: Configured, cut: Cut, cues: Cues, own: bool
) -> dict[str, Any]:
    told = learned.model.card | {"version": __version__, "from": own, "cross_validated": card.figures(learned)}
    kept, held = corpus.parts(list(labelled))
    if held:
        part = completed(examples(kept, configured, cut), configured.categories, cut, cues)
        roles, topics = (axis.standard for axis in categories.both(configured.categories))
        model = fit.fit(part, cues, roles, topics).model
        told["held_out"] = card.held_out(model, examples(held, configured, cut), cues)
    return told


def _short(told: dict[str, Any]) -> dict[str, Any]:
    """The card without the tables of labels."""
    brief = {key: value for key, value in told.items() if key not in ("cross_validated", "held_out")}
    for part in ("cross_validated", "held_out"):
        if part in told:
            brief[part] = {
                axis: {key: told[part][axis][key] for key in ("accuracy", "macro_f1", "at_coverage_0.9", "sure")}
                for axis in ("role", "topic")
            }
    return brief


class _Own:
    """What a dataset of the user's teaches: corrections, and what its headings say."""

    def __init__(self, reports: list[Example], said: list[Example], weak: list[Example]) -> None:
        self.reports, self.said, self.weak = reports, said, weak


def _own(path: Path, configured: Configured, cut: Cut, cues: Cues) -> _Own:
    with closing(database.open_read_only(path)) as base:
        base.row_factory = sqlite3.Row
        reports = examples(own_reports(base), configured, cut)
        said = [each for each in reports if any(each.roles) or any(each.topics)]
        said += own_corrections(base, cut, known(configured.categories))
    hinted = []
    for each in reports:
        told = weak.labelled(each.report, cues)
        roles = tuple("" if person else hint for person, hint in zip(each.roles, told.roles, strict=True))
        topics = tuple("" if person else hint for person, hint in zip(each.topics, told.topics, strict=True))
        hinted.append(replace(told, roles=roles, topics=topics))
    return _Own(reports, said, hinted)


def _accepted(used: Path, model: Model, reports: Sequence[Example], cues: Cues, args: Namespace, talk: Talk) -> bool:
    """Show what the new model says otherwise of the user's own reports, and ask."""
    told = changes.changes(classify.load(used), model, [each.report for each in reports], cues)
    print(json.dumps(changes.row(told), ensure_ascii=False) if args.json else changes.text(told))
    if args.yes:
        return True
    talk("采用新模型吗? y 采用, 其他不采用", "accept the new model? y for yes")
    return sys.stdin.readline().strip().lower() in ("y", "yes", "是")


def _suspects(
    labelled: Sequence[Labelled], configured: Configured, cut: Cut, cues: Cues, args: Namespace, talk: Talk
) -> int:
    """Doubtful labels of the training texts with file and line."""
    made, where = [], []
    for each in labelled:
        lines = {line.text: line.number for line in each.lines}
        for example in examples([each], configured, cut):
            made.append(example)
            where.append((each.name, lines))
    roles, topics = (axis.standard for axis in categories.both(configured.categories))
    found = suspects.suspects(made, fit.fit(made, cues, roles, topics))
    for doubt in found[:MOST]:
        name, lines = where[doubt.example]
        line = lines.get(doubt.text, 0)
        if args.json:
            row = {"file": name, "line": line, "axis": doubt.axis, "label": doubt.label, "chance": doubt.chance}
            row |= {"other": doubt.other, "other_chance": doubt.other_chance, "text": doubt.text}
            print(json.dumps(row, ensure_ascii=False))
        else:
            said = f"{doubt.label} {doubt.chance:.2f} → {doubt.other} {doubt.other_chance:.2f}"
            print(f"{name}:{line}\t{said}\t{doubt.text[:60]}")
    talk(f"可能标错的 {len(found)} 处", f"{len(found)} doubtful labels")
    return OK
