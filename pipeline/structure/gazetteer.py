"""Names of provinces, cities, counties and towns with their official codes: configs/gazetteer.

Start-up counts, because each disposable child loads this: the town table stays the bytes of its file, sorted by name,
and a lookup goes through a coarse index (a name in every ``STRIDE`` bytes); the 3,300 areas become a dictionary.
"""

from __future__ import annotations

import bisect
import functools
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import SettingsError

STRIDE = 4096  # bytes of the town table between two names of its index
_ENDINGS = ("街道办事处", "街道", "办事处", "地区", "镇", "乡", "农场", "林场", "牧场", "开发区", "管理区")


@dataclass(frozen=True, slots=True)
class Change:
    """A town that was merged, renamed or turned into another kind, with the date and what became of it."""

    name: str
    county: str
    code: str
    date: str
    became: str
    became_code: str


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """``towns``: sorted lines ``name TAB code code…`` as bytes, ``keys`` the names that stand at ``starts`` in it.

    ``areas``: code → name; ``codes``: name → codes; ``stems``: short name (枝江) → codes.
    """

    towns: bytes
    keys: list[bytes]
    starts: list[int]
    areas: dict[str, str]
    codes: dict[str, tuple[str, ...]]
    stems: dict[str, tuple[str, ...]]
    changes: dict[str, tuple[Change, ...]]

    def town_codes(self, name: str) -> tuple[str, ...]:
        """The 9-digit codes of all towns of this name; a street is found with and without 办事处."""
        found = self._line(name)
        if not found and name.endswith("街道办事处"):
            found = self._line(name.removesuffix("办事处"))
        if not found and name.endswith("街道"):
            found = self._line(name + "办事处")
        return found

    def _line(self, name: str) -> tuple[str, ...]:
        key = name.encode()
        place = bisect.bisect_right(self.keys, key) - 1
        if place < 0:
            return ()
        start, end = self.starts[place], self.starts[place + 1]
        at = self.towns.find(b"\n" + key + b"\t", start - 1, end)
        if at < 0:
            return ()
        begin = at + len(key) + 2
        return tuple(self.towns[begin : self.towns.index(b"\n", begin)].decode().split(" "))

    def all_changes(self) -> set[Change]:
        """Every change once; ``changes`` holds each under its old and its new name."""
        return {change for changes in self.changes.values() for change in changes}

    def above(self, code: str) -> tuple[str | None, str | None, str | None]:
        """(county, city, province) that a code of 6 or 9 digits lies in; None where there is no such level."""
        return self.areas.get(code[:6]), self.areas.get(code[:4]), self.areas.get(code[:2])

    def area_codes(self, name: str) -> tuple[str, ...]:
        """Codes of the province, city or county of this name, in full (枝江市) or without its ending (枝江)."""
        return self.codes.get(name) or self.stems.get(name, ())


@functools.cache
def load(folder: str) -> Gazetteer:
    """Read the tables once a process. Raises ``SettingsError`` when a file is missing or a line is malformed."""
    towns, keys, starts = _indexed(_bytes(folder, "towns.tsv"))
    areas: dict[str, str] = {}
    codes: dict[str, tuple[str, ...]] = {}
    stems: dict[str, tuple[str, ...]] = {}
    for line in _read(folder, "areas.tsv").splitlines():
        code, name, short = line.split("\t")
        areas[code] = name
        codes[name] = (*codes.get(name, ()), code)
        if short:
            stems[short] = (*stems.get(short, ()), code)
    return Gazetteer(towns, keys, starts, areas, codes, stems, _changes(folder))


def _indexed(table: bytes) -> tuple[bytes, list[bytes], list[int]]:
    """The table after one newline (so that every name follows one), with its coarse index."""
    table = b"\n" + table.replace(b"\r\n", b"\n")
    starts, at = [], 1
    while 0 < at < len(table):
        starts.append(at)
        at = table.find(b"\n", at + STRIDE) + 1
    keys = [table[start : table.index(b"\t", start)] for start in starts]
    return table, keys, [*starts, len(table)]


def _read(folder: str, name: str) -> str:
    return _bytes(folder, name).decode("utf-8")


def _bytes(folder: str, name: str) -> bytes:
    path = Path(folder) / name
    try:
        return path.read_bytes()
    except OSError as fault:
        raise SettingsError(f"{path}: 地名表读不出来 (gazetteer cannot be read): {fault}") from None


def _changes(folder: str) -> dict[str, tuple[Change, ...]]:
    result: dict[str, tuple[Change, ...]] = {}
    for row, line in enumerate(_read(folder, "changes.tsv").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != 6:
            path = Path(folder) / "changes.tsv"
            raise SettingsError(
                f"{path} 第 {row} 行: 应有 6 列, 用 TAB 隔开 (expected 6 columns), 实有 {len(cells)} 列"
            )
        change = Change(*cells)
        for name in {change.name, change.became}:
            result[name] = (*result.get(name, ()), change)
    return result


def kind_of(name: str) -> str:
    """镇, 乡, 街道 …: what 我镇 must agree with.

    >>> kind_of("董市镇"), kind_of("导航街道办事处"), kind_of("查干诺尔苏木")
    ('镇', '街道', '苏木')
    """
    for ending in _ENDINGS:
        if name.endswith(ending):
            return "街道" if ending in ("街道办事处", "办事处") else ending
    return name[-2:]
