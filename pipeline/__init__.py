"""zongjie: township work summaries become comparable facts."""

__version__ = "0.1.0"
