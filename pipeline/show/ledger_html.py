"""The ledger as a page of its own: a part for every town, each on a printed page of its own, all sentences open."""

from __future__ import annotations

from pathlib import Path

from pipeline.ask.ledger import Ledger
from pipeline.show import report_html, report_ledger
from pipeline.show.ledger_text import kept
from pipeline.show.markup import Markup, tag
from pipeline.show.whole import replaced


def write(told: Ledger, path: Path) -> None:
    """Write the page; the old file is there until the new one is whole."""
    text = page(told)
    with replaced(path) as beside:
        beside.write_text(text, encoding="utf-8", newline="\n")


def page(told: Ledger) -> str:
    """The page as HTML; towns in the order of the ledger."""
    towns = list(dict.fromkeys([*(entry.promise.town for entry in told.due), *(each.town for each in told.problems)]))
    title = f"{towns[0]}承诺与结果" if len(towns) == 1 else f"{len(towns)} 个单位承诺与结果"
    note = "上期报告里定下的数, 与同一单位下期报告里的数按区间比较; “没有提到”不等于没有做。"
    head = [tag("h1", title), tag("p", note, class_="lead")]
    if told.due:
        head += [tag("p", kept(told.due)), report_ledger.bar(told.due), report_ledger.legend(told.due)]
    links = [tag("li", tag("a", name, href=f"#t{n}")) for n, name in enumerate(towns)]
    if len(towns) > 1:
        head.append(tag("nav", tag("ul", *links, class_="legend"), aria_label="各单位", class_="plain"))
    parts = [_town(told, name, f"t{n}") for n, name in enumerate(towns)] or [tag("p", "还没有能对照的承诺。")]
    return report_html.whole(title, [tag("header", *head), tag("main", *parts, id="main")])


def _town(told: Ledger, name: str, place: str) -> Markup:
    due = [entry for entry in told.due if entry.promise.town == name]
    again = [each for each in told.problems if each.town == name]
    inner: list[object] = [tag("h2", name, id=place)]
    if due:
        inner += [
            tag("p", kept(due)), report_ledger.bar(due), report_ledger.legend(due),
            tag("div", report_ledger.table(due, is_open=True), class_="scroll"),
        ]  # fmt: skip
    if again:
        inner += [tag("h3", "下期报告里又写到的问题"), report_ledger.repeated(again)]
    return tag("section", *inner, class_="page")
