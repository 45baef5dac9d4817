"""The check on planted faults and on clean drafts, beside a collection of all our own reports."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SET = ROOT / "corpora" / "eval" / "check"


def faults() -> list[dict[str, str]]:
    """Every planted fault: report, find, replace, kind, quote."""
    return [json.loads(line) for line in (SET / "faults.jsonl").read_text(encoding="utf-8").splitlines()]


def clean() -> list[str]:
    """Reports without faults."""
    return (SET / "clean.txt").read_text(encoding="utf-8").split()


class Checker:
    """Checks a text as if it were a file, with everything loaded once."""

    def __init__(self, base: sqlite3.Connection) -> None:
        from argparse import Namespace

        from pipeline.commands import drafts
        from pipeline.engine.tools import ready

        self.base, self.tools = base, ready(None)
        self.wording = drafts.wording_of(self.tools.configured, None)
        self.places = drafts.places_of(self.tools.configured)
        self.args = Namespace(town=None, county=None, period=None)

    def __call__(self, text: str, name: str = "稿件.txt"):  # type: ignore[no-untyped-def]
        from pipeline.ask.check import check
        from pipeline.ask.draft import drafted
        from pipeline.engine.process import process

        data = text.encode("utf-8")
        return check(self.base, drafted(process(data, name, self.tools)), data, self.wording, self.places)  # type: ignore[arg-type]


def text_of(name: str) -> tuple[str, str]:
    """A report's text and the name its file would have."""
    import reports

    head, lines = reports.parse(ROOT / "corpora" / f"{name}.tsv")
    return "\n".join(lines), f"{head.get('county', '')}{head['town']}{head.get('period', '')}.txt"


def is_found(fault: dict[str, str], checked) -> bool:  # type: ignore[no-untyped-def]
    """Is there a finding of the fault's kind that is no mere note and overlaps its words?"""
    for each in checked.findings:
        if each.kind != fault["kind"] or each.severity == "note" or each.part < 0:
            continue
        text = checked.draft.parts[each.part].text
        at = text.find(fault["quote"])
        if at >= 0 and each.span.start < at + len(fault["quote"]) and at < each.span.end:
            return True
    return False


def main(path: str) -> None:
    """Print what is missed and what is falsely alarmed."""
    from pipeline.store.database import open_read_only

    checker = Checker(open_read_only(Path(path)))
    missed = Counter()
    every = faults()
    for fault in every:
        text, name = text_of(fault["report"])
        checked = checker(text.replace(fault["find"], fault["replace"], 1), name)
        if not is_found(fault, checked):
            missed[fault["kind"]] += 1
            near = [(f.kind, f.severity, f.quote[:20]) for f in checked.findings if f.kind == fault["kind"]]
            print(
                "missed",
                fault["kind"],
                fault["report"],
                "|",
                fault["replace"][:60].replace("\n", " "),
                "|",
                fault["quote"],
                "|",
                near[:4],
            )
    alarms = Counter()
    for name in clean():
        checked = checker(*text_of(name))
        for each in checked.findings:
            if each.severity != "note":
                alarms[name] += 1
                print("alarm", name, each.kind, each.severity, each.quote[:40], each.reason[:60])
    print(
        f"found {len(every) - missed.total()} of {len(every)} ({1 - missed.total() / len(every):.3f}); missed {dict(missed)}"  # noqa: E501
    )
    print(
        f"false alarms: {alarms.total()} in {len(clean())} clean drafts ({alarms.total() / len(clean()):.2f} each, most {max(alarms.values(), default=0)})"  # noqa: E501
    )


if __name__ == "__main__":
    import sys

    sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]
    main(sys.argv[1])
