"""The manifest of a run: what was read, how, at what cost, and what was not and why."""

from __future__ import annotations

import json
import platform
import sqlite3
from collections import Counter
from pathlib import Path
from typing import Any

from pipeline.ask.status import REMEDIES, STATES
from pipeline.errors import InputError
from pipeline.show.whole import replaced
from pipeline.store import fetch
from pipeline.store.fetch import SourceRow

FORMAT = 1  # raised when a field changes its meaning


def write(base: sqlite3.Connection, run_id: int, path: Path) -> None:
    """Write the manifest of run ``run_id`` as JSON; raises ``InputError`` when there is no such run.

    The old file is there until the new one is whole.
    """
    text = json.dumps(manifest(base, run_id), ensure_ascii=False, indent=1)
    with replaced(path) as beside:
        beside.write_text(text + "\n", encoding="utf-8", newline="\n")


def manifest(base: sqlite3.Connection, run_id: int) -> dict[str, Any]:
    """The manifest as plain values. Files of earlier runs that were left as they were say ``done_now: false``."""
    run = next((row for row in fetch.runs(base) if row.id == run_id), None)
    if run is None:
        raise InputError(f"数据集里没有第 {run_id} 次运行 (no such run)", cause="query")
    sources = fetch.sources(base)
    states = Counter(row.state for row in sources)
    reports, paragraphs, facts, honours = fetch.totals(base)
    return {
        "format": FORMAT,
        "run": run.id,
        "started": run.started,
        "finished": run.finished,
        "folders": json.loads(run.folders),
        "settings": run.settings,
        "versions": {"zongjie": run.version, "python": platform.python_version(), "sqlite": sqlite3.sqlite_version},
        "totals": {
            "files": len(sources),
            "done_now": sum(row.run == run.id for row in sources),
            "states": {state: states[state] for state in STATES if states[state]},
            "reports": reports,
            "paragraphs": paragraphs,
            "facts": facts,
            "honours": honours,
            "characters": sum(row.characters for row in sources),
            "seconds": round(sum(row.seconds for row in sources), 3),
        },
        "files": [_file(row, run.id) for row in sources],
    }


def _file(row: SourceRow, run: int) -> dict[str, Any]:
    told = {
        "path": row.path,
        "state": row.state,
        "sha256": row.sha256,
        "bytes": row.bytes,
        "format": row.format,
        "reader": row.reader,
        "steps": [step for step in row.steps.split(",") if step],
        "quality": row.quality,
        "characters": row.characters,
        "seconds": round(row.seconds, 4),
        "done_now": row.run == run,
    }
    if row.same_as:
        told["same_as"] = row.same_as
    if row.state != "ok":
        told |= {"cause": row.cause, "message": row.message, "remedy": REMEDIES.get(row.cause or "", "")}
    return told
