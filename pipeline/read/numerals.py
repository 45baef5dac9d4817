"""Numbers of list labels as word processors write them: one function a format, one line each in ``FORMATS``.

The names are those of ECMA-376 part 1, 17.18.59 (ST_NumberFormat).
"""

from __future__ import annotations

from collections.abc import Callable

DIGITS = "〇一二三四五六七八九"
CAPITAL = str.maketrans("一二三四五六七八九十百千零", "壹贰叁肆伍陆柒捌玖拾佰仟零")
CAPITAL_TRADITIONAL = str.maketrans("一二三四五六七八九十百千零", "壹貳參肆伍陸柒捌玖拾佰仟零")
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
CIRCLED = ((20, 0x2460), (35, 0x3251 - 20), (50, 0x32B1 - 35))


def digits(number: int) -> str:
    """Chinese digits one by one.

    >>> digits(10), digits(205)
    ('一〇', '二〇五')
    """
    return "".join(DIGITS[int(digit)] for digit in str(number))


def counting(number: int) -> str:
    """Chinese numbers below ten thousand, every place with its digit.

    >>> [counting(n) for n in (1, 10, 11, 20, 21, 101, 110, 1005)]
    ['一', '一十', '一十一', '二十', '二十一', '一百零一', '一百一十', '一千零五']
    """
    if not 0 < number < 10_000:
        return digits(number) if number else "零"
    words, gap = "", False
    for place, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            words += ("零" if gap and words else "") + DIGITS[digit] + word
        gap = not digit
    return words


def spoken(number: int) -> str:
    """As ``counting``, but ten to nineteen without a leading 一.

    >>> spoken(10), spoken(19), spoken(110)
    ('十', '十九', '一百一十')
    """
    words = counting(number)
    return words[1:] if 10 <= number < 20 else words


def counting_to_99(number: int) -> str:
    """Word's ``chineseCounting``: spoken up to 99, digit by digit from 100 on.

    >>> counting_to_99(99), counting_to_99(100)
    ('九十九', '一〇〇')
    """
    return spoken(number) if number < 100 else digits(number)


def roman(number: int) -> str:
    """Small roman numerals.

    >>> roman(14)
    'xiv'
    """
    words = ""
    for value, letters in ROMAN:
        while 0 < value <= number:
            words, number = words + letters, number - value
    return words


def letter(number: int) -> str:
    """Letters that double after z, as word processors count (not as spreadsheets do).

    >>> letter(2), letter(27)
    ('b', 'aa')
    """
    return chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else ""


def circled(number: int) -> str:
    """Circled numbers up to 50.

    >>> circled(1), circled(21), circled(51)
    ('①', '㉑', '51')
    """
    for last, first in CIRCLED:
        if 0 < number <= last:
            return chr(first + number - 1)
    return str(number)


def _series(first: str, last: int) -> Callable[[int], str]:
    return lambda number: chr(ord(first) + number - 1) if 0 < number <= last else str(number)


def _ordinal(number: int) -> str:
    teens = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _wide(number: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))


def _nothing(number: int) -> str:
    return ""


FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": "{:02d}".format,
    "decimalFullWidth": _wide,
    "decimalFullWidth2": _wide,
    "decimalEnclosedCircle": circled,
    "decimalEnclosedCircleChinese": circled,
    "decimalEnclosedParen": _series("⑴", 20),
    "decimalEnclosedFullstop": _series("⒈", 20),
    "numberInDash": "- {} -".format,
    "chineseCounting": counting_to_99,
    "chineseCountingThousand": spoken,
    "chineseLegalSimplified": lambda number: counting(number).translate(CAPITAL),
    "ideographDigital": digits,
    "ideographEnclosedCircle": _series("㊀", 10),
    "ideographTraditional": lambda number: STEMS[number - 1] if 0 < number <= 10 else str(number),
    "ideographZodiac": lambda number: BRANCHES[number - 1] if 0 < number <= 12 else str(number),
    "ideographZodiacTraditional": lambda number: STEMS[(number - 1) % 10] + BRANCHES[(number - 1) % 12],
    "ideographLegalTraditional": lambda number: counting(number).translate(CAPITAL_TRADITIONAL),
    "taiwaneseCounting": counting_to_99,
    "taiwaneseCountingThousand": spoken,
    "taiwaneseDigital": digits,
    "japaneseCounting": spoken,
    "japaneseLegal": lambda number: counting(number).translate(CAPITAL_TRADITIONAL),
    "japaneseDigitalTenThousand": digits,
    "koreanDigital2": digits,
    "lowerLetter": letter,
    "upperLetter": lambda number: letter(number).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda number: roman(number).upper(),
    "ordinal": _ordinal,
    "hex": "{:X}".format,
    "bullet": _nothing,
    "none": _nothing,
}


def number(value: int, form: str) -> str:
    """``value`` in the named format; a format that is not known is written in plain digits.

    ``form`` may be a pattern of zeros (``001, 002, …``), Word's custom format.

    >>> number(3, "chineseCountingThousand"), number(3, "001, 002, 003"), number(3, "hebrew1")
    ('三', '003', '3')
    """
    if form[:1] == "0":
        return str(value).zfill(len(form.split(",")[0]))
    return FORMATS.get(form, str)(value)


def labelled(label: str, text: str) -> str:
    """``label`` directly before ``text``; one space where two digits would meet.

    >>> labelled("一、", "加强学习"), labelled("1", "2023年")
    ('一、加强学习', '1 2023年')
    """
    meet = label[-1:].isdigit() and text[:1].isdigit()
    return f"{label} {text}" if meet else label + text
