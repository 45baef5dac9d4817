"""Everything a document needs on its way, loaded once per process."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline import settings
from pipeline.annotate.mark import Annotator, annotator
from pipeline.model import Configured


@dataclass(frozen=True, slots=True)
class Tools:
    """The settings, and the annotator made of them."""

    configured: Configured
    annotate: Annotator


def ready(settings_file: str | None) -> Tools:
    """Load settings, dictionary and model; raises ``SettingsError``."""
    configured = settings.everything(Path(settings_file) if settings_file else None)
    return Tools(configured, annotator(configured))
