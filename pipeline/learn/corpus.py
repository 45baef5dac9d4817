"""Labelled reports as people write them: one ``.tsv`` a report, head lines ``# key: value``, then role, topic, text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import InputError

HELD_OUT = 6  # every sixth training report, by name, is kept aside to measure by


@dataclass(frozen=True, slots=True)
class Line:
    """One labelled paragraph; ``text`` may hold TABs (a table row). An empty label says nothing of that axis."""

    role: str
    topic: str
    text: str
    number: int = 0  # of the line in its file


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


@dataclass(frozen=True, slots=True)
class Known:
    """What labels mean: written word → label, for each axis; None takes every word as it is.

    ``older`` are labels of the standard taxonomy that the user's own leaves out: they are no slip, but say nothing.
    """

    roles: Mapping[str, str] | None = None
    topics: Mapping[str, str] | None = None
    older: frozenset[str] = frozenset()

    def role(self, word: str) -> str | None:
        """The role that a word means, empty when it says nothing, None when it is unknown."""
        return self._meant(word, self.roles)

    def topic(self, word: str) -> str | None:
        """The same for a topic."""
        return self._meant(word, self.topics)

    def _meant(self, word: str, known: Mapping[str, str] | None) -> str | None:
        if known is None or word in ("", "-"):
            return word.strip("-")
        return known.get(word, "" if word in self.older else None)


ANY = Known()


def parse(text: str, name: str, known: Known = ANY) -> Labelled:
    r"""A labelled report from the text of its file; raises ``InputError`` with the line that is wrong.

    >>> known = Known({"plan": "plan", "下步安排": "plan"}, {"news": "news"})
    >>> parse("# town: 青禾镇\n下步安排\tnews\t下半年信息上报不低于50条。", "例", known).lines[0].role
    'plan'
    >>> parse("plan\tnwes\t下半年信息上报不低于50条。", "例", known)
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
        role, topic, said = [*line.split("\t", 2), "", ""][:3]
        own_role, own_topic = known.role(role.strip()), known.topic(topic.strip())
        if own_role is None or own_topic is None or not said.strip():
            raise InputError(
                f"{name} 第 {number} 行: 不认识的标签 '{role} {topic}'; 应为「角色<TAB>类别<TAB>正文」", cause="labels"
            )
        lines.append(Line(own_role, own_topic, said.strip(), number))
    return Labelled(name, head, tuple(lines))


def read(folder: Path, known: Known = ANY) -> list[Labelled]:
    """All labelled reports below a folder, by name."""
    files = sorted(path for path in folder.rglob("*.tsv") if not path.stem.startswith(("truth", "promises")))
    return [_read(path, path.relative_to(folder).as_posix(), known) for path in files]


def _read(path: Path, name: str, known: Known) -> Labelled:
    try:
        return parse(path.read_text(encoding="utf-8-sig"), name, known)
    except UnicodeDecodeError:
        raise InputError(f"{path}: 标注文件应是 UTF-8 编码 (not UTF-8); 请另存为 UTF-8", cause="labels") from None


def parts(reports: list[Labelled]) -> tuple[list[Labelled], list[Labelled]]:
    """Reports to learn from and reports held out, by name: never a paragraph of one in the other.

    >>> reports = [Labelled(f"{n:02}.tsv", {}, ()) for n in range(12)]
    >>> [each.name for each in parts(reports)[1]]
    ['05.tsv', '11.tsv']
    """
    ordered = sorted(reports, key=lambda report: report.name)
    held = ordered[HELD_OUT - 1 :: HELD_OUT]
    names = {report.name for report in held}
    return [report for report in ordered if report.name not in names], held
