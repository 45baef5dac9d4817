"""``zongjie read``: the text as the reader sees it."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path

from pipeline import read as room
from pipeline import settings
from pipeline.commands.common import OK, SOME_FAILED, settings_file
from pipeline.model import Source
from pipeline.show.talk import Talk

HELP = "读一份文件, 一段一行"


def add(parser: ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument("file", metavar="FILE")


def run(args: Namespace, talk: Talk) -> int:
    """One block a line; with ``--json`` its kind, level, page and span."""
    configured = settings.everything(settings_file(args))
    data = room.load(Path(args.file), configured.reading)
    document = room.read_bytes(data, Path(args.file).name, Source(args.file, ""), configured.reading)
    for block in document.blocks:
        said = block.span.of(document.text)
        if args.json:
            row = {"kind": block.kind, "level": block.level, "page": block.page}
            print(
                json.dumps(row | {"start": block.span.start, "end": block.span.end, "text": said}, ensure_ascii=False)
            )
        else:
            print(said)
    if document.partial:
        talk(f"{args.file}: {document.message}", f"{args.file}: {document.partial}")
    return SOME_FAILED if document.partial else OK
