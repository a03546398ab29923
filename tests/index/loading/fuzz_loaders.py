"""Damaged files of every kind: each gives Articles or a LoadError, within seconds and memory, and never ends the process.

Run as `python fuzz_loaders.py CASES [NAME...]`, such as `python fuzz_loaders.py 10000 a.pdf a.html`: half of the cases
are a sample with wrong bytes, half hypothesis puts together from a sample's pieces. Prints a line a kind, and exits with 1
at any failure, whose file is kept in the folder that is named.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import mmap
import os
import random
import re
import resource
import shutil
import signal
import struct
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from made_documents import samples

from index import Article, LoadError, load

SECONDS = 5
WAITING_SECONDS = 120
MEGABYTES = 500
COUNTS = struct.Struct("3q")
"""Cases begun, and of them read and refused, as a child tells them."""

SAMPLES = samples()
TEXTS = {
    "a.txt": b"PORT ALLEN, March 4, 2024 - The ferry sailed.\n\nBy Nell Harbin\n\nPublished: 12/03/2024\n",
    "a.md": b"---\ntitle: [Ferry, &a *a]\npublished: 2024-02-06\n---\n# Ferry\n\n- one\n- two\n\n| a | b |\n",
    "a.urls": b"# pages\nhttps://gazette.example/ferry\nhttp://[::1]:80/x?y#z\n",
    "a.tsv": b"title\ttext\tdate\nFerry\tThe ferry sailed.\t2024-02-06\n",
}
KINDS = SAMPLES | TEXTS


class FailedError(Exception):
    """A loader did what it must not."""


def damaged(content: bytes, rng: random.Random) -> bytes:
    """`content` with wrong bytes, for half of the archives within what is packed in it."""
    if content.startswith(b"PK") and rng.random() < 0.5:
        return _repacked(content, rng)
    for packing in (gzip, bz2, lzma):
        if packing.compress(b"")[:3] == content[:3] and rng.random() < 0.5:
            return packing.compress(_wrong(packing.decompress(content), rng))
    return _wrong(content, rng)


def _wrong(content: bytes, rng: random.Random) -> bytes:
    made = bytearray(content)
    for _ in range(rng.choice((1, 1, 2, 4, 16))):
        place, length = rng.randrange(len(made) + 1), rng.choice((1, 2, 4, 40, 400))
        other = rng.randrange(len(content))
        match rng.randrange(6):
            case 0:
                made[place : place + 1] = bytes([rng.randrange(256)])
            case 1:
                del made[place : place + length]
            case 2:
                made[place:place] = content[other : other + length]
            case 3:
                made[place : place + length] = content[other : other + length] * rng.choice((1, 3, 50))
            case 4:
                made[place : place + length] = rng.choice((b"\0", b"\xff", b"<", b"9", b"(", b"\n")) * length
            case _:
                digits = [found.span() for found in re.finditer(rb"\d+", bytes(made))]
                if digits:
                    start, end = rng.choice(digits)
                    made[start:end] = rng.choice((b"0", b"-1", b"65536", b"4294967295", b"9" * 20))
    return bytes(made)


def _repacked(content: bytes, rng: random.Random) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        hit = rng.choice(old.namelist())
        for name in old.namelist():
            new.writestr(
                name, _wrong(old.read(name), rng) if name == hit and old.read(name) else old.read(name)
            )
    return stream.getvalue()


def pieces(content: bytes) -> st.SearchStrategy[bytes]:
    """Files put together from the pieces of a sample, and any other bytes."""
    cut = sorted({piece for piece in re.split(rb"([\s<>\"=:;,/]+)", content) if 0 < len(piece) < 2000})
    return st.lists(st.sampled_from(cut) | st.binary(max_size=8), max_size=60).map(b"".join)


class Child:
    """Tries cases on one kind, and counts them where the parent can see it."""

    def __init__(self, path: Path, counts: mmap.mmap) -> None:
        self.path = path
        self._counts = counts
        self._memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    def case(self, content: bytes) -> None:
        """Load `content`; FailedError where something but Articles and LoadErrors comes of it."""
        begun, read, refused = COUNTS.unpack(self._counts[:])
        self._counts[:] = COUNTS.pack(begun + 1, read, refused)
        self.path.write_bytes(content)
        # A process is ended by these signals wherever it is, in a library's own code too.
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        signal.setitimer(signal.ITIMER_REAL, WAITING_SECONDS)
        try:
            found = list(load(self.path))
            read += 1
        except LoadError as error:
            found = []
            refused += 1
            if str(self.path) not in str(error) or "MemoryError" in str(error):
                raise FailedError(str(error)) from error
        if not all(isinstance(article, Article) for article in found):
            raise FailedError("no Article came out")
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - self._memory) // 1024
        if grown > MEGABYTES:
            raise FailedError(f"took {grown} MB")
        self._counts[:] = COUNTS.pack(begun + 1, read, refused)

    def run(self, name: str, first: int, cases: int) -> None:
        """What is left of `cases` after the `first`: those with wrong bytes, then those that hypothesis makes."""
        for number in range(first, cases // 2):
            self.case(damaged(KINDS[name], random.Random(f"{name} {number}")))

        @settings(
            max_examples=max(1, cases - max(first, cases // 2)), database=None, derandomize=True, deadline=None,
            suppress_health_check=list(HealthCheck), phases=[Phase.generate],
        )  # fmt: skip
        @given(pieces(KINDS[name]))
        def made(content: bytes) -> None:
            self.case(content)

        made()


def fuzz(name: str, cases: int, folder: Path) -> Iterator[str]:
    """A line for each failure of the kind of file that is called `name`, then one with its counts."""
    place = folder / "now" / name
    place.parent.mkdir(exist_ok=True)
    failed = 0
    with mmap.mmap(-1, COUNTS.size) as counts:
        while (begun := COUNTS.unpack(counts[:])[0]) < cases:
            reason = _forked(Child(place, counts), name, begun, cases)
            if not reason:
                break
            failed += 1
            kept = shutil.copy(place, folder / f"{failed}-{name}")
            yield f"{name}: {reason}: {kept}"
        begun, read, refused = COUNTS.unpack(counts[:])
    yield f"{name}: {begun:,} cases, {read:,} read, {refused:,} refused, {failed:,} failed"


def _forked(child: Child, name: str, first: int, cases: int) -> str:
    """Why the child ended before it was done; empty where it was."""
    pid = os.fork()
    if pid:
        _, status = os.waitpid(pid, 0)
        if not os.WIFSIGNALED(status):
            return "" if os.WEXITSTATUS(status) == 0 else "failed"
        ended = signal.Signals(os.WTERMSIG(status))
        return "hangs" if ended in (signal.SIGPROF, signal.SIGALRM) else f"ended by {ended.name}"
    try:
        child.run(name, first, cases)
    except BaseException as error:
        sys.stderr.write(f"{name}: {type(error).__name__}: {error}\n")
        os._exit(1)
    os._exit(0)


def main(cases: int, names: list[str]) -> int:
    folder = Path(tempfile.mkdtemp(prefix="everysource-fuzz-"))
    failures = 0
    for name in names or sorted(KINDS):
        *failed, counts = fuzz(name, cases, folder)
        failures += len(failed)
        sys.stdout.write("\n".join([*failed, counts, ""]))
        sys.stdout.flush()
    if not failures:
        shutil.rmtree(folder)
    return int(failures > 0)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2:]))
