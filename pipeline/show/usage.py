"""The command line's own words, in Chinese where English is not asked for: usage, headings, and what was misused."""

from __future__ import annotations

import argparse
import difflib
import re
from collections.abc import Iterable
from itertools import pairwise
from typing import NoReturn

_LATER = ("--lang", "--json", "--settings", "--db", "--out")  # belong behind the command
_PLAIN = (
    (re.compile("the following arguments are required: COMMAND"), "缺少命令, 例如 zongjie run 文件夹"),
    (re.compile(r"the following arguments are required: (.+)"), r"缺少 \1"),
    (re.compile(r"unrecognized arguments: (.+)"), r"不认识的参数: \1"),
    (re.compile(r"argument (.+?): expected one argument"), r"\1 后面缺一个值"),
    (re.compile(r"argument (.+?): expected at least one argument"), r"\1 后面至少要一个值"),
    (re.compile(r"argument (.+?): not allowed with argument (.+)"), r"\1 不能和 \2 一起用"),
    (re.compile(r"ambiguous option: (.+?) could match (.+)"), r"\1 可以是 \2, 请写全"),
    (re.compile(r"argument (.+?): (.+)"), r"\1: \2"),
)
_CHOICE = re.compile(r"argument (.+?): invalid choice: '(.*?)' \(choose from (.+)\)")


def said(message: str) -> str:
    """A complaint of the parser in Chinese; one that is not known stays as it is.

    >>> said("the following arguments are required: DRAFT"), said("argument --most: expected one argument")
    ('缺少 DRAFT', '--most 后面缺一个值')
    >>> said("argument COMMAND: invalid choice: 'chek' (choose from 'check', 'compare')")
    "没有 'chek' 这个命令; 是不是 check; 可用的是 check、compare"
    """
    if choice := _CHOICE.fullmatch(message):
        what, word, known = choice[1], choice[2], [each.strip(" '") for each in choice[3].split(",")]
        near = difflib.get_close_matches(word, known, n=1)
        guess = f"是不是 {near[0]}; " if near else ""
        head = f"没有 '{word}' 这个命令" if what == "COMMAND" else f"{what}: 不能是 '{word}'"
        return f"{head}; {guess}可用的是 {'、'.join(known)}"
    for pattern, chinese in _PLAIN:
        if found := pattern.fullmatch(message):
            return found.expand(chinese)
    return message


class _Formatter(argparse.HelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "用法: " if prefix is None else prefix)


class ChineseParser(argparse.ArgumentParser):
    """A parser whose own words are Chinese. ``--lang en`` on the line uses the plain one."""

    def __init__(self, *given, **more) -> None:  # type: ignore[no-untyped-def]
        super().__init__(*given, **{"formatter_class": _Formatter, **more})
        self._positionals.title, self._optionals.title = "参数", "选项"
        for action in self._actions:
            if isinstance(action, argparse._HelpAction):
                action.help = "看用法"

    def error(self, message: str) -> NoReturn:
        """Say what is wrong in a line, and where the usage is."""
        self.exit(2, f"{self.prog}: {said(message)}\n用法见 {self.prog} --help\n")


def misplaced(words: list[str]) -> str | None:
    """A command's option that stands before the command."""
    return next((word for word in words[:1] if word.partition("=")[0] in _LATER), None)


def is_english(words: list[str]) -> bool:
    """Does the line ask for English?"""
    return "--lang=en" in words or any(pair == ("--lang", "en") for pair in pairwise(words))
