"""Resolve requirements.lock: one exact version of everything, for every system and Python we support.

pip resolves for the oldest Python only, and reads conditions (``sys_platform == "win32"``) with the system it runs
on. So the conditions are read here a second time, for each system and each Python, and what only another system
needs is asked for as well.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "requirements.lock"
SYSTEMS = {"linux": ("Linux", "posix"), "darwin": ("Darwin", "posix"), "win32": ("Windows", "nt")}
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
PLACES = tuple(product(SYSTEMS, PYTHONS))
SOURCE_ONLY = "jieba"  # its wheel is built here first, because pip resolves for another Python from wheels alone
HEAD = """\
# Exact versions of everything that ./dev installs, for Python {oldest} to {newest} on Linux, macOS and Windows.
# Made by `./dev lock` from pyproject.toml; do not edit by hand: run that command and commit what it writes.
"""


@dataclass(frozen=True, slots=True)
class Package:
    """One resolved distribution: ``name`` canonical, ``needs`` its own requirements, conditions included."""

    name: str
    version: str
    needs: tuple[Requirement, ...]


Place = tuple[str, str]
Found = Mapping[str, Package]


def groups() -> dict[str, list[Requirement]]:
    """What pyproject asks for: the product, each extra, development; in the order in which the lock shows them."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project = told["project"]
    named = {"zongjie": project["dependencies"]}
    named |= {f"zongjie[{extra}]": wants for extra, wants in project.get("optional-dependencies", {}).items()}
    named |= {"development": told["dependency-groups"]["dev"]}
    return {name: [Requirement(want) for want in wants] for name, wants in named.items()}


def environment_of(place: Place, extra: str = "") -> dict[str, str]:
    """What the conditions of requirements may ask about, for one system and one Python."""
    system, python = place
    platform, os_name = SYSTEMS[system]
    told: dict[str, str] = {name: str(value) for name, value in default_environment().items()}
    return told | {
        "sys_platform": system, "platform_system": platform, "os_name": os_name, "extra": extra,
        "python_version": python, "python_full_version": f"{python}.0", "implementation_version": f"{python}.0",
    }  # fmt: skip


def applies(want: Requirement, place: Place, extras: Iterable[str] = ()) -> bool:
    """Whether a requirement holds in a place."""
    if want.marker is None:
        return True
    return any(want.marker.evaluate(environment_of(place, extra)) for extra in ("", *extras))


def needed(wants: Iterable[Requirement], found: Found, place: Place) -> tuple[set[str], list[Requirement]]:
    """Names of all that ``wants`` leads to in a place, and the requirements on the way that nobody resolved."""
    names: set[str] = set()
    seen: set[tuple[str, frozenset[str]]] = set()
    missing = []
    ahead = [want for want in wants if applies(want, place)]
    while ahead:
        want = ahead.pop()
        name = canonicalize_name(want.name)
        if (name, frozenset(want.extras)) in seen:
            continue
        seen.add((name, frozenset(want.extras)))
        if name not in found:
            missing.append(want)
            continue
        names.add(name)
        ahead += [each for each in found[name].needs if applies(each, place, want.extras)]
    return names, missing


def pip(*words: str) -> None:
    """Run pip; stops with its exit code where it finds no answer."""
    done = subprocess.run([sys.executable, "-m", "pip", *words, "--quiet", "--disable-pip-version-check"])
    if done.returncode:
        raise SystemExit(done.returncode)


def resolve(wants: Iterable[str], wheels: Path) -> Found:
    """Ask pip for one version of everything that ``wants`` leads to; nothing is installed."""
    report = wheels / "report.json"
    pip(
        "install", "--dry-run", "--ignore-installed", "--report", str(report), "--target", str(wheels / "none"),
        "--only-binary=:all:", "--python-version", PYTHONS[0], "--find-links", str(wheels), *wants,
    )  # fmt: skip
    installs = json.loads(report.read_text(encoding="utf-8"))["install"]
    packages = [
        Package(
            canonicalize_name(each["metadata"]["name"]),
            each["metadata"]["version"],
            tuple(Requirement(need) for need in each["metadata"].get("requires_dist", ())),
        )
        for each in installs
    ]
    return {package.name: package for package in packages}


def resolve_everywhere(wanted: Mapping[str, list[Requirement]], wheels: Path) -> Found:
    """Resolve until no place misses anything."""
    roots = [want for wants in wanted.values() for want in wants]
    asked = {str(want) for want in roots}
    while True:
        found = resolve(sorted(asked), wheels)
        missing = [want for place in PLACES for want in needed(roots, found, place)[1]]
        if not missing:
            return found
        for want in missing:
            want.marker = None  # or pip would leave it out again
        asked |= {str(want) for want in missing}


def condition(places: set[Place]) -> str:
    """The places in which a package is needed, as a requirement's condition; nothing where it is all of them."""
    systems = {system for system, _ in places}
    if len(places) == len(PLACES):
        return ""
    if len(places) == len(systems) * len(PYTHONS):
        words = [f'sys_platform == "{system}"' for system in sorted(systems)]
    elif len(systems) == len(SYSTEMS) and len(places) % len(SYSTEMS) == 0:
        words = [f'python_version == "{python}"' for python in PYTHONS if (systems.copy().pop(), python) in places]
    else:
        words = [f'sys_platform == "{system}" and python_version == "{python}"' for system, python in sorted(places)]
    return " ; " + " or ".join(words)


def written(wanted: Mapping[str, list[Requirement]], found: Found) -> str:
    """The text of the lock: a section for each group, with what no earlier group has."""
    lines = [HEAD.format(oldest=PYTHONS[0], newest=PYTHONS[-1])]
    everywhere = {group: {place: needed(wants, found, place)[0] for place in PLACES} for group, wants in wanted.items()}
    wanted_in = {
        name: {place for places in everywhere.values() for place, names in places.items() if name in names}
        for name in found
    }
    done: set[str] = set()
    for group, places in everywhere.items():
        names = set().union(*places.values()) - done
        done |= names
        lines.append(f"# {group}")
        lines += [f"{name}=={found[name].version}{condition(wanted_in[name])}" for name in sorted(names)]
        lines.append("")
    return "\n".join(lines)


def main() -> None:
    """Write the lock anew and say how many lines it has."""
    wanted = groups()
    with tempfile.TemporaryDirectory() as folder:
        wheels = Path(folder)
        (source,) = [str(want) for wants in wanted.values() for want in wants if want.name == SOURCE_ONLY]
        pip("wheel", "--no-deps", "--no-binary", SOURCE_ONLY, "--wheel-dir", str(wheels), source)
        found = resolve_everywhere(wanted, wheels)
    LOCK.write_text(written(wanted, found), encoding="utf-8", newline="\n")
    print(f"{LOCK.name}: {len(found)} packages")


if __name__ == "__main__":
    main()
