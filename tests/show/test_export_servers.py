"""Against real servers: PostgreSQL and MariaDB take the same rows as SQLite, whatever happens on the way.

Marked `services`: they run where ZONGJIE_TEST_POSTGRES and ZONGJIE_TEST_MARIADB name a server (./dev services), and
skip by name elsewhere; with ZONGJIE_SERVICES=must they may not skip.
"""

from __future__ import annotations

import importlib.util
import os
import random
import subprocess
import sys
import time
from contextlib import closing

import pytest

from pipeline.__main__ import main
from pipeline.errors import InputError
from pipeline.model import ExportPlan, ExportTable
from pipeline.show import export_database, export_plan
from pipeline.show.export_tables import TABLES

pytestmark = pytest.mark.services
SERVERS = {"postgresql": "ZONGJIE_TEST_POSTGRES", "mariadb": "ZONGJIE_TEST_MARIADB"}
PASSWORD = os.environ.get("ZONGJIE_EXPORT_PASSWORD", "")
FACTS = 100_000
KILLS, TRIES = 2, 8


@pytest.fixture(params=SERVERS)
def server(request):
    """The address of an empty server."""
    url = os.environ.get(SERVERS[request.param])
    if not url:
        if os.environ.get("ZONGJIE_SERVICES") == "must":
            pytest.fail(f"{SERVERS[request.param]} names no server, and here this test may not skip")
        pytest.skip(f"no {request.param}: run ./dev services and export what it prints")
    emptied(url)
    return url


def target(url, password=PASSWORD):
    from pipeline.show.export_server import ServerTarget

    return ServerTarget(url, password)


def run(url, *statements):
    """Statements in one transaction; the rows of the last."""
    with closing(target(url)) as there:
        there.connection.rollback()
        with there.connection.begin():
            for each in statements:
                found = there.connection.exec_driver_sql(each)
            return [tuple(row) for row in found.fetchall()] if found.returns_rows else []


def emptied(url):
    import sqlalchemy

    with closing(target(url)) as there:
        for name in sqlalchemy.inspect(there.connection).get_table_names():
            there.connection.exec_driver_sql(f"DROP TABLE {there._quoted(name)}")
        there.connection.commit()


def put(base, url, *asked, gone="delete", **how):
    with closing(target(url)) as there:
        tables = export_plan.ready(ExportPlan(asked, gone))
        return export_database.export(base, there, tables, gone=gone, **how)


@pytest.fixture
def base(dataset, tmp_path):
    said = dataset.Said("甲镇", "2022年上半年").fact("投稿", "30余篇", 30, 40, approx="more")
    said.fact("投稿", "9篇", 9, 9, sentence="引号'\"、反斜杠\\、制表\t与表情😀共9篇%s%%。")
    base = dataset.make(
        tmp_path / "a.db", [said, dataset.Said("乙镇", "2022年上半年").fact("投稿", "0篇", 0, 0)],
        [dataset.indicator("投稿", "篇")],
    )  # fmt: skip
    yield base
    base.close()


def test_twice_changed_and_gone(base, server):
    first = put(base, server)
    assert {each.table for each in first} == set(TABLES)
    assert all(each.new == each.rows for each in first)
    assert all((each.new, each.changed, each.gone) == (0, 0, 0) for each in put(base, server))
    said = run(server, "SELECT sentence FROM fact WHERE low = 9")
    assert said == [("引号'\"、反斜杠\\、制表\t与表情😀共9篇%s%%。",)]
    base.execute("UPDATE report SET state = 'gone' WHERE town = '乙镇'")
    base.execute("UPDATE fact SET low = 31 WHERE low = 30")
    done = {each.table: each for each in put(base, server, changes=True)}
    assert (done["fact"].changed, done["fact"].gone) == (1, 1)
    assert run(server, "SELECT low FROM fact ORDER BY low") == [(9.0,), (31.0,)]


def test_marked_rows_stay(base, server):
    put(base, server, ExportTable("fact", "t"), gone="mark")
    base.execute("UPDATE report SET state = 'gone' WHERE town = '乙镇'")
    put(base, server, ExportTable("fact", "t"), gone="mark")
    assert run(server, "SELECT low, deleted FROM t ORDER BY low") == [(0.0, 1), (9.0, 0), (30.0, 0)]


def test_their_own_table_with_their_own_rows(base, server):
    run(server, "CREATE TABLE theirs (bh VARCHAR(64) PRIMARY KEY, z DOUBLE PRECISION, note VARCHAR(9))",
        "INSERT INTO theirs VALUES ('x', 1, 'hand')")  # fmt: skip
    wanted = ExportTable("fact", "theirs", {"id": "bh", "low": "z"})
    put(base, server, wanted)
    base.execute("UPDATE report SET state = 'gone'")
    put(base, server, wanted)
    assert run(server, "SELECT bh, z, note FROM theirs") == [("x", 1.0, "hand")]


def test_what_does_not_fit_is_listed_and_nothing_is_written(base, server):
    run(server, "CREATE TABLE fact (id VARCHAR(64), town INTEGER, must INTEGER NOT NULL)")
    with pytest.raises(InputError) as told:
        put(base, server, ExportTable("report"), ExportTable("fact", columns={"id": "id", "town": "town", "low": "z"}))
    for word in ("没有列 z", "town", "must", "主键"):
        assert word in str(told.value)
    with pytest.raises(InputError):
        put(base, server, ExportTable("report", "nowhere.report"))


def test_a_value_that_the_server_refuses_takes_everything_back(base, server):
    run(server, "CREATE TABLE fact (id VARCHAR(64) PRIMARY KEY, sentence VARCHAR(6))")
    narrow = ExportTable("fact", columns={"id": "id", "sentence": "sentence"})
    with pytest.raises(InputError, match="没有接受"):
        put(base, server, ExportTable("report", "r"), narrow)
    assert run(server, "SELECT count(*) FROM fact") == [(0,)]
    assert run(server, "SELECT count(*) FROM r") == [(0,)]


def test_a_dry_run_writes_nothing(base, server, capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("ZONGJIE_EXPORT_PASSWORD", PASSWORD)
    assert main(["export", server, "--db", str(tmp_path / "a.db"), "--dry-run"]) == 0
    assert "CREATE TABLE" in capsys.readouterr().out
    with pytest.raises(Exception, match=r"fact|exist"):
        run(server, "SELECT 1 FROM fact")


def test_a_wrong_password_is_a_sentence_without_it(base, server, capsys, tmp_path, monkeypatch):
    (tmp_path / "secret").write_text("falsch-geheim\n", encoding="utf-8")
    words = ["export", server, "--db", str(tmp_path / "a.db"), "--password-file", str(tmp_path / "secret")]
    assert main(words) == 2
    said = capsys.readouterr()
    assert "没有接受" in said.err
    assert "falsch-geheim" not in said.out + said.err
    assert "Traceback" not in said.err


def test_a_server_that_is_not_there(tmp_path, base, capsys):
    assert main(["export", "postgresql://u@127.0.0.1:1/x", "--db", str(tmp_path / "a.db")]) == 2
    assert "127.0.0.1:1" in capsys.readouterr().err


@pytest.fixture(scope="module")
def many(root, tmp_path_factory):
    """A dataset of a hundred thousand facts."""
    spec = importlib.util.spec_from_file_location("bench_export", root / "tests/bench/export.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    path = tmp_path_factory.mktemp("many") / "many.db"
    module.make(path, FACTS).close()
    return path


def digest(url):
    """What the fact table holds, by SQL alone."""
    return run(url, "SELECT count(*), count(DISTINCT id), sum(low), sum(high), sum(length(sentence)), min(id), max(id),"
                    " sum(deleted) FROM fact")[0]  # fmt: skip


def count(url):
    """Rows of the fact table; none where an export was stopped before the table was made."""
    import sqlalchemy

    with closing(target(url)) as there:
        is_there = sqlalchemy.inspect(there.connection).has_table("fact")
    return run(url, "SELECT count(*) FROM fact")[0][0] if is_there else 0


def test_a_hundred_thousand_facts_twice_killed_at_random_and_resumed(server, many, tmp_path, root):
    from pipeline.store import database

    mapping = tmp_path / "only.yaml"
    mapping.write_text("tables:\n- table: fact\n", encoding="utf-8")
    command = [sys.executable, "-m", "pipeline", "export", server, "--db", str(many), "--mapping", str(mapping)]
    seconds = time.monotonic()
    subprocess.run(command, check=True, capture_output=True, cwd=root)
    seconds = time.monotonic() - seconds
    clean = digest(server)
    assert clean[:2] == (FACTS, FACTS)
    emptied(server)
    chance = random.Random(20231)
    killed = 0
    for _ in range(TRIES):
        going = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=root)
        try:
            going.wait(seconds * chance.uniform(0.2, 0.9))
            assert count(server) == FACTS
            emptied(server)  # it was done before: the machine has become less busy
            seconds /= 2
        except subprocess.TimeoutExpired:
            going.kill()
            going.wait()
            killed += 1
        assert count(server) in (0, FACTS)
        if killed == KILLS:
            break
    assert killed == KILLS
    for _ in range(2):
        subprocess.run(command, check=True, capture_output=True, cwd=root)
        assert digest(server) == clean
    base = database.create(many)
    base.execute("UPDATE fact SET low = low + 1 WHERE start = 7")
    done = put(base, server, ExportTable("fact"), changes=True)
    base.execute("UPDATE fact SET low = low - 1 WHERE start = 7")
    base.close()
    assert (done[0].changed, done[0].same) == (FACTS // 200, FACTS - FACTS // 200)
