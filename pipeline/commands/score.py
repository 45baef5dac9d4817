"""``zongjie score``: predictions measured against a labelled set; without predictions the files are annotated here."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from pipeline import read as room
from pipeline.commands.common import OK
from pipeline.engine import process, tools
from pipeline.engine.tools import Tools
from pipeline.errors import InputError
from pipeline.learn import corpus, measure
from pipeline.model import Failure
from pipeline.show import annotated, terminal
from pipeline.show.talk import Talk

HELP = "对照标注集计分"


def add(parser: ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument("gold", metavar="GOLD", help="标注集 (JSON 行)")
    parser.add_argument("predicted", nargs="?", metavar="PREDICTED", help="zongjie annotate 的输出; 不给则现做")


def run(args: Namespace, talk: Talk) -> int:
    """Figures of spans, whole facts, fields, roles, topics and honours."""
    gold_file = Path(args.gold)
    gold = _rows(gold_file)
    predicted = (
        _rows(Path(args.predicted)) if args.predicted else _annotated(gold, gold_file.parent.parent, args.settings)
    )
    told = measure.score(gold, predicted)
    print(json.dumps(told, ensure_ascii=False) if args.json else terminal.scores(told))
    return OK


def _rows(path: Path) -> list[dict[str, Any]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as fault:
        raise InputError(f"{path}: 读不出来 ({fault.strerror})", cause="usage") from None
    rows = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            rows.append(json.loads(line))
        except ValueError:
            raise InputError(f"{path} 第 {number} 行: 不是 JSON; 应为 zongjie annotate 的格式", cause="usage") from None
    return rows


def _annotated(gold: list[dict[str, Any]], home: Path, settings: str | None) -> list[dict[str, Any]]:
    """Whole files are annotated, for context; a gold ``doc`` is found from the parent of the gold's folder."""
    ready = tools.ready(settings)
    rows: list[dict[str, Any]] = []
    for name in dict.fromkeys(row["doc"] for row in gold):
        result = process.process(*_content(home / name, name, ready), ready)
        if isinstance(result, Failure):
            raise InputError(f"{name}: {result.message}", cause=result.cause)
        rows += annotated.rows(result, name)
    return rows


def _content(path: Path, name: str, ready: Tools) -> tuple[bytes, str]:
    """The bytes to annotate and the name to go by; a labelled ``.tsv`` stands for the text it labels."""
    if path.suffix == ".tsv":
        labelled = corpus.parse(path.read_text(encoding="utf-8"), name)
        return labelled.text.encode("utf-8"), str(Path(name).with_suffix(".txt"))
    return room.load(path, ready.configured.reading), name
