"""The outside of the house: what the documents promise, what is declared, locked and shipped."""

from __future__ import annotations

import ast
import os
import re
import runpy
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from pipeline import __version__
from pipeline.commands import COMMANDS

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
DECLARED = [Requirement(each) for each in (*PROJECT["project"]["dependencies"], *chain(*EXTRAS.values()))]
BROUGHT = {"pdfminer-six"}  # pdfplumber asks for one exact version of it
WAITING = {"python-docx"}  # for comments in drafts, in the room to come; tests use it
LOCKED = dict(
    line.split(" ")[0].split("==")
    for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
)


# documents


def commands_of(text: str) -> tuple[set[str], set[str]]:
    """Words after ``./dev`` and after ``zongjie`` in what a reader is told to type."""
    typed = "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, re.DOTALL))
    ours = re.findall(r"(?:^|[`/\\]|\s)zongjie ([a-z]+)", typed, re.MULTILINE)
    return set(re.findall(r"(?:\./|py )dev ([a-z]+)", typed)), set(ours)


def test_commands_are_found_in_a_document():
    assert commands_of("`./dev demo`\n```\npy dev test\nzongjie run 文件夹\n```\nzongjie is") == (
        {"demo", "test"},
        {"run"},
    )


def test_every_command_of_the_readme_is_there():
    development, ours = commands_of((ROOT / "README.md").read_text(encoding="utf-8"))
    assert development >= {"demo", "test"}
    assert "run" in ours
    assert development <= set(runpy.run_path(str(ROOT / "dev"))["COMMANDS"])
    assert ours <= set(COMMANDS)


def test_the_changelog_has_this_version():
    assert PROJECT["project"]["version"] == __version__
    heads = re.findall(r"^## \[?(\d+\.\d+\.\d+)", (ROOT / "pipeline/CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    assert heads[:1] == [__version__]


def test_every_extra_that_a_message_names_is_there():
    named = set()
    for path in (ROOT / "pipeline").rglob("*.py"):
        named |= set(re.findall(r"zongjie\[([a-z,]+)\]", path.read_text(encoding="utf-8")))
    assert {extra for each in named for extra in each.split(",")} <= set(EXTRAS)


# the development script


def test_dev_can_say_that_a_python_is_too_old(monkeypatch):
    text = (ROOT / "dev").read_text(encoding="utf-8")
    ast.parse(text, feature_version=(3, 6))
    assert "from __future__" not in text.split("import os")[0].replace("`from __future__`", "")
    dev = runpy.run_path(str(ROOT / "dev"))
    monkeypatch.setattr(dev["shutil"], "which", lambda name: None)
    with pytest.raises(SystemExit, match=r"needs Python 3.11 or newer; this is .* Install Python"):
        dev["newer_python"]()


def test_dev_explains_itself():
    told = subprocess.run([sys.executable, str(ROOT / "dev")], capture_output=True, text=True)
    assert told.returncode == 1
    for name in runpy.run_path(str(ROOT / "dev"))["COMMANDS"]:
        assert f"\n  {name} " in told.stderr


# what is declared and locked


def imported(folder: Path) -> set[str]:
    """Top names of all that the code below a folder imports, wherever in a file."""
    names = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {each.name.split(".")[0] for each in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.split(".")[0])
    return names - set(sys.stdlib_module_names) - {"pipeline"}


def test_what_the_product_imports_is_declared_and_nothing_else():
    known = packages_distributions()
    absent = {name for name in imported(ROOT / "pipeline") if name not in known}
    assert not absent, f"imported, but not installed by ./dev: {absent}"
    used = {canonicalize_name(known[name][0]) for name in imported(ROOT / "pipeline")}
    declared = {canonicalize_name(want.name) for want in DECLARED}
    assert used - declared <= BROUGHT
    assert declared - used <= WAITING


def test_the_lock_holds_all_that_is_asked_for():
    for want in (*DECLARED, *map(Requirement, PROJECT["dependency-groups"]["dev"])):
        name = canonicalize_name(want.name)
        assert name in LOCKED, f"{name}: run ./dev lock"
        assert want.specifier.contains(LOCKED[name]), f"{want} is not {LOCKED[name]}: run ./dev lock"


def test_the_lock_names_versions_and_no_places():
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert not re.search(r"https?:|file:|--|/(?!dev)", text.replace("./dev", ""))
    assert all(
        re.fullmatch(r"[a-z0-9-]+==[\w.]+( ; .+)?", each) for each in text.splitlines() if each and each[0] != "#"
    )


# what is shipped


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """A folder with nothing but the installed wheel."""
    folder = tmp_path_factory.mktemp("installed")
    pip("install", "--no-deps", "--no-index", "--target", folder, wheel)
    return folder


def pip(*words: object) -> None:
    done = subprocess.run([sys.executable, "-m", "pip", *map(str, words)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def zongjie(installed: Path, *words: object) -> subprocess.CompletedProcess[str]:
    """Run the installed command away from the checkout."""
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *map(str, words)], cwd=installed.parent, capture_output=True,
        encoding="utf-8", env=os.environ | {"PYTHONPATH": str(installed), "PYTHONUTF8": "1"},
    )  # fmt: skip


def test_the_wheel_holds_everything_that_the_checkout_has(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    ours = [path for path in (ROOT / "pipeline").rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    wanted = {path.relative_to(ROOT).as_posix() for path in ours}
    for folder, place in (("configs", "configs"), ("corpora/samples", "samples")):
        below = [path for path in (ROOT / folder).rglob("*") if path.is_file()]
        wanted |= {f"pipeline/_data/{place}/{path.relative_to(ROOT / folder).as_posix()}" for path in below}
    assert wanted <= names
    for ending in ("schema.sql", "model.npz", ".css", ".js", "settings.yaml", "towns.tsv", ".docx"):
        assert any(name.endswith(ending) for name in names), f"no {ending} in the wheel"


def test_the_wheel_holds_nothing_of_ours_alone(wheel):
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert tops == {"pipeline", f"zongjie-{__version__}.dist-info"}


def test_an_installed_wheel_says_its_version(installed):
    told = zongjie(installed, "--version")
    assert (told.returncode, told.stdout.strip()) == (0, f"zongjie {__version__}")


def test_an_installed_wheel_does_the_main_job_with_its_own_settings(installed, tmp_path):
    """Away from the checkout: settings, model, schema and page come out of the wheel, in the child processes too."""
    text = "青禾镇2022年宣传工作总结\n一、理论学习\n全年集中学习28次，撰写心得30余篇。\n"
    (tmp_path / "青禾镇2022年工作总结.txt").write_text(text, encoding="utf-8")
    told = zongjie(installed, "run", tmp_path, "--out", tmp_path / "out")
    assert told.returncode == 0, told.stderr
    assert {path.name for path in (tmp_path / "out").iterdir()} >= {
        "zongjie.db",
        "report.html",
        "facts.xlsx",
        "run.json",
    }
    found = zongjie(installed, "search", "集中学习", "--db", tmp_path / "out" / "zongjie.db", "--json")
    assert found.returncode == 0, found.stderr
    assert "28次" in found.stdout
    where = subprocess.run(
        [sys.executable, "-c", "from pipeline import settings; print(settings.folder())"], cwd=tmp_path,
        capture_output=True, encoding="utf-8", env=os.environ | {"PYTHONPATH": str(installed)},
    )  # fmt: skip
    assert Path(where.stdout.strip()) == installed / "pipeline" / "_data" / "configs"
