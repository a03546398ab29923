"""What an installation takes on disk, and under which licence each package is: `installed.py NAME...` as a script.

Run by the interpreter of the environment that is looked at: it imports nothing of Everysource.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import asdict, dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

_SPDX = {
    "Apache Software License": "Apache-2.0", "MIT License": "MIT", "BSD License": "BSD",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0", "Python Software Foundation License": "PSF-2.0",
}  # fmt: skip


@dataclass(frozen=True)
class Package:
    """An installed package, its licence as its own metadata has it, and what its files take in MB."""

    name: str
    version: str
    licence: str
    mb: float


def packages(python: Path | str, names: tuple[str, ...]) -> list[Package]:
    """The packages of these names that this interpreter has, and all that they require; empty where it has none."""
    command = [str(python), str(Path(__file__).resolve()), *names]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return [Package(**row) for row in json.loads(done.stdout)] if done.returncode == 0 else []


def installed(names: list[str]) -> list[Package]:
    """The packages of these names and all that they require, largest first."""
    from packaging.requirements import Requirement

    waiting = [Requirement(name) for name in names]
    found: dict[str, Distribution] = {}
    seen: set[tuple[str, str]] = set()
    while waiting:
        wanted = waiting.pop()
        key = re.sub(r"[-_.]+", "-", wanted.name).lower()
        try:
            made = found.setdefault(key, distribution(wanted.name))
        except PackageNotFoundError:
            continue
        for extra in {"", *wanted.extras}:
            if (key, extra) in seen:
                continue
            seen.add((key, extra))
            below = map(Requirement, made.requires or ())
            waiting += [one for one in below if one.marker is None or one.marker.evaluate({"extra": extra})]
    rows = [Package(key, made.version, _licence(made), _megabytes(made)) for key, made in found.items()]
    return sorted(rows, key=lambda one: (-one.mb, one.name))


def _megabytes(made: Distribution) -> float:
    files = (Path(str(made.locate_file(file))) for file in made.files or ())
    return sum(file.stat().st_size for file in files if file.is_file()) / 2**20


def _licence(made: Distribution) -> str:
    """As the package's own metadata has it, the SPDX expression first."""
    meta = made.metadata
    if expressions := meta.get_all("License-Expression"):
        return str(expressions[0])
    classes = [
        one.rpartition(" :: ")[2] for one in meta.get_all("Classifier") or () if one.startswith("License ::")
    ]
    if named := [one for one in classes if one != "OSI Approved"]:
        return ", ".join(_SPDX.get(one, one) for one in named)
    first = "".join(meta.get_all("License") or ()).strip().split("\n")[0]
    return first[:40] or "not stated"


def main() -> None:
    """Print the packages as JSON."""
    sys.stdout.write(json.dumps([asdict(one) for one in installed(sys.argv[1:])]) + "\n")


if __name__ == "__main__":
    main()
