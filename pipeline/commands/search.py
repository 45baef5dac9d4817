"""``zongjie search``: paragraphs that answer a query."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace

from pipeline import settings
from pipeline.annotate.words import cutter
from pipeline.ask import search as ask
from pipeline.commands.common import OK, asks, count, dataset, settings_file
from pipeline.show import terminal
from pipeline.show.talk import Talk

HELP = "检索"


def add(parser: ArgumentParser) -> None:
    """Its arguments."""
    asks(parser)
    parser.add_argument("query", nargs="+", metavar="QUERY")
    parser.add_argument("--most", type=count, default=20, metavar="N", help="最多显示几段")
    parser.add_argument("--skip", type=count, default=0, metavar="N", help="跳过前几段")


def run(args: Namespace, talk: Talk) -> int:
    """The best paragraphs first, and how many there are in all."""
    configured = settings.everything(settings_file(args))
    with dataset(args) as base:
        found = ask.search(base, " ".join(args.query), cutter(configured.words), args.most, args.skip)
    if args.json:
        for hit in found.hits:
            print(json.dumps(terminal.hit_row(hit), ensure_ascii=False))
    else:
        print(terminal.hits(found, colour=sys.stdout.isatty()))
    talk(f"共 {found.total} 段, 显示 {len(found.hits)} 段", f"{found.total} paragraphs, {len(found.hits)} shown")
    return OK
