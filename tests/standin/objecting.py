"""What a customer's bank does after it has paid: it objects, decides, and sends back what was given back."""

from tests.standin.api import charges
from tests.standin.books import Books
from tests.standin.cards import Bank
from tests.standin.shapes import Thing

STRANGER = Bank(disputes="fraudulent")
ONLY_ASKS = Bank(disputes="fraudulent", inquires=True)


def objects(books: Books, bank: Bank = STRANGER, amount: int = 0) -> Thing:
    """To the last charge that was paid, or to so much of it. Only what is asked about stays with the merchant."""
    with books.lock:
        charge = list(books.all("charge", status="succeeded"))[-1]
        made = charges.dispute(books, charge, bank)
        if amount:
            books.change(made, amount=amount)
        if not bank.inquires:
            books.tell("charge.dispute.funds_withdrawn", made)
        return made


def decides(books: Books, dispute: Thing, status: str) -> None:
    """`won`, `lost`, or `under_review` as long as it reads what the merchant has to say."""
    with books.lock:
        before = books.change(dispute, status=status)
        if status == "under_review":
            books.tell("charge.dispute.updated", dispute, before)
            return
        if status == "won":
            books.tell("charge.dispute.funds_reinstated", dispute)
        books.tell("charge.dispute.closed", dispute)


def sends_back(books: Books) -> None:
    """The last refund did not arrive."""
    with books.lock:
        charges.come_back(books, list(books.all("refund"))[-1]["id"])
