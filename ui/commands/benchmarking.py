"""`everysource benchmark`: how fast and how light it is."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui import output
from ui.commands.options import example, output_format
from ui.demo import demo_articles, demo_collection, demo_gold
from ui.rendering.json_text import json_text

if TYPE_CHECKING:
    from eval.benchmark import Task


@click.command(
    epilog=example(
        "everysource benchmark --rounds 3",
        "everysource benchmark --data sets/ --articles 60 --peers peers/bin/python",
        "everysource benchmark --scale 1000,100000,1000000 --rounds 0",
        "everysource benchmark --chat 20 --questions 2",
    )
)
@click.option(
    "--data",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="The folder with the public sets, for MultiHop-RAG; else the demo articles are taken.",
)
@click.option("--articles", metavar="N", type=click.IntRange(min=1), help="Only the first N articles.")
@click.option(
    "--questions",
    metavar="N",
    type=click.IntRange(min=1),
    default=50,
    show_default=True,
    help="Ask so many after a first one; with --chat, each user asks so many.",
)
@click.option(
    "--peers",
    metavar="PYTHON",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="An interpreter that has the peers; without it only Everysource is measured.",
)
@click.option("--only", "names", metavar="NAME", multiple=True, help="Only this system (repeatable).")
@click.option(
    "--rounds",
    metavar="N",
    type=click.IntRange(min=0),
    default=3,
    show_default=True,
    help="How often each system builds and is asked.",
)
@click.option("--scale", metavar="N,N", help="Search among so many synthetic vectors, too.")
@click.option("--whole", metavar="N,N", help="Grow whole collections of so many synthetic passages, too.")
@click.option(
    "--chat",
    "users",
    metavar="N",
    type=click.IntRange(1, 50),
    help="Measure only this: the demo's chat, served apart and asked by so many users at once.",
)
@output_format("json")
def benchmark(
    data: Path | None,
    articles: int | None,
    questions: int,
    peers: Path | None,
    names: tuple[str, ...],
    rounds: int,
    scale: str | None,
    whole: str | None,
    users: int | None,
    output_format: str | None,
) -> None:
    """Measure speed, memory and disk.

    Everysource and its peers index the same passages with the same weights, in turn.
    """
    if users:
        _measure_chat(users, questions, output_format)
        return
    from eval import benchmark as bench

    sizes, whole_sizes = _sizes("--scale", scale), _sizes("--whole", whole)
    machine = bench.limits()
    clock, processor = bench.starting()
    base = bench.packages(sys.executable, ("everysource",))
    task = _task(data, articles, questions + 1)
    systems = (
        bench.race(task, rounds=rounds, peers_python=peers, names=names or None, on_run=output.note)
        if rounds
        else []
    )
    reading = bench.reading_rate(task) if rounds else None
    grown, whole_grown = list(bench.growth(sizes)), list(bench.whole_growth(whole_sizes))
    own = next((one.spread("passages_per_second") for one in systems if one.name == "everysource"), None)
    reached = bench.stages(machine, task.tokens(), own.median if own else None, reading, grown)
    if output_format == "json":
        values = {
            "machine": asdict(machine), "stages": [asdict(one) | {"share": one.share} for one in reached],
            "help_seconds": asdict(clock), "installed": [asdict(one) for one in base],
            "systems": [one.to_dict() for one in systems], "scale": [asdict(one) for one in grown],
            "whole": [asdict(one) for one in whole_grown],
        }  # fmt: skip
        output.result(json_text(values))
        return
    output.result(bench.limits_text(machine, task.tokens(), own.median if own else None))
    if reached:
        output.result(bench.stage_table(reached))
    output.result(bench.start_text(clock, processor))
    output.result(bench.install_table(base))
    if systems:
        counts = f"{len(task.articles)} articles, {len(task.passages())} passages, {len(task.questions) - 1} questions"
        output.result(f"{counts}, {rounds} rounds\n")
        output.result(bench.race_table(systems))
    if grown:
        output.result(bench.scale_table(grown))
    if whole_grown:
        output.result(bench.whole_table(whole_grown))


def _measure_chat(users: int, each: int, output_format: str | None) -> None:
    """Ask the demo's chat at once, and compare each answer with the one that the library gives."""
    from eval import load_gold
    from eval.benchmark import crowd, crowd_table, expected_answers
    from qa import Assistant

    with demo_collection() as collection:
        articles = {article.name: article for article in collection.articles()}
        asked = [one.question for one in load_gold(demo_gold(), articles)]
        assistant = Assistant(collection)
        output.note("Asking each question alone ...")
        expected = expected_answers(lambda question: assistant.ask(question).to_dict(), asked, users * each)
    with _served_demo() as (address, pid):
        output.note(f"{users} users ask at {address} ...")
        found = crowd(address, expected, users=users, each=each, pid=pid)
    output.result(json_text(asdict(found)) if output_format == "json" else crowd_table(found))


@contextmanager
def _served_demo() -> Iterator[tuple[str, int]]:
    """The address of a chat over the demo articles, and the id of the process that serves it until the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = [sys.executable, "-c", "from ui.cli import main; main()", "chat", "--demo", "--port", str(port)]
    with subprocess.Popen(program, stderr=subprocess.PIPE, text=True) as server:
        try:
            told = server.stderr.readline() if server.stderr else ""
            if str(port) not in told:
                raise click.ClickException(f"the chat did not start: {told.strip()}")
            yield f"http://127.0.0.1:{port}", server.pid
        finally:
            server.terminate()


def _sizes(option: str, text: str | None) -> tuple[int, ...]:
    try:
        return tuple(int(part) for part in text.split(",")) if text else ()
    except ValueError as error:
        raise click.UsageError(f"{option} {text!r} is no list of numbers; write it as 1000,10000") from error


def _task(data: Path | None, count: int | None, questions: int) -> Task:
    from eval.benchmark import Task

    if data is None:
        from eval import load_gold
        from index import load

        found = [article for path in sorted(demo_articles().iterdir()) for article in load(path)]
        gold = load_gold(demo_gold(), {article.name: article for article in found})
        return Task(found[:count], [one.question for one in gold][:questions])
    from eval.bench import Bench
    from eval.bench.multihop_rag import load_answerable, load_articles

    bench = Bench(data)
    chosen = [document.article() for document in load_articles(bench)][:count]
    return Task(chosen, [one.question for one in load_answerable(bench)][:questions])
