"""``zongjie annotate``: one JSON object a paragraph, in the form of the conventions."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from dataclasses import replace
from pathlib import Path

from pipeline import read as room
from pipeline.ask.labels import Names
from pipeline.commands.common import OK, SOME_FAILED
from pipeline.engine import process, tools
from pipeline.errors import QueryError
from pipeline.model import Failure, Reading
from pipeline.show import annotated
from pipeline.show.talk import Talk

HELP = "一段一行 JSON: 角色、类别、数据、荣誉"


def add(parser: ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="- 为标准输入")
    parser.add_argument("--html", action="store_true", help="写成一个网页, 画在原文上")
    parser.add_argument("--out", metavar="FILE", help="网页写到哪里 (默认标准输出)")
    parser.add_argument("--why", action="store_true", help="每个标签都说出起作用的词 (默认只说没把握的)")


def run(args: Namespace, talk: Talk) -> int:
    """Rows of every file that can be read; the others are named."""
    ready = tools.ready(args.settings)
    if args.out and not args.html:
        raise QueryError("--out 只用于 --html; 一段一行的 JSON 请用 > 文件 重定向")
    if args.why or args.html:
        ready = replace(ready, annotate=replace(ready.annotate, why=True))
    code = OK
    readings = []
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
        if args.html:
            readings.append((name, result))
            continue
        for row in annotated.rows(result, name, ready.configured.settings.show_personal):
            print(json.dumps(row, ensure_ascii=False))
    if readings:
        _paint(readings, ready, args.out, talk)
    return code


def _paint(readings: list[tuple[str, Reading]], ready: tools.Tools, out: str | None, talk: Talk) -> None:
    from pipeline.show import painted

    categories, told = ready.configured.categories, {}
    for axis, every in (("roles", categories.roles), ("topics", categories.topics)):
        told[axis] = {label: category.name for label, category in every.items()}
    page = painted.page(readings, Names(**told), ready.configured.settings.show_personal)
    if out is None:
        sys.stdout.buffer.write(page.encode("utf-8"))
        return
    try:
        Path(out).write_text(page, encoding="utf-8", newline="\n")
    except OSError as fault:
        raise QueryError(f"{out}: 写不进去 ({fault.strerror}); 请换一个地方, 或关闭正在打开它的程序") from None
    talk(f"写好了 {out}", f"wrote {out}")
