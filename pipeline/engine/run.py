"""The main job: what is below the folders becomes rows; only what changed is done again."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline import settings
from pipeline.engine import corrections, listing, maps, versions
from pipeline.engine.listing import Found, Listing
from pipeline.engine.maps import Task, Work
from pipeline.model import Configured
from pipeline.store import personal, write

Tick = Callable[[int, int, str], None]
RETRIED = ("failed", "partial", "needs_ocr")


@dataclass(frozen=True, slots=True)
class Done:
    """What a run did: its id, files by state, how many were read anew, and the folders that could not be entered."""

    run: int
    states: dict[str, int]
    read: int
    unreached: tuple[str, ...]


def run(
    base: sqlite3.Connection,
    folders: Sequence[Path],
    out: Path,
    configured: Configured,
    engine: str = "local",
    settings_file: str | None = None,
    version: str = "",
    workers: int = 0,
    retry: bool = False,
    tick: Tick = lambda done, total, path: None,
) -> Done:
    """Bring the dataset up to date with the folders. ``tick`` is told of every file done (done, total, path)."""
    found = listing.list_files(folders, out)
    made_with = settings.fingerprint(configured)
    stamp = f"{made_with}-{version}"
    number = write.begin_run(base, [str(folder) for folder in folders], stamp, version)
    write.put_indicators(base, configured.indicators.indicators, made_with)
    write.put_categories(base, configured.categories)
    write.mark_gone(base, _gone(base, found), number)
    known = dict(base.execute("SELECT location, path FROM source WHERE state != 'gone'"))
    todo, twins = _todo(base, listing.distinct(found.files, known), stamp, retry)
    limits = configured.settings.limits
    work = Work(settings_file, workers or configured.settings.workers, limits.seconds, limits.memory_mb)
    at = {each.file: each for each in todo}
    tasks = [Task({"location": each.file, "path": each.path, "sha256": each.sha256}) for each in todo if not each.fault]
    count = 0
    for each in todo:
        if each.fault:
            count += 1
            _put(
                base,
                each,
                {"sha256": "", "state": "failed", "cause": "denied", "message": each.fault},
                None,
                number,
                "",
            )
            tick(count, len(todo), each.path)
    inside: dict[str, list[str]] = {}
    for task, answer in maps.engine(engine)(tasks, work):
        each = at[task.request["location"]]
        if (member := answer.get("member")) is not None:
            inner = Found(
                f"{each.location}!/{member}", f"{each.path}!/{member}", answer["bytes"], answer["source"]["sha256"]
            )
            inside.setdefault(each.location, []).append(inner.location)
            _put(base, inner, answer["source"], answer["rows"], number, f"{each.sha256}-{stamp}")
            continue
        _put(base, each, answer["source"], answer["rows"], number, f"{each.sha256}-{stamp}")
        _forget_members(base, each, inside.get(each.location, []), number)
        count += 1
        tick(count, len(todo), each.path)
    for each, twin in twins:
        _put_twin(base, each, twin, number, f"{each.sha256}-{stamp}")
    versions.settle(base, configured.places.towns.pins)
    corrections.settle(base, configured)
    write.refresh_towns(base)
    write.end_run(base, number)
    return Done(number, _states(base, found), len(todo), found.unreached)


def _gone(base: sqlite3.Connection, found: Listing) -> list[str]:
    """Paths the dataset knows below the reached folders that are no longer there; an unreached folder marks nothing."""
    here = {each.location for each in found.files}
    missing = []
    for path, location in base.execute("SELECT path, location FROM source WHERE state != 'gone'"):
        place = Path(location.partition("!/")[0])
        below = any(place.is_relative_to(top) for top in found.reached)
        hidden = any(place.is_relative_to(top) for top in found.unreached)
        if str(place) not in here and below and not hidden:
            missing.append(path)
    return missing


def _todo(
    base: sqlite3.Connection, files: Sequence[Found], stamp: str, retry: bool
) -> tuple[list[Found], list[tuple[Found, str]]]:
    """Files to read, and files whose content is read under another path (with that path)."""
    known = {row[0]: row[1:] for row in base.execute("SELECT location, done, state, same_as, path FROM source")}
    # a member that was not read is tried again with its archive
    unread = {location.partition("!/")[0] for location, row in known.items() if row[1] in RETRIED} if retry else set()
    todo: list[Found] = []
    twins: list[tuple[Found, str]] = []
    first: dict[str, str] = {}
    for each in files:
        if each.fault:
            todo.append(each)
            continue
        twin = first.get(each.sha256) if each.size else None
        first.setdefault(each.sha256, each.path)
        old = known.get(each.location)
        same = old is not None and old[0] == f"{each.sha256}-{stamp}" and old[1] != "gone" and old[3] == each.path
        if same and old is not None and old[2] == twin and each.location not in unread:
            continue
        if twin:
            twins.append((each, twin))
        else:
            todo.append(each)
    return todo, twins


def _forget_members(base: sqlite3.Connection, each: Found, seen: list[str], run: int) -> None:
    """What an archive (or a file that stands where one was) held before and holds no more is gone."""
    known = base.execute(
        "SELECT path, location FROM source WHERE location > ? AND location < ? AND state != 'gone'",
        (f"{each.location}!/", f"{each.location}!0"),  # 0 follows / : what begins with the first, by the index
    ).fetchall()
    if known:
        write.mark_gone(base, [path for path, location in known if location not in set(seen)], run)


def _put(base: sqlite3.Connection, each: Found, told: dict[str, Any], rows: Any, run: int, done: str) -> None:
    source = told | {"path": each.path, "location": each.location, "bytes": each.size, "done": done, "run": run}
    source["sha256"] = each.sha256 or told["sha256"]
    for name, value in (("steps", ""), ("characters", 0), ("seconds", 0.0)):
        source.setdefault(name, value)
    if personal.STEP not in source["steps"] and personal.is_held_by(each.path):
        source["steps"] = ",".join(filter(None, (source["steps"], personal.STEP)))
    write.put_source(base, source, rows)


def _put_twin(base: sqlite3.Connection, each: Found, twin: str, run: int, done: str) -> None:
    """The same content under a second path: listed with the first's state, read once."""
    columns = "state, cause, message, format, reader, steps, quality, characters"
    row = base.execute(f"SELECT {columns} FROM source WHERE path = ?", (twin,)).fetchone()
    told = dict(zip(columns.split(", "), row, strict=True)) | {"same_as": twin}
    _put(base, each, told, None, run, done)


def _states(base: sqlite3.Connection, found: Listing) -> dict[str, int]:
    here = {each.location for each in found.files}
    rows: Iterable[tuple[str, str]] = base.execute("SELECT location, state FROM source")
    return dict(Counter(state for location, state in rows if location.partition("!/")[0] in here))
