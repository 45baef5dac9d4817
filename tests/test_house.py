"""The plan is a test: who imports whom, by the table in DESIGN."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "pipeline"
ALLOWED = {
    "model": set(),
    "errors": set(),
    "settings": {"model", "errors"},
    "read": {"model", "errors"},
    "structure": {"model", "errors"},
    "annotate": {"model", "errors"},
    "learn": {"model", "errors", "annotate"},
    "store": {"model", "errors"},
    "ask": {"model", "errors", "store", "annotate"},
    "show": {"model", "errors", "store", "ask"},
    "engine": {"model", "errors", "settings", "read", "structure", "annotate", "store"},
    "commands": {
        "model", "errors", "settings", "read", "structure", "annotate", "learn", "store", "ask", "show", "engine",
    },
    "__main__": {"commands", "errors", "show"},
    "__init__": set(),
}  # fmt: skip
MODULES = sorted(path for path in PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    return parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """Rooms a module imports, wherever in the file it does so."""
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module] if node.module != "pipeline" else [f"pipeline.{each.name}" for each in node.names]
        elif isinstance(node, ast.Import):
            names = [each.name for each in node.names]
        else:
            continue
        rooms |= {name.split(".")[1] for name in names if name.startswith("pipeline.")}
    return rooms - {"__version__"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_rooms_import_only_what_the_table_allows(path):
    own = room(path)
    assert own in ALLOWED, f"{own} is no room of the house"
    assert imported(path) - {own} <= ALLOWED[own]


def test_every_room_of_the_table_is_there():
    assert {room(path) for path in MODULES} == set(ALLOWED)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_nothing_dangerous_is_used(path):
    text = path.read_text(encoding="utf-8")
    for word in ("import pickle", "yaml.load(", "shell=True", "eval(", "exec(", "os.system"):
        assert word not in text.replace("re.compile(", ""), f"{word} in {path.name}"


def test_readers_etc_do_not_name_machines(root):
    """No absolute paths or registry hosts in code, docs or settings."""
    for path in [*PACKAGE.rglob("*.py"), *root.glob("*.md"), *(root / "configs").rglob("*.yaml"), root / "dev"]:
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            for word in ("/home/", "/root/", "/work/", "/tmp/", "pypi.org", "files.pythonhosted"):
                assert word not in text, f"{word} in {path}"
