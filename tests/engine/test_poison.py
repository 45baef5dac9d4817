"""Poison through the real run: each bad file has a state and a cause, every other document comes through.

What no file can do by itself (a reader that raises, exits, dies, sleeps, eats memory, talks nonsense) is done by a
reader that stands in a child script of this test; nothing of it is in the product.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
import sys
import tarfile
import zipfile
from functools import partial

import pytest

from pipeline.__main__ import main
from pipeline.engine import maps
from pipeline.engine.guard import Guard

CHILD = """
import os, sys, time
from pipeline import read
from pipeline.engine import child

plain = read.READERS["txt"]

def poisoned(data, name, options):
    deed = name.removesuffix(".txt")
    if deed == "raise": raise RuntimeError("a bug of a library")
    if deed == "exit": os._exit(0)
    if deed == "segfault":
        import ctypes
        ctypes.string_at(0)
    if deed == "sleep": time.sleep(120)
    if deed == "memory":
        held = []
        while True: held.append(bytearray(50_000_000))
    if deed == "deep":
        def down(n): return down(n + 1)
        down(0)
    if deed == "print":
        print("a library that talks"); os.write(1, b"\\x00" * 4096)
    if deed == "garbage": os.write(pipe, b"{nonsense}" * 9)
    return plain(data, name, options)

read.READERS["txt"] = poisoned
pipe = os.dup(1)
child.main()
"""
DEEDS = {
    "raise": "crash",
    "exit": "crash",
    "segfault": "crash",
    "garbage": "crash",
    "sleep": "timeout",
    "memory": "memory",
    "deep": "bomb",
}
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
REPORT = "{}2022年宣传工作总结\n一、理论学习\n全年集中学习{}次，撰写心得30余篇。\n"
LIMITS = "limits:\n  seconds: 4\n  memory_mb: 700\n"


def packed(parts, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def with_part(package, part, data):
    """A package with one part replaced."""
    with zipfile.ZipFile(io.BytesIO(package)) as old:
        return packed({name: data if name == part else old.read(name) for name in old.namelist()})


def laughing(docx, encoding):
    """A docx whose body is a billion laughs, in its text and in an attribute."""
    with zipfile.ZipFile(io.BytesIO(docx)) as old:
        body = old.read("word/document.xml").decode("utf-8").partition("?>")[2]
    body = body.replace("<w:body>", '<w:body><w:p w:rsidR="&l9;"><w:r><w:t>&l9;</w:t></w:r></w:p>', 1)
    head = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE d [<!ENTITY l0 "haha">{LAUGHS}]>'
    return with_part(docx, "word/document.xml", (head + body).encode(encoding))


def stranger(docx):
    """A docx that wants a file of this machine and a page of another."""
    with zipfile.ZipFile(io.BytesIO(docx)) as old:
        body = old.read("word/document.xml").decode("utf-8").partition("?>")[2]
    body = body.replace("<w:body>", "<w:body><w:p><w:r><w:t>&own;&far;</w:t></w:r></w:p>", 1)
    head = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY own SYSTEM "file:///etc/hostname"><!ENTITY far SYSTEM "http://127.0.0.1:9/">]>'
    return with_part(docx, "word/document.xml", (head + body).encode("utf-8"))


def nested(levels):
    data = packed({"最里.txt": REPORT.format("石桥镇", 7)})
    for level in range(levels):
        data = packed({f"第{level}层.zip": data, f"第{level}层.txt": REPORT.format(f"第{level}镇", level + 2)})
    return data


def tarred():
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        told = tarfile.TarInfo("../../外面.txt")
        archive.addfile(told, io.BytesIO(b""))
    return out.getvalue()


def locked(docx):
    """A docx under a password, as Word 2010 and later write it."""
    from msoffcrypto.format.ooxml import OOXMLFile

    out = io.BytesIO()
    OOXMLFile(io.BytesIO(docx)).encrypt("密码", out)
    return out.getvalue()


def locked_zip():
    """A zip whose member says that it is encrypted."""
    data = bytearray(packed({"锁.txt": REPORT.format("锁镇", 2)}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    return bytes(data)


def poisons(root):
    """Name → bytes and what becomes of it: state and cause; members of archives are named below it."""
    docx = (root / "corpora/golden/qinghe.docx").read_bytes()
    doc = (root / "corpora/golden/qinghe.doc").read_bytes()
    bomb = with_part(docx, "word/document.xml", b"<w:document>" + b" " * 150_000_000 + b"</w:document>")
    escaping = packed({
        "../../外面.txt": REPORT.format("外面镇", 3), "外面.txt": REPORT.format("里面镇", 4), "..": "一",
        "/etc/cron.d/x.txt": REPORT.format("根上镇", 5), "C:\\Windows\\y.txt": REPORT.format("盘上镇", 6),
    })  # fmt: skip
    return {
        "炸弹.docx": (bomb, "failed", "bomb"),
        "炸弹.zip": (packed({"一.txt": b"0" * 150_000_000, "二.txt": REPORT.format("二镇", 2)}), "ok", "archive"),
        "炸弹.zip!/一.txt": (None, "failed", "bomb"),
        "炸弹.zip!/二.txt": (None, "ok", None),
        "大笑.docx": (laughing(docx, "utf-8"), "failed", "bomb"),
        "大笑16.docx": (laughing(docx, "utf-16"), "failed", "bomb"),
        "外面的.docx": (stranger(docx), "failed", "bomb"),
        "逃逸.zip": (escaping, "ok", "archive"),
        "逃逸.zip!/外面.txt": (None, "ok", None),
        "逃逸.zip!/外面.txt (2)": (None, "ok", None),
        "逃逸.zip!/无名": (None, "ok", None),
        "逃逸.zip!/etc/cron.d/x.txt": (None, "ok", None),
        "逃逸.zip!/Windows/y.txt": (None, "ok", None),
        "套娃.zip": (nested(6), "ok", "archive"),
        "加密.docx": (locked(docx), "failed", "encrypted"),
        "加密.zip": (locked_zip(), "ok", "archive"),
        "加密.zip!/锁.txt": (None, "failed", "encrypted"),
        "截断.docx": (docx[: len(docx) // 2], "failed", "damaged"),
        "截断.doc": (doc[: len(doc) // 2], "failed", "damaged"),
        "包.tar.gz": (tarred(), "failed", "unsupported"),
        "空.docx": (b"", "empty", "empty"),
        "~$锁.docx": (b"x", "skipped", "lock"),
    }


@pytest.fixture(scope="module")
def ran(root, tmp_path_factory):
    """One run over everything: its folder, exit code, and the rows of its sources by name."""
    home = tmp_path_factory.mktemp("poison")
    folder = home / "上报"
    folder.mkdir()
    for name in DEEDS:
        (folder / f"{name}.txt").write_text(REPORT.format("青禾镇", len(name)) + name, encoding="utf-8")
    for name in ("print", "甲镇", "乙镇", "丙镇"):
        (folder / f"{name}.txt").write_text(REPORT.format(name, 28), encoding="utf-8")
    with zipfile.ZipFile(folder / "包.zip", "w") as archive:
        for name in ("丁镇", "exit", "戊镇"):
            archive.writestr(f"{name}.txt", REPORT.format(name, 9))
    for name, (data, _, _) in poisons(root).items():
        if data is not None:
            (folder / name).write_bytes(data)
    shutil.copy(root / "corpora/golden/qinghe.docx", folder / "青禾乡.docx")
    with (folder / "巨大.txt").open("wb") as opened:
        opened.truncate(300 << 20)
    with (folder / "大.txt").open("wb") as opened:
        opened.write(REPORT.format("大镇", 3).encode("utf-8") * 800_000)
    if os.name == "posix":
        os.mkfifo(folder / "管道.txt")
        (folder / "设备.txt").symlink_to("/dev/zero")
        (folder / os.fsdecode("坏名\xff.txt".encode("latin-1", "replace") + b"\xb0.txt")).write_text(
            REPORT.format("己镇", 5), encoding="utf-8"
        )
    script, config = home / "child.py", home / "设置.yaml"
    script.write_text(CHILD, encoding="utf-8")
    config.write_text(LIMITS, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(maps, "Guard", partial(Guard, command=(sys.executable, str(script))))
        code = main(["run", str(folder), "--out", str(home / "out"), "--settings", str(config), "--workers", "2"])
    base = sqlite3.connect(home / "out" / "zongjie.db")
    rows = {
        path.removeprefix("上报/"): told
        for path, *told in base.execute("SELECT path, state, cause, message FROM source")
    }
    base.close()
    return home, code, rows


def test_the_run_ends_by_itself_and_says_that_some_failed(ran):
    assert ran[1] == 1


@pytest.mark.parametrize(("deed", "cause"), DEEDS.items())
def test_a_reader_that_misbehaves_costs_its_document(ran, deed, cause):
    state, said, message = ran[2][f"{deed}.txt"]
    assert (state, said) == ("failed", cause)
    assert message


def test_poisoned_files_have_their_state_and_cause(ran, root):
    wanted = {name: [state, cause] for name, (_, state, cause) in poisons(root).items()}
    assert {name: ran[2][name][:2] for name in wanted} == wanted


def test_a_huge_file_and_a_huge_text_are_not_read(ran):
    assert ran[2]["巨大.txt"][:2] == ["failed", "too_large"]
    assert ran[2]["大.txt"][:2] == ["failed", "too_large"]


@pytest.mark.skipif(os.name != "posix", reason="no such files on Windows")
def test_what_is_no_file_is_not_opened_and_a_name_that_is_no_text_is_shown(ran):
    assert [ran[2][name][0] for name in ("管道.txt", "设备.txt")] == ["failed", "failed"]
    (name,) = [name for name in ran[2] if name.endswith("\\xb0.txt")]
    assert ran[2][name][0] == "ok"


def test_all_other_documents_come_through(ran):
    good = ["甲镇.txt", "乙镇.txt", "丙镇.txt", "青禾乡.docx", "print.txt", "包.zip!/丁镇.txt", "包.zip!/戊镇.txt"]
    assert [ran[2][name][:2] for name in good] == [["ok", None]] * len(good)
    assert ran[2]["包.zip!/exit.txt"][:2] == ["failed", "crash"]
    assert ran[2]["套娃.zip!/第5层.txt"][0] == "ok"
    assert [told[1] for name, told in ran[2].items() if name.startswith("套娃.zip!/") and told[0] == "failed"] == [
        "bomb"
    ]


def test_every_file_has_a_state_a_cause_and_a_remedy_in_the_manifest(ran):
    manifest = json.loads((ran[0] / "out" / "run.json").read_text(encoding="utf-8"))
    listed = {each["path"].removeprefix("上报/"): each for each in manifest["files"]}
    assert set(listed) == set(ran[2])
    on_disk = {
        os.fsencode(name).decode("utf-8", "backslashreplace")
        for name in map(os.path.basename, (ran[0] / "上报").iterdir())
    }
    assert on_disk <= set(listed)
    for name, each in listed.items():
        if each["state"] != "ok":
            assert each["cause"], name
            assert each["message"], name
            assert each["remedy"], name


def test_nothing_was_written_outside_of_the_output(ran):
    assert {path.name for path in ran[0].iterdir()} == {"上报", "out", "child.py", "设置.yaml"}
    assert not [path for path in ran[0].parent.rglob("外面*") if "上报" not in path.parts]


def test_status_names_cause_and_remedy(ran, capsys):
    assert main(["status", "--db", str(ran[0] / "out" / "zongjie.db"), "--json"]) == 0
    told = {(each["state"], each["cause"]): each for each in json.loads(capsys.readouterr().out)["problems"]}
    assert {("failed", cause) for cause in ("crash", "timeout", "memory", "bomb", "damaged", "too_large")} <= set(told)
    assert all(each["remedy"] for each in told.values())
    page = (ran[0] / "out" / "report.html").read_text(encoding="utf-8")
    assert all(
        each["remedy"].replace('"', "&quot;").replace("<", "&lt;") in page or each["remedy"] in page
        for each in told.values()
    )
