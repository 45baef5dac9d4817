"""Makes the helpers of this folder importable and shows a document as lines."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.model import ReadOptions

sys.path.insert(0, str(Path(__file__).parent))
Lines = Callable[..., list[str]]


@pytest.fixture(scope="session")
def lines() -> Lines:
    """A document's lines with their kinds before them, for kinds other than text."""
    from reading import document_of

    def shown(data: bytes, name: str = "总结.docx", options: ReadOptions | None = None) -> list[str]:
        document = document_of(data, name, options)
        mark = {"text": ""}
        return [
            mark.get(block.kind, f"{block.kind}{block.level or ''}: ") + block.span.of(document.text)
            for block in document.blocks
        ]

    return shown
