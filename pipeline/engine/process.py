"""``process(source) -> Reading | Failure``: one pure function of a file and the settings.

The only place where a fault of the input becomes a row. Everything else that goes wrong is a fault of ours.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline import read, structure
from pipeline.annotate.mark import mark
from pipeline.engine.tools import Tools
from pipeline.errors import Empty, NeedsOcr, ReadError, Skipped
from pipeline.model import Document, Failure, Reading, Source, State
from pipeline.read import archive
from pipeline.store import personal
from pipeline.store.rows import rows


def process(data: bytes, path: str, tools: Tools) -> Reading | Failure:
    """Read, structure and annotate one file. ``path`` is the path that people see (evidence, too)."""
    source = Source(path, hashlib.sha256(data).hexdigest())
    try:
        document = read.read_bytes(data, Path(path).name, source, tools.configured.reading)
    except ReadError as fault:
        return failure(source, fault)
    return understand(document, tools)


def understand(document: Document, tools: Tools) -> Reading:
    """Structure and marks of a document that is read."""
    reports, loose = structure.split(document, tools.configured.places)
    return mark(Reading(document, reports, loose), tools.annotate)


def failure(source: Source, fault: ReadError) -> Failure:
    """A fault of the file as a value."""
    states: dict[type[ReadError], State] = {NeedsOcr: "needs_ocr", Skipped: "skipped", Empty: "empty"}
    state = next((state for kind, state in states.items() if isinstance(fault, kind)), None)
    return Failure(source, state or "failed", fault.cause, str(fault))


def answers(request: dict[str, Any], tools: Tools) -> Iterator[dict[str, Any]]:
    """A guard's request: ``location`` (the file), ``path`` (as people see it), ``skip`` (members of an archive done).

    One answer with ``source`` and ``rows`` for a file. For an archive a ``next`` with the name before each member, so
    that the parent knows whom a death took, then the member's answer with its ``member`` name; last the archive's own.
    """
    began = time.perf_counter()
    source = Source(request["path"], request.get("sha256", ""))
    try:
        data = read.load(Path(request["location"]), tools.configured.reading)
        if not read.is_archive(data, source.path):
            yield _answer(process(data, source.path, tools), began)
            return
        yield from _members(data, source, request.get("skip", 0), tools)
    except ReadError as fault:
        yield _answer(failure(source, fault), began)


def _members(data: bytes, source: Source, skip: int, tools: Tools) -> Iterator[dict[str, Any]]:
    began = time.perf_counter()
    count = 0
    for count, member in enumerate(archive.members(data, source.path, tools.configured.reading), 1):
        if count <= skip:
            continue
        yield {"next": member.name}
        path = f"{source.path}!/{member.name}"
        started = time.perf_counter()
        if member.fault is not None:
            result: Reading | Failure = failure(Source(path, hashlib.sha256(member.data).hexdigest()), member.fault)
        else:
            result = process(member.data, path, tools)
        yield _answer(result, started) | {"member": member.name, "bytes": len(member.data)}
    told: dict[str, Any] = {
        "sha256": source.sha256,
        "state": "ok" if count else "empty",
        "cause": "archive",
        "reader": "archive",
    }
    told |= {"message": f"压缩包, 内有 {count} 份文件, 各自列出", "seconds": round(time.perf_counter() - began, 4)}
    yield {"source": told, "rows": None}


def _answer(result: Reading | Failure, began: float) -> dict[str, Any]:
    told = _personal(described(result), result) | {"seconds": round(time.perf_counter() - began, 4)}
    return {"source": told, "rows": rows(result) if isinstance(result, Reading) else None}


def _personal(told: dict[str, Any], result: Reading | Failure) -> dict[str, Any]:
    """A file whose text holds numbers of persons says so among its steps: pages mask them."""
    if isinstance(result, Failure) or not personal.is_held_by(result.document.text):
        return told
    return told | {"steps": ",".join(filter(None, (told["steps"], personal.STEP)))}


def described(result: Reading | Failure) -> dict[str, Any]:
    """What the ``source`` table says of a result."""
    if isinstance(result, Failure):
        return {"sha256": result.source.sha256, "state": result.state, "cause": result.cause, "message": result.message}
    document = result.document
    return {
        "sha256": document.source.sha256,
        "state": "partial" if document.partial else "ok",
        "cause": document.partial or None,
        "message": document.message or None,
        "format": document.reader,
        "reader": document.reader,
        "steps": ",".join(document.steps),
        "quality": round(document.quality, 4),
        "characters": len(document.text),
    }
