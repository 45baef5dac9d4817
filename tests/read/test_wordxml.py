"""Word 2003 XML as Word writes it: tracked changes, notes, lists, sections; and what is no Word document."""

from __future__ import annotations

import pytest
from reading import document_of

from pipeline.errors import ReadError

W = "http://schemas.microsoft.com/office/word/2003/wordml"
HEAD = (
    '<?xml version="1.0" encoding="{}" standalone="yes"?><?mso-application progid="Word.Document"?><w:wordDocument '
    f'xmlns:w="{W}" xmlns:aml="http://schemas.microsoft.com/aml/2001/core" '
    'xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint">'
)
LISTS = (
    '<w:lists><w:listDef w:listDefId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:nfc w:val="39"/>'
    '<w:suff w:val="Nothing"/><w:lvlText w:val="%1、"/></w:lvl></w:listDef>'
    '<w:list w:ilfo="1"><w:ilst w:val="0"/></w:list></w:lists>'
)
LABEL = '<w:pPr><w:listPr><w:ilvl w:val="0"/><w:ilfo w:val="1"/><wx:t wx:val="一、"/></w:listPr></w:pPr>'


def run(text):
    return f"<w:r><w:t>{text}</w:t></w:r>"


def change(kind, inside):
    content = f"<aml:content>{inside}</aml:content>"
    return f'<aml:annotation aml:id="1" w:type="{kind}" aml:author="a">{content}</aml:annotation>'


BODY = (
    f"<w:body><wx:sect><w:p>{LABEL}{run('投稿情况')}</w:p><wx:sub-section><w:p>{run('上半年投稿68篇')}"
    + change("Word.Insertion", run("，同比增加12篇"))
    + change("Word.Deletion", "<w:r><w:delText>，持平</w:delText></w:r>")
    + "<w:r><w:footnote><w:p><w:r><w:t>含省级。</w:t></w:r></w:p></w:footnote></w:r>"
    + change("Word.Comment", "<w:p><w:r><w:t>请核</w:t></w:r></w:p>")
    + f"{run('。')}</w:p><w:p>{LABEL}{run('下步打算')}</w:p></wx:sub-section>"
    '<w:sectPr><w:hdr w:type="odd"><w:p><w:r><w:t>石桥镇</w:t></w:r></w:p></w:hdr></w:sectPr></wx:sect></w:body>'
)


@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16"])
@pytest.mark.parametrize("name", ["总结.doc", "总结.xml"])
def test_changes_notes_and_labels(lines, name, encoding):
    data = f"{HEAD.format(encoding)}{LISTS}{BODY}</w:wordDocument>".encode(encoding)
    assert lines(data, name) == [
        "一、投稿情况",
        "上半年投稿68篇，同比增加12篇。",
        "二、下步打算",
        "note: 含省级。",
        "header: 石桥镇",
    ]


def test_other_packages_and_bombs_are_named():
    other = b'<?xml version="1.0"?><package version="3.0" xmlns="http://www.idpf.org/2007/opf"><metadata/></package>'
    with pytest.raises(ReadError, match="不是 Word 的 XML"):
        document_of(other, "book.xml")
    bomb = HEAD.format("UTF-8").replace("?><w:w", '?><!DOCTYPE a [<!ENTITY b "c">]><w:w') + BODY + "</w:wordDocument>"
    with pytest.raises(ReadError) as fault:
        document_of(bomb.encode(), "总结.doc")
    assert fault.value.cause == "bomb"
