"""Sets up an environment in .venv and runs one job there: `python3 dev.py demo | test | chat | install | fuzz | kill | lock`.

Needs only Python 3.11 or newer. The environment is made once and again when a lock file changes.
"""

import hashlib
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
MINIMUM = (3, 11)
ENVIRONMENT = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
TEST_LOCK = ROOT / "requirements-test.lock"
BIN = ENVIRONMENT / ("Scripts" if sys.platform == "win32" else "bin")
PYTHON = BIN / "python"
PIP = (str(PYTHON), "-m", "pip", "install", "--quiet", "--no-compile", "--disable-pip-version-check")


def run(*command: str) -> None:
    """Runs a command in the project's folder and ends with its exit code when it fails."""
    finished = subprocess.run(command, cwd=ROOT, check=False)
    if finished.returncode:
        sys.exit(finished.returncode)


def install(*locks: Path) -> None:
    """Makes .venv with exactly what the lock files name (by default those for use), and the project itself, editable."""
    locks = locks or (LOCK,)
    stamp = ENVIRONMENT / "installed"
    wanted = [hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()]
    wanted += [hashlib.sha256(lock.read_bytes()).hexdigest() for lock in locks]
    if stamp.exists() and set(wanted) <= set(stamp.read_text().split()):
        return
    print("setting up .venv (about two minutes, once)", file=sys.stderr)
    venv.create(ENVIRONMENT, with_pip=True, clear=True)
    run(*PIP, *(part for lock in locks for part in ("--requirement", str(lock))))
    run(*PIP, "--no-deps", "--editable", ".")
    stamp.write_text(" ".join(wanted))


def demo() -> None:
    """Asks the demo articles a question and prints what every source says."""
    install()
    run(str(BIN / "everysource"), "demo")


def chat() -> None:
    """Opens the chat on the demo articles, on this machine only."""
    install()
    run(str(BIN / "everysource"), "chat", "--demo")


def test() -> None:
    """Style, types, tests."""
    install(LOCK, TEST_LOCK)
    run(str(PYTHON), "-m", "ruff", "check", ".")
    run(str(PYTHON), "-m", "ruff", "format", "--check", "--quiet", ".")
    run(str(PYTHON), "-m", "mypy")
    # A file stays whole: its tests share what they set up.
    run(str(PYTHON), "-m", "pytest", "--quiet", "--numprocesses", "2", "--dist", "loadfile")


def fuzz() -> None:
    """Ten thousand damaged files for each kind that can be read; about twenty minutes."""
    install(LOCK, TEST_LOCK)
    run(str(PYTHON), "tests/index/loading/fuzz_loaders.py", "10000")


def kill() -> None:
    """Kills writers at a hundred random moments, and one long run a hundred times; each time the collection is verified."""
    install(LOCK, TEST_LOCK)
    for kind in ("short", "long"):
        with tempfile.TemporaryDirectory(prefix="everysource-kill-") as folder:
            run(str(PYTHON), "tests/index/killed_writers.py", folder, "100", kind)
    print("a hundred short and a hundred long writers killed: nothing lost, nothing doubled")


def lock() -> None:
    """Writes both lock files anew from the versions that pyproject.toml resolves to, in a fresh .venv."""
    venv.create(ENVIRONMENT, with_pip=True, clear=True)
    run(*PIP, "--editable", ".")
    base = frozen()
    run(*PIP, "--editable", ".[dev,training]")
    LOCK.write_text("".join(base))
    TEST_LOCK.write_text("".join(line for line in frozen() if line not in base))


def frozen() -> list[str]:
    """What is installed in .venv, a line a package; torch without its local part, so that any build of it fits."""
    command = (str(PYTHON), "-m", "pip", "freeze", "--exclude-editable")
    return subprocess.check_output(command, text=True).replace("+cpu", "").splitlines(keepends=True)


JOBS = {
    "demo": demo,
    "test": test,
    "chat": chat,
    "install": install,
    "fuzz": fuzz,
    "kill": kill,
    "lock": lock,
}


def main() -> None:
    """Runs the job that the command line names."""
    if len(sys.argv) != 2 or sys.argv[1] not in JOBS:
        print(f"usage: python3 dev.py {' | '.join(JOBS)}", file=sys.stderr)
        sys.exit(2)
    if sys.version_info < MINIMUM:
        sys.exit(f"Everysource needs Python 3.11 or newer; this is {sys.version.split()[0]}")
    job = JOBS[sys.argv[1]]
    job()


if __name__ == "__main__":
    main()
