"""Lines over the years: like with like, the same part of every year, and nothing where there is only one."""

from __future__ import annotations

import re

import pytest

from pipeline.show import report_html

TOWNS = ("甲镇", "乙镇", "丙镇", "丁镇")


@pytest.fixture
def page(dataset, tmp_path):
    def make(*periods, silent=()):
        reports = []
        for n, town in enumerate(TOWNS):
            for m, period in enumerate(periods):
                said = dataset.Said(town, period)
                if (town, period) not in silent:
                    value = 10 * (n + 1) + 5 * m
                    said.fact("投稿", f"{value}余篇", value, value + 10, approx="more", unit="篇")
                reports.append(said)
        base = dataset.make(tmp_path / "a.db", reports, [dataset.indicator("投稿", "篇")])
        text = report_html.page(base)
        base.close()
        return text

    return make


def test_a_line_for_every_town_and_a_thick_one_for_their_middle(page):
    text = page("2021年上半年", "2022年上半年", "2023年上半年")
    assert text.count('<polyline class="ln"') == len(TOWNS)
    assert text.count('<polyline class="md"') == 1
    assert re.search(r'role="img" aria-label="投稿, 上半年, 4 个单位的中位数: 2021年 25–35 → 2022年 30–40', text)
    assert text.count('<a href="#years">') == 1


def test_only_towns_that_state_every_year_are_compared(page):
    text = page("2022年上半年", "2023年上半年", silent=[("甲镇", "2023年上半年")])
    assert text.count('<polyline class="ln"') == len(TOWNS) - 1


@pytest.mark.parametrize("periods", [("2022年上半年", "2022年下半年"), ("2022年", "2023年上半年")])
def test_halves_are_not_years_and_one_year_is_no_line(page, periods):
    assert "历年走势" not in page(*periods)
