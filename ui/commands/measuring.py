"""`everysource eval` and `everysource bench`: how good the answers are."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import date
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui import output
from ui.commands.options import check_days, example, narrowed, open_collection, output_format, scope
from ui.demo import demo_articles, demo_gold, temporary_collection
from ui.rendering.json_text import json_text
from ui.rendering.measures import MISSES_SHOWN, bench_text, evaluation_markdown, evaluation_text
from ui.rendering.results import with_table

if TYPE_CHECKING:
    from eval import Evaluation, GateResult
    from index import Collection, Scope
    from ui.settings import Settings

FILE = click.Path(path_type=Path, dir_okay=False)
NEW_FOLDER = click.Path(path_type=Path, file_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False, exists=True)
WRITE = click.option(
    "--write",
    "page",
    metavar="FILE",
    type=FILE,
    help="Put the table into this Markdown page, with date and command.",
)


@click.command(
    "eval",
    epilog=example(
        "everysource eval --split dev --misses 20",
        "everysource eval --gold gold.jsonl --articles articles/ --export-trec out/",
    ),
)
@click.option(
    "--gold", metavar="FILE", type=FILE, help="Gold questions, instead of those over the demo articles."
)
@click.option(
    "--articles",
    metavar="DIR",
    type=FOLDER,
    help="Their articles; with --gold alone, the collection is asked.",
)
@click.option("--split", type=click.Choice(["dev", "held_out"]), help="Only the questions with this tag.")
@click.option(
    "--seed",
    type=int,
    default=0,
    show_default=True,
    help="Draws the resamples that the intervals are made of.",
)
@click.option(
    "--misses",
    type=click.IntRange(min=0),
    default=MISSES_SHOWN,
    show_default=True,
    help="So many of the worst misses are shown.",
)
@click.option("--export-trec", metavar="DIR", type=NEW_FOLDER, help="Write a TREC run and qrels there.")
@click.option(
    "--export-beir",
    metavar="DIR",
    type=NEW_FOLDER,
    help="Write corpus, queries and qrels there, as BEIR has them.",
)
@narrowed
@output_format("json", "md")
@WRITE
@click.option(
    "--gate", "gated", is_flag=True, help="Exit with 1 where a metric is worse than in the baseline."
)
@click.option("--baseline", metavar="FILE", type=FILE, help="The baseline, instead of the one included.")
@click.option("--update-baseline", is_flag=True, help="Write the baseline anew.")
@click.pass_obj
def evaluate(
    settings: Settings,
    gold: Path | None,
    articles: Path | None,
    split: str | None,
    since: date | None,
    until: date | None,
    outlets: tuple[str, ...],
    seed: int,
    misses: int,
    export_trec: Path | None,
    export_beir: Path | None,
    output_format: str | None,
    page: Path | None,
    gated: bool,
    baseline: Path | None,
    update_baseline: bool,
) -> None:
    """Measure the answers against gold questions.

    Every metric stands with its 95% bootstrap interval over questions, for all of them and for each kind and tag.
    """
    from eval import Baseline, gate, write_beir, write_trec

    check_days(since, until)
    if articles and not gold:
        raise click.UsageError("--articles needs --gold, the questions over them")
    # A baseline that is missing should say so before minutes are spent.
    place = baseline or Path(str(resources.files("eval").joinpath("baseline.json")))
    earlier = Baseline.load(place) if gated else None
    with _asked(settings, gold, articles) as collection:
        within = scope(collection, (), since, until, outlets)
        evaluation = _evaluated(collection, gold or demo_gold(), split, seed, within)
    result = gate(evaluation, earlier, seed=seed) if earlier else None
    _print(evaluation, result, output_format, misses)
    if page:
        given = [
            ("--gold", gold and "FILE"),
            ("--articles", articles and "DIR"),
            ("--split", split),
            ("--seed", seed or None),
        ]
        _write(page, "eval", given, evaluation_markdown(evaluation))
    if export_trec:
        output.note(f"wrote {' and '.join(map(str, write_trec(evaluation, export_trec)))}")
    if export_beir:
        output.note(f"wrote {write_beir(evaluation, export_beir)}")
    if update_baseline:
        Baseline.of(evaluation).save(place)
        output.note(f"wrote {place}")
    if result and not result.passed:
        click.get_current_context().exit(result.exit_code)


def _asked(
    settings: Settings, gold: Path | None, articles: Path | None
) -> AbstractContextManager[Collection]:
    if gold and not articles:
        return open_collection(settings)
    return temporary_collection(articles or demo_articles(), settings.model)


def _evaluated(
    collection: Collection, gold: Path, split: str | None, seed: int, within: Scope | None
) -> Evaluation:
    from eval import articles_by_name, evaluate, load_gold, narrow, select
    from qa import Assistant

    questions = select(load_gold(gold, articles_by_name(collection)), split)
    if within is not None:
        names = articles_by_name(collection)
        inside = {article.id for article in collection.articles(within)}
        questions = narrow(questions, {name for name, article in names.items() if article.id in inside})
    with output.count_line("question") as on_question:
        return evaluate(Assistant(collection), questions, seed=seed, on_question=on_question)


def _print(evaluation: Evaluation, result: GateResult | None, output_format: str | None, misses: int) -> None:
    if output_format == "json":
        verdict = {"gate": {"passed": result.passed, "lines": list(result.lines)}} if result else {}
        output.result(
            json_text(
                evaluation.to_dict()
                | {"worst": [miss.to_dict() for miss in evaluation.worst(misses)]}
                | verdict
            )
        )
        return
    output.result(
        evaluation_markdown(evaluation) if output_format == "md" else evaluation_text(evaluation, misses)
    )
    if result:
        output.result("\n".join(result.lines))


def _write(page: Path, command: str, given: Iterable[tuple[str, object]], table: str) -> None:
    """Puts the table into the page's block for the command with the options that were `given`, None for those that were not."""
    words = [command, *(f"{name} {value}".strip() for name, value in given if value is not None)]
    text = page.read_text(encoding="utf-8") if page.exists() else ""
    page.write_text(with_table(text, " ".join(words), table, date.today()), encoding="utf-8")
    output.note(f"wrote {page}")


@click.command(
    epilog=example(
        "everysource bench squad --data sets/ --limit 200",
        "everysource bench --data sets/ --quick --md",
        "everysource bench --data sets/ --write results.md",
    )
)
@click.argument("names", metavar="[SET]...", nargs=-1)
@click.option("--data", metavar="DIR", type=FOLDER, required=True, help="The folder with the public sets.")
@click.option(
    "--limit", metavar="N", type=click.IntRange(min=1), help="At most so many questions of each set."
)
@click.option(
    "--quick",
    is_flag=True,
    help="A few questions of each set, over a thinned corpus: a look within three minutes.",
)
@click.option(
    "--seed",
    type=int,
    default=0,
    show_default=True,
    help="Draws the questions of a limited run, and the resamples.",
)
@output_format("json", "md")
@WRITE
@click.pass_obj
def bench(
    settings: Settings,
    names: tuple[str, ...],
    data: Path,
    limit: int | None,
    quick: bool,
    seed: int,
    output_format: str | None,
    page: Path | None,
) -> None:
    """Measure Everysource on public sets, all of them where none is named.

    Each figure stands with its 95% interval and, where there is one, the published figure to beat.
    """
    from eval.bench import Bench, Models, table
    from eval.bench import bench as run
    from index import SentenceTransformerEmbedder

    models = Models(embedder=SentenceTransformerEmbedder(settings.model) if settings.model else None)
    setting = Bench(data, limit, seed, models=models)
    rows = run(names, setting, quick=quick, on_set=lambda name: output.note(f"running {name}"))
    match output_format:
        case "json":
            output.result(json_text([row.to_dict() for row in rows]))
        case "md":
            output.result(table(rows))
        case _:
            output.result(bench_text(rows))
    if page:
        model = [("--model", "NAME")] if settings.model else []
        given = [
            *((name, "") for name in names),
            ("--data", "DIR"),
            ("--limit", limit),
            ("--quick", "" if quick else None),
        ]
        _write(page, "bench", [*given, ("--seed", seed or None), *model], table(rows))
