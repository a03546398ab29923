"""How an indexing run's rate and time left are told."""

from index import Progress
from ui.pace import Pace, duration


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def line(steps: list[tuple[float, Progress]]) -> str:
    clock = Clock()
    pace = Pace(clock)
    for now, progress in steps:
        clock.now = now
        pace.note(progress)
    return pace.line(steps[-1][1])


def loading(done: int, *, articles: int, embedded: int, share: float) -> Progress:
    return Progress("load", done, 100, "a.txt", articles, embedded, share)


def test_rate_and_time_left_are_told_once_there_is_something_to_judge_by() -> None:
    first = loading(1, articles=1, embedded=0, share=0.0)
    assert line([(0, first)]) == "reading 1/100, 1 articles, a.txt"
    begun = loading(2, articles=2, embedded=10, share=0.0)
    later = loading(10, articles=10, embedded=210, share=0.1)
    assert (
        line([(0, first), (50, begun), (60, later)])
        == "reading 10/100, 10 articles, 20 passages/s, 2 min left, a.txt"
    )


def test_what_was_there_already_does_not_make_the_rest_look_fast() -> None:
    steps = [(second, loading(0, articles=0, embedded=1, share=second / 10)) for second in range(6)]
    steps += [
        (5 + second, loading(0, articles=0, embedded=second, share=0.5 + second / 1000))
        for second in range(1, 201)
    ]
    assert "5 min left" in line(steps)


def test_times_are_told_in_the_unit_that_fits() -> None:
    assert [duration(seconds) for seconds in (3.2, 600, 7500)] == ["3 s", "10 min", "2 h 5 min"]
