"""Names become things: a merged definition becomes a `Site`, or the list of what it names that is not there."""

from dataclasses import replace
from zoneinfo import available_timezones

from generator import later
from generator.compiler.link import texts, words
from generator.compiler.link.conditions import Conditions
from generator.compiler.link.fields import Fields
from generator.compiler.link.portal import Sections
from generator.compiler.link.redirects import redirects
from generator.compiler.link.slots import slots
from generator.compiler.link.texts import text as text
from generator.compiler.link.workflows import Workflows
from generator.compiler.node import List, Map, Node
from generator.locale import money, speech, zones
from generator.model import countries
from generator.model.countries import EU
from generator.model.facts import FACTS
from generator.model.nearest import suggestion
from generator.model.place import NOWHERE
from generator.model.problem import Edit, Problem
from generator.model.site import Address, BankAccount, Look, Market, Seller, Setting, Site

WORDINGS = "wordings"
"""The key under which the files of texts put what they say otherwise than the theme."""


def link(root: Map, problems: list[Problem]) -> Site:
    """The definition as one value; what it names in vain goes to `problems`."""
    named = {entry.name: entry.node for entry in words.entries(root.get("conditions"))}
    documents = _documents(words.below(root, "site", "urls"), problems)
    conditions = Conditions(named, FACTS, problems)
    nodes = root.get("workflows")
    linker = Workflows(
        nodes if isinstance(nodes, Map) else Map({}, NOWHERE), conditions, frozenset(documents), problems
    )
    workflows = linker.all()
    everywhere = conditions.among(linker.all_answers())
    for node in named.values():
        everywhere.rule(node)
    site, linked = root.get("site"), redirects(root.get("redirects"), workflows, problems)
    sections = Sections(workflows, linked, Fields(conditions, frozenset(documents), problems), problems)
    return Site(
        name=_named(words.below(site, "name"), problems),
        languages=_languages(words.below(site, "languages"), problems),
        currency=_currency(words.below(site, "currency"), problems),
        time_zone=_time_zone(words.below(site, "time_zone"), problems),
        look=_look(words.below(site, "theme")),
        seller=_seller(words.below(site, "seller"), problems),
        urls=documents,
        redirects=linked,
        portal=sections.portal(words.below(root, "portal", "sections")),
        workflows=workflows,
        bank_account=_bank_account(words.below(site, "bank_account"), problems),
        walk_days=words.integer(words.below(site, "walk_days"), 7),
        markets=_markets(words.below(site, "markets"), problems),
        slots=slots(words.below(site, "slots"), problems),
        biller=words.string(words.below(site, "biller")) or "ledger",
        wordings={entry.name: texts.by_key(entry.node, entry.name) for entry in words.entries(root.get(WORDINGS))},
    )


def _documents(node: Node | None, problems: list[Problem]) -> dict[str, str]:
    """A browser warns of an address that is not encrypted, on the very page where the customer is to agree to it."""
    found = {}
    for entry in words.entries(node):
        address = Address(words.string(entry.node), entry.node.place)
        found[entry.name] = address.url
        if address.url.startswith("http:") and not address.local:
            says = f'"{address.url}" is not encrypted'
            problems.append(Problem("insecure-document", entry.node.place, says, "write https://", "warning"))
    return found


def _languages(node: Node | None, problems: list[Problem]) -> tuple[str, ...]:
    for item in node.items if isinstance(node, List) else ():
        try:
            speech.locale_of(words.string(item))
        except ValueError:
            says = f'"{words.string(item)}" is no language that anybody is known to speak'
            problems.append(Problem("unknown-language", item.place, says, "write its code, such as `en` or `pt-BR`"))
    return words.strings(node)


def _markets(node: Node | None, problems: list[Problem]) -> tuple[Market, ...]:
    for item in node.items if isinstance(node, List) else ():
        code = words.string(item)
        if code != "EU" and code not in countries.CODES:
            says = f'"{code}" is no country'
            hint = "write its ISO 3166 code, such as `DE`, or `EU` for the whole of the European Union"
            problems.append(Problem("unknown-market", item.place, says, hint))
    return tuple(Market(words.string(item), item.place) for item in (node.items if isinstance(node, List) else ()))


def _currency(node: Node | None, problems: list[Problem]) -> str:
    code = words.string(node)
    if node is not None and not money.is_currency(code):
        says = f'"{code}" is no currency'
        problems.append(Problem("unknown-currency", node.place, says, "write its ISO 4217 code, such as `EUR`"))
    return code


def _time_zone(node: Node | None, problems: list[Problem]) -> str:
    name = words.string(node)
    if node is not None and not zones.known(name):
        says = f'"{name}" is no time zone'
        hint = suggestion(name, available_timezones())
        problems.append(Problem("unknown-time-zone", node.place, says, hint))
    return name


def _look(node: Node | None) -> Look:
    theme, logo = (words.below(node, key) for key in ("name", "logo"))
    return Look(
        theme=words.string(theme),
        settings=tuple(
            Setting(entry.name, words.string(entry.node), entry.node.place, entry.key.place)
            for entry in words.entries(node)
            if entry.name not in ("name", "logo")
        ),
        logo=words.string(logo),
        theme_place=theme.place if theme else NOWHERE,
        logo_place=logo.place if logo else NOWHERE,
    )


def _bank_account(node: Node | None, problems: list[Problem]) -> BankAccount:
    """Customers send money there: a number that is mistyped is found here, not by them."""
    holder, number, code = (words.below(node, name) for name in ("holder", "iban", "bic"))
    if isinstance(node, Map) and number is None:
        says = "the bank account has no IBAN: nobody could send money there"
        problems.append(Problem("malformed-account", node.place, says, "add `iban:`, or take the account away"))
    return BankAccount(
        words.string(holder),
        _account(number, "IBAN", "stdnum.iban:is_valid", problems),
        _account(code, "BIC", "stdnum.bic:is_valid", problems),
    )


def _account(node: Node | None, kind: str, valid: str, problems: list[Problem]) -> str:
    """Without the spaces that people write. `valid` is the name of who knows."""
    number = "".join(words.string(node).split()).upper()
    if node is not None and not later.load(valid)(number):
        says = f'"{words.string(node)}" is no {kind}: a sign is missing or wrong'
        problems.append(Problem("malformed-account", node.place, says, "copy it from a statement of the account"))
    return number


_ALSO_EU = ("EL", "XI")
"""How the VAT numbers of Greece begin, and those of Northern Ireland for goods."""


def _named(node: Node | None, problems: list[Problem]) -> str:
    """What customers read on every page and every invoice: a comma at its end belonged to braces that are not there."""
    name = words.string(node)
    if node is not None and name.endswith(","):
        comma = replace(node.place, column=node.place.column + len(name) - 1, length=1)
        edits = (Edit(comma, ""),) if node.place.length == len(name) else ()
        says = f'"{name}" ends in a comma'
        problems.append(Problem("stray-comma", node.place, says, "take it away", "warning", edits=edits))
    return name


def _seller(node: Node | None, problems: list[Problem]) -> Seller:
    """Invoices carry its number: without its check digits right no customer may deduct the tax on them."""
    number = words.below(node, "vat_number")
    written = "".join(words.string(number).split()).upper()
    europe = written[:2] in (*EU, *_ALSO_EU)
    if number is not None and europe and not later.load("stdnum.eu.vat:is_valid")(written):
        says = f'"{words.string(number)}" is no VAT number: a sign is missing or wrong'
        problems.append(Problem("malformed-vat-number", number.place, says, "copy it from an invoice of yours"))
    return Seller(
        legal_name=_named(words.below(node, "legal_name"), problems),
        address=_named(words.below(node, "address"), problems),
        vat_number=words.string(number),
        country=_country(words.below(node, "country"), problems),
        registration=words.string(words.below(node, "registration")),
    )


def _country(node: Node | None, problems: list[Problem]) -> str:
    code = words.string(node)
    if node is not None and code not in countries.CODES:
        hint = "write its ISO 3166 code, such as `FR`"
        problems.append(Problem("unknown-market", node.place, f'"{code}" is no country', hint))
    return code
