"""A large dataset made of our own sentences, for measuring speed only: towns × years × paragraphs by a fixed seed."""

from __future__ import annotations

import hashlib
import random
import re
import sqlite3
from pathlib import Path

from pipeline.annotate.words import cutter
from pipeline.store import database, index, write
from pipeline.store.rows import COLUMNS

ROOT = Path(__file__).resolve().parents[2]
SIZE = 40  # paragraphs a report
_NUMBER = re.compile(r"\d+")
_SYLLABLES = "青白云石龙山河金玉泉松柏竹桥南北东西安和平新大双长清沙马牛凤"


def sentences() -> list[tuple[str, str, str]]:
    """(role, topic, sentence) of all our own texts."""
    found = []
    for file in sorted((ROOT / "corpora").rglob("*.tsv")):
        for line in file.read_text(encoding="utf-8").split("\n"):
            if line.startswith("#") or line.count("\t") < 2:
                continue
            role, topic, text = line.split("\t", 2)
            if role in ("achievement", "plan", "problem", "overview"):
                found += [(role, topic, each) for each in re.findall(r"[^。；]{8,}[。；]", text)]
    return found


def paragraphs(count: int, seed: int = 7) -> list[tuple[str, str, str]]:
    """(role, topic, text): sentences of one topic in a new order with other numbers; one in twenty is nearly another."""  # noqa: E501
    random_ = random.Random(seed)
    known = sentences()
    cut = cutter()
    by_topic: dict[str, list[list[str]]] = {}
    for _, topic, text in known:
        by_topic.setdefault(topic, []).append(cut(text))
    words = {topic: [word for each in said for word in each if len(word) > 1] for topic, said in by_topic.items()}
    made: list[tuple[str, str, str]] = []
    while len(made) < count:
        if made and random_.random() < 0.05:
            role, topic, text = random_.choice(made[-20000:])
        else:
            role, topic, _ = random_.choice(known)
            text = "".join(
                _varied(random_, random_.choice(by_topic[topic]), words[topic]) for _ in range(random_.randint(1, 5))
            )
        made.append((role, topic, _NUMBER.sub(lambda _: str(random_.randint(2, 900)), text)))
    return made


def _varied(random_: random.Random, sentence: list[str], words: list[str]) -> str:
    """A sentence with every third word another of its topic: the statistics of the language, few common passages."""
    return "".join(random_.choice(words) if len(word) > 1 and random_.random() < 0.35 else word for word in sentence)


def make(path: Path, count: int, seed: int = 7) -> sqlite3.Connection:
    """A dataset of ``count`` paragraphs at ``path``."""
    base = database.create(path)
    base.execute("PRAGMA synchronous = OFF")
    run = write.begin_run(base, ["bench"], "bench", "0")
    random_ = random.Random(seed)
    towns = sorted({"".join(random_.choice(_SYLLABLES) for _ in "12") + random_.choice("镇镇镇乡") for _ in range(300)})
    cut = cutter()
    made = paragraphs(count, seed)
    for number in range(0, count, SIZE):
        town, year = towns[(number // SIZE) % len(towns)], 2010 + (number // SIZE // len(towns)) % 14
        _put(base, run, number, town, year, made[number : number + SIZE], cut)
    write.refresh_towns(base)
    write.end_run(base, run)
    index.catch_up(base)
    return base


def _put(base, run, number, town, year, mine, cut) -> None:  # type: ignore[no-untyped-def]
    path = f"bench/{year}/{town}{number}.txt"
    key = hashlib.sha256(path.encode()).hexdigest()[:16]
    rows = {table: [] for table in COLUMNS}
    report = dict.fromkeys(COLUMNS["report"]) | {
        "id": key, "source": path, "ordinal": 0, "title": f"{town}{year}年工作总结", "kind": "summary", "town": town, "county": "岚川县",  # noqa: E501
        "town_score": 1.0, "period_label": f"{year}年", "period_start": f"{year}-01-01", "period_end": f"{year}-12-31",
        "period_year": year, "period_inferred": 0, "period_score": 1.0, "evidence": {},
    }  # fmt: skip
    rows["report"].append([report[name] for name in COLUMNS["report"]])
    at = 0
    for n, (role, topic, text) in enumerate(mine):
        paragraph = dict.fromkeys(COLUMNS["paragraph"], "") | {
            "id": f"{key}-{n:04d}", "source": path, "report": key, "ordinal": n, "line": n, "section": 0, "start": at,
            "end": at + len(text), "text": text, "words": " ".join(w for w in cut(text) if re.search(r"\w", w)), "block": "text",  # noqa: E501
            "role": role, "role_score": 0.9, "role_sure": 1, "role_by": "model",
            "topic": topic, "topic_score": 0.9, "topic_sure": 1, "topic_by": "model",
        }  # fmt: skip
        at += len(text) + 1
        rows["paragraph"].append([paragraph[name] for name in COLUMNS["paragraph"]])
    source = {
        "path": path, "location": f"/bench/{path}", "sha256": key * 4, "bytes": at, "format": "txt", "state": "ok", "reader": "txt",  # noqa: E501
        "steps": "", "quality": 1.0, "characters": at, "seconds": 0.0, "done": key, "run": run,
    }  # fmt: skip
    write.put_source(base, source, rows)


if __name__ == "__main__":
    import sys

    make(Path(sys.argv[1]), int(sys.argv[2])).close()
