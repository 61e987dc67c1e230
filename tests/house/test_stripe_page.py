"""What the docs say of Stripe as biller is what the table says that `check` reads."""

import re

from generator.model.capability import STRIPE
from tests.support.kept import stands
from tests.support.town import ROOT

PAGE = ROOT / "docs" / "stripe.md"
_TABLE = re.compile(r"(### What it can do\n.*?\n\| what \| \|\n\|---\|---\|\n)(?:\|[^\n]*\n)*", re.DOTALL)


def test_the_table_in_the_docs_is_fresh():
    rows = "".join(f"| {what.replace('_', ' ')} | {f'no: {why}' if why else 'yes'} |\n" for what, why in STRIPE.items())
    page = PAGE.read_text(encoding="utf-8")
    wanted, times = _TABLE.subn(lambda found: found[1] + rows, page)

    assert times == 1
    assert stands(PAGE, wanted) == wanted


def test_the_page_says_that_none_of_it_was_run_against_stripe_itself():
    page = PAGE.read_text(encoding="utf-8")

    assert "**None of this was ever run against Stripe itself**" in page
    assert "**This was never run against Stripe itself either**" in page
