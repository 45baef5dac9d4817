"""Labelled reports as people write them: one ``.tsv`` a report, head lines ``# key: value``, then role, topic, text."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.annotate.features import ROLES, TOPICS
from pipeline.errors import InputError


@dataclass(frozen=True, slots=True)
class Line:
    """One labelled paragraph; ``text`` may hold TABs (a table row)."""

    role: str
    topic: str
    text: str


@dataclass(frozen=True, slots=True)
class Labelled:
    """A labelled report: its file's name, what its head says, its lines in order."""

    name: str
    head: dict[str, str]
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The report as a plain text, one paragraph a line."""
        return "\n".join(line.text for line in self.lines)


def parse(text: str, name: str, roles: tuple[str, ...] = ROLES, topics: tuple[str, ...] = TOPICS) -> Labelled:
    r"""A labelled report from the text of its file; raises ``InputError`` with the line that is wrong.

    >>> parse("# town: 青禾镇\nplan\tnews\t下半年信息上报不低于50条。", "例").lines[0].role
    'plan'
    >>> parse("plan\tnwes\t下半年信息上报不低于50条。", "例")
    Traceback (most recent call last):
    ...
    pipeline.errors.InputError: 例 第 1 行: 不认识的标签 'plan nwes'; 应为「角色<TAB>类别<TAB>正文」
    """
    head: dict[str, str] = {}
    lines: list[Line] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        if line.startswith("# "):
            key, _, value = line[2:].partition(":")
            head[key.strip()] = value.strip()
            continue
        role, topic, said = (line.split("\t", 2) + ["", ""])[:3]
        if role not in roles or topic not in topics or not said.strip():
            raise InputError(f"{name} 第 {number} 行: 不认识的标签 '{role} {topic}'; 应为「角色<TAB>类别<TAB>正文」")
        lines.append(Line(role, topic, said.strip()))
    return Labelled(name, head, tuple(lines))


def read(folder: Path) -> list[Labelled]:
    """All labelled reports below a folder, by name."""
    files = sorted(path for path in folder.rglob("*.tsv") if not path.stem.startswith(("truth", "promises")))
    return [parse(path.read_text(encoding="utf-8"), path.relative_to(folder).as_posix()) for path in files]
