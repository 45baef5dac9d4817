"""A short fuzz of the whole run; the long one is ``python tests/fuzz/fuzz_run.py``."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import fuzz_run


def test_spoiled_files_cost_nothing_but_themselves() -> None:
    told = fuzz_run.fuzz(fuzz_run.golden(), 300, seed=23, workers=2, seconds=30)
    assert told.is_good()
    assert sum(told.count.values()) >= 300
    assert told.count["ok"] > 100
