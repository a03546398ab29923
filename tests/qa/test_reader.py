import pytest

from qa.errors import ReaderError
from qa.reading import TrainedReader, Window, default_reader, reader_named

PASSAGE = "The dam broke at dawn on Monday. Mayor Anna Lund said that 14 people had died in the lower town."
OTHER = "The bakery on the square sells bread, and its owner likes to sing while the oven is warming up."


def window(text):
    return Window(text, 0, len(text))


@pytest.fixture(scope="module")
def reader():
    return default_reader()


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("How many people died?", "14"),
        ("Who is the mayor?", "Anna Lund"),
        ("When did the dam break?", "Monday"),
    ],
)
def test_the_answer_is_marked(reader, question, answer):
    (reading,) = reader.read(question, [window(PASSAGE)])
    best = reading.spans[0]
    assert answer in PASSAGE[best.start : best.end]
    assert reading.answerable > reader.threshold


def test_a_passage_about_something_else_does_not_answer(reader):
    (reading,) = reader.read("How many people died?", [window(OTHER)])
    assert reading.answerable < reader.threshold


def test_scores_do_not_depend_on_what_is_read_beside(reader):
    alone = reader.read("How many people died?", [window(PASSAGE)])
    among = reader.read(
        "How many people died?", [window(OTHER * n + PASSAGE) for n in (0, 1, 2, 0, 4, 1, 5, 0, 0, 3, 0)]
    )
    assert [among[place] for place in (0, 3, 7, 8, 10)] == alone * 5


def test_context_is_read_but_never_marked(reader):
    start = PASSAGE.index("Mayor")
    (reading,) = reader.read("When did the dam break?", [Window(PASSAGE, start, len(PASSAGE))])
    assert all(span.start >= start for span in reading.spans)


def test_a_very_long_window_and_question_are_cut_not_refused(reader):
    (reading,) = reader.read("how many " * 200, [window(PASSAGE + OTHER * 60)])
    assert all(span.end <= len(PASSAGE + OTHER * 60) for span in reading.spans)


def test_a_folder_without_a_reader_is_named(tmp_path):
    with pytest.raises(ReaderError, match=str(tmp_path)):
        TrainedReader(tmp_path)


def test_a_model_that_cannot_be_had_is_named(monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ReaderError, match="no-such-folder/reader"):
        reader_named("no-such-folder/reader")
