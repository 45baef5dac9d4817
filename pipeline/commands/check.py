"""``zongjie check``: before a draft is sent."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from pipeline.ask import check as ask
from pipeline.commands import drafts
from pipeline.commands.common import OK, SEVERE, asks, count, dataset, settings_file
from pipeline.engine.tools import ready
from pipeline.show import findings
from pipeline.show.talk import Talk

HELP = "报送前检查: 雷同、地名年份、过时说法、数字矛盾、缺漏、占位符"


def add(parser: ArgumentParser) -> None:
    """Its arguments."""
    asks(parser)
    parser.add_argument("draft", metavar="DRAFT", help="要报送的稿件 (docx、doc、wps、txt …)")
    parser.add_argument("--out", metavar="FILE.docx", help="另存一份, 检查结果写成 Word 批注")
    parser.add_argument("--limit", type=count, default=0, metavar="N", help="字数上限")
    drafts.arguments(parser)


def run(args: Namespace, talk: Talk) -> int:
    """The page of findings; exit code 3 when something severe is among them."""
    drafts.commented(args)
    tools = ready(args.settings)
    path = Path(args.draft)
    draft, data = drafts.draft_of(path, args, tools)
    with dataset(args, talk) as base:
        wording = drafts.wording_of(tools.configured, settings_file(args))
        aliases = drafts.aliases_of(tools.configured, draft)
        past = base.execute(
            "SELECT count(*), count(*) FILTER (WHERE town = ?) FROM report WHERE state = 'current'", (draft.town,)
        ).fetchone()
        checked = ask.check(base, draft, data, wording, drafts.places_of(tools.configured), aliases, args.limit)
    if args.json:
        for row in findings.rows(checked):
            print(json.dumps(row, ensure_ascii=False))
    else:
        print(findings.page(checked, colour=sys.stdout.isatty()))
    if args.out:
        from pipeline.show import comments

        comments.write(data, draft, findings.remarks(checked), Path(args.out))
        talk(f"批注稿: {args.out}", f"commented draft: {args.out}")
    if not past[1] and draft.town:
        talk(
            f"数据集里没有 {draft.town} 的报告: 与以往的雷同、数字和承诺无从核对"
            + ("" if past[0] else "; 数据集是空的, 与别的乡镇的雷同也没有查"),
            f"the dataset has no report of {draft.town}: nothing of its past could be checked",
        )
    return SEVERE if checked.is_severe else OK
