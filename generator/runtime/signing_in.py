"""Signing in by a code that is mailed: whoever reads the mail of a customer is the customer."""

from generator.model.code import Code
from generator.model.customer import Customer, normal
from generator.runtime.parts import Parts
from generator.runtime.post import code_mail
from generator.seal import code as codes


class SigningIn:
    """Answers the same, and does nearly the same, whether anybody has the address or not."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def ask(self, email: str, language: str) -> bool:
        """Mail a code, if this is anybody's address. False where the address was sent as many as it may be for now."""
        address, code, now = self._address(email), codes.new(), self._parts.clock.now()
        known = self._parts.biller.customers_by_email(email)
        # To the address as we know it, never as it was typed: two that look alike may be two mailboxes.
        mail = code_mail(self._parts, known[0].billing.email if known else email, code, language)
        digest = codes.digest(self._parts.forms, address, code)
        return self._parts.store.keep_code(Code(address, digest, now), (mail,) if known else ())

    def right(self, email: str, typed: str) -> bool:
        """Whether this is the code that was mailed last; it is used up by that."""
        address = self._address(email)
        kept = self._parts.store.try_code(address, self._parts.clock.now())
        given = codes.digest(self._parts.forms, address, "".join(typed.split()))
        return bool(kept) and codes.same(kept, given) and self._parts.store.use_code(address, kept)

    def customers(self, email: str) -> tuple[Customer, ...]:
        """Everybody who is billed there."""
        return self._parts.biller.customers_by_email(email)

    def _address(self, email: str) -> str:
        return codes.address(self._parts.forms, normal(email))
