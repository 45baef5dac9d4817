"""Settings that the tests of this room share."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import settings
from pipeline.model import Units


@pytest.fixture(scope="session")
def units(root: Path) -> Units:
    return settings.load(Units, root / "configs/units.yaml")
