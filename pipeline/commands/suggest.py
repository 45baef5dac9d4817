"""``zongjie suggest``: past paragraphs to reuse, as cards with slots to refill."""

from __future__ import annotations

import json
import sqlite3
from argparse import ArgumentParser, Namespace
from pathlib import Path

from pipeline.annotate.words import Cut
from pipeline.ask import labels
from pipeline.ask import suggest as ask
from pipeline.ask.check import itself
from pipeline.ask.draft import Draft
from pipeline.ask.suggest import Suggestion, Wanted
from pipeline.ask.times import asked
from pipeline.commands import drafts
from pipeline.commands.common import OK, asks, count, dataset, settings_file
from pipeline.engine.tools import ready
from pipeline.errors import InputError
from pipeline.show import suggestions
from pipeline.show.talk import Talk

HELP = "推荐以往的段落: 数字、时间、人名地名留空待填"
OUTLINE = 30  # characters up to which a draft's heading without text below it is an outline's item


def add(parser: ArgumentParser) -> None:
    """Its arguments."""
    asks(parser)
    parser.add_argument("draft", nargs="?", metavar="DRAFT", help="稿件或提纲; 也可只给 --topic 或 --text")
    parser.add_argument("--topic", metavar="T", help="只按类别推荐, 例如 新闻舆论 或 news")
    parser.add_argument("--text", metavar="TEXT", help="只按一段话或一个小标题推荐")
    parser.add_argument("--others", action="store_true", help="也看其他乡镇的文字 (出处总会写明)")
    parser.add_argument("--most", type=count, default=3, metavar="N", help="每段最多推荐几段")
    parser.add_argument("--out", metavar="FILE.docx", help="另存一份稿件, 推荐写成 Word 批注")
    drafts.arguments(parser)


def run(args: Namespace, talk: Talk) -> int:
    """A card for every suggestion, beside the draft's paragraph."""
    if not (args.draft or args.topic or args.text):
        raise InputError("请给一份稿件, 或 --topic 类别, 或 --text 一段话", cause="usage")
    if args.out and not args.draft:
        raise InputError("--out 是把推荐写成稿件上的批注, 要和稿件 DRAFT 一起用", cause="usage")
    drafts.commented(args)
    tools = ready(args.settings)
    draft, data = drafts.draft_of(Path(args.draft), args, tools) if args.draft else (None, b"")
    town = args.town or (draft.town if draft else None)
    when = (draft.start, draft.end) if draft and draft.start and draft.end else None
    if args.period:
        time = asked(args.period)
        if time is None:
            raise InputError(f"--period {args.period}: 时期应写作 2023上半年、2023H2 或 2023", cause="usage")
        when = (time.start, time.end)
    wording = drafts.wording_of(tools.configured, settings_file(args))
    with dataset(args, talk) as base:
        skip = frozenset(itself(base, draft)) if draft else frozenset()
        fresh = ask.fresh_facts(base, draft, town, when)
        told = [
            (
                line,
                wanted,
                ask.suggest(base, wanted, wording, town, when, args.most, args.others or not town, skip, fresh),
            )
            for line, wanted in _wanted(args, draft, tools.annotate.cut, base)
        ]
        is_known = not town or base.execute("SELECT 1 FROM report WHERE town = ? LIMIT 1", (town,)).fetchone()
    _tell(args, told, draft, data, talk)
    if not is_known and not args.others:
        talk(
            f"数据集里没有 {town} 以往的报告, 所以没有可推荐的; 加 --others 可看其他乡镇的文字",
            f"the dataset has no report of {town}; --others shows other towns' texts",
        )
    return OK


def _wanted(args: Namespace, draft: Draft | None, cut: Cut, base: sqlite3.Connection) -> list[tuple[int, Wanted]]:
    topic = labels.meant(args.topic, "topic", base) if args.topic else ""
    if args.text:
        return [(-1, Wanted(args.text, tuple(cut(args.text)), topic))]
    if draft is None:
        name = labels.names(base).topic(topic)
        return [(-1, Wanted(name, tuple(cut(name)), topic, "achievement"))]
    found = []
    for n, part in enumerate(draft.parts):
        following = draft.parts[n + 1].role if n + 1 < len(draft.parts) else "heading"
        is_outline = part.role == "heading" and following == "heading" and n > 0
        if (part.role not in ("heading", "other", "closing") or is_outline) and (not topic or part.topic == topic):
            wanted = ask.of_part(part)
            found.append((part.line, Wanted(part.text, part.words, wanted.topic) if is_outline else wanted))
    return found


def _tell(
    args: Namespace, told: list[tuple[int, Wanted, list[Suggestion]]], draft: Draft | None, data: bytes, talk: Talk
) -> None:
    if args.json:
        for line, _, found in told:
            for each in found:
                print(json.dumps({"line": line} | suggestions.row(each), ensure_ascii=False))
    else:
        print(suggestions.page(told))
    if args.out:
        assert draft is not None
        from pipeline.show import comments

        comments.write(data, draft, suggestions.remarks(told), Path(args.out))
        talk(f"批注稿: {args.out}", f"commented draft: {args.out}")
    count = sum(len(found) for _, _, found in told)
    talk(f"{len(told)} 段, 推荐 {count} 段", f"{len(told)} paragraphs, {count} suggestions")
