"""YAML as written → frozen settings. Every word that is not known is an error with its line and a guess.

A settings type is a frozen dataclass in ``model``; its fields are the words a file may use. ``build`` reads
the YAML node tree, so that every message can say file and line.
"""

from __future__ import annotations

import dataclasses
import difflib
import functools
import hashlib
import re
import types
import typing
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar, Union

import yaml

from pipeline.errors import SettingsError
from pipeline.model import (
    Categories,
    Category,
    Configured,
    Indicators,
    Media,
    Places,
    ReadOptions,
    Settings,
    Towns,
    Units,
)

T = TypeVar("T")
_NULL, _TEXT = "tag:yaml.org,2002:null", "tag:yaml.org,2002:str"


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Nodes without their types but null: what a value is, the settings' own types say. A fifth less work a file."""

    def resolve(self, kind: type[yaml.Node], value: str | None, implicit: Any) -> str:
        """The tag of a node; ``implicit`` of a scalar begins with whether it stands without quotation marks."""
        if kind is not yaml.ScalarNode:
            told: str = super().resolve(kind, value, implicit)
            return told
        return _NULL if implicit[0] and value in ("", "~", "null", "Null", "NULL") else _TEXT

    def descend_resolver(self, *_: object) -> None:
        """No tag depends on where a node stands."""

    def ascend_resolver(self) -> None:
        """The same on the way up."""


def folder() -> Path:
    """The ``configs`` folder: beside the package in a checkout, inside it in an installed wheel."""
    checkout = Path(__file__).resolve().parent.parent / "configs"
    if checkout.is_dir():
        return checkout
    return Path(str(resources.files("pipeline"))) / "_data" / "configs"


def everything(file: Path | None = None) -> Configured:
    """All settings of a run: our defaults, or what ``file`` (a settings.yaml) says; raises ``SettingsError``.

    Tables (units, indicators, towns …) are taken from the folder that ``tables`` names where it holds them,
    else from ``configs/``.
    """
    path = file or folder() / "settings.yaml"
    told = load(Settings, path)
    home = path.resolve().parent
    tables = [home / told.tables] if told.tables else []
    for each in tables:
        if not each.is_dir():
            raise SettingsError(f"{path}: tables 指的文件夹 {each} 不存在 (no such folder)")
    used = [path]

    def table(name: str) -> Path:
        found = next((each / name for each in tables if (each / name).is_file()), folder() / name)
        used.append(found)
        return found

    lists = [*sorted((folder() / "words").glob("*.txt")), *(home / name for name in told.words)]
    used += lists
    words = tuple(word for file in lists for word in _word_list(file))
    model = str(home / told.model) if told.model else ""
    if model:
        used.append(Path(model))
    units, indicators = load(Units, table("units.yaml")), load(Indicators, table("indicators.yaml"))
    media = load(Media, table("media.yaml"))
    categories = load(Categories, table("categories.yaml"))
    places = Places(str(folder() / "gazetteer"), load(Towns, table("towns.yaml")))
    reading = ReadOptions(told.passwords, told.limits, told.ocr, told.released)
    return Configured(told, reading, units, indicators, media, categories, places, words, model, tuple(used))


def question_table(kind: type[T], name: str, file: Path | None = None) -> T:
    """A table that only questions need (synonyms.yaml, wording.yaml): it changes no row, so no run depends on it.

    Taken from the folder that ``tables`` of ``file`` names where it holds one, else from ``configs/``.
    """
    return load(kind, table_file(name, file))


def _word_list(file: Path) -> list[str]:
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        raise SettingsError(f"{file}: 词表读不出来 (cannot be read): {fault}") from None
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def fingerprint(configured: Configured) -> str:
    """Of everything that changes a result: the settings' bytes, our code, the model, the gazetteer's size."""
    told = hashlib.sha256()
    code = Path(__file__).resolve().parent
    ours = [path for room in ("read", "structure", "annotate") for path in sorted((code / room).iterdir())]
    for path in [*configured.files, *ours, code / "model.py", code / "store" / "rows.py"]:
        if path.is_file() and path.suffix != ".pyc":
            told.update(path.name.encode("utf-8"))
            try:
                told.update(path.read_bytes())
            except OSError as fault:
                raise SettingsError(f"{path}: 读不出来 (cannot be read): {fault}") from None
    return told.hexdigest()[:16]


def load(kind: type[T], path: Path) -> T:
    """Read one YAML file as a value of ``kind``; raises ``SettingsError`` naming file, line, word and a guess."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise SettingsError(f"{path}: 没有这个设置文件 (no such settings file)") from None
    except (OSError, UnicodeDecodeError) as fault:
        raise SettingsError(f"{path}: 设置文件读不出来 (cannot be read): {fault}") from None
    return loads(kind, text, str(path))


def loads(kind: type[T], text: str, name: str) -> T:
    """Like ``load``, from a string; ``name`` is what messages call it.

    >>> from pipeline.model import Limits
    >>> loads(Limits, "seconds: 30", "设置.yaml").seconds
    30.0
    >>> loads(Limits, "secconds: 30", "设置.yaml")
    Traceback (most recent call last):
    ...
    pipeline.errors.SettingsError: 设置.yaml 第 1 行: 不认识的设置 'secconds' (unknown); 是不是 'seconds'?
    """
    try:
        node = yaml.compose(text, Loader=Loader)
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        where = f"{name} 第 {mark.line + 1} 行" if mark else name
        raise SettingsError(f"{where}: 不是合法的 YAML ({getattr(fault, 'problem', fault)})") from None
    if node is None:
        node = yaml.MappingNode("tag:yaml.org,2002:map", [], None, None)
    built: T = _build(kind, node, name)
    if isinstance(built, Categories):
        _check_categories(built, node, name)
    if isinstance(built, Towns):
        _check_towns(built, node, name)
    return built


def _fail(name: str, node: yaml.Node, message: str) -> SettingsError:
    line = f" 第 {node.start_mark.line + 1} 行" if node.start_mark else ""
    return SettingsError(f"{name}{line}: {message}")


@functools.cache
def _fields(kind: type) -> dict[str, tuple[Any, bool]]:
    """A record's words: the type of each, and whether it must be said."""
    hints = typing.get_type_hints(kind)
    return {
        each.name: (hints[each.name], each.default is each.default_factory is dataclasses.MISSING)
        for each in dataclasses.fields(kind)
    }


def _build(kind: Any, node: yaml.Node, name: str) -> Any:
    """One YAML node as ``kind``: a dataclass, tuple, mapping, union with None, Literal or scalar."""
    if kind is str and isinstance(node, yaml.ScalarNode):  # nearly all are
        return node.value
    if dataclasses.is_dataclass(kind):
        return _build_record(kind, node, name)
    origin = typing.get_origin(kind)
    if origin is tuple:
        if not isinstance(node, yaml.SequenceNode):
            raise _fail(name, node, "这里应是一个列表 (a list)")
        item = typing.get_args(kind)[0]
        return tuple([_build(item, child, name) for child in node.value])
    if origin in (Union, types.UnionType):
        return _build_union(kind, node, name)
    if origin in (dict, Mapping):
        if not isinstance(node, yaml.MappingNode):
            raise _fail(name, node, "这里应是「键: 值」 (a mapping)")
        item = typing.get_args(kind)[1]
        return {word: _build(item, child, name) for word, _, child in _pairs(node, name)}
    if origin is typing.Literal:
        choices = typing.get_args(kind)
        value = node.value if isinstance(node, yaml.ScalarNode) else None
        if value not in choices:
            raise _fail(name, node, f"{value!r} 不在可选值之内 ({', '.join(choices)}){_guess(str(value), choices)}")
        return value
    return _scalar(kind, node, name)


def _build_union(kind: Any, node: yaml.Node, name: str) -> Any:
    options = typing.get_args(kind)
    if isinstance(node, yaml.ScalarNode) and node.tag == _NULL and type(None) in options:
        return None
    (inner,) = [option for option in options if option is not type(None)]
    return _build(inner, node, name)


def _build_record(kind: Any, node: yaml.Node, name: str) -> Any:
    if not isinstance(node, yaml.MappingNode):
        raise _fail(name, node, "这里应是「键: 值」 (a mapping)")
    fields = _fields(kind)
    values: dict[str, Any] = {}
    for word, key, child in _pairs(node, name):
        if word not in fields:
            raise _fail(name, key, f"不认识的设置 {word!r} (unknown){_guess(word, fields)}")
        values[word] = _build(fields[word][0], child, name)
    for word, (_, is_needed) in fields.items():
        if is_needed and word not in values:
            raise _fail(name, node, f"缺少 {word!r} (missing)")
    return kind(**values)


def _pairs(node: yaml.Node | None, name: str) -> list[tuple[str, yaml.Node, yaml.Node]]:
    """What a mapping says: word, the word's node, the value's node."""
    assert isinstance(node, yaml.MappingNode)
    found: dict[str, tuple[str, yaml.Node, yaml.Node]] = {}
    for key, child in node.value:
        word = _key(key, name)
        if word in found:
            raise _fail(name, key, f"{word!r} 写了两次 (given twice)")
        found[word] = word, key, child
    return list(found.values())


def _key(node: yaml.Node, name: str) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise _fail(name, node, "键应是一个词 (a plain word)")
    return str(node.value)


def _guess(word: str, known: typing.Iterable[str]) -> str:
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f"; 是不是 {near[0]!r}?" if near else f"; 可用的是 {', '.join(known)}"


_BOOLS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def _scalar(kind: Any, node: yaml.Node, name: str) -> Any:
    if not isinstance(node, yaml.ScalarNode):
        raise _fail(name, node, f"这里应是一个值 ({getattr(kind, '__name__', kind)})")
    value = str(node.value)
    if kind is str:
        return value
    if kind is bool:
        if value.lower() not in _BOOLS:
            raise _fail(name, node, f"{value!r} 应是 true 或 false")
        return _BOOLS[value.lower()]
    try:
        return kind(value)
    except (ValueError, InvalidOperation):
        wanted = {int: "整数", float: "数", Decimal: "数"}.get(kind, getattr(kind, "__name__", "值"))
        raise _fail(name, node, f"{value!r} 应是{wanted} (expected {kind.__name__})") from None


# The program's own logic asks for these by id; everything else about labels is the user's.
_NEEDED = {
    "roles": ("heading", "overview", "achievement", "problem", "plan", "closing", "other"),
    "topics": ("general",),
}
_ID = re.compile(r"[^\s:=→;|]+")


def _check_categories(built: Categories, node: yaml.Node, name: str) -> None:
    """Labels that cannot be told apart, or that lead nowhere, are errors with their line."""
    assert isinstance(node, yaml.MappingNode)
    for axis, key, child in _pairs(node, name):
        labels: Mapping[str, Category] = getattr(built, axis)
        missing = [each for each in _NEEDED[axis] if each not in labels]
        if missing:
            raise _fail(name, key, f"{axis} 里缺 {missing[0]!r}: 程序要靠它判断, 不能去掉或换掉; 改显示名请改它的 name")
        lines = {word: each for word, each, _ in _pairs(child, name)}
        said: dict[str, str] = {}
        for own, category in labels.items():
            if not _ID.fullmatch(own):
                raise _fail(name, lines[own], f"标签 {own!r} 里不能有空白和 : = ; | →")
            for word in dict.fromkeys((own, category.name, *category.also.split())):
                if word in said:
                    told = f"{word!r} 既指 {said[word]!r} 又指 {own!r} (duplicate); 请改其中一个"
                    raise _fail(name, lines[own], told)
                said[word] = own
            _check_parent(own, labels, lines[own], name)
            for text in (*category.examples, *(each.text for each in category.counter_examples)):
                if not text.strip() or "\n" in text.strip():
                    raise _fail(name, lines[own], f"{own!r} 的例子应是一段话, 不能是空的或分行的")
            for each in category.counter_examples:
                if each.label not in labels:
                    told = f"反例的 label {each.label!r} 不是一个标签{_guess(each.label, labels)}"
                    raise _fail(name, lines[own], f"{own!r}: {told}")


def _check_towns(built: Towns, node: yaml.Node, name: str) -> None:
    """A name that two units of one county share, and a pin that pins nothing, are errors with their line."""
    assert isinstance(node, yaml.MappingNode)
    lists = {word: child for word, _, child in _pairs(node, name)}
    said: dict[tuple[str | None, str], str] = {}
    for at, unit in enumerate(built.units):
        for word in dict.fromkeys((unit.name, *unit.aliases)):
            key = (unit.county or built.county, word)
            if not word.strip():
                raise _fail(name, lists["units"].value[at], f"单位 {unit.name!r} 的名称或别名是空的 (empty name)")
            if key in said:
                told = f"{word!r} 既指 {said[key]!r} 又指 {unit.name!r} (duplicate); 请改其中一个, 或写明各自的 county"
                raise _fail(name, lists["units"].value[at], told)
            said[key] = unit.name
    for at, pin in enumerate(built.pins):
        if not (pin.town or pin.county or pin.city or pin.province or pin.code or pin.final):
            words = "town、county、city、province、code 之一, 或 final: true"
            told = f"{pin.path!r} 没有说明归属 (pins nothing): 请写 {words}"
            raise _fail(name, lists["pins"].value[at], told)


def _check_parent(own: str, labels: Mapping[str, Category], line: yaml.Node, name: str) -> None:
    """The way up from a label ends at one without a parent."""
    way, at = [own], labels[own].parent
    while at is not None:
        if at not in labels:
            raise _fail(name, line, f"{way[-1]!r} 的 parent {at!r} 不是一个标签{_guess(at, labels)}")
        if at in way:
            raise _fail(name, line, f"parent 绕成了圈: {' → '.join([*way, at])} (loop)")
        way.append(at)
        at = labels[at].parent


def label_line(path: Path, axis: str, label: str) -> int:
    """The line on which categories.yaml names a label; 0 when it does not."""
    node = yaml.compose(path.read_text(encoding="utf-8-sig"), Loader=Loader)
    for word, _, child in _pairs(node, str(path)):
        if word == axis:
            return next((each.start_mark.line + 1 for own, each, _ in _pairs(child, str(path)) if own == label), 0)
    return 0


def table_file(name: str, file: Path | None = None) -> Path:
    """Where a table is taken from: the folder that ``tables`` of a settings file names, else ``configs/``."""
    path = file or folder() / "settings.yaml"
    told = load(Settings, path)
    own = path.resolve().parent / told.tables / name if told.tables else None
    return own if own is not None and own.is_file() else folder() / name
