"""``zongjie status``: what is in the dataset."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace

from pipeline import settings
from pipeline.ask import status as ask
from pipeline.commands.common import OK, asks, dataset, settings_file
from pipeline.model import Towns
from pipeline.show import terminal
from pipeline.show.talk import Talk

HELP = "数据集里有什么"


def add(parser: ArgumentParser) -> None:
    """Its arguments."""
    asks(parser)


def run(args: Namespace, talk: Talk) -> int:
    """Files by state and cause, towns × periods, unlinked objects."""
    with dataset(args) as base:
        told = ask.status(base, settings.question_table(Towns, "towns.yaml", settings_file(args)))
    print(json.dumps(ask.plain(told), ensure_ascii=False) if args.json else terminal.status(told))
    return OK
