"""What a file is, its encoding, whether it is secret, what an archive holds: small cases, negatives beside them."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import GOLDEN, document_of

from pipeline.errors import Empty, NeedsOcr, ReadError, Skipped
from pipeline.model import Limits, ReadOptions, Source
from pipeline.read import archive, is_archive
from pipeline.read.assemble import assemble
from pipeline.read.encoding import decode
from pipeline.read.lines import Extract, Line
from pipeline.read.quality import quality
from pipeline.read.sniff import sniff
from pipeline.read.txt import unwrapped

REPORT = "一、抓实理论学习。上半年开展集中学习6次，撰写心得42篇，的的确确取得了成效。"


@pytest.mark.parametrize(
    ("name", "golden", "form"),
    [
        ("总结.doc", "qinghe.docx", "docx"), ("总结.docx", "qinghe.doc", "doc"),
        ("总结.doc", "shuangta-word.html", "html"),
        ("总结.doc", "qinghe.rtf", "rtf"), ("总结.docx", "qinghe-gbk.txt", "txt"), ("总结.pdf", "qinghe.odt", "odt"),
        ("总结.zip", "qinghe.ofd", "ofd"), ("总结", "qinghe.pdf", "pdf"), ("总结.xls", "huizong.xlsx", "xlsx"),
        ("总结.txt", "huizong.xls", "xls"), ("总结.html", "qinghe.mht", "mht"), ("总结.txt", "maying.eml", "eml"),
        ("总结.wps", "maying-scan.jpg", "image"), ("总结.txt", "qinghe.md", "txt"), ("总结.md", "qinghe.md", "md"),
    ],
)  # fmt: skip
def test_content_decides(name, golden, form):
    assert sniff((GOLDEN / golden).read_bytes(), name) == form


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [REPORT, "集中学习", "2023年上半年\r\n投稿30篇", "English only, 12%"])
def test_encodings(text, encoding):
    if encoding in ("utf-16-le", "utf-16-be") and len(text) < 5:
        pytest.skip("four characters without a mark say too little")
    assert decode(text.encode(encoding))[0] == text


def test_big5_without_a_mark():
    assert decode("我們的工作在這一年有了很大的進步，大家都說好。".encode("big5"))[1] == "big5hkscs"


def test_half_a_character_at_the_end_is_said():
    assert decode("上半年总结报告，一、抓学习".encode()[:-1])[0].startswith("上半年总结报告")


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        (REPORT, 1, 1), ("café, naïve, 5℃", 1, 1), ("全國各地的工作", 1, 1), ("科系：_________班級：______", 1, 1),
        (REPORT.encode("gbk").decode("latin-1"), 0, 0.45), (REPORT.encode().decode("cp1252", "replace"), 0, 0.5),
        (REPORT.encode("gbk").decode("utf-8", "replace"), 0, 0.5), ("\ue001\ue002\ue003学习", 0, 0.5),
        ("犐犆犛犔犌犕犛犲犮狌狉犲犾", 0, 0.2), ("!\"#$%&'()*+,-./0 1234 !'#$ &<=>?@ABC", 0, 0.4), ("", 0, 0),
    ],
)  # fmt: skip
def test_quality(text, low, high):
    assert low <= quality(text) <= high


def test_mojibake_is_never_ok():
    half = REPORT + "\n" + "ÖÐ¹úÈËÃñ¹²ºÍ¹ú"
    assert document_of(half.encode(), "总结.txt").partial == "garbled"
    with pytest.raises(ReadError) as caught:
        document_of(("ÖÐ¹úÈËÃñ¹²ºÍ¹ú" * 5).encode(), "总结.txt")
    assert caught.value.cause == "garbled"


SECRET = ["秘密★1年", "机密", "绝密★长期", "【内部资料 请勿外传】", "密级：秘密", "内部资料，注意保存"]
OPEN = ["全镇保守国家秘密工作扎实开展。", "开展机密文件清理3次", "内部资料性出版物检查12家", "保密宣传"]


@pytest.mark.parametrize("mark", SECRET)
def test_a_mark_in_the_head_is_secret(mark):
    with pytest.raises(Skipped) as caught:
        document_of(f"{mark}\n某镇工作总结\n{REPORT}".encode(), "总结.txt")
    assert caught.value.cause == "classified"
    assert document_of(f"{mark}\n{REPORT}".encode(), "总结.txt", ReadOptions(released=("总结.txt",))).text


@pytest.mark.parametrize("words", OPEN)
def test_the_word_in_a_sentence_is_no_mark(words):
    assert document_of(f"{words}\n{REPORT}".encode(), "总结.txt").text.startswith(words)


@pytest.mark.parametrize("name", ["【秘密】总结.docx", "总结（内部资料）.txt", "机密_总结.doc", "总结-绝密.pdf"])
def test_a_mark_in_the_name_is_secret(name):
    with pytest.raises(Skipped):
        document_of(REPORT.encode(), name)


@pytest.mark.parametrize("name", ["保守秘密工作总结.txt", "机密文件管理总结.txt"])
def test_the_word_in_a_name_is_no_mark(name):
    assert document_of(REPORT.encode(), name).text


@pytest.mark.parametrize(
    ("data", "name", "cause"),
    [
        (b"", "总结.docx", "empty"), (b" \r\n\t", "总结.txt", "empty"), (b"x", "~$总结.docx", "lock"),
        (b"x", "Thumbs.db", "thumbnail"), (b"\x00\x01\x02\x03" * 50, "总结.docx", "unsupported"),
        (b"Rar!\x1a\x07\x00", "总结.rar", "archive"), (b"%PDF-1.7\nnothing", "总结.pdf", "damaged"),
        (b"{\\rtf1 {\\fonttbl", "总结.rtf", "empty"), (b"PK\x03\x04word/document.xml", "总结.docx", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "总结.doc", "unsupported"),
    ],
)  # fmt: skip
def test_causes(data, name, cause):
    with pytest.raises(ReadError) as caught:
        document_of(data, name)
    assert caught.value.cause == cause
    assert any("\u4e00" <= sign <= "\u9fff" for sign in str(caught.value))


def test_a_file_or_a_text_beyond_the_limit_is_not_read():
    for limits in (Limits(file_mb=0), Limits(text_mb=0)):
        with pytest.raises(ReadError) as caught:
            document_of(REPORT.encode(), "总结.txt", ReadOptions(limits=limits))
        assert caught.value.cause == "too_large"


def test_pictures_wait_for_a_recogniser():
    for name in ("maying-scan.jpg", "maying-scan.pdf"):
        with pytest.raises(NeedsOcr) as caught:
            document_of((GOLDEN / name).read_bytes(), name, ReadOptions(ocr=False))
        assert caught.value.cause == "scan"
        assert "zongjie[ocr]" in str(caught.value)


def zipped(*files: tuple[str, bytes], raw_names: bool = False) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, data in files:
            opened.writestr(name, data)
    data = out.getvalue()
    if raw_names:  # as Windows in China writes them: bytes of GBK, no flag
        for name, _ in files:
            stored = name.encode("utf-8")
            data = data.replace(stored, name.encode("gbk").ljust(len(stored), b"_"))
        data = bytearray(data)
        for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            at = data.find(mark)
            while at >= 0:
                flags = struct.unpack_from("<H", data, at + place)[0] & ~0x800
                struct.pack_into("<H", data, at + place, flags)
                at = data.find(mark, at + 4)
        data = bytes(data)
    return data


def names(data: bytes, options: ReadOptions | None = None) -> list[str]:
    return [member.name for member in archive.members(data, "上交.zip", options or ReadOptions())]


def test_names_in_gbk_and_utf8():
    assert names(zipped(("总结/青山镇.txt", b"a")))[0] == "总结/青山镇.txt"
    assert names(zipped(("总结/青山镇.txt", b"a"), raw_names=True))[0].startswith("总结/青山镇.txt")


def test_names_cannot_lead_out():
    assert names(zipped(("../../etc/passwd", b"a"), ("/root/a.txt", b"b"), ("C:\\a\\..\\b.txt", b"c"))) == [
        "etc/passwd", "root/a.txt", "a/b.txt",
    ]  # fmt: skip


def test_archives_in_archives_to_a_limit():
    data = zipped(("甲.txt", b"a"))
    for _ in range(2):
        data = zipped(("里.zip", data))
    assert names(data) == ["里.zip!/里.zip!/甲.txt"]
    deep = list(archive.members(zipped(("里.zip", data)), "上交.zip", ReadOptions()))
    assert [member.fault.cause for member in deep if member.fault] == ["bomb"]


def test_a_bomb_costs_itself_only():
    data = zipped(("炸弹.txt", bytes(64 << 20)), ("总结.txt", b"ok"))
    found = list(archive.members(data, "上交.zip", ReadOptions()))
    assert [(member.name, member.fault.cause if member.fault else "") for member in found] == [
        ("炸弹.txt", "bomb"), ("总结.txt", ""),
    ]  # fmt: skip


def test_a_damaged_archive_says_so():
    with pytest.raises(ReadError) as caught:
        names(b"PK\x03\x04" + bytes(100))
    assert caught.value.cause == "damaged"


def test_seven_zip():
    py7zr = pytest.importorskip("py7zr")
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w", password="青山") as opened:
        opened.writestr("上半年", "总结/青山镇.txt")
    with pytest.raises(ReadError) as caught:
        names(out.getvalue())
    assert caught.value.cause == "encrypted"
    found = list(archive.members(out.getvalue(), "上交.7z", ReadOptions(passwords=("错", "青山"))))
    assert [(member.name, member.data.decode()) for member in found] == [("总结/青山镇.txt", "上半年")]


def test_a_mail_with_files_attached_is_opened_as_an_archive():
    from email.message import EmailMessage

    mail = EmailMessage()
    mail["From"], mail["Subject"] = "a@example.com", "报送总结"
    mail.set_content("请查收。")
    assert not is_archive(mail.as_bytes(), "报送.eml")
    mail.add_attachment(REPORT.encode(), maintype="text", subtype="plain", filename="总结.txt")
    found = list(archive.members(mail.as_bytes(), "报送.eml", ReadOptions()))
    assert [member.name for member in found] == ["正文.txt", "总结.txt"]
    assert found[1].data.decode() == REPORT


def test_a_line_about_a_source_inside_the_article_stays(lines):
    page = (
        "<div class=nav><a href=/>首页</a></div><h1>总结</h1><p>来源：县政府网</p>"
        "<p>全镇开展集中学习28次，参加900人次。</p><p>来源：三级书屋联动供给</p><p>新建农家书屋3个，新增图书2400册。</p><p>上一篇：无</p>"
    )
    assert lines(page.encode(), "a.html") == [
        "residue: 首页", "heading1: 总结", "residue: 来源：县政府网", "全镇开展集中学习28次，参加900人次。",
        "来源：三级书屋联动供给", "新建农家书屋3个，新增图书2400册。", "residue: 上一篇：无",
    ]  # fmt: skip


def test_html_tables_lists_and_hidden_parts(lines):
    page = (
        "<table border=1><tr><th>指标</th><th colspan=2>完成</th></tr><tr><td rowspan=2>投稿</td>"
        "<td>30</td><td>篇</td></tr><tr><td>12</td><td>条</td></tr></table>"
        "<ol start=3><li>抓学习<ol type=a><li>读书</ol><li>抓宣传</ol>"
        "<ul><li>抓队伍</ul><p style='display:none'>隐藏</p><p>第一行\n第二行 word\nword</p>"
    )
    assert lines(page.encode(), "a.html") == [
        "row: 指标\t完成", "row: 投稿\t30\t篇", "row: 12\t条", "3.抓学习", "a.读书", "4.抓宣传", "抓队伍",
        "第一行第二行 word word",
    ]  # fmt: skip


CELL = st.text(st.sampled_from("投稿篇30 \t\n　\u200b\x00\ud800，"), max_size=5)
LINES = st.lists(
    st.one_of(
        st.builds(Line, CELL, kind=st.sampled_from(["text", "heading", "note", "header"])),
        st.builds(Line, st.just(""), cells=st.lists(CELL, min_size=1, max_size=4).map(tuple), table=st.integers(1, 2)),
    ),
    max_size=12,
)


@given(LINES)
def test_spans_hold_for_any_lines(given_lines):
    try:
        document = assemble(Source("a", ""), "txt", Extract(given_lines), Limits())
    except (Empty, ReadError):
        return
    shown = [block.span.of(document.text) for block in document.blocks]
    assert "\n".join(shown) == document.text
    assert all(line and line == line.strip() for line in shown)
    document.text.encode("utf-8")
    for block in document.blocks:
        for cell in (*block.cells, *block.head):
            assert 0 <= cell.start <= cell.end <= len(document.text)
            assert "\t" not in cell.of(document.text)
            assert "\n" not in cell.of(document.text)


@given(st.lists(st.text(st.sampled_from("上半年学习，。一、 a1"), max_size=40), max_size=12))
def test_unwrapping_loses_nothing(rows):
    assert "".join("".join(unwrapped(rows)).split()) == "".join("".join(rows).split())


def test_titles_of_parts_as_wide_as_their_texts_are_no_wraps() -> None:
    rows = [
        "第一篇 石坎县花桥镇2021年民政工作总结", "花桥镇把养老院的门朝集市开。",
        "第二篇 石坎县白水镇2021年民政工作总结", "白水镇的高龄津贴按月发到折子上。",
        "第三篇 石坎县大坪乡2021年民政工作总结", "大坪乡给独居老人装了呼叫的铃铛。",
    ]  # fmt: skip
    assert unwrapped(rows) == rows
