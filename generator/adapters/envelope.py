"""A mail as mail programs write one: headers, and the same words as text and as HTML."""

from email.errors import MessageError
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, parseaddr
from typing import Any

from email_validator import EmailNotValidError, validate_email

from generator.model.mail import Mail

WIDTH = 76
"""How long a line with words that are not ASCII may be (RFC 2047); it is no shorter than others have to be."""


class _Spelled(EmailPolicy):
    """Whatever the words are written in, only ASCII travels: no server has to be able to do more.

    The library's own way loses the space between two words where it breaks a line, so long subjects are spelled by its
    older one.
    """

    def fold(self, name: str, value: Any) -> str:
        text = str(value)
        if text.isascii():
            folded: str = super().fold(name, value)
            return folded
        phrase, address = (text, "") if name == "Subject" else (value.addresses[0].display_name, _angled(value))
        lines = Header(phrase, "utf-8", WIDTH - 1, name).encode(linesep=self.linesep)
        return f"{name}: {lines}{address and self.linesep}{address}{self.linesep}"

    def fold_binary(self, name: str, value: Any) -> bytes:
        return self.fold(name, value).encode("ascii")


def _angled(value: Any) -> str:
    return f" <{value.addresses[0].addr_spec}>"


POLICY = _Spelled(linesep="\r\n", cte_type="7bit", max_line_length=WIDTH)


class NotAnAddress(ValueError):
    """Nobody can be written to there."""


def sender(written: str, merchant: str) -> Address:
    """Whom mails are from, as an operator writes it: `billing@acme.example`, or with a name in front.

    Without a name it is the merchant's.
    """
    name, address = parseaddr(written)
    return _address(address, name or merchant)


def message(mail: Mail, sender: Address) -> EmailMessage:
    """The same mail is the same message. Raises `ValueError` where it would say more than it is meant to.

    There is no `List-Unsubscribe`: every mail of ours is about what the customer has, owes or asked for.
    """
    made = EmailMessage(policy=POLICY)
    made["Message-ID"] = f"<{mail.id}@{sender.domain}>"
    made["Date"] = format_datetime(mail.written)
    made["From"] = sender
    made["To"] = _address(mail.to)
    made["Subject"] = mail.subject
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(mail.text)
    made.add_alternative(mail.html, subtype="html")
    made["Content-Language"] = mail.language
    return made


def _address(written: str, name: str = "") -> Address:
    """One address and no more: what looks like two would be sent to both. Domains are written in ASCII."""
    local, at, domain = written.rpartition("@")
    try:
        if not domain.isascii():
            domain = validate_email(f"a@{domain}", check_deliverability=False).ascii_domain
        known = Address(name, addr_spec=f"{local}{at}{domain}")
    except (EmailNotValidError, MessageError, ValueError, IndexError) as fault:
        raise NotAnAddress(str(fault) or "an address is missing") from fault
    return known
