"""What the tests of reading share."""

from __future__ import annotations

from pathlib import Path

from pipeline.model import Document, ReadOptions, Source
from pipeline.read import read_bytes

GOLDEN = Path(__file__).resolve().parents[2] / "corpora" / "golden"


def document_of(data: bytes, name: str = "总结.docx", options: ReadOptions | None = None) -> Document:
    """Bytes read as a file of that name."""
    return read_bytes(data, name, Source(name, ""), options or ReadOptions())
