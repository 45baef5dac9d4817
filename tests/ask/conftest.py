"""The builder of small collections, tests/ask/collection.py."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def collection() -> ModuleType:
    spec = spec_from_file_location("collection", Path(__file__).parent / "collection.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    sys.modules["collection"] = module
    spec.loader.exec_module(module)
    return module
