"""The commands: one file each with ``HELP``, ``add`` (its arguments) and ``run``; one line each in this table.

The modules are imported when they are run: a question must not wait for what only training needs.
"""

from __future__ import annotations

COMMANDS = (
    "run",
    "read",
    "annotate",
    "status",
    "search",
    "suggest",
    "check",
    "compare",
    "ledger",
    "export",
    "fill",
    "learn",
    "review",
    "score",
)
