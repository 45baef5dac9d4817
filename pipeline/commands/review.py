"""``zongjie review``: doubtful labels first; one key an answer, or a workbook out and in."""

from __future__ import annotations

import getpass
import json
import sqlite3
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from pipeline import read, settings
from pipeline.ask import labels, review
from pipeline.ask.labels import Names
from pipeline.ask.review import Doubt
from pipeline.commands.common import OK, asks, count, place, settings_file, shows_personal
from pipeline.engine import corrections as settle
from pipeline.errors import InputError
from pipeline.model import Source
from pipeline.show import review_text, review_xlsx
from pipeline.show.keys import key
from pipeline.show.talk import Talk
from pipeline.store import corrections, database
from pipeline.store import review as kept
from pipeline.store.personal import masked
from pipeline.store.review import ReviewRow

HELP = "逐段核对角色和类别, 最可疑的在前"
MOST = 50


def add(parser: ArgumentParser) -> None:
    """Its arguments."""
    asks(parser)
    parser.add_argument("--by", metavar="NAME", default="", help="谁在核对 (默认为登录名)")
    parser.add_argument("--most", type=count, default=MOST, metavar="N", help="最多看几段")
    parser.add_argument("--list", action="store_true", help="只列出来, 不问")
    parser.add_argument("--out", metavar="X.xlsx", help="写成表格, 分给几个人填")
    parser.add_argument("--in", dest="back", metavar="X.xlsx", help="读回填好的表格")
    parser.add_argument("--undo", metavar="TEXT", help="撤回自己对一段的核对: 写出段中的几个字")
    parser.add_argument("--agreement", action="store_true", help="两人都核对过的段落有多少一致")


def run(args: Namespace, talk: Talk) -> int:
    """List, ask, write out, take in, or compare two people."""
    person = args.by or getpass.getuser()
    path = place(args)
    database.open_read_only(path).close()  # a missing or foreign file is named before anything is made
    with closing(database.create(path)) as base:
        base.row_factory = sqlite3.Row
        names = labels.names(base)
        if args.agreement:
            return _agreement(base, args, talk)
        if args.undo:
            return _withdraw(base, args, person, talk)
        if args.back:
            code = _take_in(base, Path(args.back), person, talk)
            _settle(base, args, talk)
            return code
        doubts = review.doubtful(base, person)
        shown = doubts if shows_personal(args) else [_masked(doubt) for doubt in doubts[: args.most]]
        if args.out:
            review_xlsx.write(shown[: args.most], names, Path(args.out))
            talk(f"写好了 {args.out}: {min(len(doubts), args.most)} 段", f"wrote {args.out}")
            return OK
        if args.json or args.list:
            for doubt in shown[: args.most]:
                told = json.dumps(review_text.row(doubt), ensure_ascii=False) if args.json else ""
                print(told or review_text.card(doubt, names))
        else:
            try:
                _ask(base, doubts[: args.most], shown, person, names, talk)
            finally:  # what was answered before somebody stops counts as well
                _settle(base, args, talk)
        talk(f"待看的共 {len(doubts)} 段", f"{len(doubts)} paragraphs in doubt")
    return OK


def _settle(base: sqlite3.Connection, args: Namespace, talk: Talk) -> None:
    """Find the facts again by what was said, unless the dataset was made with other settings than these."""
    if not corrections.waiting(base):
        return
    configured = settings.everything(settings_file(args))
    made_with = base.execute("SELECT settings FROM run ORDER BY id DESC LIMIT 1").fetchone()
    if made_with is None or not made_with[0].startswith(f"{settings.fingerprint(configured)}-"):
        talk("设置与上次运行时不同, 这些段落的数据到下次 zongjie run 时更新", "facts follow at the next zongjie run")
        return
    number = settle.settle(base, configured)
    talk(f"{number} 段的数据按核对的结果重新认定", f"facts of {number} paragraphs follow what was said")


def _withdraw(base: sqlite3.Connection, args: Namespace, person: str, talk: Talk) -> int:
    """Take back one's own word on the one paragraph that holds these words; raises ``InputError``."""
    own = [row for row in kept.rows(base) if row.person == person and args.undo in row.text]
    if len(own) != 1:
        told = f"有 {len(own)} 段, 请多写几个字" if own else "没有核对过"
        raise InputError(f"--undo {args.undo!r}: {person} {told}", cause="usage")
    kept.withdraw(base, person, [own[0].key])
    _settle(base, args, talk)  # another's word may stand there now
    talk(f"撤回了 {person} 对这一段的核对", f"withdrew what {person} had said of this paragraph")
    return OK


def _masked(doubt: Doubt) -> Doubt:
    """The same with the numbers of persons masked; its key is that of the text as it is."""
    seen = doubt.place
    return replace(
        doubt, place=replace(seen, text=masked(seen.text), path=masked(seen.path), source=masked(seen.source))
    )


def _ask(
    base: sqlite3.Connection, doubts: Sequence[Doubt], shown: Sequence[Doubt], person: str, names: Names, talk: Talk
) -> None:
    """One key an answer; what is answered is kept at once, so that stopping loses nothing; ``shown`` is displayed."""
    for number, (doubt, seen) in enumerate(zip(doubts, shown, strict=False), 1):
        place = doubt.place
        print(f"\n[{number}/{len(doubts)}] {review_text.card(seen, names)}")
        said = {}
        for axis in doubt.axes:
            choices = review_text.choices(place, axis, names)
            print(review_text.question(axis, choices))
            answer = key((*choices, "s", "q", "\r", "\n"))
            if answer in ("q", ""):
                return
            if answer in ("\r", "\n"):
                said[axis] = getattr(place, axis)
            elif answer in choices:
                said[axis] = choices[answer][0]
        if said:
            row = ReviewRow(
                place.key, person, kept.now(), said.get("role", ""), said.get("topic", ""), place.text, place.path
            )
            kept.put(base, [row])
    talk("看完了这一批", "done with these")


def _take_in(base: sqlite3.Connection, path: Path, person: str, talk: Talk) -> int:
    """Every filled row of a workbook, or a message with the row that is wrong and nothing changed."""
    rows = _table(path)
    head, body = rows[0], rows[1:]
    missing = [name for name in (review_xlsx.KEY, review_xlsx.ROLE, review_xlsx.TOPIC) if name not in head]
    if missing:
        raise InputError(
            f"{path} 第 1 行: 没有「{missing[0]}」这一列; 请用 zongjie review --out 写出的表", cause="usage"
        )
    at = {name: head.index(name) for name in (review_xlsx.KEY, review_xlsx.ROLE, review_xlsx.TOPIC)}
    places = {each.key: each for each in kept.places(base, current=False)}
    known = {axis: labels.meanings(base, axis) for axis in labels.AXES}
    said = []
    for number, row in enumerate(body, 2):
        own, role, topic = (row[at[name]].strip() if at[name] < len(row) else "" for name in at)
        if not (role or topic):
            continue
        if own not in places:
            raise InputError(
                f"{path} 第 {number} 行: 编号 {own!r} 不在这个数据集里 (unknown id), 没有改动", cause="labels"
            )
        for axis, label in (("role", role), ("topic", topic)):
            if label and label not in known[axis]:
                told = f"{label!r} 不是一个标签, 没有改动; 可用的有 {' '.join(known[axis])}"
                raise InputError(f"{path} 第 {number} 行: {told}", cause="labels")
        found = places[own]
        meant = known["role"].get(role, ""), known["topic"].get(topic, "")
        said.append(ReviewRow(own, person, kept.now(), *meant, found.text, found.path))
    kept.put(base, said)
    talk(f"收下 {len(said)} 段 ({person})", f"took in {len(said)} paragraphs ({person})")
    return OK


def _table(path: Path) -> list[list[str]]:
    """The cells of the first table of a workbook, as text."""
    options = settings.everything(None).reading
    document = read.read_bytes(read.load(path, options), path.name, Source(path.name, ""), options)
    rows = [block for block in document.blocks if block.kind == "row"]
    if not rows:
        raise InputError(f"{path}: 里面没有表格; 请用 zongjie review --out 写出的表", cause="usage")
    return [[cell.of(document.text) for cell in block.cells] for block in rows]


def _agreement(base: sqlite3.Connection, args: Namespace, talk: Talk) -> int:
    found = review.agreements(kept.rows(base))
    for each in found:
        print(
            json.dumps(review_text.agreement_row(each), ensure_ascii=False)
            if args.json
            else review_text.agreement(each)
        )
    if not found:
        talk("还没有两个人都核对过的段落", "no paragraph was judged by two people")
    return OK
