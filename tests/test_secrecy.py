"""Secret files stay out of the dataset; numbers of persons are masked in every page and export, and kept inside."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.__main__ import main
from pipeline.store import fetch, personal

IDENTITY, OLD_IDENTITY, MOBILE, CARD = "11010519491231002X", "110105491231002", "13812345678", "6222020200112233446"
FIXED, SPACED = "0571-87654321", "6228 4800 1122 3341"
NUMBERS = (IDENTITY, OLD_IDENTITY, MOBILE, CARD, FIXED, SPACED)
TOLD = (
    "青禾镇2022年宣传工作总结\n一、新闻宣传\n"
    f"全年投稿130篇，联系人张三，电话{MOBILE}，身份证{IDENTITY}。\n"
    f"发放稿费3200元，户名李四，卡号{CARD}，旧证{OLD_IDENTITY}，汇入{SPACED}。\n"
    "二、存在问题\n投稿质量不高，外宣力量不足。\n三、下步打算\n"
    f"明年投稿不低于150篇，报名请打{FIXED}。\n荣获县级先进集体。\n"
)
SECRET = "本段只有密件里才有，全年处置舆情17起"


def ran(folder, *more):
    return main(["run", str(folder), "--out", str(folder.parent / "out"), "--engine", "alone", *more])


def dump(path):
    """Everything a dataset says, indexes included, as one string of bytes."""
    return b"".join(file.read_bytes() for file in path.parent.glob("zongjie.db*"))


# --- files that carry a mark of secrecy ---------------------------------------------------------------------------


@pytest.fixture
def marked(tmp_path):
    folder = tmp_path / "上报"
    folder.mkdir()
    (folder / "一.txt").write_text(f"机密★1年\n青禾镇2022年工作总结\n{SECRET}。\n", encoding="utf-8")
    (folder / "【秘密】二.txt").write_text(f"双塔镇2022年工作总结\n{SECRET}。\n", encoding="utf-8")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("三.txt", f"内部资料 注意保存\n马营乡2022年工作总结\n{SECRET}。\n")
    (folder / "包.zip").write_bytes(packed.getvalue())
    (folder / "四.txt").write_text("石桥镇2022年工作总结\n全年开展保密教育3次，秘密事项管理规范。\n", encoding="utf-8")
    return folder


def test_a_secret_file_is_left_out_before_its_text_is_stored(marked):
    assert ran(marked) == 0
    base = sqlite3.connect(marked.parent / "out" / "zongjie.db")
    told = base.execute("SELECT path, state, cause FROM source WHERE state = 'skipped' ORDER BY path").fetchall()
    base.close()
    assert told == [
        (f"上报/{name}", "skipped", "classified") for name in ("【秘密】二.txt", "一.txt", "包.zip!/三.txt")
    ]
    for file in (marked.parent / "out").iterdir():
        assert "密件里才有".encode() not in file.read_bytes(), file.name
    assert "密件".encode() not in dump(marked.parent / "out" / "zongjie.db")


def test_only_the_file_that_a_setting_names_is_released(marked):
    config = marked.parent / "设置.yaml"
    config.write_text("released: [一.txt]\n", encoding="utf-8")
    assert ran(marked) == 0
    assert ran(marked, "--settings", str(config)) == 0
    base = sqlite3.connect(marked.parent / "out" / "zongjie.db")
    assert base.execute("SELECT source FROM paragraph WHERE text LIKE ?", (f"%{SECRET}%",)).fetchall() == [
        ("上报/一.txt",)
    ]
    assert base.execute("SELECT count(*) FROM source WHERE state = 'skipped'").fetchone() == (2,)
    base.close()


# --- numbers of persons -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    folder = tmp_path_factory.mktemp("planted") / "上报"
    folder.mkdir()
    (folder / f"青禾镇2022年总结{MOBILE}.txt").write_text(TOLD, encoding="utf-8")
    (folder / "青禾镇2023年总结.txt").write_text(
        TOLD.replace("2022年", "2023年").replace("130", "120"), encoding="utf-8"
    )
    (folder / "双塔镇2022年总结.txt").write_text(
        f"双塔镇2022年宣传工作总结\n一、新闻宣传\n全年投稿98篇，请联系{MOBILE}。\n", encoding="utf-8"
    )
    (folder / f"坏{MOBILE}.docx").write_bytes(b"PK\x03\x04" + bytes(90))
    assert ran(folder) == 1
    return folder


def texts(folder):
    """Name → what a person can find in it, of every file below: archives and databases opened."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        data = path.read_bytes()
        if data.startswith(b"PK"):
            with zipfile.ZipFile(path) as opened:
                data = b"\n".join(opened.read(name) for name in opened.namelist())
        found[path.name] = data.decode("utf-8", "replace")
    return found


DRAFT = str(Path(__file__).resolve().parents[1] / "corpora" / "golden" / "qinghe.docx")
OUTPUTS = {
    "status": ["status"],
    "status rows": ["status", "--json"],
    "search": ["search", "投稿"],
    "search rows": ["search", "联系", "--json"],
    "search number": ["search", MOBILE],
    "search reports": ["search", "--by", "report", "投稿"],
    "compare": ["compare", "--indicator", "投稿"],
    "compare rows": ["compare", "--json"],
    "compare html": ["compare", "--out", "{}/a.html"],
    "compare xlsx": ["compare", "--out", "{}/b.xlsx"],
    "compare csv": ["compare", "--out", "{}/c.csv"],
    "compare docx": ["compare", "--out", "{}/d.docx"],
    "ledger": ["ledger"],
    "ledger rows": ["ledger", "--json"],
    "suggest": ["suggest", "--others", "--text", "新闻宣传投稿和联系"],
    "suggest rows": ["suggest", "--others", "--topic", "news", "--json"],
    "suggest docx": ["suggest", DRAFT, "--others", "--out", "{}/j.docx"],
    "export sqlite": ["export", "sqlite:///{}/e.db"],
    "export csv": ["export", "{}/f", "--format", "csv"],
    "export jsonl": ["export", "{}/g", "--format", "jsonl"],
    "export xlsx": ["export", "{}/h.xlsx"],
    "review rows": ["review", "--list"],
    "review table": ["review", "--out", "{}/i.xlsx"],
}


@pytest.mark.parametrize("name", OUTPUTS)
def test_what_a_command_says_or_writes_is_masked(planted, tmp_path, capsys, name):
    words = [word.format(tmp_path.as_posix()) for word in OUTPUTS[name]]
    try:
        code = main([*words, "--db", str(planted.parent / "out" / "zongjie.db")])
    except SystemExit:
        pytest.skip("this command takes other words by now")
    said = capsys.readouterr()
    assert code in (0, 1), said.err
    for where, text in (texts(tmp_path) | {"stdout": said.out}).items():
        for number in NUMBERS:
            if not (name == "search number" and number == MOBILE):
                assert number not in text, (where, number)


def test_the_files_of_a_run_are_masked(planted):
    found = texts(planted.parent / "out")
    assert {"report.html", "facts.xlsx", "run.json"} <= set(found)
    for name, text in found.items():
        if not name.startswith("zongjie.db"):
            assert [number for number in NUMBERS if number in text] == [], name
    assert "138****5678" in found["facts.xlsx"]


def test_what_annotate_says_is_masked_at_the_same_length(planted, capsys):
    (path,) = planted.glob("青禾镇2022*")
    assert main(["annotate", str(path)]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    lines = TOLD.splitlines()
    assert [len(row["text"]) for row in rows] == list(map(len, lines))
    for row in rows:
        inside = json.dumps(row | {"doc": ""}, ensure_ascii=False)
        assert [number for number in NUMBERS if number in inside] == []
        assert all(row["text"][fact["start"] : fact["end"]] == fact["text"] for fact in row["facts"])


def test_the_dataset_keeps_them_and_a_setting_shows_them(planted, tmp_path, capsys):
    base = sqlite3.connect(planted.parent / "out" / "zongjie.db")
    assert base.execute("SELECT count(*) FROM paragraph WHERE text LIKE ?", (f"%{CARD}%",)).fetchone() == (2,)
    base.close()
    config = tmp_path / "设置.yaml"
    config.write_text("show_personal: true\n", encoding="utf-8")
    words = ["search", "联系", "--db", str(planted.parent / "out" / "zongjie.db"), "--json"]
    assert main(words) == 0
    assert MOBILE not in capsys.readouterr().out
    assert main([*words, "--settings", str(config)]) == 0
    assert MOBILE in capsys.readouterr().out
    folder = tmp_path / "上报"
    folder.mkdir()
    (folder / "总结.txt").write_text(TOLD, encoding="utf-8")
    assert ran(folder, "--settings", str(config)) == 0
    assert IDENTITY in texts(tmp_path / "out")["report.html"] + texts(tmp_path / "out")["facts.xlsx"]


@pytest.mark.parametrize(
    "text",
    [
        *NUMBERS, "138-1234-5678", "138 1234 5678", "+8613812345678", "（0571）87654321", "电话：87654321",
        "１３８１２３４５６７８", "传真87654321", "110105 19491231 002x", "固话010-66668888转8012", "微信13812345678",
        "电话13812345678\n平安建设",
    ],
)  # fmt: skip
def test_numbers_of_persons(text):
    shown = personal.masked(f"联系{text}，谢谢")
    assert shown != f"联系{text}，谢谢"
    assert len(shown) == len(f"联系{text}，谢谢")
    assert personal.is_held_by(f"联系{text}，谢谢")


@pytest.mark.parametrize(
    "text",
    [
        "财政收入13812345678元", "总投资13812345678.5元", "投稿130篇", "110105194912310021", "6222020200112233441",
        "2021-2022-2023-2024", "20220101-20221231", "拨打12345热线", "邮编310000", "文号〔2022〕138号", "2022年1月1日",
        "1234567890123456-0003-12-15", "统一社会信用代码91330100MA27XL0K5A", "项目代码2206-330100-04-01-138123",
        "3a13812345678bc", "0.13812345678", "坐标120.13812345678", "1.2万人次、3500余户、120000亩",
    ],
)  # fmt: skip
def test_other_numbers_stay(text):
    assert personal.masked(text) == text


@given(st.text("0123456789０９-－ .X电话年元（）()\n\t甲", max_size=60))
def test_masking_keeps_the_length_and_is_done_once(text):
    shown = personal.masked(text)
    assert len(shown) == len(text)
    assert personal.masked(shown) == shown
    assert all(new in (old, "*") for old, new in zip(text, shown, strict=True))
    assert personal.is_held_by(text) == (shown != text)


def test_facts_read_together_are_masked_as_every_text_of_the_connection_is(dataset, tmp_path):
    said = dataset.Said("青禾镇", "2022年")
    for n, own in enumerate(NUMBERS):
        sentence = f"电话{own}，共{n}次{own}。"
        said.fact(None, f"{n}次", n, n, object=f"热线{own}", unit=f"次{own}", sentence=sentence)
    said.fact(None, f"{MOBILE}元", float(MOBILE), float(MOBILE), sentence=f"投入{MOBILE}元。", unit="元")
    base = dataset.make(tmp_path / "a.db", [said], [])
    as_written = fetch.facts(base)
    assert any(MOBILE in fact.sentence for fact in as_written)
    base.execute("UPDATE source SET steps = ?", (personal.STEP,))
    personal.hide(base)
    one_by_one = base.execute("SELECT id, text, unit, object, sentence, period_label FROM fact ORDER BY id").fetchall()
    told = fetch.facts(base)
    assert personal.is_hiding(base)
    assert sorted((f.id, f.text, f.unit, f.object, f.sentence, f.period_label) for f in told) == one_by_one
    words = "".join(fact.sentence + fact.object + fact.unit for fact in told if fact.unit != "元")
    assert not [number for number in NUMBERS if number in words]
    assert [fact.low_text for fact in told] == [fact.low_text for fact in as_written]  # a bare value is no telephone
    base.close()
