"""What the tests of learning share: settings, words, cues, labelled reports, a small corpus."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import pytest

from pipeline import settings
from pipeline.annotate.cues import cues_of
from pipeline.annotate.words import cutter
from pipeline.commands import material
from pipeline.learn import corpus
from pipeline.show.talk import Talk


@pytest.fixture(scope="session")
def configured():
    return settings.everything(None)


@pytest.fixture(scope="session")
def cut(configured):
    return cutter(configured.words)


@pytest.fixture(scope="session")
def cues(configured, cut):
    return cues_of(configured.categories, cut)


@pytest.fixture(scope="session")
def samples(root, configured, cut):
    return material.examples(corpus.read(root / "corpora/eval/samples"), configured, cut)


@pytest.fixture
def few(root, tmp_path) -> Path:
    """A folder with every fourth training report."""
    folder = tmp_path / "few"
    folder.mkdir()
    for path in sorted((root / "corpora/train").glob("*.tsv"))[::4]:
        shutil.copy(path, folder)
    return folder


@pytest.fixture
def own(root, tmp_path):
    """Settings of one's own with a changed categories.yaml: ``own(old, new, …)`` gives the settings file."""

    def made(*changes: tuple[str, str]) -> Path:
        text = (root / "configs/categories.yaml").read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        (tmp_path / "tables").mkdir(exist_ok=True)
        (tmp_path / "tables/categories.yaml").write_text(text, encoding="utf-8")
        file = tmp_path / "settings.yaml"
        file.write_text("tables: tables\nmodel: own.npz\n", encoding="utf-8")
        return file

    return made


@pytest.fixture
def command():
    """Run a command as the command line does: ``command(module, "--out", …)``; its exit code."""

    def run(module, *words: str) -> int:
        parser = argparse.ArgumentParser()
        parser.add_argument("--settings")
        parser.add_argument("--json", action="store_true")
        module.add(parser)
        return module.run(parser.parse_args(list(words)), Talk())

    return run
