"""``zongjie compare``: towns side by side, like with like."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace

from pipeline.ask import compare as ask
from pipeline.commands.common import OK, asks, dataset
from pipeline.show import terminal
from pipeline.show.talk import Talk

HELP = "乡镇并排比较"


def add(parser: ArgumentParser) -> None:
    """Its arguments."""
    asks(parser)
    parser.add_argument("--indicator", action="append", metavar="I", help="指标 (可多次)")
    parser.add_argument("--towns", nargs="+", metavar="T")
    parser.add_argument("--period", action="append", metavar="P", help="时段, 如 2022年上半年 (可多次)")
    parser.add_argument("--against", metavar="P", help="与哪个时段比")
    parser.add_argument("--rank", action="store_true", help="排名次 (过程性指标不排)")


def run(args: Namespace, talk: Talk) -> int:
    """Towns × indicators × periods, missing shown as missing."""
    with dataset(args) as base:
        told = ask.compare(
            base,
            indicators=tuple(args.indicator or ()),
            towns=tuple(args.towns or ()),
            periods=tuple(args.period or ()),
            against=args.against,
            ranked=args.rank,
        )
    if args.json:
        for row in ask.plain(told):
            print(json.dumps(row, ensure_ascii=False))
    else:
        print(terminal.comparison(told))
    return OK
