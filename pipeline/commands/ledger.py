"""``zongjie ledger``: what was promised, what was then reported."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path

from pipeline import settings
from pipeline.ask import ledger as ask
from pipeline.commands.common import OK, asks, dataset, settings_file
from pipeline.errors import QueryError
from pipeline.model import Towns
from pipeline.show import ledger_text
from pipeline.show.talk import Talk

HELP = "承诺与结果对照"
FORMATS = (".xlsx", ".html")


def add(parser: ArgumentParser) -> None:
    """Its arguments."""
    asks(parser)
    parser.add_argument("--town", nargs="+", default=[], metavar="T", help="只看这些单位")
    parser.add_argument("--period", action="append", default=[], metavar="P", help="承诺写在哪个时期的报告里 (可多次)")
    parser.add_argument("--out", metavar="FILE", help="台账 .xlsx (催报、汇总、承诺、待核实), 或每个单位一页的 .html")


def run(args: Namespace, talk: Talk) -> int:
    """Promises of a report and what the next one says of them."""
    out = Path(args.out) if args.out else None
    if out and out.suffix.lower() not in FORMATS:
        raise QueryError(f"{out}: 不会写这种文件 ({out.suffix or '没有扩展名'}); 可用 {'、'.join(FORMATS)}")
    if out and not out.parent.is_dir():
        raise QueryError(f"{out.parent}: 没有这个文件夹; 请先建好, 或换一个 --out")
    with dataset(args) as base:
        told = ask.ledger(base, args.town, args.period)
        if out and out.suffix.lower() == ".html":
            from pipeline.show import ledger_html

            ledger_html.write(told, out)
            talk(f"写好了 {out}", f"wrote {out}")
        elif out:
            from pipeline.show import officer_xlsx

            owed = settings.question_table(Towns, "towns.yaml", settings_file(args))
            officer_xlsx.write(base, told, out, owed)
            talk(f"写好了 {out}", f"wrote {out}")
    if args.json:
        for row in ledger_text.plain(told):
            print(json.dumps(row, ensure_ascii=False))
    elif not out:
        print(ledger_text.ledger(told))
    return OK
