"""Where the rules of a market ask for it, the last button says that the order costs something.

Read from the pages as they are made: a theme and a merchant's own words count alike.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import product

from generator.model.page import Body, Case, Each, Slot, Text
from generator.model.problem import Problem
from generator.model.site import Market, Site
from generator.model.workflow import AnyStep, Asks, PaymentStep

ORDERS: tuple[Asks, ...] = ("subscribe", "start", "change_plan", "replace", "change_options", "restart")
"""What binds a customer to pay."""

BINDING = ("register_method", "pay_later", "pay_now")
"""Cases in which something is due, now or later."""

COSTS = {
    "ar": r"دفع",
    "de": r"zahlungspflichtig|kostenpflichtig|\bkauf",
    "en": r"\bpay|\bbuy\b|\bpurchase",
    "es": r"\bpag[ao]|\bcompra",
    "fr": r"\bpa(?:y|ie)|\bachet",
    "it": r"\bpag[ah]|\bacquist",
    "ja": r"支払|購入|有料",
    "nl": r"betal|\bko(?:op|pen)",
    "pl": r"zapła|płatno|\bkup",
    "pt": r"\bpag[ao]|\bcompra",
    "sv": r"\bbetala\b|betalningsskyld|\bköp",
}
"""What says so, by language. In German, paying alone was not enough for a court (LG Hildesheim, 6 O 156/22)."""

DIRECTIVE = {
    "de": "zahlungspflichtig bestellen",
    "en": "order with obligation to pay",
    "es": "pedido con obligación de pago",
    "fr": "commande avec obligation de paiement",
    "it": "ordine con obbligo di pagare",
    "nl": "bestelling met betalingsverplichting",
    "pl": "zamówienie z obowiązkiem zapłaty",
    "pt": "encomenda com obrigação de pagar",
    "sv": "beställning förenad med betalningsskyldighet",
}
"""The words that the directive on consumer rights has for it (2011/83/EU, Article 8 (2)), by language."""

_ORDERED = ("plan", "change", "options", "restart")
"""What a page of an order may be about."""

_BUTTON = '<button class="primary"'


def check(site: Site, pages: Mapping[tuple[str, str], Body]) -> Iterator[Problem]:
    """Each last page of each order in each language, in every case that binds to pay."""
    market = site.market("EU")
    for language in site.languages if market else ():
        if market and language.partition("-")[0] not in COSTS:
            says = f"the rules of {market.code} ask that the last button says that it costs; we cannot read {language}"
            hint = (
                "let somebody read `payment.pay` and `payment.later_button` of the theme, and ignore this with a reason"
            )
            yield Problem("order-button", market.place, says, hint, "warning")
        elif market:
            for workflow in site.workflows:
                for step in workflow.steps:
                    page = pages.get((language, f"{step.page}.html"))
                    orders = step.origin == workflow.id and workflow.purpose.asks in ORDERS
                    if page and orders and isinstance(step, PaymentStep):
                        yield from _check(step, language, page, market)


def fine(step: AnyStep | None, language: str, page: Body) -> bool:
    """Whether it says so in every case in which anybody could be bound to pay."""
    if step is None or step.kind != "payment" or language.partition("-")[0] not in COSTS:
        return True
    return not any(silent or not said for silent, said in (_said(page, language, case) for case in BINDING))


def _said(page: Body, language: str, case: str) -> tuple[list[str], list[str]]:
    """What its buttons say that does not show that it costs, and all that they say."""
    costs = re.compile(COSTS[language.partition("-")[0]], re.IGNORECASE)
    said = [words for button in _buttons(page) for words in _sayings(button, case)]
    return [words for words in said if not costs.search(words)], said


def _check(step: PaymentStep, language: str, page: Body, market: Market) -> Iterator[Problem]:
    for case in (case.case for case in step.cases if case.case in BINDING):
        silent, said = _said(page, language, case)
        if silent or not said:
            shown = f'"{silent[0]}" does not show it' if silent else "there is no such button"
            says = f"the rules of {market.code} ask that the last button says that it costs: in {language}, {shown}"
            words = DIRECTIVE.get(language.partition("-")[0])
            such = f', such as "{words}",' if words else ""
            hint = f"word it as an order that has to be paid{such} under `theme: {{payment: …}}` of your texts"
            yield Problem("order-button", market.place, says, hint, "warning")
            return


def _buttons(body: Body) -> Iterator[Body]:
    """What stands in each button that leads on."""
    within: list[Text | Slot | Each | Case] | None = None
    for node in body:
        if isinstance(node, Text) and within is None and _BUTTON in node.html:
            node, within = Text(node.html.partition(_BUTTON)[2].partition(">")[2]), []
        if within is None:
            for below in _bodies(node):
                yield from _buttons(below)
        elif isinstance(node, Text) and "</button>" in node.html:
            yield (*within, Text(node.html.partition("</button>")[0]))
            within = None
        else:
            within.append(node)


def _bodies(node: Text | Slot | Each | Case) -> tuple[Body, ...]:
    match node:
        case Each():
            return (node.body,)
        case Case():
            return (*(body for _, body in node.branches), node.otherwise)
        case _:
            return ()


def _sayings(body: Body, case: str) -> list[str]:
    """Everything that it may say in this case, where something is due later."""
    return ["".join(parts).strip() for parts in product(*(_parts(node, case) for node in body))]


def _parts(node: Text | Slot | Each | Case, case: str) -> list[str]:
    match node:
        case Text():
            return [node.html]
        case Case(name=("case",)):
            return _sayings(dict(node.branches).get(case, node.otherwise), case)
        case Case(name=("about",)):
            return [said for about, body in node.branches if about in _ORDERED for said in _sayings(body, case)] + (
                _sayings(node.otherwise, case)
            )
        case Case(name=("quote", "later_on")):
            return _sayings(node.branches[0][1], case)
        case Case():
            return [said for body in _bodies(node) for said in _sayings(body, case)]
        case _:
            return ["…"]
