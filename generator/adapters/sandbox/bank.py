"""What the bank does when it is asked, and when a customer stands at its counter: one decision a charge, ever."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from generator.adapters.sandbox.books import Book, Books
from generator.adapters.sandbox.cards import Card
from generator.adapters.sandbox.entry import (
    Back,
    Entry,
    Filed,
    accept,
    decline,
    give_back,
    looked_after,
    present,
    returned,
)
from generator.adapters.sandbox.mandates import Mandate
from generator.model.money import Money
from generator.model.payment import Charge, Key, Saved


class OtherCharge(Exception):
    """The same key came again for another charge: whoever asks has a bug."""


class Bank:
    def __init__(self, books: Books, today: Callable[[], date]) -> None:
        self._books = books
        self._today = today

    def charge(self, charge: Charge, key: Key) -> Entry:
        """The charge with this key, begun if it is new."""
        with self._books.open() as book:
            entry = book.entry(key)
            if entry is None:
                entry = self._begin(book, charge, key)
            elif entry.charge is None:
                entry = book.keep(replace(entry, charge=charge))
            elif _moves(entry.charge) != _moves(charge):
                raise OtherCharge(key)
            return _answered(book, entry)

    def find(self, key: Key) -> Entry | None:
        """How it stands with this key. Being asked after is what makes a slow charge move on."""
        with self._books.open() as book:
            entry = book.entry(key)
            return entry and _answered(book, self._settled(book, looked_after(entry, self._today())))

    def cancel(self, key: Key) -> Entry:
        """Close what is not decided; a key that is new here is closed for good."""
        with self._books.open() as book:
            entry = book.entry(key) or _blank(key, None)
            return book.keep(decline(entry, "cancelled")) if entry.undecided else entry

    def refund(self, charge: Key, amount: Money, key: Key) -> Back:
        """The money back with this key, begun if it is new."""
        with self._books.open() as book:
            back = book.back(key)
            if back is None:
                asked = Back(key, charge, amount, "SR-" + secrets.token_hex(6).upper())
                back = book.keep_back(give_back(book.entry(charge), book.backs(charge), asked))
            elif (back.charge, back.amount) != (charge, amount):
                raise OtherCharge(key)
            return _answered_back(book, back)

    def find_refund(self, key: Key) -> Back | None:
        """How it stands with this key."""
        with self._books.open() as book:
            back = book.back(key)
            return back and _answered_back(book, back)

    def given_back(self, charge: Key) -> int:
        """How much of a charge went back, in minor units."""
        with self._books.open() as book:
            return sum(back.amount.minor for back in book.backs(charge) if not back.reason)

    def settle(self, key: Key, paid: bool) -> Entry | None:
        """End the waiting for a slow card or a debit."""
        with self._books.open() as book:
            entry = book.entry(key)
            if entry is None or entry.status != "pending":
                return entry
            return self._settled(book, accept(entry) if paid else returned(entry))

    def entries(self) -> tuple[Entry, ...]:
        """Every charge there ever was."""
        with self._books.open() as book:
            return book.entries()

    def filed(self, customer: str) -> tuple[Filed, ...]:
        """What the customer has on file, the default first."""
        with self._books.open() as book:
            return tuple(sorted(book.filed(customer), key=lambda filed: not filed.default))

    def file(self, customer: str, means: Card | Mandate) -> Filed:
        """Put a card or a mandate on file; the same one again is the one that is there."""
        with self._books.open() as book:
            return _file(book, customer, means)

    def make_default(self, customer: str, method: str) -> None:
        """What is on file under this id is the first choice from now on; where nothing is, nothing happens."""
        with self._books.open() as book:
            _prefer(book, customer, method)

    def remove(self, customer: str, method: str) -> None:
        """Forget it, and close what waits for the customer's word on it. Of what is left, one is the default."""
        with self._books.open() as book:
            there = book.filed(customer)
            if method not in [filed.id for filed in there]:
                return
            book.strike(method)
            for entry in book.entries():
                if entry.undecided and entry.method == method:
                    book.keep(decline(entry, "cancelled"))
            left = [filed for filed in there if filed.id != method]
            if left and not any(filed.default for filed in left):
                _prefer(book, customer, left[-1].id)

    def at(self, token: str) -> Entry | None:
        """The charge whose page is at this address."""
        with self._books.open() as book:
            return book.entry_at(token)

    def pay(self, token: str, means: Card | Mandate) -> Entry:
        """The customer wants to pay with this; too late, it stays as it is."""
        with self._books.open() as book:
            entry = _at(book, token)
            return self._settled(book, present(entry, means, self._today())) if entry.status == "open" else entry

    def confirm(self, token: str) -> Entry:
        """The customer passed the challenge."""
        with self._books.open() as book:
            entry = _at(book, token)
            return self._settled(book, accept(entry)) if entry.status == "challenge" else entry

    def refuse(self, token: str) -> Entry:
        """The customer did not pass the challenge."""
        with self._books.open() as book:
            entry = _at(book, token)
            return book.keep(decline(entry, "authentication_failed")) if entry.status == "challenge" else entry

    def _begin(self, book: Book, charge: Charge, key: Key) -> Entry:
        """What is on file is charged at once, a new card or account waits for the customer.

        What is not on file for them, not theirs or removed meanwhile, is declined.
        """
        entry = _blank(key, charge)
        if not isinstance(charge.choice, Saved):
            return book.keep(entry)
        for filed in book.filed(charge.customer):
            if filed.id == charge.choice.method:
                known = replace(entry, method=filed.id)
                return self._settled(book, present(known, filed.means, self._today()))
        return book.keep(decline(entry, "declined"))

    def _settled(self, book: Book, entry: Entry) -> Entry:
        """Written down, what paid it put on file once it has proved good. What was given for later is the default."""
        if entry.status in ("paid", "registered") and not entry.method:
            means = entry.mandate or entry.card
            assert means is not None, "something paid it"
            entry = replace(entry, method=_file(book, entry.asked.customer, means).id)
            if entry.status == "registered":
                _prefer(book, entry.asked.customer, entry.method)
        return book.keep(entry)


def _blank(key: Key, charge: Charge | None) -> Entry:
    return Entry(key, token=secrets.token_urlsafe(24), reference="SB-" + secrets.token_hex(6).upper(), charge=charge)


def _moves(charge: Charge) -> tuple[object, ...]:
    """What a key stands for. The language and the way back may have changed since it was first asked."""
    return charge.order, charge.customer, charge.amount, charge.choice


def _answered(book: Book, entry: Entry) -> Entry:
    """The entry as it was when it was asked for; one lost answer fewer is left in the book."""
    if entry.answers_lost:
        book.keep(replace(entry, answers_lost=entry.answers_lost - 1))
    return entry


def _answered_back(book: Book, back: Back) -> Back:
    if back.answers_lost:
        book.keep_back(replace(back, answers_lost=back.answers_lost - 1))
    return back


def _file(book: Book, customer: str, means: Card | Mandate) -> Filed:
    """One account is on file once, under its newest mandate."""
    there = book.filed(customer)
    if isinstance(means, Mandate):
        for filed in there:
            if filed.mandate is not None and means.same_account(filed.mandate):
                return book.file(replace(filed, mandate=means))
        return book.file(Filed("sepa_" + secrets.token_hex(8), customer, None, not there, means))
    for filed in there:
        if filed.card == means:
            return filed
    return book.file(Filed("card_" + secrets.token_hex(8), customer, means, not there))


def _prefer(book: Book, customer: str, method: str) -> None:
    there = book.filed(customer)
    if method in [filed.id for filed in there]:
        for filed in there:
            book.file(replace(filed, default=filed.id == method))


def _at(book: Book, token: str) -> Entry:
    entry = book.entry_at(token)
    assert entry is not None, "the page was found before the customer could act on it"
    return entry
