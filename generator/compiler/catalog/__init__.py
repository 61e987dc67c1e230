"""`catalog.yaml`: what a merchant sells becomes one price list, or the list of what is wrong with it."""

from generator.compiler.catalog import spoken
from generator.compiler.catalog.plans import Plans
from generator.compiler.catalog.promotions import Promotions
from generator.compiler.catalog.schedule import Schedule
from generator.compiler.catalog.tables import Tables
from generator.compiler.catalog.taxes import Taxes
from generator.compiler.catalog.values import Values
from generator.compiler.node import Map
from generator.model.catalog import Catalog
from generator.model.price_list import PriceList
from generator.model.problem import Problem


def read(root: Map, languages: tuple[str, ...], problems: list[Problem]) -> PriceList:
    """The price list of a file that has the right shape. `languages` are those of the pages, where they are known."""
    values = Values("", problems)
    for key, example in (("currency", "EUR"), ("plans", "{}"), ("tables", "{}")):
        if root.get(key) is None:
            hint = f"add `{key}: {example}`" if key == "currency" else "see docs/merchants.md for an example"
            values.missing(root.place, f"the catalog does not say its {key}", hint)
    values = values.among(root.get("currency"))
    plans = {plan.ref: plan for plan in Plans(values).all(root.get("plans"))}
    reader = Tables(plans, values)
    tables = tuple(reader.all(root.get("tables")))
    reader.shown_nowhere(root.get("plans"), tables, root.get("tables"))
    catalog = Catalog(tables, tuple(reader.changes(root.get("changes"))))
    promotions = tuple(Promotions(reader, values).all(root.get("promotions")))
    tax = Taxes(values).rules(root.get("tax"))
    dunning = Schedule(values).dunning(root.get("dunning"))
    problems += spoken.check(values.texts, languages)
    return PriceList(catalog, promotions=promotions, tax=tax, dunning=dunning)
