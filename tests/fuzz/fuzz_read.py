"""Mutated golden files of every format: each gives a document or a ``ReadError``, nothing else, in time.

Run: ``python tests/fuzz/fuzz_read.py [--count 10000] [--seed 1] [--seconds 20]``. The children's limits are the
engine's business and tested there; here each reading happens in a forked process of many readings, so that a crash or
a hang is seen and named. Prints the figures; exit code 1 when something else happened.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import time
import traceback
import zipfile
from collections import Counter
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from pipeline.errors import ReadError  # noqa: E402
from pipeline.model import ReadOptions, Source  # noqa: E402
from pipeline.read import archive, is_archive, read_bytes  # noqa: E402

GOLDEN = ROOT / "corpora" / "golden"
BAD = [b"\x00", b"\xff" * 4, b"\x7f\xff\xff\xff", b"<", b"{", b"}", b"\\", b"%s", b"\r\n", b"-1", b"9" * 11, b"&#x0;"]


def mutated(data: bytes, chance: random.Random) -> bytes:
    """One to eight small changes: bytes flipped, cut out, doubled, swapped, replaced by awkward ones."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        if not out:
            break
        at = chance.randrange(len(out))
        kind = chance.randrange(6)
        if kind == 0:
            out[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del out[at : at + chance.randint(1, 200)]
        elif kind == 2:
            out[at:at] = out[at : at + chance.randint(1, 200)]
        elif kind == 3:
            word = chance.choice(BAD)
            out[at : at + len(word)] = word
        elif kind == 4:
            del out[at:]
        else:
            out[at] = chance.randrange(256)
    return bytes(out)


def inside(data: bytes, chance: random.Random) -> bytes:
    """A change inside one part of a zip, packed again: past the checksums into the XML."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        chosen = chance.choice(names)
        for name in names:
            part = old.read(name)
            new.writestr(name, mutated(part, chance) if name == chosen else part)
    return out.getvalue()


def reading(data: bytes, name: str) -> str:
    """What came of it: a reader's name or a cause."""
    options = ReadOptions(passwords=("x",), ocr=False)
    try:
        if is_archive(data, name):
            for member in archive.members(data, name, options):
                if member.fault is None:
                    reading(member.data, member.name)
            return "archive"
        document = read_bytes(data, name, Source(name, ""), options)
        document.text.encode("utf-8")
        assert "\n".join(block.span.of(document.text) for block in document.blocks) == document.text
        return f"partial {document.partial}" if document.partial else "ok"
    except ReadError as fault:
        return fault.cause


def hung(number: int, frame: object) -> None:
    raise TimeoutError("hang")


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="mutations of the golden files")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--only", default="")
    asked = parser.parse_args(argv)
    files = [path for path in sorted(GOLDEN.iterdir()) if path.suffix not in (".jpg",) and asked.only in path.name]
    files = [path for path in files if not path.name.endswith(".expected.txt")]
    outcomes: Counter[str] = Counter()
    bad = 0
    signal.signal(signal.SIGALRM, hung)
    for turn in range(asked.count):
        chance = random.Random(f"{asked.seed}.{turn}")
        path = files[turn % len(files)]
        data = path.read_bytes()
        is_package = data[:2] == b"PK" and chance.random() < 0.7
        spoiled = inside(data, chance) if is_package else mutated(data, chance)
        signal.alarm(asked.seconds)
        began = time.perf_counter()
        try:
            outcomes[reading(spoiled, path.name)] += 1
        except Exception:
            bad += 1
            took = time.perf_counter() - began
            print(f"turn {turn} of seed {asked.seed}: {path.name} after {took:.1f} s", file=sys.stderr)
            print(traceback.format_exc(limit=-4), file=sys.stderr)
        finally:
            signal.alarm(0)
    print(f"{asked.count} mutations of {len(files)} files, seed {asked.seed}: {bad} crashes or hangs")
    print("  ".join(f"{name} {count}" for name, count in outcomes.most_common()))
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
