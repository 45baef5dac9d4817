"""Facts into PostgreSQL: rows a second, beside pandas.to_sql on the same rows. Needs a server (./dev services).

python tests/bench/export.py [FACTS]
"""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from pipeline.model import ExportPlan, ExportTable  # noqa: E402
from pipeline.show import export_database, export_plan  # noqa: E402
from pipeline.store import database  # noqa: E402

FACTS = 100_000
A_REPORT = 200  # facts


def make(path: Path, facts: int) -> sqlite3.Connection:
    """A dataset of so many facts with sentences of ordinary length."""
    base = database.create(path)
    base.execute("BEGIN")
    base.execute("INSERT INTO run VALUES (1, '2023-07-01T00:00:00', NULL, '[]', '', '')")
    for n in range(facts // A_REPORT):
        key, town = f"{n:016x}", f"第{n % 30}镇"
        path_of = f"样本/{2000 + n // 30}年/{town}.docx"
        base.execute(
            "INSERT INTO source (path, location, sha256, bytes, state, done, run) VALUES (?, ?, ?, 9, 'ok', ?, 1)",
            (path_of, path_of, key, key),
        )
        base.execute(
            "INSERT INTO report (id, source, ordinal, kind, town, county, town_score, period_label, period_start,"
            " period_end, period_inferred, period_score, evidence) VALUES (?, ?, 0, 'summary', ?, '岚川县', 1, ?, ?, ?,"
            " 0, 1, '{}')",
            (key, path_of, town, f"{2000 + n // 30}年", f"{2000 + n // 30}-01-01", f"{2000 + n // 30}-12-31"),
        )
        base.execute(
            "INSERT INTO paragraph VALUES (NULL, ?, ?, ?, 0, 0, 0, 0, 9, '正文', '', 'text', 'achievement', 1, 1,"
            " 'model', '', '', 'news', 1, 1, 'model', '', '')",
            (f"{key}-0000", path_of, key),
        )
        base.executemany(
            "INSERT INTO fact VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '篇', 'exact', 'achieved', '投稿', NULL, NULL, ?,"
            " 'town', 'self', ?, ?, ?, 'report', 'test', 0.9, NULL, 0, '', '')",
            [
                (f"{key}-0000-{m}-{m + 3}", f"{key}-0000", key, m, m + 3, f"{m}篇", m, m, str(m), str(m),
                 f"围绕重点工作加大对外宣传力度，第{m}组通讯员共向各级媒体投稿{m}篇，其中市级以上媒体采用{m // 3}篇，"
                 "营造了良好的舆论氛围。", f"{2000 + n // 30}年", f"{2000 + n // 30}-01-01", f"{2000 + n // 30}-12-31")
                for m in range(A_REPORT)
            ],
        )  # fmt: skip
    base.execute("COMMIT")
    return base


Took = tuple[float, float]  # seconds on the clock, and of this process's own processor time


def ours(base: sqlite3.Connection, url: str, password: str, changes: bool = False) -> Took:
    """What a whole export of the table takes."""
    from pipeline.show.export_server import ServerTarget

    tables = export_plan.ready(ExportPlan((ExportTable("fact", "bench_fact"),)))
    start, own = time.perf_counter(), time.process_time()
    with closing(ServerTarget(url, password)) as target:
        export_database.export(base, target, tables, changes=changes)
    return time.perf_counter() - start, time.process_time() - own


def theirs(base: sqlite3.Connection, url: str, password: str) -> Took:
    """The same rows by pandas.to_sql with multi-row inserts in batches of a thousand."""
    import pandas
    import sqlalchemy

    (table,) = export_plan.ready(ExportPlan((ExportTable("fact", "bench_pandas"),)))
    address = sqlalchemy.engine.make_url(url).set(drivername="postgresql+psycopg", password=password)
    start, own = time.perf_counter(), time.process_time()
    frame = pandas.DataFrame.from_records(list(table.rows(base, None)), columns=list(table.names))
    with sqlalchemy.create_engine(address).begin() as connection:
        frame.to_sql("bench_pandas", connection, index=False, if_exists="replace", chunksize=1000)
    return time.perf_counter() - start, time.process_time() - own


def main(facts: int) -> None:
    """Print the table."""
    url, password = os.environ.get("ZONGJIE_TEST_POSTGRES"), os.environ.get("ZONGJIE_EXPORT_PASSWORD", "")
    if not url:
        raise SystemExit("no server: run ./dev services and export what it prints")
    with tempfile.TemporaryDirectory() as folder, closing(make(Path(folder) / "many.db", facts)) as base:
        times = {
            "zongjie export, a new table": ours(base, url, password),
            "zongjie export, the same again": ours(base, url, password),
            "zongjie export --changes, nothing changed": ours(base, url, password, changes=True),
        }
        try:
            times["pandas.to_sql (append only, no keys)"] = theirs(base, url, password)
        except ImportError:
            print("pandas is not installed: its row is left out")
    print(f"{facts:,} facts into PostgreSQL; on a busy machine the processor's time says more than the clock's")
    for name, (seconds, own) in times.items():
        print(f"  {name:<44} {seconds:6.2f} s  {facts / seconds:>10,.0f} rows/s  {own:6.2f} s of our processor time")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else FACTS)
