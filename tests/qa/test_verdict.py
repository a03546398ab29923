from dataclasses import replace
from datetime import date

import pytest

from index import Article
from index.articles import article_id
from qa.answer import Quote, SourceReport
from qa.question import understand
from qa.verdict import compare


def report(name, text, answer=None):
    article = Article(article_id(name + text), name, text, name)
    if answer is None:
        return SourceReport(article, "silent", 0.1)
    start = text.index(answer)
    quote = Quote.cut(article, 0, len(text), score=0.9, answer=(start, start + len(answer)))
    return SourceReport(article, "answers", 0.9, (quote,))


def unlike(left, right):
    return 0.1


def test_figures_that_count_the_same_thing_differ_and_the_headline_names_both_ends():
    reports = [
        report("a", "Some 3,000 troops were sent.", "3,000"),
        report("b", "Officials said 12,000 troops were sent.", "12,000"),
    ]
    found = compare(understand("How many troops were sent?"), reports)
    assert found.verdict == "differ"
    assert "3,000" in found.headline and "12,000" in found.headline


def test_a_date_beside_the_number_is_no_figure():
    found = compare(understand("How many died?"), [report("a", "On 4 March 2024 nine people died.", "nine")])
    assert [sourced.figure.text for sourced in found.figures] == ["nine"]
    assert found.verdict == "single"


def test_what_stands_beside_the_answer_and_is_no_such_number_is_not_lined_up():
    text = "The 47-metre dam broke on day 12; at least 31 people died, six of them in one house, and it cost €3m."
    found = compare(understand("How many people died?"), [report("a", text, "31 people")])
    assert [sourced.figure.text for sourced in found.figures] == ["31", "six"]
    text = "The toll of the flood rose, and repairs cost €3m over five years."
    found = compare(understand("How many people died?"), [report("a", text, "The toll")])
    assert found.verdict == "none"
    assert {sourced.figure.unit for sourced in found.figures} == {"EUR", "years"}


@pytest.mark.parametrize(
    ("question", "low", "high"),
    [("Arrests at the match?", "17 arrests", "22 people"), ("Penalty for the club?", "$150,000", "$90,000")],
)
def test_figures_are_lined_up_where_sources_answer_with_them_unasked(question, low, high):
    reports = [
        report("a", f"The police counted {low}.", low),
        report("b", f"It said {high} that night.", high),
    ]
    found = compare(understand(question), reports, similarity=unlike)
    assert found.verdict == "differ"
    assert "give a figure" in found.headline
    names = [
        report("a", "Anna Lund, who leads 40 people, spoke.", "Anna Lund"),
        report("b", "It was Peter Holt.", "Peter Holt"),
    ]
    assert compare(understand(question), names, similarity=unlike).figures == ()


@pytest.mark.parametrize(
    ("left", "right", "verdict"), [("Anna Lund", "Anna Lund", "agree"), ("Anna Lund", "Peter Holt", "differ")]
)
def test_names_are_compared_where_no_number_is_asked_for(left, right, verdict):
    reports = [report("a", f"{left} ordered it.", left), report("b", f"The order came from {right}.", right)]
    assert compare(understand("Who ordered it?"), reports, similarity=unlike).verdict == verdict


def test_wordings_that_cannot_be_told_apart_are_no_conflict():
    reports = [
        report("a", "It failed for want of money.", "want of money"),
        report("b", "The gate was cracked.", "was cracked"),
    ]
    found = compare(understand("Why did it fail?"), reports, similarity=unlike)
    assert found.verdict == "agree"
    assert "No conflict" in found.headline


def test_answers_to_a_yes_no_question_differ_where_one_says_the_questions_words_and_one_denies_them():
    reports = [
        report("a", "The bridge will be rebuilt in concrete.", "rebuilt in concrete"),
        report("b", "The state will not rebuild the bridge, a spokesman said.", "The state"),
    ]
    found = compare(understand("Will the bridge be rebuilt?"), reports)
    assert found.verdict == "differ"
    assert "The state will not rebuild the bridge" in found.headline


def test_answers_to_a_yes_no_question_differ_where_one_is_the_opposite_of_the_other():
    reports = [
        report("a", "Experts say it is genuine.", "it is genuine"),
        report("b", "It is a fake.", "a fake"),
    ]
    assert compare(understand("Is the portrait genuine?"), reports).verdict == "differ"
    reports = [report("a", "Police held a man.", "a man"), report("b", "A woman is in custody.", "A woman")]
    assert compare(understand("Was anyone arrested?"), reports).verdict == "agree"


def test_answers_to_a_yes_no_question_are_named_side_by_side():
    reports = [
        report("a", "Someone was hurt.", "was hurt"),
        report("b", "A man broke a wrist.", "broke a wrist"),
    ]
    headline = compare(understand("Was anyone hurt?"), reports, similarity=lambda *_: 1.0).headline
    assert "“was hurt” (a); “broke a wrist” (b)." in headline


@pytest.mark.parametrize("what", ["three-storey brick warehouse", "two-week strike"])
def test_a_number_that_describes_is_no_answer_in_figures(what):
    found = compare(understand("What was it?"), [report("a", f"It was a {what}.", what)])
    assert (found.verdict, found.figures) == ("single", ())
    assert "figure" not in found.headline


@pytest.mark.parametrize(
    ("question", "others", "verdict", "said"),
    [
        (
            "What caused the fire?",
            ["a gas leak", "a cigarette"],
            "differ",
            "They differ: “a gas leak” (a); “a cigarette” (b).",
        ),
        ("What caused the fire?", ["a gas leak", "leaking gas"], "agree", "They agree: “a gas leak” (a)."),
        (
            "Who sends help?",
            ["Oslo", "Bergen"],
            "agree",
            "No conflict between their answers is found: “Oslo” (a); “Bergen” (b).",
        ),
        (
            "Who helps?",
            ["Oslo", "Bergen", "Tromsø", "Voss"],
            "agree",
            "“Oslo” (a); “Bergen” (b); “Tromsø” (c) and others.",
        ),
    ],
)
def test_a_headline_names_every_answer_that_is_not_another_in_other_words(
    question, others, verdict, said, similarity
):
    reports = [report(name, f"It was {words}.", words) for name, words in zip("abcd", others, strict=False)]
    found = compare(understand(question), reports, similarity=similarity)
    assert found.verdict == verdict
    assert said in found.headline


def test_no_difference_is_claimed_of_an_answer_that_is_hardly_likely():
    reports = [
        report("a", "Anna Lund ordered it.", "Anna Lund"),
        report("b", "Peter Holt spoke.", "Peter Holt"),
    ]
    doubtful = replace(reports[1], quotes=(replace(reports[1].quotes[0], score=0.1),))
    assert compare(understand("Who ordered it?"), reports, similarity=unlike).verdict == "differ"
    assert (
        compare(understand("Who ordered it?"), [reports[0], doubtful], similarity=unlike).verdict == "agree"
    )


def test_no_answer_is_said_plainly():
    found = compare(understand("Who ordered it?"), [report("a", "Nothing here."), report("b", "Nor here.")])
    assert (found.verdict, found.headline) == ("none", "No source answers this. 2 read, all silent.")


def test_no_difference_is_claimed_between_the_quotes_of_a_yes_no_question():
    reports = [
        report("a", "They sent 30,000 men.", "30,000"),
        report("b", "They sent thousands.", "thousands"),
    ]
    assert compare(understand("Did they send men?"), reports).verdict == "agree"


def test_answers_to_a_yes_no_question_differ_where_one_quote_denies_the_other():
    reports = [
        report("a", "The governor ordered the evacuation.", "ordered the evacuation"),
        report("b", "The governor did not order the evacuation.", "did not order"),
    ]
    found = compare(understand("Did the governor order the evacuation?"), reports)
    assert found.verdict == "differ"
    assert "did not order the evacuation" in found.headline and "“The governor ordered" in found.headline


def test_clock_times_are_compared_where_a_time_is_asked_for():
    reports = [report("a", "It broke at 3:15 am.", "at 3:15 am"), report("b", "It broke at noon.", "at noon")]
    assert compare(understand("When did it break?"), reports).verdict == "differ"


def dated(made, day, earlier=None):
    return replace(
        made, article=replace(made.article, published=day), version_of=earlier.article.id if earlier else None
    )


@pytest.mark.parametrize(
    ("question", "old", "new"),
    [("How many died?", "nine", "fourteen"), ("Who ordered it?", "Anna Lund", "Peter Holt")],
)
def test_a_later_version_of_a_story_explains_what_it_has_changed(question, old, new):
    first = dated(report("a", f"{old} died or ordered it.", old), date(2024, 3, 4))
    second = dated(report("b", f"{new} died or ordered it.", new), date(2024, 3, 5), earlier=first)
    found = compare(understand(question), [first, second], similarity=unlike)
    assert found.verdict == "explained"
    assert "updated" in found.headline


def test_without_dates_nothing_tells_which_version_came_first():
    first = report("a", "nine died.", "nine")
    second = replace(report("b", "fourteen died.", "fourteen"), version_of=first.article.id)
    assert compare(understand("How many died?"), [first, second]).verdict == "differ"


@pytest.mark.parametrize(
    ("ours", "theirs", "verdict"),
    [
        ("on 14 May", "on 15 May", "differ"),
        ("on Tuesday", "on Wednesday", "differ"),
        ("on Tuesday", "on 14 May", "agree"),
        ("yesterday", "on Tuesday", "agree"),
        ("last month", "in April", "agree"),
        ("in March", "in April", "differ"),
        ("after the vote on Tuesday", "on Wednesday", "agree"),
        ("late on Monday night", "early on Tuesday", "agree"),
    ],
)
def test_days_are_compared_as_their_articles_were_printed_where_a_day_is_asked_for(ours, theirs, verdict):
    reports = [
        dated(report("a", f"Talks began {ours}.", ours), date(2024, 5, 15)),
        dated(report("b", f"Talks began {theirs}.", theirs), date(2024, 5, 16)),
    ]
    assert compare(understand("When did talks begin?"), reports).verdict == verdict


def test_a_single_figure_is_not_told_as_if_no_other_source_gave_one():
    reports = [
        report("a", "The tunnel is 10 miles long.", "10 miles"),
        report("b", "The tunnel is 16 gallons long.", "16 gallons"),
    ]
    found = compare(understand("How long is the tunnel?"), reports)
    assert found.verdict == "single"
    assert "One source says: 10 miles (a). Not compared with it: 16 gallons (b)." in found.headline


@pytest.mark.parametrize(
    ("question", "ours", "theirs", "verdict"),
    [
        ("How long is the tunnel?", "10 miles", "16 km", "agree"),
        ("How long is the tunnel?", "10 miles", "25 km", "differ"),
        ("How large was the fire?", "4,000 acres", "1,600 hectares", "agree"),
        ("How heavy was it?", "1.2 tonnes", "1,200 kg", "agree"),
        ("How heavy was it?", "1.2 tonnes", "1,250 kg", "differ"),
        ("How hot was it?", "41 °C", "106 °F", "agree"),
        ("How hot was it?", "41 °C", "41 °F", "differ"),
        ("How much did it warm?", "1.5 °C", "2.7 °F", "single"),
        ("How long did it last?", "two weeks", "14 days", "agree"),
        ("How long did it last?", "two weeks", "10 days", "differ"),
    ],
)
def test_measures_in_different_units_are_compared(question, ours, theirs, verdict):
    reports = [report("a", f"It was {ours} in all.", ours), report("b", f"It was {theirs} in all.", theirs)]
    found = compare(understand(question), reports)
    assert found.verdict == verdict
    assert [f.figure.text for f in found.figures] == [ours, theirs]


def test_the_order_of_a_spread_is_that_of_one_unit():
    reports = [
        report("a", "The tunnel is 12 miles long.", "12 miles"),
        report("b", "The tunnel is 14 km long.", "14 km"),
    ]
    found = compare(understand("How long is the tunnel?"), reports)
    assert "They differ: from 14 km (b) to 12 miles (a)." in found.headline
    assert (found.groups[0].low, found.groups[0].high, found.groups[0].unit) == (14.0, 19.3, "km")


def test_the_unit_that_a_question_names_is_the_one_that_is_compared():
    prison = [
        report("a", "He got 8.5 years where twelve were wanted.", "8.5 years where twelve"),
        report("b", "The sentence is nine years.", "nine years"),
    ]
    headline = compare(understand("How many years did he get?"), prison).headline
    assert "They differ: from 8.5 years (a) to nine years (b)." in headline
    lasted = [
        report("a", "It lasted 90 minutes.", "90 minutes"),
        report("b", "It lasted one hour.", "one hour"),
        report("c", "It lasted one and a half hours.", "one and a half hours"),
    ]
    group = compare(understand("How many minutes did it last?"), lasted).groups[0]
    assert (group.low, group.high, group.unit, group.sources) == (60, 90, "minutes", 3)


def test_a_number_of_the_question_answers_nothing():
    reports = [
        report("a", "Even 4,000 steps lower the risk by 25 per cent.", "25 per cent"),
        report("b", "Some 9,800 steps cut the risk by half.", "half"),
    ]
    found = compare(understand("By how much do 4,000 steps lower the risk?"), reports)
    assert "They differ: from 25 per cent (a) to half (b)." in found.headline
    assert (found.groups[0].low, found.groups[0].high, found.groups[0].unit) == (25, 50, "percent")


def test_a_number_without_the_period_that_the_question_names_is_compared_too():
    reports = [
        report("a", "It takes 10,000 steps a day.", "10,000 steps a day"),
        report("b", "It takes 7,000 steps.", "7,000 steps"),
    ]
    assert compare(understand("How many steps a day does it take?"), reports).verdict == "differ"
    assert compare(understand("How many steps does it take?"), reports).groups[0].sources == 1


def test_the_first_people_of_a_source_answer_how_many_people():
    reports = [
        report(
            "a",
            "Some 400 supporters came to protest and two people were arrested.",
            "400 supporters came to protest and two",
        )
    ]
    assert "400 supporters" in compare(understand("How many people protested?"), reports).headline


def test_a_date_where_a_length_of_time_is_asked_for_is_told_in_words():
    reports = [report("a", "The 23-year-old signs until 2030.", "until 2030")]
    assert "“until 2030” (a)" in compare(understand("How long does it run?"), reports).headline


def test_years_of_prison_are_nobodys_age():
    reports = [report("a", "Nine years for Henrik Salo, the court said.", "Nine years")]
    assert compare(understand("How old is Henrik Salo?"), reports).verdict == "none"
    old = [report("a", "The bridge has stood for 50 years.", "50 years")]
    assert compare(understand("How old is the bridge?"), old).verdict == "single"


def test_a_denied_figure_is_told_as_denied_and_after_one_that_is_not():
    reports = [
        report("a", "The minister denied that 300 people were arrested.", "300 people"),
        report("b", "Police arrested 300 people.", "300 people"),
    ]
    headline = compare(understand("How many people were arrested?"), reports).headline
    assert "One source says: 300 people (b)." in headline and "300 people (a, denied)" in headline


def test_how_much_something_fell_does_not_ask_for_money():
    reports = [report("a", "Profit fell 30%, to $2.3 billion.", "30%")]
    assert "30% (a)" in compare(understand("How much did profit fall?"), reports).headline


@pytest.mark.parametrize(("other", "verdict"), [("3-2", "differ"), ("1-3", "agree"), ("3–1", "agree")])
def test_results_of_a_match_are_compared(other, verdict):
    reports = [report("a", "The team won 3-1.", "3-1"), report("b", f"The match ended {other}.", other)]
    assert compare(understand("What was the result?"), reports).verdict == verdict


@pytest.mark.parametrize(
    ("answer", "told"), [("No one", True), ("none of them", True), ("no figure", False), ("no more", False)]
)
def test_a_source_that_says_none_is_named_beside_the_figure_of_another(answer, told):
    reports = [
        report("a", "Five people needed help.", "Five people"),
        report("b", f"Of those on board {answer} needed help.", answer),
    ]
    headline = compare(understand("How many people needed help?"), reports).headline
    assert (f"None at all, by their words: “{answer}” (b)." in headline) == told


@pytest.mark.parametrize("text", ["Of those on board no one was hurt.", "There were no injuries."])
def test_none_hurt_and_some_hurt_differ(text):
    reports = [
        report("a", "Five people were hurt.", "Five people"),
        report("b", text, "no one" if "no one" in text else "no injuries"),
    ]
    found = compare(understand("How many people were hurt?"), reports)
    assert found.verdict == "differ"
    assert found.headline.startswith("2 of 2 sources give a figure. They differ: from no")


def test_two_sources_that_say_none_agree():
    reports = [
        report("a", "Nobody was hurt.", "Nobody"),
        report("b", "There were no injuries.", "no injuries"),
    ]
    assert compare(understand("How many people were hurt?"), reports).verdict == "agree"


@pytest.mark.parametrize(
    ("ours", "theirs", "verdict"),
    [
        ("No one was hurt.", "Three people were hurt.", "differ"),
        ("There were no injuries.", "Three people were hurt.", "differ"),
        ("No one was hurt.", "Nobody was injured.", "agree"),
        ("No one was killed.", "Three people were hurt.", "agree"),
    ],
)
def test_whether_anyone_was_hurt_is_denied_by_none(ours, theirs, verdict):
    reports = [report("a", ours, ours), report("b", theirs, theirs)]
    assert compare(understand("Was anyone hurt?"), reports).verdict == verdict


@pytest.mark.parametrize("text", ["No one knows how many people died.", "No one else died."])
def test_what_nobody_knows_is_not_told_as_none(text):
    reports = [report("a", "Two people died.", "Two people"), report("b", text, "No one")]
    assert "None at all" not in compare(understand("How many people died?"), reports).headline


def test_none_is_no_part_of_a_total():
    reports = [
        report("a", "No one was killed, but 14 people were hurt.", "14"),
        report("b", "No one was hurt.", "No one"),
    ]
    assert compare(understand("How many people were hurt?"), reports).verdict == "differ"
