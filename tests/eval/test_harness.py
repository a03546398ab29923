from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from made_answers import ARTICLES, answer, gold, quote

from eval import METRICS, Evaluation, GoldError, QuestionResult, articles_by_name, evaluate, score
from eval.harness import Miss
from index import Collection, SentenceTransformerEmbedder
from index.articles import article_id
from qa import Assistant
from qa.decision import FEATURES, Decision

BY_READER_ALONE = Decision(tuple(float(name == "span") for name in FEATURES), 0.0, 0.5, 0.5)
TRUTHS = {"a.txt": ["12 people"], "b.txt": ["15 injured"], "d.txt": ["12 people"]}
HURT = gold("How many people were hurt?", TRUTHS, verdict="differ")
CLOSED = gold("What is closed?", {"b.txt": ["bridge"]}, question_id="q-2", names=["b.txt", "c.txt"])


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    folder = tmp_path_factory.mktemp("small") / "collection"
    with Collection.create(folder, embedder=SentenceTransformerEmbedder()) as made:
        made.add_articles(ARTICLES.values())
        yield made


@pytest.fixture(scope="module")
def evaluation(collection: Collection) -> Evaluation:
    return evaluate(Assistant(collection, decision=BY_READER_ALONE), [HURT, CLOSED], seed=4)


def test_every_question_is_asked_of_the_sources_that_it_names(evaluation: Evaluation) -> None:
    asked = [{report.article.name for report in result.answer.sources} for result in evaluation.results]
    assert asked == [{"a.txt", "b.txt", "c.txt", "d.txt"}, {"b.txt", "c.txt"}]
    assert all(result.seconds > 0 for result in evaluation.results)


def test_all_metrics_come_with_intervals_and_every_quote_is_true(evaluation: Evaluation) -> None:
    metrics = evaluation.metrics()
    assert tuple(metrics) == METRICS
    assert metrics["quote_validity"].value == 1.0
    for made in metrics.values():
        assert made.value is None or (
            made.low is not None and made.high is not None and made.low <= made.value <= made.high
        )


def test_a_second_run_measures_the_same(collection: Collection, evaluation: Evaluation) -> None:
    again = evaluate(Assistant(collection, decision=BY_READER_ALONE), [HURT, CLOSED], seed=4).to_dict()
    first = evaluation.to_dict()
    assert first.pop("seconds") and again.pop("seconds")
    assert json.dumps(first) == json.dumps(again)


def test_progress_is_told_to_its_end(collection: Collection) -> None:
    heard: list[tuple[int, int]] = []
    evaluate(
        Assistant(collection, decision=BY_READER_ALONE),
        [CLOSED],
        on_question=lambda done, total: heard.append((done, total)),
    )
    assert heard == [(0, 1), (1, 1)]


def test_a_question_about_an_unknown_source_or_no_question_is_refused(collection: Collection) -> None:
    assistant = Assistant(collection, decision=BY_READER_ALONE)
    with pytest.raises(GoldError, match="empty"):
        evaluate(assistant, [])
    stranger = gold("Who?", {}, verdict="none", names=["a.txt"])
    elsewhere = type(stranger)("x", "Who?", "who", {"z.txt": stranger.sources["a.txt"]}, "none")
    with pytest.raises(GoldError, match=r"'x' names \['z\.txt'\]"):
        evaluate(assistant, [elsewhere])


def results(*tags: str) -> Evaluation:
    made = []
    for place, tag in enumerate(tags):
        asked = gold(
            HURT.question,
            {"a.txt": ["12 people"], "b.txt": ["15 injured"]},
            question_id=f"q-{place}",
            tags=[tag],
        )
        told = answer(
            asked.question,
            {"a.txt": [quote("a.txt", "12 people")], "c.txt": [quote("c.txt", "It was sunny.")]},
        )
        made.append(QuestionResult(asked, told, score(asked, told), 1.0 + place))
    return Evaluation(tuple(made))


def test_misses_show_what_was_expected_and_what_was_shown() -> None:
    assert results("dev").worst() == (
        Miss("q-0", HURT.question, "b.txt", ("15 injured",), ()),
        Miss("q-0", HURT.question, "c.txt", (), ("It was sunny.",)),
    )


def test_misses_of_held_out_questions_stay_unseen_unless_asked_for() -> None:
    assert results("held_out").worst() == ()
    assert results("held_out").to_dict()["worst"] == []
    assert len(results("held_out").worst(show_held_out=True)) == 2
    assert len(results("dev", "dev").worst(3)) == 3


def test_slices_hold_their_own_questions() -> None:
    made = results("dev", "dev", "held_out")
    assert {tag: metrics["quote_f1"].n for tag, metrics in made.by_tag().items()} == {"dev": 2, "held_out": 1}
    assert made.by_kind()["how_many"]["quote_f1"].n == 3
    assert made.seconds() == (2.0, pytest.approx(2.9))


def test_the_gold_hash_follows_the_truth_and_not_the_order() -> None:
    one, two = results("dev", "held_out"), results("held_out", "dev")
    assert one.gold_hash() == Evaluation(one.results[::-1]).gold_hash()
    assert one.gold_hash() != two.gold_hash()


def test_a_file_name_is_enough_where_only_one_source_has_it(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("names") / "collection"
    with Collection.create(folder, embedder=SentenceTransformerEmbedder()) as made:
        texts = {"x/one.txt": "A first text.", "y/one.txt": "A second text.", "y/two.txt": "A third text."}
        made.add_articles(
            type(ARTICLES["a.txt"])(article_id(text), name, text, name) for name, text in texts.items()
        )
        assert set(articles_by_name(made)) == {"x/one.txt", "y/one.txt", "y/two.txt", "two.txt"}
