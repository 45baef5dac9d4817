"""The material that stands beside the checkout: skipped by name where it is absent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pipeline import read
from pipeline.model import Document, ReadOptions, Report, Source
from tests.structure import written
from tests.structure.test_laws import check_sections


def load(shared: Path, name: str) -> Document:
    return read.read(shared / name, Source(name, "0" * 64), ReadOptions())


def tree(report: Report) -> list[tuple[str, int, str]]:
    text = report.document.text
    return [
        (section.number, section.level, "".join(section.heading.of(text).split()) if section.heading else "")
        for section in report.sections[1:]
    ]


def test_every_report_says_of_itself_what_gold_says(shared: Path) -> None:
    for line in (shared / "gold" / "reports.jsonl").read_text(encoding="utf-8").splitlines():
        gold: dict[str, Any] = json.loads(line)
        reports = written.reports(load(shared, gold["doc"]))
        assert len(reports) == gold["reports"]
        (report,) = reports
        got = {
            "title": report.title.value if report.title else None,
            "town": report.town.town,
            "county": report.town.county,
            "period_label": report.period.label,
            "year": report.period.year,
            "half": report.period.half,
            "kind": report.kind.value,
            "published": report.published.value if report.published else None,
        }
        assert got == {name: gold[name] for name in got}, gold["doc"]
        if "city_from_file_name" in gold:
            assert (report.town.city or "").startswith(gold["city_from_file_name"])


def test_the_seed_has_five_parts_and_a_numbering_that_starts_again_in_the_last(shared: Path) -> None:
    (report,) = written.reports(load(shared, "real/seed/乡镇宣传工作总结.txt"))
    parts = [section for section in report.sections if section.level == 1 and section.heading]
    assert [part.number for part in parts] == ["一、", "二、", "三、", "四、", "五、"]
    last = report.sections.index(parts[-1])
    assert [section.number for section in report.sections if section.parent == last] == ["一、", "二、", "三、"]
    assert (report.town.code, report.town.city) == ("420583104", "宜昌市")


def test_docx_and_txt_of_a_city_give_the_same_tree(shared: Path) -> None:
    for path in sorted((shared / "real" / "city_reports" / "txt").glob("*.txt")):
        left, right = (
            written.reports(load(shared, f"real/city_reports/{kind}/{path.stem}.{kind}")) for kind in ("txt", "docx")
        )
        assert [tree(report) for report in left] == [tree(report) for report in right], path.stem


def test_every_city_report_looks_back_on_2023_and_has_its_parts(shared: Path) -> None:
    in_one_paragraph, cut_off = {"泸州"}, {"日照"}
    for path in sorted((shared / "real" / "city_reports" / "txt").glob("*.txt")):
        document = load(shared, f"real/city_reports/txt/{path.name}")
        (report,) = written.reports(document)
        assert report.period.label == "2023年", path.stem
        assert report.kind.value == "report", path.stem
        assert report.town.town is None, path.stem
        check_sections(report)
        parts = [section for section in report.sections if section.level == 1 and section.heading]
        if path.stem not in in_one_paragraph | cut_off:
            assert len(parts) >= 2, path.stem


def test_every_profile_is_one_of_liuhe(shared: Path) -> None:
    for path in sorted((shared / "real" / "town_profiles").glob("*.txt")):
        (report,) = written.reports(load(shared, f"real/town_profiles/{path.name}"))
        assert (report.town.county, report.kind.value, report.period.label) == ("柳河县", "profile", None)
        assert report.title is not None
        assert report.title.value == report.town.town
        assert report.town.code is not None
