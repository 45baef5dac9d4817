"""``zongjie status``: what is in the dataset."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace

from pipeline import settings
from pipeline.ask import status as ask
from pipeline.ask.compare import compare
from pipeline.ask.doubts import doubts
from pipeline.commands.common import OK, asks, dataset, settings_file
from pipeline.model import Towns
from pipeline.show import doubts_text, terminal
from pipeline.show.talk import Talk

HELP = "数据集里有什么"


def add(parser: ArgumentParser) -> None:
    """Its arguments."""
    asks(parser)


def run(args: Namespace, talk: Talk) -> int:
    """Files by state and cause, towns × periods, numbers that do not agree, unlinked objects."""
    with dataset(args) as base:
        owed = settings.question_table(Towns, "towns.yaml", settings_file(args))
        told = ask.status(base, owed)
        found = doubts(base, compare(base, owed=owed))
    if args.json:
        print(json.dumps(ask.plain(told) | {"doubts": doubts_text.plain(found)}, ensure_ascii=False))
    else:
        print("\n\n".join(filter(None, (terminal.status(told), doubts_text.doubts(found)))))
    return OK
