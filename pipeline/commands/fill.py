"""``zongjie fill``: the county's own form filled from facts; a draft of a self-assessment."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path

from pipeline import settings
from pipeline.ask import form as ask
from pipeline.ask import scoring
from pipeline.commands.common import OK, asks, dataset, settings_file
from pipeline.errors import QueryError
from pipeline.model import Form, ScoreRules, Towns
from pipeline.show.talk import Talk

HELP = "把数据填进县里的表格"


def add(parser: ArgumentParser) -> None:
    """Its arguments."""
    asks(parser)
    parser.add_argument("form", nargs="?", metavar="FORM.xlsx", help="要填的表格; 原件不动, 填在 --out 里")
    parser.add_argument("--mapping", metavar="M.yaml", help="哪一格填哪个指标")
    parser.add_argument("--town", default="", metavar="T", help="填哪个单位")
    parser.add_argument("--period", default="", metavar="P", help="填哪个时期")
    parser.add_argument("--score", metavar="RULES.yaml", help="按县里的计分办法起草自评表 (不是最终得分)")
    parser.add_argument("--before", metavar="FILE.xlsx", help="上次报送的同一张表: 数字不同就提醒")
    parser.add_argument("--out", metavar="FILE.xlsx", help="填好的表 (默认在原表旁边, 名字后加 已填)")


def run(args: Namespace, talk: Talk) -> int:
    """Fill a form, or draft a self-assessment."""
    if bool(args.form) == bool(args.score):
        raise QueryError("请给一张要填的 FORM.xlsx 和 --mapping, 或给 --score 计分办法, 只要其中一种")
    return _score(args, talk) if args.score else _fill(args, talk)


def _fill(args: Namespace, talk: Talk) -> int:
    from pipeline.show import form_xlsx

    if not args.mapping:
        raise QueryError("还缺 --mapping M.yaml: 哪一格填哪个指标")
    form, path = settings.load(Form, Path(args.mapping)), Path(args.form)
    if not (form.cells or form.grids):
        raise QueryError(f"{args.mapping}: 里面一格也没有写; 请写 cells (单格) 或 grids (整列), 见 FILL.md")
    out = Path(args.out) if args.out else path.with_name(f"{path.stem}(已填){path.suffix}")
    if out.resolve() == path.resolve():
        raise QueryError(f"{out}: 不改原表; 请给 --out 另一个名字")
    owed = settings.question_table(Towns, "towns.yaml", settings_file(args))
    book = form_xlsx.opened(path)
    places = form_xlsx.places(book, form, args.town, args.period)
    with dataset(args) as base:
        answers = ask.filled(base, places, owed)
    for warning in form_xlsx.differences(answers, Path(args.before) if args.before else out):
        talk(f"  与上次不同: {warning}", f"  differs from before: {warning}")
    form_xlsx.write(book, answers, out)
    if args.json:
        for each in answers:
            print(json.dumps({"cell": each.place.cell, "town": each.town, "indicator": each.place.indicator,
                              "value": each.value, "sentence": each.sentence, "blank": each.blank,
                              "doubt": each.doubt}, ensure_ascii=False))  # fmt: skip
    else:
        for each in answers:
            if each.blank or each.doubt:
                kind = "空着" if each.blank else "待核"
                print(f"{kind} {each.place.cell} {each.town} {each.place.indicator}: {each.blank or each.doubt}")
    done = sum(each.value is not None for each in answers)
    talk(f"填了 {done} 格, 空着 {len(answers) - done} 格: {out}", f"filled {done} of {len(answers)} cells: {out}")
    return OK


def _score(args: Namespace, talk: Talk) -> int:
    from pipeline.show import form_xlsx

    if not (args.town and args.period and args.out):
        raise QueryError("起草自评表还要 --town、--period 和 --out")
    rules = settings.load(ScoreRules, Path(args.score))
    owed = settings.question_table(Towns, "towns.yaml", settings_file(args))
    with dataset(args) as base:
        scored = scoring.draft(base, rules, args.town, args.period, owed)
    form_xlsx.write_draft(scored, rules, args.town, args.period, Path(args.out))
    unproven = [each.item.name for each in scored if not each.is_proven]
    talk(f"写好了草稿 {args.out}; 待佐证 {len(unproven)} 项: {'、'.join(unproven) or '无'}",
         f"wrote a draft {args.out}; {len(unproven)} items without evidence")  # fmt: skip
    return OK
