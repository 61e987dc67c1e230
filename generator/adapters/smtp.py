"""Mail handed to a mail server: encrypted or not at all, the server's certificate checked."""

import contextlib
import smtplib
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qsl, unquote, urlsplit

from generator.adapters import envelope
from generator.model.delivery import Brought, NotNow, Outcome, Refused
from generator.model.mail import Mail
from generator.ports.trouble import Unavailable

PATIENCE = 20.0
"""Seconds for each answer of the server."""

WORDS = 300
"""How much of what a server says is kept, in characters."""

HOW = "write smtp://user:password@host:587 (STARTTLS) or smtps://user:password@host:465 (TLS from the start)"

PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True)
class Server:
    """Where mail is handed in. `tls` is `start` for STARTTLS, `whole` for TLS from the first byte, `none` for neither.

    `authority` is a file with the certificates of who vouches for the server, where the system's own do not.
    """

    host: str
    port: int
    user: str = ""
    password: str = ""
    tls: Literal["start", "whole", "none"] = "start"
    authority: Path | None = None


def server(url: str) -> Server:
    """As an operator writes it. Raises `ValueError`: without saying the password, and saying what to write."""
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        raise ValueError(f"its port is no number: {HOW}") from None
    if parts.scheme not in PORTS or not parts.hostname or parts.path.strip("/"):
        raise ValueError(HOW)
    said = dict(parse_qsl(parts.query, keep_blank_values=True))
    if unknown := said.keys() - {"tls", "ca"}:
        raise ValueError(f"nothing is known of {sorted(unknown)[0]!r}: write ?ca=FILE or ?tls=none, or nothing")
    if said.get("tls", "none") != "none" or (parts.scheme == "smtps" and "tls" in said):
        raise ValueError("write ?tls=none where mail is to travel unencrypted, or leave `tls` out")
    return Server(
        host=parts.hostname,
        port=port or PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls="none" if "tls" in said else "whole" if parts.scheme == "smtps" else "start",
        authority=Path(said["ca"]) if "ca" in said else None,
    )


class Smtp:
    """Each mail has a connection of its own. `helo` is the name by which we greet the server. Raises `NotAnAddress`."""

    def __init__(
        self, server: Server, sender: str, merchant: str = "", helo: str = "localhost", patience: float = PATIENCE
    ) -> None:
        self._server = server
        self._sender = envelope.sender(sender, merchant)
        self._helo = helo
        self._patience = patience
        self._tls = ssl.create_default_context(cafile=str(server.authority) if server.authority else None)

    def send(self, mail: Mail) -> Outcome:
        try:
            written = envelope.message(mail, self._sender)
        except ValueError as fault:
            return Refused("not-a-mail", str(fault)[:WORDS])
        with self._connected() as connection:
            try:
                connection.send_message(written)
            except smtplib.SMTPRecipientsRefused as said:
                ((code, words),) = said.recipients.values()
                return _refused(code, words)
            except smtplib.SMTPDataError as said:
                return _refused(said.smtp_code, said.smtp_error)
        return Brought()

    def ready(self) -> None:
        """Whether the server lets us in, without a mail. Raises `Unavailable`."""
        with self._connected() as connection, _heard():
            connection.noop()

    @contextlib.contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        """A server that knows us, over a connection that nobody else reads. Raises `Unavailable`."""
        with _heard():
            connection = self._opened()
        try:
            with _heard():
                self._greeted(connection)
                yield connection
            # What was taken is taken, whatever becomes of the good-bye.
            with contextlib.suppress(smtplib.SMTPException, OSError):
                connection.quit()
        finally:
            connection.close()

    def _opened(self) -> smtplib.SMTP:
        to, helo, patience = self._server, self._helo, self._patience
        if to.tls == "whole":
            return smtplib.SMTP_SSL(to.host, to.port, local_hostname=helo, timeout=patience, context=self._tls)
        return smtplib.SMTP(to.host, to.port, local_hostname=helo, timeout=patience)

    def _greeted(self, connection: smtplib.SMTP) -> None:
        connection.ehlo()
        if self._server.tls == "start":
            code, said = connection.starttls(context=self._tls)
            if code != 220:
                raise smtplib.SMTPResponseException(code, said)
            connection.ehlo()
        if self._server.user:
            connection.login(self._server.user, self._server.password)


def _refused(code: int, words: bytes | str) -> Outcome:
    """4xx is for now, 5xx for good; 421 closes the door on everybody."""
    says = _says(words)
    if code == 421:
        raise Unavailable(f"the mail server closes its door: {code}")
    return NotNow(str(code), says) if 400 <= code < 500 else Refused(str(code), says)


def _says(words: bytes | str) -> str:
    return " ".join((words.decode(errors="replace") if isinstance(words, bytes) else words).split())[:WORDS]


KINDS: Mapping[type[Exception], str] = {
    smtplib.SMTPNotSupportedError: "offers no TLS, and nothing is sent without: ?tls=none if that is meant",
    smtplib.SMTPAuthenticationError: "does not take our user and password",
    smtplib.SMTPSenderRefused: "takes no mail from HOSTED_PAGES_MAIL_FROM",
    smtplib.SMTPServerDisconnected: "hung up, or said nothing for too long",
    ssl.SSLCertVerificationError: "has a certificate that does not hold",
    TimeoutError: "does not answer",
}


@contextlib.contextmanager
def _heard() -> Iterator[None]:
    """What is no fault of a mail's is the server's, in words without anything of the mail."""
    try:
        yield
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError):
        raise
    except (smtplib.SMTPException, OSError) as fault:
        why = next((says for kind, says in KINDS.items() if isinstance(fault, kind)), None)
        code = f" ({fault.smtp_code})" if isinstance(fault, smtplib.SMTPResponseException) else ""
        raise Unavailable(f"the mail server {why or f'cannot be reached: {type(fault).__name__}'}{code}") from fault
