"""The manifest says of every file what became of it."""

from __future__ import annotations

import json

import pytest

from pipeline.errors import InputError
from pipeline.show import run_json


def test_every_file_is_accounted_for(dataset, tmp_path):
    base = dataset.make(tmp_path / "a.db", [dataset.Said("甲镇", "2022年上半年").fact(None, "3个", 3, 3)], [])
    dataset.unread(base, 1, "坏.docx", "failed", "damaged", "损坏")
    run_json.write(base, 1, tmp_path / "run.json")
    with pytest.raises(InputError, match="第 9 次"):
        run_json.write(base, 9, tmp_path / "none.json")
    base.close()
    told = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    assert told["totals"]["states"] == {"ok": 1, "failed": 1}
    assert told["totals"]["facts"] == 1
    good, bad = sorted(told["files"], key=lambda file: file["state"], reverse=True)
    assert (good["reader"], good["steps"], good["done_now"]) == ("docx", ["labels"], True)
    assert bad["cause"] == "damaged"
    assert bad["remedy"]
    assert told["settings"] == "0123456789abcdef"
    assert not (tmp_path / "none.json").exists()
