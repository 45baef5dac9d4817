"""Make a folder for a Windows PC without a network: wheels, an installer, a guide in Chinese.

usage: ./dev bundle [--python 3.13 …] [--out FOLDER]
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement

from pipeline import __version__

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
LOCK = ROOT / "requirements.lock"
OUT = ROOT / "dist" / "windows"
PYTHONS = ("3.13", "3.12", "3.11", "3.14")  # in the order in which the installer looks for one
EXTRAS = ("ocr", "archives")  # a PC without a network cannot fetch them later
PLATFORM = "win_amd64"
SOURCE_ONLY = "jieba"  # pure Python, but the index has no wheel of it
WORKING = "正在安装，请稍候（一两分钟）……"
DONE = "安装完成：把文件夹拖到“拖到这里.bat”上就可以用了"


def wanted() -> str:
    """What the installer asks pip for.

    >>> wanted()
    'zongjie[ocr,archives]'
    """
    return f"zongjie[{','.join(EXTRAS)}]"


def sections(text: str) -> dict[str, list[Requirement]]:
    """The lock's sections: a line ``# name`` after an empty line opens one.

    >>> sections('# head\\n\\n# zongjie\\nxlrd==2.0.2\\n')
    {'zongjie': [<Requirement('xlrd==2.0.2')>]}
    """
    told: dict[str, list[Requirement]] = {}
    for block in text.split("\n\n")[1:]:
        title, *lines = block.strip().splitlines()
        told[title.removeprefix("# ")] = [Requirement(line) for line in lines]
    return told


def pins(python: str) -> list[str]:
    """Exact versions of what runs on Windows with one Python, our own wheel left out."""
    told = sections(LOCK.read_text(encoding="utf-8"))
    taken = [want for name in ("zongjie", *(f"zongjie[{extra}]" for extra in EXTRAS)) for want in told[name]]
    place = {name: str(value) for name, value in default_environment().items()}
    place |= {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"}
    place |= {"python_version": python, "python_full_version": f"{python}.0"}
    return [f"{want.name}{want.specifier}" for want in taken if want.marker is None or want.marker.evaluate(place)]


def pip(*words: str | Path) -> None:
    """Run pip; stops with its exit code."""
    quiet = ("--quiet", "--disable-pip-version-check")
    done = subprocess.run([sys.executable, "-m", "pip", *map(str, words), *quiet])
    if done.returncode:
        raise SystemExit(done.returncode)


def wheels(folder: Path, pythons: Sequence[str]) -> None:
    """Every wheel that the installer may need, ours and jieba's built here."""
    for python in pythons:
        ready = [pin for pin in pins(python) if not pin.startswith(f"{SOURCE_ONLY}=")]
        pip(
            "download", "--no-deps", "--only-binary=:all:", "--platform", PLATFORM, "--implementation", "cp",
            "--python-version", python, "--dest", folder, *ready,
        )  # fmt: skip
    (source,) = [pin for pin in pins(pythons[0]) if pin.startswith(f"{SOURCE_ONLY}=")]
    pip("wheel", "--no-deps", "--no-binary", SOURCE_ONLY, "--wheel-dir", folder, source)
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT)


def escaped(text: str) -> str:
    """Chinese as Python escapes, for a batch file that must stay ASCII.

    >>> escaped('好.')
    '\\\\u597d.'
    """
    return text.encode("ascii", "backslashreplace").decode("ascii")


def filled(name: str, pythons: Sequence[str], done: str) -> str:
    """One of the files beside this one, its ``@WORDS@`` filled in, with the line ends of Windows."""
    by_age = sorted(pythons, key=lambda python: int(python.split(".")[1]))
    words = {
        "PYTHONS": " ".join(pythons),
        "TUPLES": " ".join(f"({python.replace('.', ', ')})," for python in by_age),
        "PYTHONS_ZH": "、".join(by_age),
        "PREFERRED": pythons[0],
        "WANTED": wanted(),
        "WORKING": escaped(WORKING),
        "DONE": done,
        "VERSION": __version__,
    }
    text = (HERE / name).read_text(encoding="utf-8")
    for word, value in words.items():
        text = text.replace(f"@{word}@", value)
    return text.replace("\n", "\r\n")


def texts(folder: Path, pythons: Sequence[str]) -> None:
    """The installer, the file to drop folders on, and the guide."""
    (folder / "安装.bat").write_bytes(filled("install.bat", pythons, escaped(DONE)).encode("ascii"))
    (folder / "拖到这里.bat").write_bytes(filled("drop.bat", pythons, "").encode("ascii"))
    (folder / "使用说明.txt").write_bytes(filled("guide.txt", pythons, DONE).encode("utf-8-sig"))


def main() -> None:
    """Make the folder anew and say how large it is."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--python", nargs="+", choices=PYTHONS, default=PYTHONS, metavar="VERSION")
    arguments.add_argument("--out", type=Path, default=OUT, metavar="FOLDER")
    told = arguments.parse_args()
    if told.out.exists() and not (told.out / "wheels").is_dir() and any(told.out.iterdir()):
        raise SystemExit(f"{told.out} holds something else; please name an empty folder")
    shutil.rmtree(told.out, ignore_errors=True)
    (told.out / "wheels").mkdir(parents=True)
    wheels(told.out / "wheels", told.python)
    texts(told.out, told.python)
    files = [path for path in told.out.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files) / 1e6
    print(f"{told.out}: {len(files)} files, {size:.0f} MB, for Python {', '.join(told.python)} (64 bit Windows)")


if __name__ == "__main__":
    main()
