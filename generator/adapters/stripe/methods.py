"""What a customer has on file at Stripe: each card and account once, however often it was given."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.adapters.stripe.account import Said
from generator.model.payment import Method, MethodKind

_BRANDS = {
    "amex": "American Express",
    "cartes_bancaires": "Cartes Bancaires",
    "diners": "Diners Club",
    "discover": "Discover",
    "eftpos_au": "eftpos",
    "jcb": "JCB",
    "mastercard": "Mastercard",
    "unionpay": "UnionPay",
    "visa": "Visa",
}


@dataclass(frozen=True)
class Filed:
    """A payment method as Stripe has it. `same` is equal for the same card or account."""

    id: str
    kind: MethodKind
    label: str
    expires: str
    same: tuple[str, ...]
    created: int


def filed(said: Said) -> Filed | None:
    """None where it is of a kind that we do not charge."""
    match said:
        case {"id": str(id), "created": int(created), "type": "card", "card": dict() as card}:
            expires = f"{card.get('exp_year', 0):04}-{card.get('exp_month', 0):02}"
            brand = str(card.get("display_brand") or card.get("brand") or "")
            label = f"{_BRANDS.get(brand, 'Card')} •••• {card.get('last4', '')}"
            return Filed(id, "card", label, expires, ("card", card.get("fingerprint") or id, expires), created)
        case {"id": str(id), "created": int(created), "type": "sepa_debit", "sepa_debit": dict() as account}:
            same = ("sepa", account.get("fingerprint") or id)
            return Filed(id, "sepa", f"SEPA •••• {account.get('last4', '')}", "", same, created)
    return None


def shown(there: Iterable[Filed], default: str) -> tuple[Method, ...]:
    """One of each, the default first: where nobody chose one, what was given first. Of several that are the same card,
    it is the one that is the default, or else the newest."""
    groups: dict[tuple[str, ...], list[Filed]] = {}
    # Stripe says the newest first, and no more of when than the second.
    oldest_first = list(there)
    oldest_first.reverse()
    oldest_first.sort(key=lambda one: one.created)
    for one in oldest_first:
        groups.setdefault(one.same, []).append(one)
    chosen = [_chosen(group, default) for group in groups.values()]
    first = next((one.id for one in chosen if one.id == default), chosen[0].id if chosen else "")
    methods = [Method(one.id, one.kind, one.label, one.expires, one.id == first) for one in chosen]
    return tuple(sorted(methods, key=lambda method: not method.default))


def same_as(there: Sequence[Filed], id: str) -> tuple[Filed, ...]:
    """The one with this id, and all that are the same card or account; nothing where it is not on file."""
    found = next((one for one in there if one.id == id), None)
    return tuple(one for one in there if found is not None and one.same == found.same)


def _chosen(group: Sequence[Filed], default: str) -> Filed:
    return next((one for one in group if one.id == default), group[-1])
