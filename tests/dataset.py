"""Small datasets for tests: reports said in a few words, or the samples' whole truth, written as rows."""

from __future__ import annotations

import csv
import hashlib
import re
import sqlite3
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from pipeline import settings
from pipeline.model import Indicator
from pipeline.store import database, index, write
from pipeline.store.rows import COLUMNS

DAYS = {"上半年": ("01-01", "06-30"), "下半年": ("07-01", "12-31"), "": ("01-01", "12-31")}
THEMES = {
    "theory": "学习 心得 宣讲 议题 强国 调研", "news": "投稿 采用 信息 新媒体 阅读 短视频 播放 粉丝",
    "ideology": "网评 舆情 回复 意识形态 责任书", "culture": "演出 送戏 电影 书屋 广场 市场 文化站",
    "team": "培训 经费 宣讲员",
}  # fmt: skip
STOCKS = {"网评员", "注册志愿者", "志愿服务队", "农家书屋", "文化广场", "粉丝", "文明实践所站", "宣讲员", "文明村"}
OUTCOMES = {"刊播采用", "信息采用", "阅读量", "文明户", "道德模范好人", "回复率", "服务人次", "宣讲受众"} | STOCKS
LEVELS = {"中央级", "国家级", "省级", "市级", "县级"}


def days(label: str | None) -> tuple[str | None, str | None]:
    """The inclusive dates of 2022年上半年 or 2022年."""
    if not label:
        return None, None
    start, end = DAYS[label[5:]]
    return f"{label[:4]}-{start}", f"{label[:4]}-{end}"


@dataclass
class Said:
    """One report: ``facts`` are dicts of fact columns that differ from the plain ones."""

    town: str | None
    period: str | None
    county: str | None = "岚川县"
    facts: list[dict] = field(default_factory=list)
    state: str = "current"
    path: str = ""

    def fact(self, indicator: str | None, text: str, low: float | None, high: float | None, **more) -> Said:
        unit = text.lstrip("0123456789.余约近多超过") if "unit" not in more else more["unit"]
        plain = {"indicator": indicator, "text": text, "low": low, "high": high, "unit": unit,
                 "approx": "exact", "kind": "achieved", "scope": "town", "authority": "self", "per": None,
                 "sentence": f"共{indicator or '其他'}{text}。", "object": indicator or "其他", "dimensions": "",
                 "topic": "news", "period_label": self.period, "period_from": "report"}  # fmt: skip
        self.facts.append(plain | more)
        return self


def theme(name: str) -> str:
    """The topic of an indicator by its name."""
    return next(
        (topic for topic, words in THEMES.items() if any(word in name for word in words.split())), "civilization"
    )


def plain(number: float | None) -> str | None:
    return None if number is None else f"{number:f}".rstrip("0").rstrip(".")


def put(base: sqlite3.Connection, run: int, said: Said, number: int) -> None:
    """One file with one report."""
    path = said.path or f"samples/{said.period or '其他'}/{said.town or '不明'}{number}.docx"
    key = hashlib.sha256(path.encode()).hexdigest()[:16]
    start, end = days(said.period)
    rows: dict[str, list] = {table: [] for table in COLUMNS}
    report = dict.fromkeys(COLUMNS["report"]) | {
        "id": key, "source": path, "ordinal": 0,
        "title": f"{said.town or ''}{said.period or ''}宣传工作总结", "kind": "summary",
        "town": said.town, "county": said.county, "town_score": 1.0, "period_label": said.period, "period_start": start,
        "period_end": end, "period_year": int(said.period[:4]) if said.period else None, "period_inferred": 0,
        "period_score": 1.0, "evidence": {},
    }  # fmt: skip
    rows["report"].append([report[name] for name in COLUMNS["report"]])
    rows["section"].append([key, 0, -1, 1, "", "总结", 0, 1])
    sentences = list(dict.fromkeys(each["sentence"] for each in said.facts))
    for n, sentence in enumerate(sentences):
        mine = [each for each in said.facts if each["sentence"] == sentence]
        paragraph = dict.fromkeys(COLUMNS["paragraph"], "") | {
            "id": f"{key}-{n:04d}", "source": path, "report": key, "ordinal": n, "line": n, "section": 0, "start": 0,
            "end": len(sentence), "text": sentence, "words": sentence, "block": "text",
            "role": mine[0].get("role", "achievement"),
            "role_score": 0.9, "role_sure": 1, "topic": mine[0]["topic"], "topic_score": 0.9, "topic_sure": 1,
        }  # fmt: skip
        paragraph |= {"role_by": "model", "topic_by": "model"}
        rows["paragraph"].append([paragraph[name] for name in COLUMNS["paragraph"]])
        place = 0
        for m, each in enumerate(mine):
            place = max(sentence.find(each["text"], place), 0)
            own = days(each["period_label"])
            fact = dict.fromkeys(COLUMNS["fact"]) | {k: v for k, v in each.items() if k in COLUMNS["fact"]} | {
                "id": f"{key}-{n:04d}-{place}-{m}", "paragraph": f"{key}-{n:04d}", "report": key, "start": place,
                "end": place + len(each["text"]), "low_text": plain(each["low"]), "high_text": plain(each["high"]),
                "period_start": own[0], "period_end": own[1], "rule": "test", "score": 0.9, "indicator_score": 0.9,
                "indicator_reason": "",
            }  # fmt: skip
            rows["fact"].append([fact[name] for name in COLUMNS["fact"]])
            place += 1
    source = {
        "path": path, "location": f"/somewhere/{path}", "sha256": key * 4, "bytes": 9000, "format": "docx",
        "state": "ok",
        "reader": "docx", "steps": "labels", "quality": 1.0, "characters": 4000, "seconds": 0.01, "done": key,
        "run": run,
    }  # fmt: skip
    write.put_source(base, source, rows)
    if said.state != "current":
        base.execute("UPDATE report SET state = ? WHERE id = ?", (said.state, key))


def unread(base: sqlite3.Connection, run: int, path: str, state: str, cause: str, message: str) -> None:
    """A file without a reading."""
    write.put_source(
        base,
        {"path": path, "location": f"/somewhere/{path}", "sha256": "", "bytes": 12, "format": "docx", "state": state,
         "cause": cause, "message": message, "steps": "", "characters": 0, "seconds": 0.001, "done": path, "run": run},
        None,
    )  # fmt: skip


def make(path: Path, reports: list[Said], indicators: list[Indicator]) -> sqlite3.Connection:
    """A dataset of these reports."""
    base = database.create(path)
    run = write.begin_run(base, ["samples"], "0123456789abcdef", "0.1.0")
    write.put_indicators(base, indicators, "1")
    write.put_categories(base, settings.everything(None).categories)
    for number, each in enumerate(reports):
        put(base, run, each, number)
    write.refresh_towns(base)
    write.end_run(base, run)
    index.catch_up(base)
    return base


def indicator(name: str, unit: str, **more) -> Indicator:
    """An indicator whose id is its name."""
    return Indicator(**({"id": name, "name": name, "topic": "news", "unit": unit,
                         "definition": f"{name}的个数, 以报告为准",
                         "examples": "", "nature": "outcome"} | more))  # fmt: skip


def truth(path: Path, folder: Path) -> sqlite3.Connection:
    """What the sample reports say, from the tables that were written with them."""
    reports: dict[tuple[str, str], Said] = {}
    units: dict[str, list[str]] = defaultdict(list)
    for file in sorted(folder.glob("truth_s*.tsv")):
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                said = reports.setdefault((row["town"], row["period"]), Said(row["town"], row["period"]))
                low, high = (float(row[name]) if row[name] else None for name in ("low", "high"))
                units[row["indicator"]].append(row["unit"])
                level = row["dimension"]
                number = rf"[约近超]?(?:[\d.,]+|[一二三四五六七八九十百千两半]+)[余多万]*{re.escape(row['unit'])}"
                text = (re.findall(number, row["quote"]) or re.findall(r"\d+", row["quote"]) or [row["quote"]])[-1]
                said.fact(
                    row["indicator"], text, low, high, unit=row["unit"], kind=row["kind"], sentence=row["quote"],
                    approx="exact" if low == high else ("at_least" if high is None else "more"),
                    topic=theme(row["indicator"]),
                    dimensions=f"level={level[0]}" if level in LEVELS else (f"part={level}" if level else ""),
                    role="plan" if row["kind"] == "target" else "achievement",
                )  # fmt: skip
    book = [
        indicator(name, max(set(used), key=used.count), topic=theme(name),
                  nature="outcome" if name in OUTCOMES else "process",
                  flow="stock" if name in STOCKS else "flow")
        for name, used in sorted(units.items(), key=lambda pair: [*THEMES, "civilization"].index(theme(pair[0])))
    ]  # fmt: skip
    base = make(path, list(reports.values()), book)
    unread(
        base,
        1,
        "samples/其他/石鼓岭镇2021年总结（打不开）.docx",
        "failed",
        "damaged",
        "zip 结构损坏, 缺少目录; 请重新另存",
    )
    unread(base, 1, "samples/2023年上半年/~$总结.docx", "skipped", "lock", "正在编辑时的锁文件")
    return base
