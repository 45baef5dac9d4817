"""Facts in whole reports: what headings and titles say of the time of the numbers below them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.engine import process, tools
from pipeline.model import Failure

CASES = Path(__file__).resolve().parents[2] / "corpora/cases/facts-documents.json"


@pytest.mark.parametrize("case", json.loads(CASES.read_text(encoding="utf-8")), ids=lambda case: case["why"])
def test_kinds_below_headings(case: dict[str, Any]) -> None:
    text = "\n\n".join([case["title"], *case["lines"]]) + "\n"
    result = process.process(text.encode("utf-8"), case["title"] + ".txt", tools.ready(None))
    assert not isinstance(result, Failure)
    said = {
        fact.span.of(result.document.text): fact.kind
        for report in result.reports
        for paragraph in report.paragraphs
        for fact in paragraph.facts
    }
    assert said == case["kinds"]


@pytest.mark.parametrize(
    ("opening", "level"),
    [
        ("一年来，在区委、区政府的领导下，我镇各项工作有序推进。", "县"),
        ("一年来，在自治区党委和旗委的领导下，我镇各项工作有序推进。", "省"),
        ("一年来，我镇各社区委员会有序换届，各项工作稳步推进。", "省"),
    ],
)
def test_whose_whole_district_it_is(opening: str, level: str) -> None:
    text = f"青石镇2022年工作总结\n\n{opening}\n\n信息工作位居全区第二，获评全区先进单位。\n"
    result = process.process(text.encode("utf-8"), "青石镇2022年工作总结.txt", tools.ready(None))
    assert not isinstance(result, Failure)
    won = [each.level for report in result.reports for paragraph in report.paragraphs for each in paragraph.honours]
    assert won == [level, level]


def test_what_a_heading_of_the_past_holds_is_no_plan() -> None:
    text = (
        "柳河街道2025年上半年工作总结\n\n一、2025年上半年工作总结\n\n（一）聚焦产业提质，经济运行平稳有序。推行重点企业包联服务，"
        "新增规上企业6家，累计完成税收3200万元；推动商圈改造，实施精准招商，深化项目全周期管理，构建项目储备库。\n"
    )
    result = process.process(text.encode("utf-8"), "柳河街道2025年上半年工作总结.txt", tools.ready(None))
    assert not isinstance(result, Failure)
    roles = [paragraph.role.name for report in result.reports for paragraph in report.paragraphs]
    assert roles == ["heading", "heading", "achievement"]
