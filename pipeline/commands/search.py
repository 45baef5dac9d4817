"""``zongjie search``: paragraphs or reports that answer a query, or a batch of queries from a table."""

from __future__ import annotations

import csv
import json
import sqlite3
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path

from pipeline import settings
from pipeline.annotate.words import cutter
from pipeline.ask import labels
from pipeline.ask import search as ask
from pipeline.ask.found import Found
from pipeline.commands.common import MISUSE, OK, asks, count, dataset, settings_file
from pipeline.errors import QueryError
from pipeline.model import Synonyms
from pipeline.show import terminal
from pipeline.show.talk import Talk

HELP = "检索"
LONGEST_BATCH = 10_000  # queries in one table


def add(parser: ArgumentParser) -> None:
    """Its arguments."""
    asks(parser)
    parser.add_argument(
        "query", nargs="*", metavar="QUERY", help='词 "短语" 前缀* AND OR NOT ( ) town: year: topic: role: 投稿>100'
    )
    parser.add_argument("--most", type=count, default=20, metavar="N", help="最多显示几段")
    parser.add_argument("--skip", type=count, default=0, metavar="N", help="跳过前几段")
    parser.add_argument(
        "--sort", choices=("relevance", "newest", "number"), default="relevance", help="排序: 相关、最新、数量"
    )
    parser.add_argument("--by", choices=("paragraph", "report"), default="paragraph", help="按段落或按报告")
    parser.add_argument("--no-fold", action="store_true", help="雷同的段落也都列出")
    parser.add_argument("--csv", metavar="FILE", help="一批查询: 表的第一列; 结果以 CSV 写到标准输出")


def run(args: Namespace, talk: Talk) -> int:
    """The best paragraphs first, and how many there are in all."""
    file = settings_file(args)
    configured = settings.everything(file)
    synonyms = settings.question_table(Synonyms, "synonyms.yaml", file)
    cut = cutter(configured.words)
    with dataset(args, talk) as base:

        def find(query: str, most: int = args.most) -> Found:
            return ask.search(base, query, cut, most, args.skip, synonyms=synonyms, sort=args.sort,
                              by_report=args.by == "report", fold=not args.no_fold)  # fmt: skip

        if args.csv:
            return _batch(Path(args.csv), find, base, talk)
        found = find(" ".join(args.query))
        names = labels.names(base)
    if args.json:
        for hit in found.shown:
            print(json.dumps(terminal.hit_row(hit) | ({"near": True} if hit.is_near else {}), ensure_ascii=False))
        for hit in found.superseded:
            print(json.dumps(terminal.hit_row(hit) | {"superseded": True}, ensure_ascii=False))
    else:
        print(terminal.hits(found, sys.stdout.isatty(), names))
    for note in found.notes:
        talk(note, note)
    if found.relaxed:
        talk(
            f"结果不多, 标 ≈ 的 {len(found.near)} 段只含其中部分词或意思相近的词: {found.relaxed}",
            f"few hits; {len(found.near)} more, marked ≈, with some of the words or words of like meaning",
        )
    talk(f"共 {found.total} 段, 显示 {len(found.hits)} 条", f"{found.total} paragraphs, {len(found.hits)} shown")
    return OK


def _batch(path: Path, find: Callable[[str], Found], base: sqlite3.Connection, talk: Talk) -> int:
    """Every query of a table's first column; a bad one has its message in the last column, and the exit code says so."""  # noqa: E501
    try:
        rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    except FileNotFoundError:
        raise QueryError(f"{path}: 没有这个文件 (missing); 请核对路径") from None
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise QueryError(f"{path}: 查询表读不出来 ({fault}); 应是 UTF-8 的 CSV, 第一列是查询") from None
    queries = [row[0].strip() for row in rows if row and row[0].strip()]
    if queries and queries[0].lower() in ("query", "查询"):
        queries = queries[1:]
    if not queries or len(queries) > LONGEST_BATCH:
        raise QueryError(f"{path}: 有 {len(queries)} 个查询; 应有 1 到 {LONGEST_BATCH} 个")
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(
        ["query", "rank", "total", "town", "period", "role", "topic", "source", "paragraph", "text", "problem"]
    )
    bad = 0
    for query in queries:
        try:
            found = find(query)
        except QueryError as fault:
            bad += 1
            out.writerow([_plain(query), "", "", "", "", "", "", "", "", "", str(fault)])
            continue
        for rank, hit in enumerate(found.hits, 1):
            out.writerow([_plain(query), rank, found.total, hit.town, hit.period, hit.role, hit.topic, _plain(hit.source),  # noqa: E501
                          hit.paragraph, _plain(hit.text), ""])  # fmt: skip
        if not found.hits:
            out.writerow([_plain(query), "", 0, "", "", "", "", "", "", "", ""])
    talk(f"{len(queries)} 个查询, {bad} 个写法有误", f"{len(queries)} queries, {bad} malformed")
    return MISUSE if bad else OK


def _plain(text: str) -> str:
    """A cell that a spreadsheet does not take for a formula."""
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t") else text
