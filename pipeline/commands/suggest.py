"""``zongjie suggest``: past paragraphs to reuse."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from pipeline.commands.common import OK, asks
from pipeline.show.talk import Talk

HELP = "推荐以往的段落, 数字留空待填"


def add(parser: ArgumentParser) -> None:
    """Its arguments."""
    asks(parser)


def run(args: Namespace, talk: Talk) -> int:
    """Not yet."""
    return OK
