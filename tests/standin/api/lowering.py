"""Discounts: what a coupon or a promotion code becomes where somebody takes it, and what it takes off."""

from typing import Any

from tests.standin.api.terms import after
from tests.standin.books import Books
from tests.standin.faults import invalid
from tests.standin.shapes import Thing


def taken(books: Books, said: Any, customer: Thing, param: str = "discounts", **where: Any) -> list[str]:
    """The ids of discounts, made of what was said; those that are named stay. Raises `Refusal`."""
    return [_one(books, one, customer, f"{param}[{place}]", where) for place, one in enumerate(said or [])]


def _one(books: Books, said: Thing, customer: Thing, param: str, where: Thing) -> str:
    if said.get("discount"):
        return str(books.find("discount", said["discount"], param)["id"])
    code = None
    if said.get("promotion_code"):
        code = books.find("promotion_code", said["promotion_code"], f"{param}[promotion_code]")
        _may(books, code, customer, f"{param}[promotion_code]")
    coupon = books.find("coupon", code["promotion"]["coupon"] if code else said.get("coupon"), f"{param}[coupon]")
    if not _left(books, coupon):
        raise invalid(f"Coupon {coupon['id']} is used up and cannot be redeemed", "coupon_expired", param)
    for counted in (coupon, code):
        if counted is not None:
            counted["times_redeemed"] += 1
    months = coupon["duration_in_months"] if coupon["duration"] == "repeating" else None
    begins = books.now(customer["test_clock"])
    discount = books.new(
        "discount",
        "di",
        customer=customer["id"],
        promotion_code=code and code["id"],
        source={"type": "coupon", "coupon": coupon["id"]},
        start=begins,
        end=after(begins, "month", months) if months else None,
        **where,
    )
    return str(discount["id"])


def _left(books: Books, coupon: Thing) -> bool:
    most, until = coupon["max_redemptions"], coupon["redeem_by"]
    return (most is None or coupon["times_redeemed"] < most) and (until is None or books.now() <= until)


def _may(books: Books, code: Thing, customer: Thing, param: str) -> None:
    most, until = code["max_redemptions"], code["expires_at"]
    if not code["active"] or (most is not None and code["times_redeemed"] >= most):
        raise invalid("The promotion code is not active any more", "promotion_code_expired", param)
    if until is not None and books.now() > until:
        raise invalid("The promotion code is over", "promotion_code_expired", param)
    if code["customer"] not in (None, customer["id"]):
        raise invalid("The promotion code is another customer's", "promotion_code_customer_mismatch", param)
    first = code["restrictions"]["first_time_transaction"]
    if first and any(books.all("invoice", customer=customer["id"], status="paid")):
        raise invalid("The promotion code is for first orders", "promotion_code_not_first_transaction", param)


def off(books: Books, ids: list[str], amounts: list[int], at: int) -> list[list[Thing]]:
    """What each discount takes off each amount, one after the other, in the order of the amounts."""
    left, taken_off = list(amounts), [[] for _ in amounts]
    for id in ids:
        discount = books.find("discount", id)
        coupon = books.find("coupon", discount["source"]["coupon"])
        if discount["end"] is not None and discount["end"] <= at:
            continue
        for place, less in enumerate(_shares(coupon, left)):
            if less:
                left[place] -= less
                taken_off[place].append({"amount": less, "discount": id})
    return taken_off


def _shares(coupon: Thing, left: list[int]) -> list[int]:
    """A part of each; or an amount, of which each bears as much as it is of the whole."""
    if coupon["percent_off"] is not None:
        return [round(amount * coupon["percent_off"] / 100) if amount > 0 else 0 for amount in left]
    whole = sum(amount for amount in left if amount > 0)
    less, shares = min(coupon["amount_off"], whole), []
    for amount in left:
        share = less * amount // whole if amount > 0 and whole > 0 else 0
        shares.append(share)
        whole, less = whole - max(amount, 0), less - share
    return shares


def used(books: Books, ids: list[str]) -> list[str]:
    """Those that are still there after an invoice: what is off once is gone."""
    return [
        id for id in ids if books.find("coupon", books.find("discount", id)["source"]["coupon"])["duration"] != "once"
    ]
