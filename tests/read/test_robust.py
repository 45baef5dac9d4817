"""Awkward files of strangers: for each the state, the cause, and a quotation that a person sees in the file.

``tests/robust.tsv`` was written by looking at each file. No recogniser is used here, so that the states are the same
where it is not installed.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from pipeline.errors import Empty, NeedsOcr, ReadError, Skipped
from pipeline.model import ReadOptions, Source
from pipeline.read import archive, is_archive, load, read

TABLE = Path(__file__).resolve().parents[1] / "robust.tsv"


class Expected(NamedTuple):
    category: str
    file: str
    password: str
    state: str
    cause: str
    quotation: str


ROWS = [Expected(*row.split("\t")) for row in TABLE.read_text(encoding="utf-8").splitlines()[1:]]


def outcome(path: Path, options: ReadOptions) -> tuple[str, str, str]:
    """State, cause and text, as the run would list them."""
    try:
        document = read(path, Source(path.name, ""), options)
    except ReadError as fault:
        states = {NeedsOcr: "needs_ocr", Skipped: "skipped", Empty: "empty"}
        return states.get(type(fault), "failed"), fault.cause, ""
    return ("partial" if document.partial else "ok"), document.partial, document.text


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.file}{'+' if row.password else ''}")
def test_robust(row: Expected, shared: Path) -> None:
    path = shared / "robust" / row.category / row.file
    options = ReadOptions(passwords=(row.password,) if row.password else (), ocr=False)
    if row.state == "members":
        data = load(path, options)
        members = list(archive.members(data, path.name, options))
        assert is_archive(data, path.name)
        assert row.quotation in [member.name for member in members]
        assert {member.fault.cause for member in members if member.fault} == ({row.cause} if row.cause else set())
        return
    state, cause, text = outcome(path, options)
    assert (state, cause) == (row.state, row.cause)
    assert row.quotation in text


def test_every_file_is_listed(shared: Path) -> None:
    rows = (shared / "robust" / "MANIFEST.tsv").read_text(encoding="utf-8").splitlines()[1:]
    assert {(row.category, row.file) for row in ROWS} == {tuple(row.split("\t")[:2]) for row in rows}
