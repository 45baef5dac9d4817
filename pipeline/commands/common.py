"""What several commands share: exit codes, where the dataset is, plain arguments."""

from __future__ import annotations

import os
import sqlite3
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import InputError
from pipeline.show.talk import Talk
from pipeline.store import database, personal

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


def place(args: Namespace) -> Path:
    """Where the dataset is: --db, else $ZONGJIE_DB, else zongjie.db here, else outputs/."""
    named = args.db or os.environ.get("ZONGJIE_DB")
    places = [Path(named)] if named else [Path("zongjie.db"), Path("outputs/zongjie.db")]
    return next((each for each in places if each.is_file()), places[-1])


@contextmanager
def dataset(args: Namespace, talk: Talk | None = None) -> Iterator[sqlite3.Connection]:
    """The dataset that the question is about: --db, else $ZONGJIE_DB, else zongjie.db here, else outputs/.

    With ``talk`` its search indexes and copies are brought up to date first, and the person is told.
    """
    path = place(args)
    base = database.open_read_only(path)
    if talk is not None:
        base = _caught_up(base, path, talk)
    if personal.is_hiding(base) and shows_personal(args):
        personal.show(base)
    try:
        with database.troubles_told(path):
            yield base
    finally:
        base.close()


def shows_personal(args: Namespace) -> bool:
    """Whether the settings want the numbers of persons (identity card, telephone, bank card) shown."""
    from pipeline import settings
    from pipeline.model import Settings

    return settings.load(Settings, settings_file(args) or settings.folder() / "settings.yaml").show_personal


def _caught_up(base: sqlite3.Connection, path: Path, talk: Talk) -> sqlite3.Connection:
    from pipeline.engine import derive  # loads numpy: only for questions that look for copies

    if not derive.is_behind(base):
        return base
    base.close()
    talk("数据集有变动, 正在整理检索索引……", "the dataset has changed; bringing its search index up to date …")
    writing = database.create(path)
    try:
        derive.catch_up(writing)
    except sqlite3.OperationalError as fault:
        raise InputError(
            f"{path}: 检索索引要更新, 但写不进去 ({fault}); 请检查权限, 或关闭正在使用它的程序", cause="usage"
        ) from None
    finally:
        writing.close()
    return database.open_read_only(path)
