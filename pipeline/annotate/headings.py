"""What a heading says of the time of all below it: whether the part looks back."""

from __future__ import annotations

import re

BACK = "back"
"""The stance of a part whose heading looks back (一、上半年工作总结): a plan below it must say so itself."""
_DONE = re.compile(
    r"总结|回顾|(?:圆满|全面|顺利|超额|较好|提前)完成|(?:完成|开展|落实|推进|进展|运行|执行|实施|工作|整改|建设|发展)(?:[^，。；：、和与及暨]{0,4})情况|基本情况|"
    r"(?:主要|工作|取得的?|特色|典型)(?:成效|成绩|做法|亮点|经验|成就)|成效$|做法$|亮点$"
)
_TO_COME = re.compile(r"计划|打算|思路|安排|部署|下一?步|下一?阶段|今后|明年|来年|谋划|举措|建议|设想|预计|预期")
_LAST_NUMBER = re.compile(r".*[0-9０-９]", re.DOTALL)


def names_what_is_done(heading: str) -> bool:
    """Whether a heading speaks of what is done, alone or beside what is to come.

    >>> names_what_is_done("上半年工作总结及下半年打算"), names_what_is_done("目标任务"), names_what_is_done("完成情况")
    (True, False, True)
    """
    return _DONE.search(heading) is not None


def looks_back(heading: str) -> bool:
    """Whether a heading announces nothing but what is done: ``一、目标任务完成情况``.

    >>> looks_back("一、目标任务完成情况"), looks_back("上半年工作总结及下半年打算"), looks_back("工作安排落实情况")
    (True, False, False)
    """
    return names_what_is_done(heading) and _TO_COME.search(heading) is None


def up_to_last_number(text: str) -> str:
    """A paragraph up to its last number: what stands behind (``确保农户增收``) says nothing of when they hold.

    >>> up_to_last_number("种植核桃800亩，确保农户增收。")
    '种植核桃800'
    """
    match = _LAST_NUMBER.match(text)
    return match[0] if match is not None else text
