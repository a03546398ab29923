"""The measured figures as Markdown tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from eval.benchmark.crowd import CrowdFigures
from eval.benchmark.installed import Package
from eval.benchmark.limits import Limits
from eval.benchmark.racing import Spread, SystemFigures
from eval.benchmark.scale import ScaleFigures
from eval.benchmark.stages import Stage
from eval.benchmark.whole import WholeFigures

COLUMNS = {
    "passages_per_second": "indexing, passages/s", "passages_per_cpu_second": "passages per CPU second",
    "build_peak_mb": "peak while indexing, MB", "cold_seconds": "cold question, s", "median_ms": "question, median ms",
    "p95_ms": "question, p95 ms", "query_cpu_ms": "question, CPU ms", "ask_peak_mb": "peak while asking, MB", "disk_mb": "disk, MB",
}  # fmt: skip


def race_table(systems: Sequence[SystemFigures]) -> str:
    """A line for each system: medians over the rounds, with the least and the most."""
    rows = []
    for made in systems:
        cells = (
            [_cell(made.spread(name)) for name in COLUMNS]
            if made.problem is None
            else [f"failed: {made.problem}"]
        )
        name = f"{made.name} {made.package.version}" if made.package else made.name
        licence = made.package.licence if made.package else "-"
        size = "-" if made.installed_mb is None else f"{made.installed_mb:,.0f}"
        rows.append([name, licence, size, *cells])
    return _table(["system", "licence", "installed, MB", *COLUMNS.values()], rows)


def stage_table(stages: Sequence[Stage]) -> str:
    """A line for each stage: how much of what the machine could do is reached."""
    rows = [
        [one.name, f"{one.rate:,.0f} {one.unit}", f"{one.most:,.0f}", one.bound, f"{one.share:.0%}"]
        for one in stages
    ]
    return _table(["stage", "reached", "limit", "of", "share"], rows)


def install_table(packages: Sequence[Package], shown: int = 15) -> str:
    """The largest packages, the rest as one line, and all."""
    rest = packages[shown:]
    rows = [[f"{one.name} {one.version}", one.licence, f"{one.mb:,.0f}"] for one in packages[:shown]]
    if rest:
        rows.append([f"{len(rest)} more", "", f"{sum(one.mb for one in rest):,.0f}"])
    rows.append(["all", "", f"{sum(one.mb for one in packages):,.0f}"])
    return _table(["package", "licence", "MB"], rows)


def start_text(clock: Spread, processor: Spread) -> str:
    """The time of `everysource --help`."""
    return f"everysource --help: {_cell(clock)} s by the clock, {_cell(processor)} s of the processor.\n"


def scale_table(sizes: Iterable[ScaleFigures]) -> str:
    """A line for each size."""
    head = [
        "passages", "compared in full", "build, s", "disk, MB", "open, s", "recall@10", "median, ms", "p95, ms", "first, ms",
        "peak while asking, MB", "1,000 added, s", "peak while building, adding, MB",
    ]  # fmt: skip
    rows = [
        [
            f"{one.passages:,}", f"{one.looked_at:,}" if one.looked_at < one.passages else "all",
            f"{one.build_seconds:.1f}", f"{one.disk_mb:,.0f}",
            f"{one.open_seconds:.3f}", f"{one.recall:.4f}", f"{one.median_ms:.2f}", f"{one.p95_ms:.2f}", f"{one.first_ms:.1f}",
            f"{one.ask_peak_mb:,.0f}", f"{one.add_seconds:.2f}", f"{one.build_peak_mb:,.0f}, {one.add_peak_mb:,.0f}",
        ]
        for one in sizes
    ]  # fmt: skip
    return _table(head, rows)


def whole_table(sizes: Iterable[WholeFigures]) -> str:
    """A line for each size of a whole collection."""
    head = [
        "passages", "build, s", "disk, MB", "open, s", "first search, ms", "median, ms", "p95, ms", "peak while asking, MB",
        "added", "adding, s", "peak while building, adding, MB",
    ]  # fmt: skip
    rows = [
        [
            f"{one.passages:,}", f"{one.build_seconds:.1f}", f"{one.disk_mb:,.0f}", f"{one.open_seconds:.3f}",
            f"{one.first_ms:.1f}", f"{one.median_ms:.1f}", f"{one.p95_ms:.1f}", f"{one.ask_peak_mb:,.0f}",
            f"{one.added:,}", f"{one.add_seconds:.2f}", f"{one.build_peak_mb:,.0f}, {one.add_peak_mb:,.0f}",
        ]
        for one in sizes
    ]  # fmt: skip
    return _table(head, rows)


def crowd_table(made: CrowdFigures) -> str:
    """One line: what a crowd of users met."""
    head = ["users at once", "questions", "wrong", "median, s", "p95, s", "most, s", "all, s", "memory, MB"]
    memory = " -> ".join(f"{reading:,.0f}" for reading in made.memory_mb) or "-"
    seconds = (made.median_seconds, made.p95_seconds, made.most_seconds, made.seconds)
    cells = [
        f"{made.users}",
        f"{made.questions:,}",
        f"{made.wrong}",
        *(f"{one:.2f}" for one in seconds),
        memory,
    ]
    return _table(head, [cells])


def limits_text(found: Limits, tokens: float, rate: float | None) -> str:
    """The machine and its limits; with the measured `rate`, how far indexing is from them."""
    products = f"{found.gflops_f32:,.0f} GFLOP/s in single precision"
    if found.gflops_bf16 is not None:
        products = f"{found.gflops_bf16:,.0f} GFLOP/s in bfloat16 and {products}"
    limit = found.passages_per_second(tokens)
    lines = [
        f"Machine: {found.machine}, {found.processors} processors.",
        f"Matrix products of the model's shapes: {products}; memory is read at {found.read_gb_per_second:.1f} GB/s by one thread.",
        f"A passage has {tokens:.0f} tokens, so that the products alone allow {limit:,.0f} passages/s.",
    ]
    if rate is not None:
        lines.append(f"Indexing reaches {rate:,.0f} passages/s, {rate / limit:.0%} of that.")
    return "\n".join(lines) + "\n"


def _cell(found: Spread | None) -> str:
    if found is None:
        return "-"
    digits = 0 if found.median >= 100 else 1 if found.median >= 10 else 2
    if f"{found.low:.{digits}f}" == f"{found.high:.{digits}f}":
        return f"{found.median:,.{digits}f}"
    return f"{found.median:,.{digits}f} ({found.low:,.{digits}f}-{found.high:,.{digits}f})"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    padded = [[*row, *[""] * (len(head) - len(row))] for row in rows]
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *padded]
    return "".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |\n" for line in lines)
