"""What is installed is what was locked, and nothing below the versions that a known hole was closed in."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from tests.conftest import ROOT

pytestmark = pytest.mark.faults

# The first version without the hole, and the last one with it.
FLOORS = {
    "vcrpy": ("8.2.1", "8.2.0"),  # code from a cassette
    "scrapy": ("2.14.2", "2.14.1"),  # headers as code
    "brotli": ("1.2", "1.1.0"),  # cannot be stopped inside a bomb
}


def wheel(folder: Path, content: str) -> Path:
    """Build the smallest wheel there is."""
    path = folder / "quay-1.0-py3-none-any.whl"
    files = {
        "quay.py": content,
        "quay-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: quay\nVersion: 1.0\n",
        "quay-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nGenerator: hand\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    files["quay-1.0.dist-info/RECORD"] = "".join(f"{name},,\n" for name in [*files, "quay-1.0.dist-info/RECORD"])
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


def install(folder: Path, hashed: str) -> subprocess.CompletedProcess[str]:
    """Install the wheel as the README has everything installed: from a list with hashes; here without a network."""
    (folder / "requirements.txt").write_text(f"quay==1.0 \\\n    --hash=sha256:{hashed}\n", "utf-8")
    command = [sys.executable, "-m", "pip", "install", "--isolated", "--disable-pip-version-check", "--no-index"]
    command += ["--find-links", str(folder), "--target", str(folder / "there"), "-qr", str(folder / "requirements.txt")]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)


def test_F14_a_changed_hash_makes_pip_refuse(tmp_path: Path) -> None:
    locked = hashlib.sha256(wheel(tmp_path, "PIER = 1\n").read_bytes()).hexdigest()
    assert install(tmp_path, locked).returncode == 0
    assert (tmp_path / "there" / "quay.py").read_text("utf-8") == "PIER = 1\n"
    (tmp_path / "there" / "quay.py").unlink()

    wheel(tmp_path, "import os\n")  # the same version, other content
    refused = install(tmp_path, locked)
    assert refused.returncode != 0
    assert "THESE PACKAGES DO NOT MATCH THE HASHES" in refused.stderr
    assert not (tmp_path / "there" / "quay.py").exists()


@pytest.mark.parametrize("name", FLOORS)
def test_F14_no_version_below_a_security_floor(name: str) -> None:
    floor, holed = FLOORS[name]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = {r.name.lower(): r for r in map(Requirement, project["dependencies"])}[name]
    assert not wanted.specifier.contains(holed), f"pyproject.toml allows {name} {holed}"
    assert Version(version(name)) >= Version(floor)
    (line,) = (
        x for x in (ROOT / "pyproject.toml").read_text("utf-8").splitlines() if x.strip().startswith(f'"{name}>=')
    )
    assert "security floor" in line  # whoever lowers it should know
