"""``zongjie run``: folders in; dataset, page, spreadsheet and manifest out."""

from __future__ import annotations

import json
import os
import sqlite3
from argparse import ArgumentParser, Namespace
from pathlib import Path

from pipeline import __version__, settings
from pipeline.ask.status import STATES
from pipeline.commands.common import MISUSE, OK, SOME_FAILED, count, settings_file
from pipeline.engine import run as engine
from pipeline.errors import InputError
from pipeline.model import Configured, Towns
from pipeline.show.talk import Progress, Talk
from pipeline.store import database, fetch, personal

HELP = "读文件夹, 做成数据集、网页和表格"
BAD_STATES = ("failed", "partial", "needs_ocr")


def add(parser: ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument("folders", nargs="+", metavar="FOLDER")
    parser.add_argument("--out", default="outputs", metavar="DIR", help="结果放在哪里 (默认 outputs)")
    parser.add_argument("--workers", type=count, default=0, metavar="N", help="同时读几份 (默认每核一份)")
    parser.add_argument("--engine", default="local", metavar="E", help="local 几份同时读 (默认), alone 一份一份读")
    parser.add_argument("--retry", action="store_true", help="上次没读成的再试一次")


def run(args: Namespace, talk: Talk) -> int:
    """Read folders into a dataset, and write the page, the spreadsheet and the manifest."""
    configured = settings.everything(settings_file(args))
    out = Path(args.out)
    _writable(out)
    path = out / "zongjie.db"
    base = database.create(path)
    try:
        with database.troubles_told(path):
            return _read(args, base, out, configured, talk)
    finally:
        base.close()


def _read(args: Namespace, base: sqlite3.Connection, out: Path, configured: Configured, talk: Talk) -> int:
    done = engine.run(
        base, [Path(folder) for folder in args.folders], out, configured, args.engine, args.settings,
        __version__, args.workers, args.retry, Progress(talk),
    )  # fmt: skip
    if not configured.settings.show_personal:
        personal.hide(base)
    _show(base, out, done.run, configured.places.towns)
    return _sum_up(base, done, out, talk, args.json)


def _writable(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise InputError(f"{out}: 建不了输出文件夹 ({fault.strerror}); 请换一个 --out", cause="usage") from None
    if not os.access(out, os.W_OK):
        raise InputError(f"{out}: 没有写入的权限; 请换一个 --out", cause="usage")


def _show(base: sqlite3.Connection, out: Path, number: int, owed: Towns) -> None:
    from pipeline.show import facts_xlsx, report_html, run_json
    from pipeline.show.gathered import gathered

    base.row_factory = sqlite3.Row
    given = gathered(base, owed)
    facts_xlsx.write(base, out / "facts.xlsx", owed, given)
    report_html.write(base, out / "report.html", owed, given)
    run_json.write(base, number, out / "run.json")


def _sum_up(base: sqlite3.Connection, done: engine.Done, out: Path, talk: Talk, as_json: bool) -> int:
    states = done.states
    bad = base.execute(
        "SELECT path, state, cause, message FROM source WHERE state IN ('failed','partial','needs_ocr') ORDER BY path"
    ).fetchall()
    for path, state, cause, message in bad:
        said = message or ""
        talk(f"  {path}: {STATES[state]} ({cause}) {said}", f"  {path}: {state} ({cause}) {said}")
    for folder in done.unreached:
        talk(
            f"  {folder}: 进不去这个文件夹, 其中的文件按原样保留",
            f"  {folder}: cannot enter; what is below stays as it was",
        )
    reports, paragraphs, facts, _ = fetch.totals(base)
    files = sum(states.values())
    zh = "、".join(f"{word} {states[state]}" for state, word in STATES.items() if states.get(state)) or "没有文件"
    en = ", ".join(f"{state} {states[state]}" for state in STATES if states.get(state)) or "none"
    again = done.run > 1
    talk(
        f"{files} 份文件: {zh}{f'; 这次读了新的和有变动的 {done.read} 份' if again else ''}\n"
        f"数据集里有 {reports} 篇总结、{paragraphs} 段、{facts} 个数据\n"
        f"结果在 {out}: report.html facts.xlsx zongjie.db run.json",
        f"{files} files: {en}{f'; {done.read} new or changed ones read now' if again else ''}\n"
        f"the dataset has {reports} reports, {paragraphs} paragraphs, {facts} facts\n"
        f"results in {out}: report.html facts.xlsx zongjie.db run.json",
    )
    if as_json:
        counts = {"report": reports, "paragraph": paragraphs, "fact": facts}
        print(json.dumps({"states": states, "read": done.read, **counts}, ensure_ascii=False))
    if not any(states.get(state) for state in ("ok", "partial")):
        talk("没有一份文件能读出来", "not one file could be read")
        return MISUSE
    return SOME_FAILED if any(states.get(state) for state in BAD_STATES) or done.unreached else OK
