"""What the commands about a draft share: reading it, and what is known of places."""

from __future__ import annotations

import hashlib
from argparse import ArgumentParser, Namespace
from dataclasses import replace
from pathlib import Path

from pipeline.ask.check import gone_towns
from pipeline.ask.draft import Draft, drafted
from pipeline.ask.residue import Gazetteer
from pipeline.ask.times import asked
from pipeline.engine.process import process
from pipeline.engine.tools import Tools
from pipeline.errors import InputError, ReadError
from pipeline.model import Configured, Failure, Wording
from pipeline.read import load
from pipeline.settings import question_table
from pipeline.structure import gazetteer


def arguments(parser: ArgumentParser) -> None:
    """Whose draft it is and of which time, where the file does not say so."""
    parser.add_argument("--town", metavar="T", help="稿件是哪个单位的 (默认看稿件自己怎么说)")
    parser.add_argument("--county", metavar="C", help="单位所属的县 (市、区)")
    parser.add_argument("--period", metavar="P", help="稿件说的是哪一时期, 例如 2023上半年")


def draft_of(path: Path, args: Namespace, tools: Tools) -> tuple[Draft, bytes]:
    """The draft and its bytes; raises ``InputError`` when the file cannot be read (a scan, a damaged file)."""
    try:
        data = load(path, tools.configured.reading)
    except ReadError as fault:
        raise InputError(_named(path, str(fault)), cause=fault.cause) from None
    result = process(data, path.name, tools)
    if isinstance(result, Failure):
        raise InputError(_named(path, result.message), cause=result.cause)
    draft = drafted(result, args.town, args.county)
    if args.period:
        time = asked(args.period)
        if time is None:
            raise InputError(f"--period {args.period}: 时期应写作 2023上半年、2023H2 或 2023", cause="usage")
        draft = replace(draft, start=time.start, end=time.end, year=int(time.start[:4]))
    assert hashlib.sha256(data).hexdigest() == draft.sha256
    return draft, data


def commented(args: Namespace) -> None:
    """Is ``--out`` a docx in a folder that is there? Asked before the work; raises ``InputError``."""
    if not args.out:
        return
    out = Path(args.out)
    if out.suffix.lower() != ".docx":
        raise InputError(f"--out {out}: 批注稿是 Word 文件, 请写成 {out.stem}.docx", cause="usage")
    if not out.parent.is_dir():
        raise InputError(f"{out.parent}: 没有这个文件夹; 请先建好, 或换一个 --out", cause="usage")
    if Path(args.draft).exists() and out.exists() and out.samefile(args.draft):
        raise InputError(f"--out {out}: 就是稿件本身; 请换一个名字, 原稿不动", cause="usage")


def _named(path: Path, message: str) -> str:
    return message if message.startswith(path.name) else f"{path.name}: {message}"


def places_of(configured: Configured) -> Gazetteer:
    """Name → (county, city, province) of every place of that name."""
    table = gazetteer.load(configured.places.gazetteer)

    def known(name: str) -> list[tuple[str | None, str | None, str | None]]:
        return [table.above(code) for code in (*table.town_codes(name), *table.codes.get(name, ()))]

    return known


def wording_of(configured: Configured, file: Path | None) -> Wording:
    """The table of expired wording, with the towns that were merged or renamed."""
    wording = question_table(Wording, "wording.yaml", file)
    changes = gazetteer.load(configured.places.gazetteer).changes
    gone = gone_towns({name: (each[0].date, each[0].became) for name, each in changes.items()})
    return replace(wording, expired=(*wording.expired, *gone))


def aliases_of(configured: Configured, draft: Draft) -> frozenset[str]:
    """Further names of the draft's own unit, from towns.yaml."""
    units = configured.places.towns.units
    mine = [each for each in units if draft.town is not None and draft.town in (each.name, *each.aliases)]
    names = {
        name for each in mine for name in (each.name, *each.aliases, each.county, each.city, each.province) if name
    }
    return frozenset(names)
