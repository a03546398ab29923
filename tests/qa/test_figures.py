import pytest

from qa.figures import extract_figures


def counts(text, **options):
    """The figures of a text that are no dates."""
    return [f for f in extract_figures(text, **options) if f.unit != "date"]


def only(text, **options):
    found = counts(text, **options)
    assert len(found) == 1, [f.text for f in found]
    return found[0]


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("3,000", 3000, 3000),
        ("6K", 6000, 6000),
        ("1 million", 1e6, 1e6),
        ("1.2m", 1.2e6, 1.2e6),
        ("1.2 mn", 1.2e6, 1.2e6),
        ("40bn", 4e10, 4e10),
        ("25,000 to 30,000", 25_000, 30_000),
        ("10,000-20,000", 10_000, 20_000),
        ("10,000–20,000", 10_000, 20_000),
        ("between five and seven", 5, 7),
        ("2 to 3 million", 2e6, 3e6),
        ("two or three", 2, 3),
        ("115 000", 115_000, 115_000),
        ("115\u00a0000", 115_000, 115_000),
        ("1,00,000", 100_000, 100_000),
        ("25 lakh", 2.5e6, 2.5e6),
        ("a dozen", 12, 12),
        ("two dozen", 24, 24),
        ("half a dozen", 6, 6),
        ("half a million", 500_000, 500_000),
        ("a quarter of a million", 250_000, 250_000),
        ("one and a half million", 1.5e6, 1.5e6),
        ("a million and a half", 1.5e6, 1.5e6),
        ("a hundred and two", 102, 102),
        ("fifteen hundred", 1500, 1500),
        ("three hundred and forty-two thousand five hundred", 342_500, 342_500),
        ("tens of thousands of", 10_000, 99_999),
        ("hundreds of", 100, 999),
        ("several hundred", 300, 900),
    ],
)
def test_news_ways_to_write_a_number_of_people(written, low, high):
    figure = only(f"The agency said {written} people had fled.")
    assert (figure.low, figure.high) == (low, high)
    assert figure.counts == "people"
    assert figure.unit == "persons"


@pytest.mark.parametrize(
    ("text", "low", "unit"),
    [
        ("Sales were €40bn.", 4e10, "EUR"),
        ("The fine was US$ 1.5 million.", 1.5e6, "USD"),
        ("It cost A$20.", 20, "AUD"),
        ("He paid 10,000 Swiss francs.", 10_000, "CHF"),
        ("The grant is 5 million pounds.", 5e6, "GBP"),
        ("The fine is 4 million crowns.", 4e6, "crowns"),
        ("The fine is 900 Czech crowns.", 900, "CZK"),
        ("The crown prince has 3 crowns.", 3, None),
        ("The bill came to 300 dinars.", 300, "dinars"),
        ("The bill came to 5m lira.", 5e6, "TRY"),
        ("The parcel weighs 5 pounds.", 5, "lb"),
        ("It only cost three dollars and 50 cents.", 3.5, "USD"),
        ("They earn $2,000 per month.", 2000, "USD/month"),
        ("They earn $2,000 a month.", 2000, "USD/month"),
        ("The tax is 12 cents a litre.", 12, "cent/litre"),
        ("Turnout was 15 percent.", 15, "percent"),
        ("Turnout was 15 per cent.", 15, "percent"),
        ("Turnout was 15%.", 15, "percent"),
        ("Rates rose by 25 basis points.", 25, "basis points"),
        ("Two-thirds of voters agreed.", 2 / 3, "ratio"),
        ("One in five children is poor.", 0.2, "ratio"),
        ("It lies 17 km away.", 17, "km"),
        ("It lies 17 kilometres away.", 17, "km"),
        ("The area is 40 square kilometers.", 40, "km²"),
        ("Gusts reached 90 miles an hour.", 90, "mph"),
        ("It was -5 °C.", -5, "°C"),
        ("The wall is 1.8m high.", 1.8, "m"),
        ("They shipped 11,000 tonnes of grain.", 11_000, "t"),
        ("He is 45 years old.", 45, "years of age"),
        ("The church saw 40 mourners.", 40, "persons"),
        ("The shop sold 40 trackers.", 40, None),
        ("The 45-year-old driver survived.", 45, "years of age"),
        ("The driver, John Smith, 45, survived.", 45, "years of age"),
        ("The average age was 61.", 61, "years of age"),
        ("The baby was ten months old.", 10, "months of age"),
        ("The plan covers 3 years.", 3, "years"),
        ("The siege lasted an hour and a half.", 1.5, "hours"),
        ("The siege lasted an hour.", 1, "hours"),
        ("It was over in half an hour.", 0.5, "hours"),
        ("It took three quarters of an hour.", 0.75, "hours"),
        ("It lies a mile and a half away.", 1.5, "mi"),
        ("They waited for nearly a week.", 1, "weeks"),
    ],
)
def test_units_and_currencies(text, low, unit):
    figure = only(text)
    assert figure.unit == unit
    assert figure.low == pytest.approx(low)


def test_a_period_behind_the_counted_thing_belongs_to_the_unit():
    figure = only("Russia is attempting to recruit 25,000 to 30,000 new soldiers each month.")
    assert (figure.low, figure.high, figure.unit) == (25_000, 30_000, "persons/month")


@pytest.mark.parametrize(
    ("words", "qualifier", "bound"),
    [
        ("about 40", "about", "approx"),
        ("around 40", "about", "approx"),
        ("an estimated 40", "about", "approx"),
        ("nearly 40", "nearly", "approx"),
        ("over 40", "over", "min"),
        ("more than 40", "over", "min"),
        ("at least 40", "at least", "min"),
        ("a minimum of 40", "at least", "min"),
        ("no fewer than 40", "at least", "min"),
        ("40 or more", "at least", "min"),
        ("up to 40", "up to", "max"),
        ("as many as 40", "as many as", "max"),
        ("as many as 40 additional", "as many as", "max"),
        ("fewer than 40", "under", "max"),
        ("no more than 40", "up to", "max"),
        ("about 40 or more", "at least", "min"),
        ("only 40", "only", "exact"),
        ("40", None, "exact"),
    ],
)
def test_qualifiers_loosen_or_bound_a_number(words, qualifier, bound):
    figure = only(f"Police said {words} miners were trapped.")
    assert (figure.low, figure.high, figure.qualifier, figure.bound) == (40, 40, qualifier, bound)
    assert figure.counts == "miners"
    assert figure.text == "40"


def test_a_lower_and_an_upper_bound_make_a_range():
    figure = only("The plant employs more than 100 and fewer than 300 workers.")
    assert (figure.low, figure.high, figure.bound) == (100, 300, "range")


@pytest.mark.parametrize(
    "text",
    [
        "An Ilyushin-76 and a T-90 were seen.",
        "Covid-19 spread.",
        "The 9/11 attacks changed everything.",
        "The line is open 24/7.",
        "Call 555-1234 or +1 202 555 0143.",
        "Write to desk42@example.org or see https://example.org/2/300.",
        "Germany beat Spain 2-1.",
        "The court ruled in a 5-4 decision.",
        "She is ranked No. 1.",
        "World No. 4 Jannik Sinner won 6-4, 7-5.",
        "Flight 370 vanished.",
        "Article 5 was invoked.",
        "See page 12.",
        "It begins at 2:00 pm.",
        "It begins at 10 a.m. sharp.",
        "The 21st century began.",
        "He was the 3rd to arrive.",
        "The G20 met.",
        "A 5G mast fell.",
        "No one knew the way.",
        "No one else was hurt.",
        "No one was seriously hurt.",
        "There were no further deaths.",
        "One of the most famous bridges fell.",
        "She lives at 123 Random Street.",
        "1) Wash your hands.",
        "The server is 192.168.1.2.",
        "He died a year later.",
        "It is about a minute's walk.",
    ],
)
def test_names_marks_ranks_scores_and_times_are_no_counts(text):
    assert counts(text) == []


@pytest.mark.parametrize(
    ("text", "low"),
    [("In Gaza 45 people died.", 45), ("In 2023, 300 people died.", 300), ("Boeing sold 12 jets.", 12)],
)
def test_a_name_or_year_beside_a_count_does_not_hide_it(text, low):
    assert only(text).low == low


def test_a_year_is_a_date_and_no_count():
    found = extract_figures("The treaty of 1973 was signed.")
    assert [(f.text, f.unit, f.low, f.high) for f in found] == [("1973", "date", 19730101, 19731231)]


def test_a_change_from_one_number_to_another_is_no_range():
    found = counts("The price rose from $350 to $680 a ton.")
    assert [(f.low, f.high) for f in found] == [(350, 350), (680, 680)]


def test_figures_outside_the_span_are_context_only():
    text = "Some 4,000 North Korean soldiers were wounded. Another 3,000 were sent."
    start = text.index("Another")
    figure = only(text, start=start)
    assert figure.low == 3000
    assert figure.counts == "North Korean soldiers"


def test_an_empty_or_reversed_span_holds_no_figures():
    assert extract_figures("3,000 people", 5, 5) == ()
    assert extract_figures("3,000 people", 9, 2) == ()
    assert extract_figures("") == ()


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("The pause will push its price from $210m to $240m.", 210e6, 240e6),
        ("The price has risen to $240m from $210m.", 210e6, 240e6),
        ("The cost has been revised from $210m to $240m.", 210e6, 240e6),
        ("The number of beds was increased from 40 to 55.", 40, 55),
        ("Unemployment fell from about 7.2% to just 6.9%.", 7.2, 6.9),
        ("The bill jumped, by the ministry's own figures of Friday, from £3m to £4m.", 3e6, 4e6),
    ],
)
def test_a_change_gives_two_values_that_know_which_came_first(text, before, after):
    found = {f.low: f for f in counts(text)}
    assert set(found) == {before, after}
    assert found[after].part("before").text == found[before].text
    assert found[before].part("after").text == found[after].text
    assert found[before].counts == found[after].counts


@pytest.mark.parametrize(
    "text",
    [
        "They expect to send from 10,000 to 20,000 troops.",
        "From 10,000 to 20,000 troops may go.",
        "Growing numbers, which range from 10,000 to 20,000 troops, were sent.",
        "The army raised an alarm and wants from 10,000 to 20,000 troops.",
    ],
)
def test_from_one_number_to_another_is_a_range_where_nothing_changes(text):
    assert [(f.low, f.high, f.bound) for f in counts(text)] == [(10_000, 20_000, "range")]


@pytest.mark.parametrize(
    ("text", "low", "unit"),
    [
        ("The deal is worth 50 million USD.", 50e6, "USD"),
        ("It costs 115USD.", 115, "USD"),
        ("It costs 10 eur in all.", 10, "EUR"),
        ("A seat costs Mex$ 15.", 15, "MXN"),
        ("A seat costs CAD$15.", 15, "CAD"),
        ("It cost fifteen dollars fifty.", 15.5, "USD"),
        ("It rises to 17 USD 25.", 17.25, "USD"),
        ("It costs quarter million dollars.", 250e3, "USD"),
        ("He is 6 ft 9 in tall.", 6.75, "ft"),
        ("It lasted 26 hours and 30 minutes.", 26.5, "hours"),
        ("The plot has 4 km squared.", 4, "km²"),
        ("The dose is 14 mSv.", 14, "mSv"),
    ],
)
def test_amounts_and_measures_of_several_parts_are_one(text, low, unit):
    assert [(f.low, f.high, f.unit) for f in counts(text)] == [(low, low, unit)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He changed USD 10 EUR 20 and left.", [(10, "USD"), (20, "EUR")]),
        ("He paid 15 dollars 50 times.", [(15, "USD"), (50, "times")]),
        ("ALL 20 planes and 30 TRY buttons.", [(20, None), (30, None)]),
    ],
)
def test_amounts_beside_other_numbers_stay_apart(text, found):
    assert [(f.low, f.unit) for f in counts(text)] == found


def test_a_postcode_is_no_count():
    assert counts("Write to 12 Mill Lane, Cloud City, PA 23456 by Friday.") == []


@pytest.mark.parametrize(
    ("text", "figure", "low", "high"),
    [
        ("It costs between $5 million and $7 million.", "$5 million and $7 million", 5e6, 7e6),
        ("It repaid all $5 million of the loan.", "$5 million", 5e6, 5e6),
        ("The top $2 million prize went to a nurse.", "$2 million", 2e6, 2e6),
        ("The jackpot is now $1.1 billion.", "$1.1 billion", 1.1e9, 1.1e9),
    ],
)
def test_a_word_before_a_dollar_sign_is_no_currency(text, figure, low, high):
    found = only(text)
    assert (found.text, found.low, found.high, found.unit) == (figure, low, high, "USD")


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("Repairs will cost €400-500m.", 4e8, 5e8, "EUR"),
        ("Repairs will cost £20m to 30m.", 2e7, 3e7, "GBP"),
    ],
)
def test_a_range_of_money_with_one_sign_is_no_length(text, low, high, unit):
    figure = only(text)
    assert (figure.low, figure.high, figure.unit) == (low, high, unit)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The oil price rose $2 to $85 a barrel.", [(2, 2), (85, 85)]),
        ("The death toll rose by another 3 to 47.", [(3, 3), (47, 47)]),
        ("Prices rose 2 to 3 percent.", [(2, 3)]),
        ("Prices rose by 5 to 30 percent.", [(5, 30)]),
    ],
)
def test_a_step_and_where_it_led_are_no_range(text, values):
    assert [(f.low, f.high) for f in counts(text)] == values


@pytest.mark.parametrize(
    "text",
    [
        "The suspect, 34, was arrested.",
        "A second man, 34, died.",
        "Lopez, who is 34, lost her home.",
        "He was 34.",
        "She was 34 when she died.",
    ],
)
def test_an_age_needs_no_years(text):
    figure = only(text)
    assert (figure.low, figure.unit) == (34, "years of age")


def test_numbers_behind_a_comma_or_a_pronoun_may_be_no_ages():
    assert only("The driver, 3 passengers, and a cyclist were hurt.").unit == "persons"
    assert {f.unit for f in counts("Of the four men, 19, 20 and 21 were hurt.")} == {"persons"}
    assert only("It was 34, the bank said.").unit is None


def test_plus_or_minus_makes_no_negative_number():
    assert only("The margin of error is plus or minus 3 percentage points.").low == 3
    assert only("It was minus 3 degrees.").low == -3


def test_a_capital_max_is_a_name_and_no_bound():
    assert all(f.qualifier is None for f in counts("The 737 Max was grounded."))
    assert only("The hall seats 300 max.").qualifier == "up to"


def test_a_year_with_levels_is_a_date():
    assert [f.low for f in counts("Emissions fell 43% from 2005 levels.")] == [43]


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("Temperatures reached 41.5C in Leeds.", 41.5, 41.5, "°C"),
        ("Between 38C and 40C is forecast.", 38, 40, "°C"),
        ("It fell to -12C overnight.", -12, -12, "°C"),
        ("The desert saw 120F on Monday.", 120, 120, "°F"),
    ],
)
def test_a_temperature_needs_no_degree_sign(text, low, high, unit):
    figure = only(text)
    assert (figure.low, figure.high, figure.unit) == (low, high, unit)


@pytest.mark.parametrize("text", ["He sat in row 12F.", "The iPhone 5C sold well.", "Take seat 14C, please."])
def test_a_seat_or_model_is_no_temperature(text):
    assert counts(text) == []


@pytest.mark.parametrize(
    ("text", "figure", "state"),
    [
        ("No one was hurt in the blast.", "No one", "was hurt"),
        ("Nobody has been reported missing.", "Nobody", "been reported missing"),
        ("None of the 40 passengers was injured.", "None", "was injured"),
        ("Not a single soldier was killed.", "Not a single", "was killed"),
        ("There were no confirmed deaths.", "no", "deaths"),
        ("No casualties were reported.", "No", "casualties"),
    ],
)
def test_nobody_killed_or_hurt_is_a_count_of_none(text, figure, state):
    found = next(f for f in counts(text) if f.text == figure)
    assert (found.low, found.high, found.unit, found.negated) == (0, 0, "persons", False)
    assert state in found.state
