"""``zongjie compare``: towns side by side, like with like."""

from __future__ import annotations

import json
import sqlite3
from argparse import ArgumentParser, Namespace
from pathlib import Path

from pipeline import settings
from pipeline.ask import compare as ask
from pipeline.commands.common import OK, asks, dataset, settings_file
from pipeline.errors import QueryError
from pipeline.model import Towns
from pipeline.show import terminal
from pipeline.show.talk import Talk

HELP = "乡镇并排比较"
FORMATS = (".xlsx", ".html", ".csv", ".docx")


def add(parser: ArgumentParser) -> None:
    """Its arguments."""
    asks(parser)
    parser.add_argument("--indicator", action="append", metavar="I", help="指标 (可多次)")
    parser.add_argument("--towns", nargs="+", metavar="T", help="只比这些单位")
    parser.add_argument("--group", metavar="G", help="只比 towns.yaml 里的一个可比组")
    parser.add_argument("--period", action="append", metavar="P", help="时段, 如 2022年上半年 (可多次)")
    parser.add_argument("--against", metavar="P", help="与哪个时段比, 或写 同期")
    parser.add_argument("--rank", action="store_true", help="排名次 (过程性指标不排)")
    parser.add_argument("--rank-process", action="store_true", help="过程性指标也排名次")
    parser.add_argument("--profile", metavar="T", help="一个单位的画像: 长短处、独有与缺报、用词")
    parser.add_argument("--out", metavar="FILE", help=f"写成文件: {'、'.join(FORMATS)}")


def run(args: Namespace, talk: Talk) -> int:
    """Towns × indicators × periods, missing shown as missing."""
    out = Path(args.out) if args.out else None
    if out and out.suffix.lower() not in FORMATS:
        raise QueryError(f"{out}: 不会写这种文件 ({out.suffix or '没有扩展名'}); 可用 {'、'.join(FORMATS)}")
    owed = settings.question_table(Towns, "towns.yaml", settings_file(args))
    with dataset(args) as base:
        if args.profile:
            if out:
                raise QueryError("--profile 只显示在屏幕上, 不能和 --out 一起用; 要存下来请用 > 文件 重定向")
            return _profile(base, args, owed)
        told = ask.compare(
            base, tuple(args.indicator or ()), tuple(args.towns or ()), tuple(args.period or ()), args.against,
            ranked=args.rank, process_ranked=args.rank_process, owed=owed, group=args.group,
        )  # fmt: skip
        if out:
            _write(base, told, out)
            talk(
                f"写好了 {out}: {len(told.lines)} 行, {len(told.towns)} 个单位", f"wrote {out}: {len(told.lines)} lines"
            )
    work = dict.fromkeys(line.indicator.name for line in told.lines if line.is_process)
    if args.rank and not args.rank_process and work:
        some = f"{'、'.join([*work][:3])}{' 等' if len(work) > 3 else ''}"
        talk(
            f"{some} {len(work)} 项是过程性指标 (做了多少, 不是成效), 没有排名次; 要排请加 --rank-process",
            f"{len(work)} indicators of work done are not ranked; --rank-process ranks them too",
        )
    if args.json:
        for row in ask.plain(told):
            print(json.dumps(row, ensure_ascii=False))
    elif not out:
        print(terminal.comparison(told))
    return OK


def _profile(base: sqlite3.Connection, args: Namespace, owed: Towns) -> int:
    from pipeline.ask import labels
    from pipeline.ask.profile import profile
    from pipeline.show import profile_text

    told = profile(base, args.profile, owed)
    if args.json:
        print(json.dumps(profile_text.plain(told), ensure_ascii=False))
    else:
        print(profile_text.profile(told, labels.names(base)))
    return OK


def _write(base: sqlite3.Connection, told: ask.Comparison, out: Path) -> None:
    from pipeline.show import compare_csv, compare_docx, compare_html, compare_xlsx

    if not out.parent.is_dir():
        raise QueryError(f"{out.parent}: 没有这个文件夹; 请先建好, 或换一个 --out")
    match out.suffix.lower():
        case ".xlsx":
            compare_xlsx.write(told, out)
        case ".docx":
            compare_docx.write(told, out)
        case ".csv":
            compare_csv.write(told, out)
        case _:
            compare_html.write(base, told, out)
