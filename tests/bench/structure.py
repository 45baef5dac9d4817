"""Structure against segmentation on the same texts: CPU seconds, best of many interleaved rounds.

    python tests/bench/structure.py [FOLDER of txt files]

Prints characters a second of ``structure.split`` and of rjieba, their ratio, the time of a text 100 times as long,
and what loading the gazetteer costs.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import rjieba  # noqa: E402

from pipeline import structure  # noqa: E402
from pipeline.model import Block, Document, Places, Source, Span  # noqa: E402
from pipeline.structure import gazetteer  # noqa: E402

ROUNDS = 15
PLACES = Places(str(ROOT / "configs" / "gazetteer"))


def document(text: str, path: str) -> Document:
    blocks, lines, at = [], [], 0
    for line in map(str.strip, text.splitlines()):
        if line:
            blocks.append(Block(Span(at, at + len(line))))
            lines.append(line)
            at += len(line) + 1
    return Document(Source(path, "0" * 64), "txt", "\n".join(lines), tuple(blocks))


def best(*works: Callable[[], object]) -> list[float]:
    """The least CPU seconds of each work, all measured in turn."""
    least = [float("inf")] * len(works)
    for _ in range(ROUNDS):
        for place, work in enumerate(works):
            begin = time.process_time()
            work()
            least[place] = min(least[place], time.process_time() - begin)
    return least


def structured(documents: Sequence[Document]) -> None:
    for one in documents:
        structure.split(one, PLACES)


def segmented(documents: Sequence[Document]) -> None:
    for one in documents:
        rjieba.cut(one.text)


def main() -> None:
    gc.set_threshold(200_000, 50, 50)  # as in the process that reads
    begin = time.process_time()
    gazetteer.load(PLACES.gazetteer)
    print(f"地名表 gazetteer    {(time.process_time() - begin) * 1000:8.1f} ms")
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "real" / "city_reports" / "txt"
    documents = [document(path.read_text(encoding="utf-8-sig"), path.name) for path in sorted(folder.glob("*.txt"))]
    size = sum(len(one.text) for one in documents)
    ours, theirs = best(lambda: structured(documents), lambda: segmented(documents))
    print(f"{len(documents)} 个文件, {size} 字")
    print(f"structure.split   {ours * 1000:8.1f} ms  {size / ours / 1e6:6.2f} M 字/秒")
    print(f"rjieba.cut        {theirs * 1000:8.1f} ms  {size / theirs / 1e6:6.2f} M 字/秒")
    print(f"比值 ratio         {ours / theirs:8.2f}")
    text = documents[0].text[:17_000]
    short, long = document(text, "短.txt"), document((text + "\n") * 100, "长.txt")
    one, hundred = best(lambda: structured([short]), lambda: structured([long]))
    print(f"{len(short.text)} 字 {one * 1000:.2f} ms, {len(long.text)} 字 {hundred * 1000:.1f} ms")
    print(f"时间 time × {hundred / one:.0f}, 长度 length × {len(long.text) / len(short.text):.0f}")


if __name__ == "__main__":
    main()
