"""What is written out reads back as the same; what is in a catalog file is hostile to nobody; what changes is said."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.compiler.build import build, priced
from generator.compiler.catalog import differences, export
from generator.model.catalog import Catalog, Option, Period, Plan, PlanChange, Scale, Table, Tier
from generator.model.dunning import Dunning
from generator.model.money import Money
from generator.model.price_list import PriceList
from generator.model.promotion import Promotion
from generator.model.tax import TaxRate, TaxRules
from tests.support.town import DEMO, PRICES

REFS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._~@+:=-]{0,8}", fullmatch=True)
SENTENCES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
WORDS = st.fixed_dictionaries({"en": SENTENCES, "fr": SENTENCES})
PERIODS = st.builds(Period, st.integers(1, 10), st.sampled_from(["day", "week", "month", "year"]))
COUNTS = st.integers(0, 1000)


def amounts(currency, least=0):
    return st.integers(least, 10**10).map(lambda minor: Money(minor, currency))


def scales(currency):
    ends = st.lists(st.integers(1, 10**6), unique=True, max_size=3).map(sorted)
    tier = st.builds(Tier, amounts(currency), st.none(), st.integers(1, 50), st.none() | amounts(currency))
    return st.tuples(ends, st.lists(tier, min_size=4, max_size=4), st.sampled_from(["graduated", "volume"])).map(
        lambda made: Scale(
            tuple(replace(tier, up_to=end) for tier, end in zip(made[1], [*made[0], None], strict=False)), made[2]
        )
    )


@st.composite
def options(draw, currency):
    kind = draw(st.sampled_from(["switch", "quantity", "consumption"]))
    said = {"description": draw(st.none() | WORDS), "price": draw(amounts(currency))}
    if kind != "switch":
        said["included"] = draw(COUNTS)
        said["price"] = draw(amounts(currency) | scales(currency))
    if kind == "quantity":
        said["step"], said["minimum"] = draw(st.integers(1, 9)), draw(COUNTS)
        said["included"] = said["minimum"] + said["step"] * draw(st.integers(0, 9))
        said["maximum"] = said["included"] + draw(st.integers(1, 999))
    elif kind == "consumption" and isinstance(said["price"], Money):
        said["step"] = draw(st.integers(1, 500))
    return Option(draw(REFS), kind, draw(WORDS), **said)


@st.composite
def plans(draw, ref):
    currency = draw(st.sampled_from(["EUR", "EUR", "JPY", "KWD"]))
    period = draw(PERIODS)
    return Plan(
        ref=ref,
        title=draw(WORDS),
        description=draw(st.just({}) | WORDS),
        price=draw(amounts(currency)),
        period=period,
        setup=draw(amounts(currency)),
        **draw(st.fixed_dictionaries({}) | st.fixed_dictionaries({"trial": PERIODS, "trial_price": amounts(currency)})),
        commitment=draw(st.integers(0, 10)),
        highlights=tuple(draw(st.lists(WORDS, max_size=2))),
        options=tuple(draw(st.lists(options(currency), max_size=3, unique_by=lambda option: option.ref))),
        private=draw(st.booleans()),
        termination=draw(st.none() | amounts(currency)),
        termination_at=draw(st.sampled_from(["request", "end"])),
        terms=draw(st.integers(0, 10)),
    )


@st.composite
def price_lists(draw):
    sold = [draw(plans(ref)) for ref in draw(st.lists(REFS, min_size=1, max_size=3, unique=True))]
    tables = [
        Table("all", draw(WORDS), tuple(sold), draw(st.sampled_from(["by_price", "now", "at_period_end", "never"])))
    ]
    if draw(st.booleans()):
        tables.append(Table(draw(REFS.filter(lambda ref: ref != "all")), draw(WORDS), tuple(sold[:1])))
    pairs = [(one, two) for one in sold for two in sold if one != two and one.price.currency == two.price.currency]
    rules = tuple(PlanChange(one.ref, two.ref, "never") for one, two in pairs)
    offers, tax = tuple(draw(promotions(sold))), draw(st.none() | taxes())
    return PriceList(Catalog(tuple(tables), rules), promotions=offers, tax=tax, dunning=draw(schedules()))


@st.composite
def schedules(draw):
    days, above = st.integers(0, 365), draw(st.none() | st.integers(1, 10**6))
    return Dunning(
        tuple(draw(st.lists(st.integers(1, 90), max_size=4))),
        draw(days),
        draw(days),
        Money(above, draw(st.sampled_from(["EUR", "JPY", "KWD"]))) if above else None,
        draw(st.sampled_from(["suspend", "end", "leave"])),
    )


@st.composite
def taxes(draw):
    rate, kinds = (
        st.integers(0, 10_000),
        st.lists(st.sampled_from([None, "business", "consumer"]), min_size=1, unique=True),
    )
    rates = [
        TaxRate(country, draw(rate), kind)
        for country in draw(st.lists(st.sampled_from(["AT", "DE", "CH"]), unique=True))
        for kind in draw(kinds)
    ]
    default, inclusive, outside = draw(st.integers(1, 10_000)), draw(st.booleans()), draw(st.none() | rate)
    return TaxRules(default, inclusive, "FR", tuple(rates), outside, draw(st.booleans()))


@st.composite
def promotions(draw, sold):
    codes = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{1,9}", fullmatch=True)
    for code in draw(st.lists(codes, max_size=2, unique_by=str.casefold)):
        only = sold[:1] if draw(st.booleans()) else []
        currency = sold[0].price.currency
        off = (
            {"percent": draw(st.integers(1, 10_000))} if draw(st.booleans()) else {"amount": draw(amounts(currency, 1))}
        )
        until = draw(st.none() | st.dates(date(2020, 1, 1), date(2099, 12, 31)))
        terms, uses = draw(st.integers(0, 12)), draw(st.integers(0, 50))
        names = tuple(plan.ref for plan in only)
        yield Promotion(code, draw(WORDS), **off, terms=terms, plans=names, until=until, uses=uses, new_only=bool(only))


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return tmp_path_factory.mktemp("catalog") / "catalog.yaml"


@settings(max_examples=60, deadline=None)
@given(price_lists())
def test_what_is_written_out_reads_back_as_the_same(file, prices):
    written = export.write(prices)

    read = priced(file, "catalog.yaml", written)

    assert read.problems == ()
    assert read.prices == prices
    assert differences.between(prices, read.prices) == ()


def test_what_the_demo_sells_reads_back_as_the_same(file):
    assert priced(file, "catalog.yaml", export.write(PRICES)).prices == PRICES


HEAD, TABLE = "version: 1\ncurrency: EUR\n", 'tables: {all: {title: {en: "P"}, plans: [team]}}\n'


@pytest.mark.parametrize(
    "written",
    [
        "",
        "- version: 1\n",
        "version: 1\n",
        "version: 2\ncurrency: EUR\n",
        "\0",
        "plans: [",
        HEAD + "plans: 7\n",
        HEAD + "plans: {team: }\n" + TABLE,
        HEAD + "plans: {team: [1, 2]}\n" + TABLE,
        HEAD + "plans: {team: {title: {en: T}, price: .inf, period: month}}\n" + TABLE,
        HEAD + 'plans: {team: {title: {en: T}, price: "1e3", period: month}}\n' + TABLE,
        HEAD + 'plans: {team: {title: {en: T}, price: "٣.٠٠", period: month}}\n' + TABLE,
        HEAD + f'plans: {{team: {{title: {{en: T}}, price: "{"9" * 39}", period: month}}}}\n' + TABLE,
        HEAD + f'plans: {{team: {{title: {{en: T}}, price: "{"9" * 10_000}", period: month}}}}\n' + TABLE,
        HEAD + 'plans: {team: {title: {en: T}, price: "1.00", period: 999 years, terms: 1000}}\n' + TABLE,
        HEAD + 'plans: {team: {title: {}, price: "1.00", period: month}}\n' + TABLE,
        HEAD + 'plans: {"../../etc/passwd": {title: {en: T}, price: "1.00", period: month}}\n' + TABLE,
        HEAD + "plans: " + "[" * 60 + "]" * 60 + "\n",
        HEAD + "plans: &a {team: *a}\n",
        HEAD + "plans: {" + ", ".join(f"p{n}: {{prise: 1}}" for n in range(3000)) + "}\n",
        "version: 1\ncurrency: XXX1\n",
        HEAD + 'plans: {team: {title: {en: T}, price: "1.00", period: month}}\ntables: {all: {plans: []}}\n',
        HEAD + "promotions: {A1: {percent: -5}, B1: {percent: true}, C1: {percent: 9999999999}}\n",
    ],
)
def test_whatever_is_wrong_is_said_and_nothing_is_sold_by_it(file, written):
    read = priced(file, "catalog.yaml", written)

    assert read.problems
    assert read.prices is None
    assert all(problem.place.line > 0 and len(problem.says) <= 600 for problem in read.problems)


def test_no_catalog_in_a_file_that_is_not_there(tmp_path):
    (problem,) = priced(tmp_path / "catalog.yaml", "catalog.yaml").problems

    assert problem.code == "cannot-read"


def test_a_catalog_beside_the_definition_is_checked_with_it_and_knows_its_languages(tmp_path):
    (tmp_path / "workflows.yaml").write_text("version: 1\nextends: default\n", encoding="utf-8")
    words = (DEMO / "catalog.yaml").read_text(encoding="utf-8")
    (tmp_path / "catalog.yaml").write_text(words.replace(", fr: Équipe", ""), encoding="utf-8")

    built = build(tmp_path / "workflows.yaml", "workflows.yaml")

    assert [(problem.code, problem.place.file) for problem in built.problems] == [
        ("missing-translation", "catalog.yaml")
    ]
    assert built.bundle is not None

    (tmp_path / "catalog.yaml").write_text(words.replace('"29.00"', '"29,00"'), encoding="utf-8")
    broken = build(tmp_path / "workflows.yaml", "workflows.yaml")

    assert [problem.code for problem in broken.problems] == ["wrong-amount"]
    assert broken.bundle is None


def test_what_another_list_changes_is_said():
    tables = PRICES.catalog.tables
    solo, team, *others = tables[0].plans
    dearer = replace(team, price=Money(3100, "EUR"), options=team.options[1:])
    new = replace(solo, ref="mini")
    sold = replace(tables[0], plans=(dearer, new, *others))
    after = PriceList(Catalog((sold,)), promotions=PRICES.promotions[1:], tax=TaxRules(1900))

    said = [(one.what, one.kind, one.name, one.details) for one in differences.between(PRICES, after)]

    assert said == [
        ("changed", "tax", "", ("rate: 20 → 19",)),
        ("changed", "plan", "team", ('price: "29.00" → "31.00"', said[1][3][1])),
        ("added", "plan", "mini", ()),
        ("withdrawn", "plan", "solo", ()),
        ("changed", "table", "plans", ("plans: [solo, team, studio, business] → [team, mini, studio, business]",)),
        ("withdrawn", "promotion", "WELCOME20", ()),
    ]
    assert said[1][3][1].startswith("options.seats: {kind: quantity")
