"""Bytes → text: byte order mark, strict UTF-8, then the Chinese code pages, told apart by everyday characters."""

from __future__ import annotations

import re

from pipeline.errors import ReadError

BOMS = (
    (b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe\x00\x00", "utf-32-le"), (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"\x84\x31\x95\x33", "gb18030"),
)  # fmt: skip
# The characters that make up a third of any Chinese text, in both scripts, and the punctuation of both.
EVERYDAY = frozenset(
    "的一是不了在人有我他这個个上们来到时時大地为為子中你说說生国國年着著就那和要她出也得里裡後后自以会會家可下而过過天去能对對小"
    "多然于於心学學么麼之都好看起发發当當没沒成只如事把还還用第样樣道想作种種开開美总總从從无無情己面最女但现現前些所同日手又行意动動"
    "方期它头頭经經长長儿兒回位分爱愛老因很给給名法间間斯知世什两兩次使身者被高已亲親其进進此话話常与與活正感，。、；：“”！？（）「」《》"
)
SAMPLE = 20_000  # bytes that decide; more changes nothing
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_-]{2,20})""", re.IGNORECASE)
# What pages call these code pages → Python's name for the widest one of the family.
FAMILY = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "x-gbk": "gb18030", "gb_2312-80": "gb18030",
    "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "x-x-big5": "big5hkscs", "utf-8": "utf-8", "utf8": "utf-8",
}  # fmt: skip


def decode(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding; signs that cannot be decoded become U+FFFD.

    Raises ``ReadError`` for bytes that are no text at all.

    >>> decode("上半年总结".encode("gbk"))
    ('上半年总结', 'gb18030')
    >>> decode("\\ufeff总结".encode("utf-16"))[0]
    '总结'
    """
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace").lstrip("\ufeff"), encoding
    wide = _utf16(data)
    if wide:
        return data.decode(wide, "replace"), wide
    if is_binary(data):
        raise ReadError(
            "不是文字文件 (binary bytes, not text); 请用能打开它的软件另存为 docx 或 pdf", cause="unsupported"
        )
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as fault:
        if fault.start > len(data) - 4 and fault.start > 8:  # cut in the middle of its last character
            return data.decode("utf-8", "replace"), "utf-8"
    return _code_page(data)


def is_binary(data: bytes) -> bool:
    """Whether the bytes hold signs that no text file holds.

    >>> is_binary(b"\\x00\\x01\\x02PK"), is_binary("总结\\n".encode("gbk"))
    (True, False)
    """
    head = data[:SAMPLE]
    controls = sum(map(head.count, (b"\x00", b"\x01", b"\x02", b"\x03", b"\x04", b"\x05", b"\x06", b"\x08", b"\x0e")))
    return controls > len(head) // 200


def _utf16(data: bytes) -> str:
    """UTF-16 without its mark: a zero byte beside every ASCII sign, or Han in one order only."""
    head = data[: SAMPLE & ~1]
    if len(head) < 4 or len(data) % 2:
        return ""
    low, high = head[::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if low + high == 0 and not _is_wide_text(head):
        return ""
    for encoding, zeros, others in (("utf-16-le", high, low), ("utf-16-be", low, high)):
        text = head.decode(encoding, "replace")
        common = sum(1 for sign in text if sign in EVERYDAY or " " <= sign <= "~" or sign in "\r\n\t\u3000")
        if common > 0.3 * half and others <= max(zeros, 1) and "\ufffd" not in text[:-1]:
            return encoding
    return ""


def _is_wide_text(head: bytes) -> bool:
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as fault:
        return fault.start < len(head) - 4 and "\ufffd" in head.decode("gb18030", "replace")
    return False


def _code_page(data: bytes) -> tuple[str, str]:
    """GB 18030 or Big5: the one whose text has fewer faults and more everyday characters; GB 18030 on a tie."""
    declared = _DECLARED.search(data[:2048])
    named = FAMILY.get(declared[1].decode("ascii").lower(), "") if declared else ""
    head = data[:SAMPLE]
    best, most = "gb18030", -1.0
    for encoding in ("gb18030", "big5hkscs", "utf-8"):
        share = _plausible(head, encoding) + (0.05 if encoding == named else 0.0)
        if share > most:
            best, most = encoding, share
    return data.decode(best, "replace"), best


def _plausible(head: bytes, encoding: str) -> float:
    text = head.decode(encoding, "replace")
    wide = [sign for sign in text if sign > "\x7f"]
    if not wide:
        return 1.0
    everyday = sum(1 for sign in wide if sign in EVERYDAY)
    faults = sum(1 for sign in wide if sign == "\ufffd" or "\ue000" <= sign <= "\uf8ff")
    return (everyday - 3 * faults) / len(wide)
