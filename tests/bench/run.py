"""Speed as ratios, measured in one run: the whole main job beside what a user would pick instead.

usage: ./dev bench [--times N]

CPU time is that of the whole process tree (start-up, database, page and spreadsheet included), so the ratios hold
on a busy machine too. It prints; it never fails for being slow.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
REAL = ROOT.parent / "shared" / "real" / "city_reports" / "docx"
SAMPLES = ROOT / "corpora" / "samples"
COPIES = 6  # of each sample, where the real reports are not there
MORE = ("read.py", "structure.py", "facts.py", "search.py")  # tables of their own, printed after ours where they are
GOOD = (0, 1)  # 1: some file was not read, and the samples hold a damaged one


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of one run: ``cpu`` of the process tree, ``wall`` of the clock."""

    cpu: float
    wall: float


def measure(command: Sequence[str | Path]) -> Cost:
    """Run a command to its end; raises ``SystemExit`` with what it said when it fails."""
    import resource

    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run([*map(str, command)], cwd=ROOT, capture_output=True, text=True, env=environment())
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in GOOD:
        raise SystemExit(f"{command}: exit {done.returncode}\n{done.stderr[-2000:]}")
    return Cost(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall)


def environment() -> dict[str, str]:
    """One thread for numpy's libraries, so that CPU time is comparable; UTF-8 everywhere; bytecode kept, as pip does.

    Installed packages have their bytecode: where the shell forbids to write it (PYTHONDONTWRITEBYTECODE), a checkout
    would be compiled anew in every process while the libraries beside it are not.
    """
    own = os.environ | {"PYTHONUTF8": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    own.pop("PYTHONDONTWRITEBYTECODE", None)
    return own


def samples(folder: Path) -> Path:
    """Our samples several times over, each copy a file of its own content (the same bytes are read only once)."""
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    for path in sorted(SAMPLES.rglob("*.docx")):
        try:
            opened = docx.Document(str(path))
        except PackageNotFoundError:  # the damaged file and the lock file of the samples
            continue
        for number in range(COPIES):
            opened.add_paragraph(f"附：第{number}份抄件。")
            opened.save(str(folder / f"{number}-{path.name}"))
    return folder


def contestants(folder: Path, out: Path) -> dict[str, list[str | Path]]:
    """Command lines by name; the second is what the others are compared with."""
    python = sys.executable
    return {
        "zongjie run": [python, "-m", "pipeline", "run", folder, "--out", out],
        "python-docx + jieba + regex": [python, HERE / "anchor.py", folder],
        "bare text + rjieba": [python, HERE / "floor.py", folder],
    }


def rounds(folder: Path, out: Path, times: int) -> dict[str, list[Cost]]:
    """All contestants in turn, ``times`` times over, after one round that only warms caches."""
    costs: dict[str, list[Cost]] = {}
    for number in range(times + 1):
        for name, command in contestants(folder, out).items():
            shutil.rmtree(out, ignore_errors=True)
            cost = measure(command)
            if number:
                costs.setdefault(name, []).append(cost)
    return costs


def table(costs: dict[str, list[Cost]]) -> str:
    """Medians and the ratio of CPU time to the script's.

    >>> print(table({"a": [Cost(1, 2)], "b": [Cost(2, 2)]}))
                                      cpu s   wall s   cpu ratio
    a                                  1.00     2.00        0.50
    b                                  2.00     2.00        1.00
    """
    cpu = {name: statistics.median(cost.cpu for cost in each) for name, each in costs.items()}
    wall = {name: statistics.median(cost.wall for cost in each) for name, each in costs.items()}
    anchor = cpu[list(cpu)[1]]
    lines = [f"{'':30} {'cpu s':>8} {'wall s':>8} {'cpu ratio':>11}"]
    lines += [f"{name:30} {cpu[name]:8.2f} {wall[name]:8.2f} {cpu[name] / anchor:11.2f}" for name in cpu]
    return "\n".join(lines)


def main() -> None:
    """Print the table, then those of the rooms."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--times", type=int, default=5, metavar="N", help="rounds after the warming one (5)")
    told = arguments.parse_args()
    if os.name == "nt":
        raise SystemExit("the CPU time of a process tree is measured on Linux and macOS only")
    with tempfile.TemporaryDirectory() as home:
        texts = Path(home) / "texts"
        texts.mkdir()
        folder = REAL if REAL.is_dir() else samples(texts)
        count = len(list(folder.rglob("*.docx")))
        print(f"{count} docx of {'real reports' if folder == REAL else 'our samples'}, median of {told.times} rounds")
        print(table(rounds(folder, Path(home) / "out", max(1, told.times))), flush=True)
    for name in MORE:
        if (HERE / name).is_file():
            print(f"\n{name.removesuffix('.py')}", flush=True)
            subprocess.run([sys.executable, str(HERE / name)], cwd=ROOT, env=environment(), check=False)


if __name__ == "__main__":
    main()
