"""A dataset for tests of questions: paragraphs said plainly, put in through the store."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from pathlib import Path

from pipeline import settings
from pipeline.store import database, index, write
from pipeline.store.rows import COLUMNS


def add(
    base: sqlite3.Connection,
    run: int,
    town: str | None,
    year: int | None,
    texts: list[tuple[str, str, str]],
    cut=lambda text: re.findall(r"\w{1,2}", text),
    half: str = "",
    county: str | None = "岚川县",
    state: str = "current",
) -> str:
    """One report of (role, topic, text) paragraphs; returns its id."""
    path = f"collection/{town}{year}{half}{len(texts)}.txt"
    key = hashlib.sha256(f"{path}{texts}".encode()).hexdigest()[:16]
    days = {"": ("01-01", "12-31"), "上半年": ("01-01", "06-30"), "下半年": ("07-01", "12-31")}[half]
    rows: dict[str, list] = {table: [] for table in COLUMNS}
    report = dict.fromkeys(COLUMNS["report"]) | {
        "id": key, "source": path, "ordinal": 0, "title": f"{town}{year}年工作总结", "kind": "summary", "town": town,
        "county": county, "town_score": 1.0, "period_label": f"{year}年{half}" if year else None,
        "period_start": f"{year}-{days[0]}" if year else None, "period_end": f"{year}-{days[1]}" if year else None,
        "period_year": year, "period_inferred": 0, "period_score": 1.0, "evidence": {},
    }  # fmt: skip
    rows["report"].append([report[name] for name in COLUMNS["report"]])
    rows["section"].append([key, 0, -1, 1, "", "总结", 0, 1])
    at = 0
    for n, (role, topic, text) in enumerate(texts):
        paragraph = dict.fromkeys(COLUMNS["paragraph"], "") | {
            "id": f"{key}-{n:04d}", "source": path, "report": key, "ordinal": n, "line": n, "section": 0, "start": at,
            "end": at + len(text), "text": text, "words": " ".join(cut(text)), "block": "text", "role": role,
            "role_score": 0.9, "role_sure": 1, "topic": topic, "topic_score": 0.9, "topic_sure": 1, "role_by": "model",
            "topic_by": "model",
        }  # fmt: skip
        at += len(text) + 1
        rows["paragraph"].append([paragraph[name] for name in COLUMNS["paragraph"]])
    source = {
        "path": path, "location": f"/somewhere/{key}", "sha256": key * 4, "bytes": at, "format": "txt", "state": "ok",
        "reader": "txt", "steps": "", "quality": 1.0, "characters": at, "seconds": 0.0, "done": key, "run": run,
    }  # fmt: skip
    write.put_source(base, source, rows)
    if state != "current":
        base.execute("UPDATE report SET state = ? WHERE id = ?", (state, key))
    index.catch_up(base)
    return key


def new(path: Path) -> tuple[sqlite3.Connection, int]:
    """An empty dataset and its run."""
    base = database.create(path)
    write.put_categories(base, settings.everything(None).categories)
    return base, write.begin_run(base, ["collection"], "stamp", "0")


def fact(base: sqlite3.Connection, paragraph: str, text: str, low: float | None, high: float | None, **more) -> None:
    """A fact in a paragraph that is there."""
    report, said = base.execute("SELECT report, text FROM paragraph WHERE id = ?", (paragraph,)).fetchone()
    start = said.find(text)
    row = dict.fromkeys(COLUMNS["fact"]) | {
        "id": f"{paragraph}-{start}", "paragraph": paragraph, "report": report, "start": start, "end": start + len(text),  # noqa: E501
        "text": text, "low": low, "high": high, "unit": re.sub(r"[\d.余约近]", "", text), "approx": "exact", "kind": "achieved",  # noqa: E501
        "object": "投稿", "sentence": said, "scope": "town", "authority": "self", "period_from": "report", "rule": "test",  # noqa: E501
        "score": 0.9, "indicator_score": 0.0, "indicator_reason": "", "dimensions": "",
    } | more  # fmt: skip
    names = COLUMNS["fact"]
    base.execute(
        f"INSERT INTO fact ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})", [row[n] for n in names]
    )
