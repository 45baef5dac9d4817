"""configs/towns.yaml: a mistake gives a sentence with its line; pins and aliases change what is understood."""

from __future__ import annotations

import pytest

from pipeline.errors import SettingsError
from pipeline.model import Place, Places, Towns
from pipeline.settings import loads
from tests.structure import written

BODY = "各支部按计划组织学习，村里的广播早晚各响一次，群众对政策的知晓程度比往年高了许多。"
MISTAKES = [
    ("units:\n  - {nmae: 云溪镇}", "第 2 行", "是不是 'name'"),
    ("county: 岚川县\nunits: 云溪镇", "第 2 行", "列表"),
    ("units:\n  - {name: 云溪镇, owes: 也许}", "第 2 行", "true 或 false"),
    ("units:\n  - {aliases: [云溪]}", "第 2 行", "缺少 'name'"),
    ("units:\n  - {name: 云溪镇}\n  - {name: 望川乡, aliases: [云溪镇]}", "第 3 行", "既指 '云溪镇' 又指 '望川乡'"),
    ("units:\n  - {name: 云溪镇, aliases: ['']}", "第 2 行", "空的"),
    ("pins:\n  - {path: '*/城关/*'}", "第 2 行", "没有说明归属"),
    ("pins:\n  - {town: 城关镇}", "第 2 行", "缺少 'path'"),
    ("pins:\n\n  - path: '*'\n    twon: 城关镇", "第 4 行", "是不是 'town'"),
    ("county: [岚川县", "第 ", "YAML"),
]


@pytest.mark.parametrize(("text", "line", "told"), MISTAKES)
def test_a_mistake_is_told_with_its_line(text: str, line: str, told: str) -> None:
    with pytest.raises(SettingsError) as fault:
        loads(Towns, text, "towns.yaml")
    assert str(fault.value).startswith("towns.yaml " + line)
    assert told in str(fault.value)


def test_two_counties_may_have_a_town_of_one_name() -> None:
    towns = loads(Towns, "units:\n  - {name: 城关镇, county: 甲县}\n  - {name: 城关镇, county: 乙县}", "towns.yaml")
    assert [unit.county for unit in towns.units] == ["甲县", "乙县"]


def place(text: str, path: str, *lines: str) -> Place:
    places = Places(written.PLACES.gazetteer, loads(Towns, text, "towns.yaml"))
    return written.reports(written.document([*lines, BODY], path), places)[0].town


def test_an_alias_in_the_title_or_the_file_name_is_the_unit() -> None:
    text = "county: 岚川县\nunits:\n  - {name: 云溪镇, aliases: [原溪口乡, 溪口乡], code: LC-01}"
    for path, title in (("总结.doc", "溪口乡2020年工作总结"), ("溪口乡/总结.doc", "2020年工作总结")):
        found = place(text, path, title)
        assert (found.town, found.county, found.code) == ("云溪镇", "岚川县", "LC-01")
        assert found.evidence


def test_a_pin_that_names_the_draft_that_counts_says_nothing_of_the_town() -> None:
    text = "pins:\n  - {path: '*', final: true}\n  - {path: '*城关*', town: 城关镇, county: 谷城县}"
    assert place(text, "城关.doc", "柳沟镇2020年工作总结").code == "420625100"
    assert place(text, "别处.doc", "柳沟镇2020年工作总结").town == "柳沟镇"


def test_the_first_pin_that_fits_decides() -> None:
    text = "pins:\n  - {path: '甲/*', town: 甲溪镇}\n  - {path: '*', town: 乙溪镇}"
    assert place(text, "甲/总结.doc", "工作总结").town == "甲溪镇"
    assert place(text, "丙/总结.doc", "工作总结").town == "乙溪镇"


def test_a_county_for_all_files_is_the_last_word_not_the_first() -> None:
    assert place("county: 岚川县", "总结.doc", "柳沟镇2020年工作总结").county == "岚川县"
    assert place("county: 岚川县", "总结.doc", "东屿县柳沟镇2020年工作总结").county == "东屿县"
