"""What several commands share: exit codes, where the dataset is, plain arguments."""

from __future__ import annotations

import os
import sqlite3
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.store import database

OK, SOME_FAILED, MISUSE, SEVERE, OUR_FAULT = 0, 1, 2, 3, 70


def count(text: str) -> int:
    """An argument that is a whole number from 0."""
    if not text.isdigit():
        raise ArgumentTypeError(f"{text!r} 应是不小于 0 的整数")
    return int(text)


def settings_file(args: Namespace) -> Path | None:
    """The file that ``--settings`` names."""
    return Path(args.settings) if args.settings else None


def asks(parser: ArgumentParser) -> None:
    """The argument of every command that asks."""
    parser.add_argument("--db", metavar="FILE", help="数据集 (默认 $ZONGJIE_DB、./zongjie.db、outputs/zongjie.db)")


@contextmanager
def dataset(args: Namespace) -> Iterator[sqlite3.Connection]:
    """The dataset that the question is about: --db, else $ZONGJIE_DB, else zongjie.db here, else outputs/."""
    named = args.db or os.environ.get("ZONGJIE_DB")
    places = [Path(named)] if named else [Path("zongjie.db"), Path("outputs/zongjie.db")]
    base = database.open_read_only(next((place for place in places if place.is_file()), places[-1]))
    try:
        yield base
    finally:
        base.close()
