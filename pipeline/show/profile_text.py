"""A town's profile on a terminal and for machines."""

from __future__ import annotations

from typing import Any

from pipeline.ask.labels import Names
from pipeline.ask.profile import Profile, Standing
from pipeline.show import wording
from pipeline.show.columns import table


def profile(told: Profile, names: Names) -> str:
    """A short table for each list that has something in it."""
    parts = [f"{told.town}　最近一期: {told.time.label if told.time else '时期不明'}"]
    for title, standings in (("靠前的结果", told.ahead), ("靠后的结果", told.behind)):
        if standings:
            rows = [[wording.line_name(each.line), wording.cell(each.cell, each.line.indicator.unit),
                     f"{each.better}/{each.others}", f"{each.worse}/{each.others}"] for each in standings]  # fmt: skip
            parts.append(f"{title}\n{table(['指标', '数', '确定高于它的', '确定低于它的'], rows)}")
    for title, lines in (("只有它报的", told.alone), ("半数以上单位报了而它从未报的", told.silent)):
        if lines:
            parts.append(f"{title}: {'、'.join(dict.fromkeys(line.indicator.name for line in lines))}")
    rows = [[names.topic(each.topic), f"{each.own:.0%}", f"{each.usual:.0%}"] for each in told.shares]
    parts.append("写了什么\n" + table(["主题", "它的份额", "各单位的中位数"], rows))
    if told.words:
        words = "　".join(f"{word}({count} 次, {ratio:g} 倍)" for word, count, ratio in told.words)
        parts.append(f"它自己的用词: {words}")
    return "\n\n".join(parts)


def plain(told: Profile) -> dict[str, Any]:
    """The same for machines."""
    return {
        "town": told.town, "period": told.time.label if told.time else None,
        "ahead": [_standing(each) for each in told.ahead], "behind": [_standing(each) for each in told.behind],
        "alone": [line.indicator.id for line in told.alone], "silent": [line.indicator.id for line in told.silent],
        "shares": [{"topic": each.topic, "own": round(each.own, 4), "usual": round(each.usual, 4)}
                   for each in told.shares],
        "words": [{"word": word, "times": count, "ratio": ratio} for word, count, ratio in told.words],
    }  # fmt: skip


def _standing(each: Standing) -> dict[str, Any]:
    return {
        "indicator": each.line.indicator.id, "dimensions": dict(each.line.dimensions), "text": each.cell.text,
        "better": each.better, "worse": each.worse, "others": each.others, "fact": each.cell.chosen,
    }  # fmt: skip
