"""The Windows bundle: complete without a network, and files that every code page can run."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from packaging.tags import compatible_tags, cpython_tags
from packaging.utils import canonicalize_name, parse_wheel_filename

HERE = f"{sys.version_info.major}.{sys.version_info.minor}"
spec = spec_from_file_location("bundle_make", Path(__file__).with_name("make.py"))
assert spec
assert spec.loader
make = module_from_spec(spec)
spec.loader.exec_module(make)


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    out = tmp_path_factory.mktemp("bundle") / "windows"
    subprocess.run([sys.executable, make.__file__, "--out", str(out)], check=True)
    return out


@pytest.fixture(scope="module")
def texts(tmp_path_factory):
    out = tmp_path_factory.mktemp("texts")
    make.texts(out, make.PYTHONS)
    return out


def test_batch_files_are_ascii_with_windows_line_ends_and_nothing_left_to_fill(texts):
    names = {path.name for path in texts.iterdir()}
    assert names == {"安装.bat", "拖到这里.bat", "使用说明.txt"}
    for path in texts.glob("*.bat"):
        data = path.read_bytes()
        assert data.isascii()
        assert data.count(b"\n") == data.count(b"\r\n") > 5
        assert b"@W" not in data
        assert b"@D" not in data
        labels = {line[1:] for line in data.decode().split("\r\n") if line.startswith(":")}
        wanted = {word.split()[0] for word in data.decode().split("goto ")[1:]}
        assert wanted == labels


def test_the_installer_picks_only_a_python_that_the_wheels_are_for(texts):
    line = next(line for line in (texts / "安装.bat").read_text("ascii").splitlines() if line.startswith('set "FITS='))
    code = line.removeprefix('set "FITS=').removesuffix('"')
    assert '"' not in code
    assert "%" not in code
    for python, fits in (((3, 10), False), ((3, 11), True), ((3, 13), True), ((3, 15), False)):
        fake = f"import sys, sysconfig; sys.version_info = {python}; sysconfig.get_platform = lambda: 'win-amd64'; "
        assert (subprocess.run([sys.executable, "-c", fake + code]).returncode == 0) == fits
    assert subprocess.run([sys.executable, "-c", code]).returncode == 1 or sys.platform == "win32"


def test_the_guide_opens_in_notepad_and_names_what_is_there(texts):
    data = (texts / "使用说明.txt").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n")
    text = data.decode("utf-8-sig")
    assert "@" not in text
    for word in ("安装.bat", "拖到这里.bat", make.DONE, make.__version__, *make.PYTHONS):
        assert word in text


def test_an_own_folder_is_not_emptied(tmp_path):
    (tmp_path / "总结.docx").write_bytes(b"x")
    done = subprocess.run([sys.executable, make.__file__, "--out", str(tmp_path)], capture_output=True, text=True)
    assert done.returncode == 1
    assert "holds something else" in done.stderr
    assert (tmp_path / "总结.docx").exists()


@pytest.mark.bundle
@pytest.mark.parametrize("python", make.PYTHONS)
def test_it_resolves_without_a_network(bundle, python, tmp_path):
    if set(make.pins(python)) != set(make.pins(HERE)):
        pytest.skip(f"pip reads conditions with its own Python {HERE}, under which {python} would need other packages")
    alone = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    subprocess.run(
        [
            sys.executable, "-m", "pip", "install", "--dry-run", "--no-index", "--find-links", bundle / "wheels",
            "--platform", make.PLATFORM, "--python-version", python, "--only-binary=:all:", "--target", tmp_path / "x",
            make.wanted(),
        ],
        check=True,
        env=alone | {"PIP_CONFIG_FILE": os.devnull},
    )  # fmt: skip


@pytest.mark.bundle
@pytest.mark.parametrize("python", make.PYTHONS)
def test_every_pin_has_a_wheel_that_windows_takes(bundle, python):
    """pip reads conditions with the system it runs on; the lock was read with those of Windows."""
    version = tuple(int(part) for part in python.split("."))
    tags = {*cpython_tags(version, platforms=[make.PLATFORM]), *compatible_tags(version, platforms=[make.PLATFORM])}
    there = set()
    for path in (bundle / "wheels").iterdir():
        name, number, _, fits = parse_wheel_filename(path.name)
        if fits & tags:
            there.add(f"{canonicalize_name(name)}=={number}")
    assert set(make.pins(python)) | {f"zongjie=={make.__version__}"} <= there
