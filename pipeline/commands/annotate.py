"""``zongjie annotate``: one JSON object a paragraph, in the form of the conventions."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from dataclasses import replace
from pathlib import Path

from pipeline import read as room
from pipeline.commands.common import OK, SOME_FAILED
from pipeline.engine import process, tools
from pipeline.model import Failure
from pipeline.show import annotated
from pipeline.show.talk import Talk

HELP = "一段一行 JSON: 角色、类别、数据、荣誉"


def add(parser: ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="- 为标准输入")
    parser.add_argument("--why", action="store_true", help="每个标签都说出起作用的词 (默认只说没把握的)")


def run(args: Namespace, talk: Talk) -> int:
    """Rows of every file that can be read; the others are named."""
    ready = tools.ready(args.settings)
    if args.why:
        ready = replace(ready, annotate=replace(ready.annotate, why=True))
    code = OK
    for name in args.files:
        path, data = (
            ("-.txt", sys.stdin.buffer.read())
            if name == "-"
            else (name, room.load(Path(name), ready.configured.reading))
        )
        result = process.process(data, path, ready)
        if isinstance(result, Failure):
            talk(
                f"{name}: {result.state} ({result.cause}) {result.message}", f"{name}: {result.state} ({result.cause})"
            )
            code = SOME_FAILED
            continue
        for row in annotated.rows(result, name, ready.configured.settings.show_personal):
            print(json.dumps(row, ensure_ascii=False))
    return code
