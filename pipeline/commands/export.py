"""``zongjie export``: rows for other systems."""

from __future__ import annotations

import json
import os
import sqlite3
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pipeline import settings
from pipeline.commands.common import OK, asks, dataset, settings_file
from pipeline.errors import InputError, QueryError
from pipeline.model import ExportPlan, Towns
from pipeline.show import columns, export_database, export_files, export_plan
from pipeline.show.export_database import Done
from pipeline.show.export_plan import Outgoing
from pipeline.show.talk import Talk

HELP = "导出给别的系统: 数据库、csv、jsonl、parquet、xlsx"
FILES = (".csv", ".json", ".jsonl", ".parquet", ".sql", ".txt", ".db", ".sqlite", ".xls", ".docx", ".zip")
SERVERS = ("postgresql", "postgres", "mysql", "mariadb")
SECRET = "ZONGJIE_EXPORT_PASSWORD"  # noqa: S105  # the name of the variable, not a password


def add(parser: ArgumentParser) -> None:
    """Its arguments."""
    asks(parser)
    parser.add_argument("dest", metavar="DEST", help="sqlite:///文件、postgresql://…、mysql://…、文件夹、或 .xlsx")
    parser.add_argument("--mapping", metavar="M.yaml", help="要哪些表、列、行, 对方叫什么名字")
    parser.add_argument(
        "--format", action="append", choices=tuple(export_files.FORMATS), help="文件夹里写哪种文件 (可多次, 默认 csv)"
    )
    parser.add_argument("--changes", action="store_true", help="只导出上次以来的变动")
    parser.add_argument("--gone", choices=("delete", "mark"), help="来源已不在的行: 删掉, 或标上 deleted = 1")
    parser.add_argument("--dry-run", action="store_true", help="只说会做什么, 不写")
    parser.add_argument("--password-file", metavar="FILE", help=f"数据库密码所在的文件 (或用环境变量 {SECRET})")


def run(args: Namespace, talk: Talk) -> int:
    """Export the dataset, or chosen tables of it, to DEST."""
    plan = settings.load(ExportPlan, Path(args.mapping)) if args.mapping else ExportPlan()
    if args.gone:
        plan = ExportPlan(plan.tables, args.gone)
    tables = export_plan.ready(plan)
    owed = settings.question_table(Towns, "towns.yaml", settings_file(args))
    with dataset(args) as base:
        done = _export(base, args, tables, owed, plan.gone)
    if args.json:
        for each in done:
            print(json.dumps(asdict(each), ensure_ascii=False))
    else:
        heads = ["表", "行", "新增", "改动", "未变", "撤回"]
        print(columns.table(heads, [list(asdict(each).values()) for each in done]))
    if args.dry_run:
        talk("以上只是预演, 什么都没有写", "a dry run: nothing was written")
    else:
        talk(f"写好了 {args.dest}: {len(done)} 张表", f"wrote {args.dest}: {len(done)} tables")
    return OK


def _export(
    base: sqlite3.Connection, args: Namespace, tables: Sequence[Outgoing], owed: Towns, gone: Any
) -> list[Done]:
    scheme = args.dest.partition(":")[0].partition("+")[0].lower() if "://" in args.dest else ""
    if scheme == "sqlite" or scheme in SERVERS:
        with closing(_target(args, scheme)) as target:
            if args.dry_run and not args.json:
                for table in tables:
                    print(";\n".join(target.statements(table)) + ";\n")
            return export_database.export(
                base, target, tables, owed, gone, changes=args.changes, dry=args.dry_run
            )  # fmt: skip
    if scheme:
        known = "sqlite、postgresql、mysql、mariadb"
        raise QueryError(f"{args.dest}: 不认识 {scheme}:// (unknown); 可用的是 {known}, 或一个文件夹、.xlsx 文件")
    return _files(base, args, tables, owed)


def _target(args: Namespace, scheme: str) -> Any:
    if scheme == "sqlite":
        from pipeline.show.export_sqlite import SqliteTarget

        path = args.dest.partition("://")[2].removeprefix("/")
        if not path:
            raise QueryError("请写成 sqlite:///文件名.db")
        return SqliteTarget(Path(path))
    from pipeline.show.export_server import ServerTarget

    return ServerTarget(args.dest, _password(args))


def _password(args: Namespace) -> str | None:
    if args.password_file:
        try:
            return Path(args.password_file).read_text(encoding="utf-8-sig").strip()
        except (OSError, UnicodeDecodeError) as fault:
            raise InputError(f"{args.password_file}: 密码文件读不出来 ({fault})", cause="destination") from None
    return os.environ.get(SECRET)


def _files(base: sqlite3.Connection, args: Namespace, tables: Sequence[Outgoing], owed: Towns) -> list[Done]:
    if not args.dest.strip() or Path(args.dest).resolve() == Path.cwd():
        raise QueryError(f"{args.dest or '(空)'}: 不能导出到当前文件夹本身; 请写一个新的文件夹名或 .xlsx 文件名")
    path = Path(args.dest)
    path = path if path.name not in ("", "..") else path.resolve()
    if path.suffix.lower() in FILES and not path.is_dir():
        raise QueryError(
            f"{args.dest}: 像是一个文件名; 请给一个文件夹 (每张表一个文件), 或 .xlsx 文件名, 或 sqlite:///{path.stem}.db"
        )
    formats = tuple(dict.fromkeys(args.format or ("csv",)))
    if args.dry_run:
        if not args.json:
            print("\n".join(export_files.dry_statements(tables)))
        return [Done(table.name, n, n, 0, 0, 0) for table in tables for n in [sum(1 for _ in table.rows(base, owed))]]
    if path.suffix.lower() == ".xlsx":
        from pipeline.show import export_xlsx

        return export_xlsx.export(base, path, tables, owed)
    if args.changes:
        return export_files.export_changes(base, path, tables, formats, owed)
    return export_files.export(base, path, tables, formats, owed)
