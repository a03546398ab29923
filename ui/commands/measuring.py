"""`everysource eval` and `everysource bench`: how good the answers are."""

from __future__ import annotations

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
from ui.rendering.measures import bench_text, evaluation_text

if TYPE_CHECKING:
    from eval import Evaluation, GateResult
    from index import Collection, Scope
    from ui.settings import Settings

FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False, exists=True)


@click.command(
    "eval", epilog=example("everysource eval --split dev", "everysource eval --gold gold.jsonl --articles articles/ --json")
)
@click.option("--gold", metavar="FILE", type=FILE, help="Gold questions, instead of those over the demo articles.")
@click.option("--articles", metavar="DIR", type=FOLDER, help="Their articles; with --gold alone, the collection is asked.")
@click.option("--split", type=click.Choice(["dev", "held_out"]), help="Only the questions with this tag.")
@narrowed
@output_format("json")
@click.option("--gate", "gated", is_flag=True, help="Exit with 1 where a metric is worse than in the baseline.")
@click.option("--baseline", metavar="FILE", type=FILE, help="The baseline, instead of the one included.")
@click.option("--update-baseline", is_flag=True, help="Write the baseline anew.")
@click.pass_obj
def evaluate(
    settings: Settings, gold: Path | None, articles: Path | None, split: str | None, since: date | None, until: date | None,
    outlets: tuple[str, ...], output_format: str | None, gated: bool, baseline: Path | None, update_baseline: bool,
) -> None:
    """Measure the answers against gold questions.

    Every metric stands with its 95% bootstrap interval over questions.
    """
    from eval import Baseline, gate

    check_days(since, until)
    if articles and not gold:
        raise click.UsageError("--articles needs --gold, the questions over them")
    # A baseline that is missing should say so before minutes are spent.
    place = baseline or Path(str(resources.files("eval").joinpath("baseline.json")))
    earlier = Baseline.load(place) if gated else None
    with _asked(settings, gold, articles) as collection:
        within = scope(collection, (), since, until, outlets)
        evaluation = _evaluated(collection, gold or demo_gold(), split, within)
    result = gate(evaluation, earlier) if earlier else None
    _print(evaluation, result, output_format)
    if update_baseline:
        Baseline.of(evaluation).save(place)
        output.note(f"wrote {place}")
    if result and not result.passed:
        click.get_current_context().exit(result.exit_code)


def _asked(settings: Settings, gold: Path | None, articles: Path | None) -> AbstractContextManager[Collection]:
    if gold and not articles:
        return open_collection(settings)
    return temporary_collection(articles or demo_articles(), settings.model)


def _evaluated(collection: Collection, gold: Path, split: str | None, within: Scope | None) -> Evaluation:
    from eval import articles_by_name, evaluate, load_gold, narrow, select
    from qa import Assistant

    questions = select(load_gold(gold, articles_by_name(collection)), split)
    if within is not None:
        names = articles_by_name(collection)
        inside = {article.id for article in collection.articles(within)}
        questions = narrow(questions, {name for name, article in names.items() if article.id in inside})
    with output.count_line("question") as on_question:
        return evaluate(Assistant(collection), questions, on_question=on_question)


def _print(evaluation: Evaluation, result: GateResult | None, output_format: str | None) -> None:
    if output_format == "json":
        verdict = {"gate": {"passed": result.passed, "lines": list(result.lines)}} if result else {}
        output.result(json_text(evaluation.to_dict() | verdict))
        return
    output.result(evaluation_text(evaluation))
    if result:
        output.result("\n".join(result.lines))


@click.command(epilog=example("everysource bench squad --data sets/ --limit 200", "everysource bench --data sets/ --quick --md"))
@click.argument("names", metavar="[SET]...", nargs=-1)
@click.option("--data", metavar="DIR", type=FOLDER, required=True, help="The folder with the public sets.")
@click.option("--limit", metavar="N", type=click.IntRange(min=1), help="At most so many questions of each set.")
@click.option("--quick", is_flag=True, help="A few questions of each set, over a thinned corpus.")
@output_format("json", "md")
@click.pass_obj
def bench(
    settings: Settings, names: tuple[str, ...], data: Path, limit: int | None, quick: bool, output_format: str | None
) -> None:
    """Measure Everysource on public sets, all of them where none is named."""
    from eval.bench import Bench, Models, table
    from eval.bench import bench as run
    from index import SentenceTransformerEmbedder

    models = Models(embedder=SentenceTransformerEmbedder(settings.model) if settings.model else None)
    rows = run(names, Bench(data, limit, models=models), quick=quick, on_set=lambda name: output.note(f"running {name}"))
    match output_format:
        case "json":
            output.result(json_text([row.to_dict() for row in rows]))
        case "md":
            output.result(table(rows))
        case _:
            output.result(bench_text(rows))
