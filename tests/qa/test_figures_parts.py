from datetime import date

import pytest

from qa.figures import Figure, Span, extract_figures, find_speaker

PUBLISHED = date(2024, 10, 23)  # a Wednesday


def only(text, published=PUBLISHED):
    found = [f for f in extract_figures(text, published=published) if f.unit != "date"]
    assert len(found) == 1, [f.text for f in found]
    return found[0]


def part(figure, name):
    span = figure.part(name)
    return span.text if span else None


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("At least 45 people died, officials said.", "officials"),
        ("The toll rose to 62, the Interior Ministry said on Monday.", "Interior Ministry"),
        ("Police said 30 protesters were held.", "Police"),
        ("Prices rose 4%, according to the central bank.", "central bank"),
        (
            "Some 900 men are there, according to Ada Novak, Kestria's ambassador to Orla.",
            "Ada Novak, Kestria's ambassador to Orla",
        ),
        ("With U.S. officials estimating that around 2,500 men left, doubts grew.", "U.S. officials"),
        ("The move of 3,000 men — first reported by Orlan media — drew anger.", "Orlan media"),
        ("“We counted 1,200 homes,” said Maria Lopez, the mayor of Tarn.", "Maria Lopez, the mayor of Tarn"),
        ("Reports suggest that 7,000 men are on the way.", "Reports"),
        ("Two of them said that 40 boats sank.", None),
        ("Several said that 40 boats sank.", None),
        ("Some 40 boats sank, according to a study of 900 storms published in Orla.", "study"),
        ("A scan on Monday showed 40 boats.", None),
        ("The study was of 40 boats.", None),
        ("The police spoke of 250.", "police"),
        ("The army lost 23 men, while Hadar put the number at 50.", None),
        ("Some 40 boats sank.", None),
        ("No casualties were reported in the attack.", None),
    ],
)
def test_who_says_a_figure(text, speaker):
    figure = next(f for f in extract_figures(text) if f.unit != "date")
    assert figure.said_by == speaker


def test_she_is_the_speaker_named_before():
    text = "Jenny Town, an expert on arms, commented on the plan. She said 900 men could go."
    figure = next(f for f in extract_figures(text) if f.low == 900)
    assert figure.said_by == "Jenny Town"
    assert text[figure.part("said_by").start :].startswith("Jenny Town")


def test_a_name_signed_behind_a_quotation_speaks():
    text = "“They won’t be elite soldiers. It depends on the request.” – Jenny Town\nThe end came."
    assert find_speaker(text, 1, text.index("”")).text == "Jenny Town"


def test_nobody_speaks_where_nobody_is_named():
    assert find_speaker("The bridge fell at dawn.", 0, 10) is None


def test_the_speaker_ends_before_the_next_verb():
    text = "This force of 3,000, first reported by Northern media and confirmed by officials, is larger than before."
    assert find_speaker(text, 0, len(text)).text == "Northern media"
    assert find_speaker("", 0, 0) is None


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Orla may send 30,000 troops.", "may send"),
        ("Orla is poised to dispatch as many as 30,000 additional troops.", "is poised to dispatch"),
        ("Some 2,500 troops have already been sent.", "have already been sent"),
        ("Around 115,000 soldiers have reportedly lost their lives.", "have reportedly lost their lives"),
        ("The training of over 12,000 soldiers began.", "training"),
        ("The death or wounding of approximately 4,000 soldiers was confirmed.", "death or wounding"),
        ("There were 15,000 casualties.", "casualties"),
        ("About 100 were injured.", "injured"),
    ],
)
def test_the_state_is_worded_as_in_the_text(text, state):
    figure = only(text)
    assert figure.state is not None
    assert figure.state.endswith(state)


@pytest.mark.parametrize(
    ("text", "counted", "owner"),
    [
        ("The 3,000 Orlan soldiers left.", "Orlan soldiers", "Orlan"),
        ("Orla may send 30,000 troops to Kestria.", "troops", "Orla"),
        ("He recalled the Soviet Union’s 15,000 casualties.", "casualties", "Soviet Union"),
        ("This troop deployment of 3,000 is large.", "troop deployment", None),
        ("The death toll rose to 62.", "death toll", None),
        ("Some 100 ballistic missiles were delivered.", "ballistic missiles", None),
        ("About 80 percent of the city's residents fled.", "residents", None),
        ("Some 80,000 Britons took part.", "Britons", "Britons"),
        ("The 12 Swedes left.", "Swedes", "Swedes"),
        ("Some 400 supporters came.", "supporters", None),
        ("At 23 stations observers saw open boxes.", "stations", None),
        ("Police held 40 arms dealers.", "arms dealers", None),
        ("The study had seven years of follow-up.", "follow-up", None),
        ("The clubs agreed on a fee of $42m.", "fee", None),
        ("The 45-year-old driver left.", "driver", None),
        ("Analysts at Lund put the cost at $40m.", "cost", None),
        ("Ada Lund puts the final bill at between $2m and $3m.", "bill", None),
        ("The reported pay for these soldiers is $2,000 per month.", "pay for these soldiers", None),
    ],
)
def test_what_is_counted_and_whose(text, counted, owner):
    figure = only(text)
    assert figure.counts is not None
    assert figure.counts.endswith(counted)
    assert part(figure, "owner") == owner


def test_a_part_of_a_number_counts_what_the_whole_counts():
    found = extract_figures("Together the parties would have 80 of the 150 seats.")
    assert [(f.low, f.counts) for f in found] == [(80, "seats"), (150, "seats")]


def test_an_age_counts_nobody_where_a_verb_follows():
    assert only("The 23-year-old signs a contract.").counts is None


def test_a_share_price_falls_in_trading_and_not_of_it():
    assert only("Shares fell 3.4 percent in early trading.").counts == "Shares"
    assert only("A fall of 3.4 percent in exports is expected.").counts == "exports"


def test_a_number_of_those_who_did_something_counts_people_and_not_what_was_counted_before():
    text = "The bank hid 40 loans. The group speaks for 6,200 of the roughly 20,000 who lost money."
    assert [(f.low, f.unit, f.counts) for f in extract_figures(text)[1:]] == [
        (6200, "persons", None),
        (20_000, "persons", None),
    ]
    men = extract_figures("The army has 900 men. Of the 500 who fled, 20 came back.")
    assert [f.counts for f in men] == ["men"] * 3


def test_a_bare_number_counts_what_was_counted_before():
    text = "Around 11,000 Orlan soldiers are stationed there. This number may increase to 15,000."
    later = extract_figures(text)[-1]
    assert (later.low, later.counts, later.state) == (15_000, "Orlan soldiers", "may increase")


def test_the_wounded_are_of_those_named_before():
    text = "Some 115,000 Orlan soldiers died, with an additional 500,000 wounded."
    wounded = extract_figures(text)[-1]
    assert (wounded.counts, wounded.state, part(wounded, "extra")) == (
        "Orlan soldiers",
        "wounded",
        "additional",
    )


@pytest.mark.parametrize(
    ("text", "as_of", "resolved"),
    [
        ("On Monday, 12 people died.", "2024-10-21", True),
        ("Last year 12 people died.", "2023", True),
        ("In June 12 people died.", "2024-06", True),
        ("Two weeks ago 12 people died.", "2024-10-09", True),
        ("Yesterday 12 people died.", "2024-10-22", True),
        ("In late November 12 people died.", "2023-11", True),
        ("On 17 May 2021, 12 people died.", "2021-05-17", False),
        ("In May 2021, 12 people died.", "2021-05", False),
        ("In 2019, 12 people died.", "2019", False),
        ("Some 12 people died.", "2024-10-23", False),
        ("Since 2019 12 people died.", "2024-10-23", False),
    ],
)
def test_the_date_is_of_the_sentence_or_else_of_the_article(text, as_of, resolved):
    figure = next(f for f in extract_figures(text, published=PUBLISHED) if f.counts == "people")
    assert (figure.as_of, figure.as_of_resolved) == (as_of, resolved)


def test_without_a_published_date_a_relative_date_stays_open():
    figure = next(f for f in extract_figures("On Monday, 12 people died.") if f.counts == "people")
    assert (figure.as_of, figure.as_of_resolved) == (None, False)


def test_an_impossible_date_is_skipped():
    assert [
        f for f in extract_figures("On February 31, 2021 it rained.", published=PUBLISHED) if f.unit == "date"
    ] == []


def test_the_end_of_a_time_is_not_its_own():
    assert extract_figures("The striker, 23, signs until 2030.", published=PUBLISHED)[0].as_of == "2024-10-23"


def test_what_is_done_without_is_not_denied_of_the_time_that_it_lasts():
    assert not only("They must do without him for six weeks.").negated
    assert only("The army left without 300 of its tanks.").negated


def test_denials_are_marked():
    assert only("Orla has not confirmed that 12 soldiers were released.").negated
    assert not only("No fewer than 12 soldiers were released.").negated


def test_a_span_or_figure_that_does_not_fit_its_text_cannot_be_made():
    with pytest.raises(ValueError, match="characters"):
        Span(3, 5, "abc")
    with pytest.raises(ValueError, match="low <= high"):
        Figure(0, 1, "9", 9, 8, None, "exact", None, None, None, None, None, False, False, ())
    with pytest.raises(ValueError, match="bound"):
        Figure(0, 1, "9", 9, 9, None, "maybe", None, None, None, None, None, False, False, ())


def test_the_number_of_people_known_to_have_died_counts_people():
    (figure,) = extract_figures(
        "The number of people known to have died in the fire at the mill stands at 38."
    )
    assert (figure.low, figure.counts, figure.unit, figure.state) == (38, "people", "persons", "died")


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The wave left 14 people dead, Mayor Anselm Tye told the Courier.", "Mayor Anselm Tye"),
        ("The wave left 14 people dead, the mayor told reporters on Monday.", "mayor"),
        ("The wave left 14 people dead, officials told a news conference.", "officials"),
    ],
)
def test_who_tells_somebody_is_the_speaker(text, speaker):
    assert next(f for f in extract_figures(text) if f.low == 14).said_by == speaker


@pytest.mark.parametrize(
    ("text", "number", "as_of"),
    [
        ("The town grew from 1.2 million in 2010 to 1.5 million in 2020.", "1.5 million", "2020"),
        ("The toll rose from 32 on 6 May to 47 on 7 May 2024.", "47", "2024-05-07"),
        ("Profit fell to $2.3 billion, from $3.3 billion in 2022.", "$2.3 billion", "2024-05-14"),
        ("It lost $1.2bn, compared with a profit of $300m in 2022.", "$1.2bn", "2024-05-14"),
        ("It lost $1.2bn, compared with a profit of $300m in 2022.", "$300m", "2022"),
        ("Exports reached 12 billion euros in 2023, 5% less than in 2022.", "5%", "2024-05-14"),
        ("Sales fell 30 percent from 2022.", "30 percent", "2024-05-14"),
        ("The company sold 1.8 million cars in 2023, up 38% on 2022.", "38%", "2024-05-14"),
        ("Emissions fell 43% below 2005 levels.", "43%", "2024-05-14"),
    ],
)
def test_the_date_of_what_a_number_is_compared_with_is_not_its_own(text, number, as_of):
    figures = extract_figures(text, published=date(2024, 5, 14))
    assert next(f.as_of for f in figures if f.text == number) == as_of


def test_a_record_number_is_no_report():
    assert extract_figures("A record 1.8 million people applied.")[0].said_by is None
    assert extract_figures("Records show that 300 people applied.")[0].said_by == "Records"


@pytest.mark.parametrize(
    ("text", "as_of"),
    [
        ("The bridge will open on Friday.", "2024-05-17"),
        ("The bridge will open on 14 August.", "2024-08-14"),
        ("The bridge will open in March.", "2025-03"),
        ("The vote is due on Monday.", "2024-05-20"),
        ("The bridge will open, the minister said on Friday.", "2024-05-10"),
        ("Flights were cancelled due to snow on Friday.", "2024-05-10"),
        ("The bridge opened on 14 August.", "2023-08-14"),
    ],
)
def test_a_day_to_come_lies_behind_the_day_of_publication(text, as_of):
    assert extract_figures(text, published=date(2024, 5, 14))[0].as_of == as_of


def test_not_to_be_named_denies_no_number():
    figure = extract_figures("Officials who asked not to be named said 15 people died.")[0]
    assert figure.low == 15 and not figure.negated
    assert extract_figures("Officials did not say 15 people died.")[0].negated
