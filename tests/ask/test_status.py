"""What was read, what was not, and what to do about it."""

from __future__ import annotations

import json
import re

from pipeline.ask.status import REMEDIES, plain, status


def test_states_causes_coverage_and_unlinked_things(dataset, tmp_path):
    said = [
        dataset.Said("甲镇", "2022年上半年").fact(None, "3场", 3, 3, object="村晚").fact("投稿", "3篇", 3, 3),
        dataset.Said(None, None, county=None),
    ]
    base = dataset.make(tmp_path / "a.db", said, [dataset.indicator("投稿", "篇")])
    for name in ("一", "二"):
        dataset.unread(base, 1, f"{name}.docx", "failed", "damaged", "损坏")
    dataset.unread(base, 1, "~$三.docx", "skipped", "lock", "锁文件")
    told = status(base)
    base.close()
    assert dict(told.states) == {"ok": 2, "failed": 2, "skipped": 1}
    first = told.problems[0]
    assert (first.state, first.cause, first.paths) == ("failed", "damaged", ("一.docx", "二.docx"))
    assert first.remedy == REMEDIES["damaged"]
    assert told.coverage.reports == ((1,),)
    assert told.coverage.facts == ((2,),)
    assert len(told.coverage.without_town) == 1
    assert [(row.object, row.facts) for row in told.unlinked] == [("村晚", 1)]
    assert (told.facts, told.linked) == (2, 1)
    assert json.loads(json.dumps(plain(told), ensure_ascii=False))["states"]["failed"] == 2


def test_every_cause_that_a_reader_names_has_a_remedy(root):
    named = {
        cause
        for file in sorted((root / "pipeline" / "read").glob("*.py"))
        for cause in re.findall(r'cause="(\w+)"', file.read_text(encoding="utf-8"))
    }
    assert named - set(REMEDIES) == set()
