"""All our own hand-written reports as a folder of plain texts, to make a collection of."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PLACES = ("train", "eval/facts", "eval/samples")


def write(folder: Path, only: frozenset[str] = frozenset()) -> dict[str, str]:
    """One ``.txt`` a labelled report (those of ``only``, if given); returns name (train/a01) → file name."""
    names = {}
    for place in PLACES:
        for file in sorted((ROOT / "corpora" / place).rglob("*.tsv")):
            if file.stem.startswith(("truth", "promises", "合集")):
                continue
            head, lines = parse(file)
            if not head.get("town") or head["town"] == "unknown":
                continue
            name = file.relative_to(ROOT / "corpora").with_suffix("").as_posix()
            county = head.get("county", "")
            period = head.get("period", "")
            out = folder / f"{county}{head['town']}{period}-{name.replace('/', '-')}.txt"
            if only and name not in only:
                continue
            out.write_text("\n".join(lines), encoding="utf-8", newline="\n")
            names[name] = out.name
    return names


def parse(file: Path) -> tuple[dict[str, str], list[str]]:
    """Head and paragraphs of a labelled report."""
    head: dict[str, str] = {}
    lines = []
    for line in file.read_text(encoding="utf-8").split("\n"):
        if line.startswith("# "):
            key, _, value = line[2:].partition(":")
            head[key.strip()] = value.strip()
        elif line.count("\t") >= 2:
            lines.append(line.split("\t", 2)[2].strip())
    return head, lines
