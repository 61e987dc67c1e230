"""Pages that are known to come out well are not made again, and never where they would not have come out well."""

import pytest

from generator.compiler.bake import batch
from generator.compiler.bake.known import Known
from generator.compiler.build import build, judged
from generator.compiler.draft import drafted

SHOP = """\
version: 1
extends: default
site:
  name: Acme
  languages: [en]
  urls: {terms: https://acme.example/terms}
workflows:
  subscribe_to_plan:
    steps:
      gift: {kind: form, after: billing_info, fields: {gift: {kind: text, label: {en: Gift}}}}
"""

MORE = "      more: {kind: message, after: billing_info, title: {en: More}}\n"


@pytest.fixture
def shop(tmp_path):
    """Which pages of a definition are made, and what is told of it."""
    folder = tmp_path / "shop"
    folder.mkdir()
    made = []

    def check(words=SHOP, ours="ours", **beside):
        (folder / "workflows.yaml").write_text(words, encoding="utf-8")
        for name, says in beside.items():
            file = folder / name.replace("_", "/")
            file.parent.mkdir(exist_ok=True)
            file.with_suffix(".yaml").write_text(says, encoding="utf-8")
        draft = drafted(folder / "workflows.yaml", "workflows.yaml")
        known = draft.known(tmp_path / "kept", ours)
        made.clear()
        told = draft.settled(known) or judged(draft, tmp_path / "templates", known)
        return sorted(set(made)), [problem.code for problem in told.problems]

    some = batch.Batch.some

    def noted(self, wanted):
        def note():
            for language, order in wanted:
                made.append(order.name)
                yield language, order

        yield from some(self, note())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batch.Batch, "some", noted)
        yield check


def test_what_was_made_once_is_known_of_another_merchant_too(shop):
    other = SHOP.replace("name: Acme", "name: Zeta\n  seller: {legal_name: Zeta SA}")

    assert shop()[0]
    assert shop(SHOP.replace("Acme", "Zeta").replace("acme.example", "zeta.example")) == ([], [])
    assert shop(SHOP.replace("name: Acme", 'name: Acme\n  theme: {brand: "#0b6e4f"}')) == ([], [])
    assert len(shop(other)[0]) > 50


@pytest.mark.parametrize(
    ("was", "now", "made"),
    [
        ("en: Gift", "en: Present", ["subscribe_to_plan.gift.html"]),
        ("kind: text", "kind: date", ["subscribe_to_plan.gift.html"]),
        ("      gift:", f"{MORE}      gift:", ["subscribe_to_plan.more.html"]),
    ],
)
def test_what_looks_otherwise_is_made(shop, was, now, made):
    shop()

    assert shop(SHOP.replace(was, now)) == (made, [])


def test_what_a_merchant_says_otherwise_than_the_theme_is_made_where_it_is_said(shop):
    shop()

    made, _ = shop(texts_en="theme: {payment: {pay: Buy it now}}\n")

    assert "subscribe_to_plan.payment.html" in made
    assert "subscribe_to_plan.gift.html" not in made
    assert shop() == ([], [])


def test_a_text_that_reads_what_is_not_there_is_told_each_time(shop):
    shop()
    wrong = SHOP.replace("en: Gift", 'en: "Gift {nothing}"')

    assert [shop(wrong) for _ in range(2)] == [(["subscribe_to_plan.gift.html"], ["unknown-placeholder"])] * 2


def test_a_button_that_does_not_say_that_it_costs_is_told_in_every_market_that_asks_for_it(shop):
    """What no market asked about was not known to be good in those that do."""
    silent = {"texts_en": "theme: {payment: {pay: Go on}}\n"}
    shop(**silent)

    made, codes = shop(SHOP.replace("name: Acme", "name: Acme\n  markets: [FR]"), **silent)

    assert "subscribe_to_plan.payment.html" in made
    assert codes.count("order-button") == 1


def test_another_program_of_ours_knows_nothing(shop):
    first, _ = shop()

    assert shop(ours="another")[0] == first


def test_a_theme_that_brings_anything_itself_is_held_to_its_contract_each_time(shop, tmp_path):
    (tmp_path / "shop" / "themes" / "own").mkdir(parents=True)
    (tmp_path / "shop" / "themes" / "own" / "theme.yaml").write_text("extends: plain\n", encoding="utf-8")
    words = SHOP.replace("name: Acme", "name: Acme\n  theme: {name: own}")
    first, _ = shop(words)

    assert first
    assert shop(words)[0] == first


def test_where_others_may_write_nothing_is_known(shop, tmp_path):
    shop()
    (tmp_path / "kept").chmod(0o777)

    assert shop()[0]


@pytest.mark.parametrize("harm", [lambda data: data[:-1], lambda data: b""])
def test_what_is_damaged_is_made_again(shop, tmp_path, harm):
    shop()
    (file,) = (tmp_path / "kept").iterdir()
    file.write_bytes(harm(file.read_bytes()))

    assert shop()[0]


def test_without_a_folder_everything_is_made_and_the_same_is_told(tmp_path):
    file = tmp_path / "workflows.yaml"
    file.write_text(SHOP.replace("en: Gift", 'en: "Gift {nothing}"'), encoding="utf-8")
    draft = drafted(file, "workflows.yaml")

    told = judged(draft, None, draft.known(None, "ours"))

    assert isinstance(draft.known(None, "ours"), Known)
    assert told.problems == build(file, "workflows.yaml").problems
