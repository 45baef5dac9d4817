"""The gazetteer's tables and what the user adds to them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import SettingsError
from pipeline.model import Pin, Place, Places, ReportingUnit, Towns
from pipeline.settings import load as load_settings
from pipeline.structure import gazetteer
from tests.structure import written

TABLES = gazetteer.load(written.PLACES.gazetteer)
TOWNS = (written.ROOT / "configs" / "gazetteer" / "towns.tsv").read_text(encoding="utf-8")


def test_towns_are_sorted_and_every_one_is_found() -> None:
    names = [line.split("\t")[0] for line in TOWNS.splitlines()]
    assert names == sorted(set(names))
    for line in TOWNS.splitlines():
        name, codes = line.split("\t")
        assert TABLES.town_codes(name) == tuple(codes.split(" "))


def test_every_code_lies_in_a_known_county() -> None:
    for line in TOWNS.splitlines():
        for code in line.split("\t")[1].split(" "):
            assert len(code) == 9
            assert code[:6] in TABLES.areas


@pytest.mark.parametrize("name", ["", "没有这个镇", "镇", "\U0002ffff", "董市", "董市镇 "])
def test_what_is_no_name_is_not_found(name: str) -> None:
    assert TABLES.town_codes(name) == ()


def test_a_street_is_found_with_and_without_its_office() -> None:
    assert TABLES.town_codes("导航街道办事处") == TABLES.town_codes("导航街道") == ("220524003",)


def test_above() -> None:
    assert TABLES.above("420583104") == ("枝江市", "宜昌市", "湖北省")
    assert TABLES.area_codes("枝江") == ("420583",)


def test_a_malformed_change_names_file_and_line(tmp_path: Path) -> None:
    for name in ("towns.tsv", "areas.tsv"):
        (tmp_path / name).write_text("", encoding="utf-8")
    (tmp_path / "changes.tsv").write_text("# 注释\n甲镇\t乙县\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"changes.tsv 第 2 行"):
        gazetteer.load(str(tmp_path))


def test_a_missing_table_is_a_settings_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"towns.tsv"):
        gazetteer.load(str(tmp_path))


def test_the_shipped_towns_yaml_is_empty_but_valid() -> None:
    assert load_settings(Towns, written.ROOT / "configs" / "towns.yaml") == Towns()


# --- the user's own word ------------------------------------------------------------------------------------------

BODY = "各支部按计划组织学习，村里的广播早晚各响一次，群众对政策的知晓程度比往年高了许多。"


def place(towns: Towns, path: str, *lines: str) -> Place:
    places = Places(written.PLACES.gazetteer, towns)
    return written.reports(written.document([*lines, BODY], path), places)[0].town


def test_a_pin_decides_against_the_text() -> None:
    pinned = Towns(pins=(Pin("*/城关/*", town="城关镇", county="谷城县"),))
    found = place(pinned, "资料/城关/总结.doc", "柳沟镇2020年工作总结")
    assert (found.town, found.county, found.code) == ("城关镇", "谷城县", "420625100")
    assert found.evidence[0].where == "pin"
    assert place(pinned, "资料/柳沟/总结.doc", "柳沟镇2020年工作总结").town == "柳沟镇"


def test_a_pin_may_say_the_county_only() -> None:
    pinned = Towns(pins=(Pin("谷城/*", county="谷城县"),))
    assert place(pinned, "谷城/总结.doc", "城关镇2020年工作总结").code == "420625100"


def test_an_alias_stands_for_its_unit() -> None:
    towns = Towns(units=(ReportingUnit("岚川经济开发区", county="岚川县", code="LC-KFQ", aliases=("开发区",)),))
    found = place(towns, "2020年/开发区总结.doc", "2020年工作总结")
    assert (found.town, found.county, found.code) == ("岚川经济开发区", "岚川县", "LC-KFQ")
    assert place(Towns(), "2020年/开发区总结.doc", "2020年工作总结").town is None


def test_the_default_county_decides_between_towns_of_one_name() -> None:
    assert place(Towns(county="谷城县"), "总结.doc", "城关镇2020年工作总结").code == "420625100"
    assert place(Towns(), "总结.doc", "城关镇2020年工作总结").code is None


def test_the_text_comes_before_the_default_county() -> None:
    assert place(Towns(county="谷城县"), "总结.doc", "岚川县城关镇2020年工作总结").county == "岚川县"
