"""Sets up an environment in .venv and runs one job there: `python3 dev.py demo | test | chat | install | lock`.

Needs only Python 3.11 or newer. The environment is made once and again when a lock file changes.
"""

import hashlib
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
MINIMUM = (3, 11)
ENVIRONMENT = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
BIN = ENVIRONMENT / ("Scripts" if sys.platform == "win32" else "bin")
PYTHON = BIN / "python"
PIP = (str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")


def run(*command: str) -> None:
    """Runs a command in the project's folder and ends with its exit code when it fails."""
    finished = subprocess.run(command, cwd=ROOT, check=False)
    if finished.returncode:
        sys.exit(finished.returncode)


def install() -> None:
    """Makes .venv with exactly what the lock file names, and the project itself, editable."""
    stamp = ENVIRONMENT / "installed"
    wanted = hashlib.sha256(LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print("setting up .venv (about two minutes, once)", file=sys.stderr)
    venv.create(ENVIRONMENT, with_pip=True, clear=True)
    run(*PIP, "--requirement", str(LOCK))
    run(*PIP, "--no-deps", "--editable", ".")
    stamp.write_text(wanted)


def demo() -> None:
    """Asks the demo articles a question and prints what every source says."""
    run(str(BIN / "everysource"), "demo")


def chat() -> None:
    """Opens the chat on the demo articles, on this machine only."""
    run(str(BIN / "everysource"), "chat", "--demo")


def test() -> None:
    """Style, types, tests."""
    run(str(PYTHON), "-m", "ruff", "check", ".")
    run(str(PYTHON), "-m", "mypy")
    run(str(PYTHON), "-m", "pytest", "--quiet")


def lock() -> None:
    """Writes the lock file anew from the versions that pyproject.toml resolves to, in a fresh .venv."""
    venv.create(ENVIRONMENT, with_pip=True, clear=True)
    run(*PIP, "--editable", ".[dev,training]")
    frozen = subprocess.check_output((str(PYTHON), "-m", "pip", "freeze", "--exclude-editable"), text=True)
    # The pin without its local part is met by a CPU build and by the registry's own.
    LOCK.write_text(frozen.replace("+cpu", ""))


JOBS = {"demo": demo, "test": test, "chat": chat, "install": install, "lock": lock}


def main() -> None:
    """Runs the job that the command line names."""
    if len(sys.argv) != 2 or sys.argv[1] not in JOBS:
        print(f"usage: python3 dev.py {' | '.join(JOBS)}", file=sys.stderr)
        sys.exit(2)
    if sys.version_info < MINIMUM:
        sys.exit(f"Everysource needs Python 3.11 or newer; this is {sys.version.split()[0]}")
    job = JOBS[sys.argv[1]]
    if job not in (install, lock):
        install()
    job()


if __name__ == "__main__":
    main()
