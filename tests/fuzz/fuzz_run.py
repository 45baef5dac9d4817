"""Mutated golden files of every format through the whole run: the guard, its child processes, the dataset.

Run: ``python tests/fuzz/fuzz_run.py [--count 10000] [--seed 1] [--workers 2] [--seconds 20]``. Each batch is a folder
that the main job reads into a new dataset. Prints the figures; exit code 1 when a run broke off, when
a file has no state or no cause, when a document outlived its clock, or when its child was lost.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]

from fuzz_read import GOLDEN, inside, mutated  # noqa: E402

from pipeline import settings  # noqa: E402
from pipeline.engine import run as engine  # noqa: E402
from pipeline.store import database  # noqa: E402

BATCH = 500
DEATHS = ("crash", "memory")  # of a child; ``timeout`` is a hang


def batch(files: list[Path], turns: range, seed: int, folder: Path) -> int:
    """Write one mutation a turn; returns how many."""
    for turn in turns:
        chance = random.Random(f"{seed}.{turn}")
        path = files[turn % len(files)]
        data = path.read_bytes()
        is_package = data[:2] == b"PK" and chance.random() < 0.7
        spoiled = inside(data, chance) if is_package else mutated(data, chance)
        (folder / f"{turn:05d}-{path.name}").write_bytes(spoiled)
    return len(turns)


def outcomes(home: Path, seconds: float, workers: int) -> list[tuple[str, str | None, str | None, float, str]]:
    """(path, state, cause, seconds, message) of every file below ``home/in`` after a run."""
    config = home / "settings.yaml"
    config.write_text(f"ocr: false\nlimits:\n  seconds: {seconds}\n", encoding="utf-8")
    base = database.create(home / "out" / "zongjie.db")
    try:
        engine.run(
            base, [home / "in"], home / "out", settings.everything(config), "local", str(config), "fuzz", workers
        )
        told = base.execute("SELECT path, state, cause, seconds, message FROM source").fetchall()
    finally:
        base.close()
    seen = {row[0] for row in told}
    missing = [path.name for path in (home / "in").iterdir() if f"in/{path.name}" not in seen]
    return told + [(name, None, None, 0.0, "no state") for name in missing]


class Figures:
    """What came of all files so far."""

    def __init__(self) -> None:
        self.count: Counter[str] = Counter()
        self.crashes = self.hangs = self.unknown = 0
        self.longest = 0.0

    def add(self, path: str, state: str | None, cause: str | None, seconds: float, message: str | None) -> None:
        """One file; what should not have happened is named on stderr."""
        self.count[f"{state} {cause}" if cause else str(state)] += 1
        self.longest = max(self.longest, seconds)
        self.crashes += cause in DEATHS
        self.hangs += cause == "timeout"
        self.unknown += state is None or (state != "ok" and not (cause and message))
        if cause in (*DEATHS, "timeout") or state is None:
            print(f"{path}: {state} {cause} {message}", file=sys.stderr)

    def is_good(self) -> bool:
        """Whether nothing happened that should not."""
        return not (self.crashes or self.hangs or self.unknown)


def fuzz(files: list[Path], count: int, seed: int, workers: int, seconds: float) -> Figures:
    """``count`` mutations in batches."""
    figures, began = Figures(), time.perf_counter()
    for first in range(0, count, BATCH):
        with tempfile.TemporaryDirectory() as made:
            home = Path(made)
            (home / "in").mkdir()
            batch(files, range(first, min(first + BATCH, count)), seed, home / "in")
            for row in outcomes(home, seconds, workers):
                figures.add(*row)
        print(f"  {min(first + BATCH, count)} after {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
    return figures


def golden(only: str = "") -> list[Path]:
    """The files to spoil."""
    return [path for path in sorted(GOLDEN.iterdir()) if only in path.name and ".expected." not in path.name]


def main(argv: list[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="mutations of the golden files through the whole run")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--only", default="")
    asked = parser.parse_args(argv)
    files = golden(asked.only)
    told = fuzz(files, asked.count, asked.seed, asked.workers, asked.seconds)
    print(
        f"{asked.count} mutations of {len(files)} files, seed {asked.seed}: {told.crashes} crashes, {told.hangs} hangs,"
        f" {told.unknown} files without a state and cause; longest document {told.longest:.2f} s"
    )
    print("  ".join(f"{name} {number}" for name, number in told.count.most_common()))
    return int(not told.is_good())


if __name__ == "__main__":
    sys.exit(main())
