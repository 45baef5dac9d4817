"""Fixtures for all tests."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]

settings.register_profile("untimed", settings.default, deadline=None)  # a busy machine is no fault of the code
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Material that stands beside the checkout in development; a user has none."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("../shared is not here")
    return folder


@pytest.fixture(scope="session")
def dataset() -> ModuleType:
    """The builder of small datasets, tests/dataset.py."""
    spec = spec_from_file_location("dataset", ROOT / "tests" / "dataset.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    sys.modules["dataset"] = module
    spec.loader.exec_module(module)
    return module
