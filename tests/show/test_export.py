"""Rows for other systems: the same twice, old or new after a fault, and never somebody else's row."""

from __future__ import annotations

import csv
import json
import random
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace

import pytest

from pipeline.__main__ import main
from pipeline.errors import InputError, QueryError
from pipeline.model import ExportPlan, ExportTable
from pipeline.settings import loads
from pipeline.show import export_database, export_files, export_plan, export_xlsx
from pipeline.show.export_sqlite import SqliteTarget
from pipeline.show.export_tables import TABLES

H1, H2 = "2022年上半年", "2022年下半年"
EVIL = "=cmd|' /C calc'!A0"


@pytest.fixture
def base(dataset, tmp_path):
    """Two towns and two times: stated, zero, not counted, missing, a target, an announced number, awkward text."""
    reports = [
        dataset.Said("甲镇", H1).fact("投稿", "30余篇", 30, 40, approx="more")
        .fact("投稿", "50篇", 50, 50, kind="target", role="plan", sentence="下半年投稿50篇。"),
        dataset.Said("乙镇", H1).fact("投稿", "0篇", 0, 0).fact("信息", "5条", 5, 5, scope="village"),
        dataset.Said("丙镇", H1).fact("信息", "7条", 7, 7, authority="announced", sentence="县里通报采用7条。"),
        dataset.Said("甲镇", H2).fact("投稿", "61篇", 61, 61, sentence=f"{EVIL}投稿61篇\\，\t'引号'\"双\"。"),
    ]  # fmt: skip
    base = dataset.make(tmp_path / "a.db", reports, [dataset.indicator("投稿", "篇"), dataset.indicator("信息", "条")])
    yield base
    base.close()


def tables(*asked, gone="delete"):
    return export_plan.ready(ExportPlan(tuple(asked), gone))


def put(base, path, asked=(), **how):
    """Export into an SQLite file."""
    gone = how.get("gone", "delete")
    with closing(SqliteTarget(path)) as target:
        return export_database.export(base, target, tables(*asked, gone=gone), **how)


def read(path, table="town_indicator", order="1"):
    with closing(sqlite3.connect(path)) as there:
        return there.execute(f"SELECT * FROM {table} ORDER BY {order}").fetchall()


def test_states_of_a_cell_are_told_apart(base, tmp_path):
    put(base, tmp_path / "out.db")
    with closing(sqlite3.connect(tmp_path / "out.db")) as there:
        found = there.execute(
            "SELECT town, indicator, kind, authority, state, value_low, value_high FROM town_indicator"
            " WHERE period_label = ? ORDER BY indicator DESC, town, kind, authority", (H1,)
        ).fetchall()  # fmt: skip
    assert set(found) == {
        ("甲镇", "投稿", "achieved", "self", "stated", 30.0, 40.0),
        ("甲镇", "投稿", "target", "self", "stated", 50.0, 50.0),
        ("乙镇", "投稿", "achieved", "self", "zero", 0.0, 0.0),
        ("丙镇", "投稿", "achieved", "self", "missing", None, None),
        ("乙镇", "信息", "achieved", "self", "not_counted", None, None),
        ("甲镇", "信息", "achieved", "self", "missing", None, None),
        ("丙镇", "信息", "achieved", "self", "not_counted", None, None),
        ("丙镇", "信息", "achieved", "announced", "stated", 7.0, 7.0),
    }


def test_every_level_is_there_beside_its_own(dataset, tmp_path):
    county = dataset.Said(None, H1, county="岚川县").fact("投稿", "400篇", 400, 400)
    town = dataset.Said("甲镇", H1).fact("投稿", "30篇", 30, 30)
    there = dataset.make(tmp_path / "c.db", [county, town], [dataset.indicator("投稿", "篇")])
    put(there, tmp_path / "out.db")
    there.close()
    assert {(row[1], row[14]) for row in read(tmp_path / "out.db")} == {("甲镇", 30.0), ("岚川县", 400.0)}


def test_twice_gives_the_same_rows(base, tmp_path):
    first = put(base, tmp_path / "out.db")
    rows = {name: read(tmp_path / "out.db", name) for name in TABLES}
    assert all(each.new == each.rows for each in first)
    again = put(base, tmp_path / "out.db")
    assert all((each.new, each.changed, each.gone) == (0, 0, 0) for each in again)
    assert {name: read(tmp_path / "out.db", name) for name in TABLES} == rows


def change(base):
    """A town's report is gone, another's number is corrected, a new sentence is there."""
    base.execute("UPDATE report SET state = 'superseded' WHERE town = '乙镇'")
    base.execute("UPDATE fact SET low = 33, high = 33, low_text = '33', high_text = '33' WHERE text = '30余篇'")


@pytest.mark.parametrize("changes", [False, True])
def test_changed_and_gone_rows_follow_and_foreign_ones_stay(base, tmp_path, changes):
    put(base, tmp_path / "out.db")
    with closing(sqlite3.connect(tmp_path / "out.db")) as there, there:
        there.execute("INSERT INTO fact (id, town) VALUES ('theirs', '别处')")
    change(base)
    done = {each.table: each for each in put(base, tmp_path / "out.db", changes=changes)}
    assert (done["fact"].changed, done["fact"].gone, done["report"].gone) == (1, 2, 1)
    clean = tmp_path / "clean.db"
    put(base, clean)
    assert [row for row in read(tmp_path / "out.db", "fact") if row[0] != "theirs"] == read(clean, "fact")
    assert "theirs" in {row[0] for row in read(tmp_path / "out.db", "fact")}
    assert read(tmp_path / "out.db") == read(clean)


def test_gone_rows_may_be_marked_and_come_back(base, tmp_path):
    put(base, tmp_path / "out.db")
    base.execute("UPDATE report SET state = 'superseded' WHERE town = '乙镇'")
    put(base, tmp_path / "out.db", gone="mark")
    marks = {row[3]: row[-1] for row in read(tmp_path / "out.db", "fact")}
    assert (marks["乙镇"], marks["甲镇"]) == (1, 0)
    assert {each.table: each.gone for each in put(base, tmp_path / "out.db", gone="mark")}["fact"] == 0
    base.execute("UPDATE report SET state = 'current'")
    put(base, tmp_path / "out.db", gone="mark", changes=True)
    assert {row[-1] for row in read(tmp_path / "out.db", "fact")} == {0}


def test_a_mapping_chooses_tables_columns_rows_and_names(base, tmp_path):
    plan = loads(
        ExportPlan,
        "tables:\n- table: town_indicator\n  to: t_zb\n  columns: {id: bh, town: dw, value_low: z}\n"
        "  where: {state: [stated, zero], kind: [achieved], authority: [self]}\n",
        "映射.yaml",
    )
    with closing(SqliteTarget(tmp_path / "out.db")) as target:
        export_database.export(base, target, export_plan.ready(plan))
    with closing(sqlite3.connect(tmp_path / "out.db")) as there:
        cursor = there.execute("SELECT dw, z FROM t_zb ORDER BY z")
        assert cursor.fetchall() == [("乙镇", 0.0), ("甲镇", 30.0), ("甲镇", 61.0)]
        assert {row[0] for row in there.execute("SELECT name FROM sqlite_master WHERE type = 'table'")} == {
            "t_zb", export_database.STATE,
        }  # fmt: skip


BAD = [
    (ExportTable("facts"), "fact"),
    (ExportTable("fact", columns={"id": "id", "twon": "t"}), "town"),
    (ExportTable("fact", columns={"town": "t"}), "id"),
    (ExportTable("fact", where={"knd": ("achieved",)}), "kind"),
]


@pytest.mark.parametrize(("asked", "near"), BAD)
def test_what_a_mapping_asks_for_and_we_do_not_have(asked, near):
    with pytest.raises(QueryError, match=near):
        tables(asked)


def test_a_table_that_does_not_fit_is_a_list_and_nothing_is_written(base, tmp_path):
    with closing(sqlite3.connect(tmp_path / "out.db")) as there, there:
        there.execute("CREATE TABLE fact (id TEXT, town INTEGER, must TEXT NOT NULL)")
    with pytest.raises(InputError) as told:
        put(
            base,
            tmp_path / "out.db",
            [ExportTable("report"), ExportTable("fact", columns={"id": "id", "town": "town", "low": "z"})],
        )
    for word in ("没有列 z", "town", "must", "主键"):
        assert word in str(told.value)
    with closing(sqlite3.connect(tmp_path / "out.db")) as there:
        assert [row[0] for row in there.execute("SELECT name FROM sqlite_master")] == ["fact"]


@pytest.mark.parametrize("seed", range(8))
def test_an_interrupted_export_leaves_the_old_or_the_new(base, tmp_path, seed, monkeypatch):
    monkeypatch.setattr(export_database, "BATCH", 2)
    path = tmp_path / "out.db"
    put(base, path)
    before = {name: read(path, name) for name in TABLES}
    change(base)
    after = random.Random(seed).randrange(20)
    wanted = tables()
    count = iter(range(10_000))

    def breaking(rows):
        def run(there, owed):
            for row in rows(there, owed):
                if next(count) == after:
                    raise KeyboardInterrupt
                yield row

        return run

    broken = [replace(each, table=replace(each.table, rows=breaking(each.table.rows))) for each in wanted]
    with closing(SqliteTarget(path)) as target, pytest.raises(KeyboardInterrupt):
        export_database.export(base, target, broken)
    assert {name: read(path, name) for name in TABLES} == before
    put(base, path, changes=True)
    put(base, tmp_path / "clean.db")
    assert {name: read(path, name) for name in TABLES} == {name: read(tmp_path / "clean.db", name) for name in TABLES}


def test_a_dry_run_counts_and_writes_nothing(base, tmp_path):
    done = put(base, tmp_path / "out.db", dry=True)
    assert {each.table: each.new for each in done}["fact"] == 6
    with closing(sqlite3.connect(tmp_path / "out.db")) as there:
        assert there.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)


# --- files ---------------------------------------------------------------------------------------------------------


def test_csv_is_for_excel_and_defused_and_jsonl_is_as_it_was(base, tmp_path):
    export_files.export(base, tmp_path / "out", tables(), ("csv", "jsonl"))
    raw = (tmp_path / "out/fact.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(raw.decode("utf-8-sig").splitlines()))
    assert any(row["sentence"].startswith(f"'{EVIL}") for row in rows)
    assert not any(value.startswith(("=", "@", "+")) for row in rows for value in row.values())
    lines = [json.loads(line) for line in (tmp_path / "out/fact.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(lines) == len(rows) == 6
    assert any(line["sentence"].startswith(EVIL) for line in lines)
    assert {type(line["low"]) for line in lines} == {float}


def test_the_data_package_says_what_everything_means(base, tmp_path):
    export_files.export(base, tmp_path / "out", tables(), ("csv", "jsonl"))
    told = json.loads((tmp_path / "out/datapackage.json").read_text(encoding="utf-8"))
    assert {each["path"] for each in told["resources"]} == {
        f"{name}{end}" for name in TABLES for end in (".csv", ".jsonl")
    }
    (fact,) = [each for each in told["resources"] if each["path"] == "fact.csv"]
    assert (fact["rows"], fact["schema"]["primaryKey"]) == (6, "id")
    for name in TABLES:
        schema = json.loads((tmp_path / f"out/schemas/{name}.schema.json").read_text(encoding="utf-8"))
        row = json.loads((tmp_path / f"out/{name}.jsonl").read_text(encoding="utf-8").splitlines()[0] or "{}") if (
            tmp_path / f"out/{name}.jsonl").stat().st_size else {}  # fmt: skip
        assert not row or list(row) == schema["required"]


def test_frictionless_and_json_schema_find_nothing_wrong(base, tmp_path):
    frictionless = pytest.importorskip("frictionless")
    jsonschema = pytest.importorskip("jsonschema")
    export_files.export(base, tmp_path / "out", tables(), ("csv", "jsonl"))
    told = frictionless.Package(str(tmp_path / "out/datapackage.json"))
    for resource in list(told.resources):
        if resource.format != "csv":
            told.remove_resource(resource.name)
    report = told.validate()
    assert report.valid, report.flatten(["type", "note"])[:5]
    for name in TABLES:
        schema = json.loads((tmp_path / f"out/schemas/{name}.schema.json").read_text(encoding="utf-8"))
        for line in (tmp_path / f"out/{name}.jsonl").read_text(encoding="utf-8").splitlines():
            jsonschema.validate(json.loads(line), schema)


def test_parquet_gives_the_same_rows_back(base, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    export_files.export(base, tmp_path / "out", tables(), ("parquet", "jsonl"))
    found = parquet.read_table(tmp_path / "out/fact.parquet").to_pylist()
    lines = [json.loads(line) for line in (tmp_path / "out/fact.jsonl").read_text(encoding="utf-8").splitlines()]
    days = [
        row | {name: row[name] and row[name].isoformat() for name in ("period_start", "period_end")} for row in found
    ]
    assert days == lines


def test_sql_files_make_the_same_tables_twice(base, tmp_path):
    export_files.export(base, tmp_path / "out", tables(), ("sql",))
    put(base, tmp_path / "clean.db")
    with closing(sqlite3.connect(tmp_path / "read.db")) as there:
        for _ in range(2):
            for name in TABLES:
                there.executescript((tmp_path / f"out/{name}.sql").read_text(encoding="utf-8"))
    assert {name: read(tmp_path / "read.db", name) for name in TABLES} == {
        name: read(tmp_path / "clean.db", name) for name in TABLES
    }


def test_a_folder_is_whole_or_as_it_was(base, tmp_path, monkeypatch):
    export_files.export(base, tmp_path / "out", tables(), ("csv",))
    before = {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir() if file.is_file()}
    change(base)
    count = iter(range(100))

    def breaking(path, table, rows):
        if next(count) == 3:
            raise KeyboardInterrupt
        return export_files.write_csv(path, table, rows)

    monkeypatch.setitem(export_files.FORMATS, "csv", (".csv", breaking))
    with pytest.raises(KeyboardInterrupt):
        export_files.export(base, tmp_path / "out", tables(), ("csv",))
    assert {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir() if file.is_file()} == before
    assert not (tmp_path / "out.part").exists()
    (tmp_path / "out").rename(tmp_path / "out.old")  # stopped between the two renames
    export_files.recovered(tmp_path / "out")
    assert (tmp_path / "out/fact.csv").read_bytes() == before["fact.csv"]


def test_a_folder_with_other_files_is_left_alone(base, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out/照片.txt").write_text("不要动", encoding="utf-8")
    with pytest.raises(InputError, match="别的文件"):
        export_files.export(base, tmp_path / "out", tables(), ("csv",))
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["照片.txt"]


def test_changes_by_disk_are_numbered_folders(base, tmp_path):
    done = export_files.export_changes(base, tmp_path / "变动", tables(), ("jsonl",))
    assert {each.table: each.new for each in done}["fact"] == 6
    change(base)
    (tmp_path / "变动/000002").mkdir()  # a folder that was not finished
    done = {each.table: each for each in export_files.export_changes(base, tmp_path / "变动", tables(), ("jsonl",))}
    assert (done["fact"].new, done["fact"].changed, done["fact"].gone) == (0, 1, 2)
    said = [json.loads(line) for line in (tmp_path / "变动/000002/fact.jsonl").read_text(encoding="utf-8").splitlines()]
    assert sorted(row["deleted"] for row in said) == [0, 1, 1]
    done = export_files.export_changes(base, tmp_path / "变动", tables(), ("jsonl",))
    assert all(each.new == each.changed == each.gone == 0 for each in done)


def test_a_workbook_holds_text_that_is_never_a_formula(base, tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    export_xlsx.export(base, tmp_path / "out.xlsx", tables())
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == list(TABLES)
    head, *rows = book["fact"].iter_rows(values_only=True)
    assert len(rows) == 6
    assert any(row[head.index("sentence")].startswith(EVIL) for row in rows)
    with zipfile.ZipFile(tmp_path / "out.xlsx") as parts:
        assert b"<f>" not in b"".join(parts.read(name) for name in parts.namelist() if "sheet" in name)


# --- the command ---------------------------------------------------------------------------------------------------


def test_the_command_exports_and_says_what_it_did(base, tmp_path, capsys):
    dest = f"sqlite:///{tmp_path / 'out.db'}"
    assert main(["export", dest, "--db", str(tmp_path / "a.db"), "--json"]) == 0
    done = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {row["table"] for row in done} == set(TABLES)
    assert main(["export", dest, "--db", str(tmp_path / "a.db"), "--dry-run"]) == 0
    assert "INSERT INTO" in capsys.readouterr().out


REFUSED = [
    (["oracle://x/y"], "oracle"),
    (["postgresql://u:geheim@127.0.0.1:1/x"], "密码"),
    (["sqlite:///{tmp}/没有/x.db"], "没有这个文件夹"),
    (["sqlite:///{tmp}/a.db"], "数据集本身"),
    (["{tmp}/out", "--mapping", "{tmp}/没有.yaml"], "没有.yaml"),
]


@pytest.mark.parametrize(("words", "said"), REFUSED)
def test_bad_destinations_are_a_clear_sentence(base, tmp_path, capsys, words, said):
    if words[0].startswith("postgresql"):
        pytest.importorskip("sqlalchemy")
        pytest.importorskip("psycopg")
    filled = [word.replace("{tmp}", str(tmp_path)) for word in words]
    assert main(["export", *filled, "--db", str(tmp_path / "a.db")]) == 2
    err = capsys.readouterr().err
    assert said in err
    assert "geheim" not in err


def test_a_slip_in_a_filter_deletes_nothing(base, tmp_path):
    slip = ExportPlan((ExportTable("fact", where={"kind": ("achievd",)}),))
    with pytest.raises(QueryError, match="achieved"):
        export_plan.ready(slip)


@pytest.mark.parametrize("dest", ["", "."])
def test_the_current_folder_is_no_destination(base, tmp_path, monkeypatch, capsys, dest):
    (tmp_path / "leer").mkdir()
    monkeypatch.chdir(tmp_path / "leer")
    assert main(["export", dest, "--db", str(tmp_path / "a.db")]) == 2
    assert "当前文件夹" in capsys.readouterr().err
    assert list((tmp_path / "leer").iterdir()) == []
