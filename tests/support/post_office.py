"""A real mail server on loopback, which does what it is told: takes mail, puts off, refuses, dies, or has no TLS."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

USER, PASSWORD = "pages", "s3cret/with:signs"


@dataclass
class Clerk:
    """What the server answers, and what it took. `says` goes by recipient, or by `*` for everybody."""

    says: dict[str, str] = field(default_factory=dict)
    at_the_end: list[str] = field(default_factory=list)
    """What is said to one mail after the other when it is handed over whole; `die` hangs up. Then all is well."""
    kills: str = ""
    """To whom a mail makes it hang up, whenever it comes."""
    raw: list[bytes] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    connections: int = 0

    @property
    def taken(self) -> list[EmailMessage]:
        """The mails that it took."""
        return [message_from_bytes(one, policy=policy.default) for one in self.raw]  # type: ignore[misc]

    async def handle_EHLO(  # noqa: N802 - as the library names it
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, answers: list[str]
    ) -> list[str]:
        self.connections += session.host_name is None
        session.host_name = hostname
        return answers

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        said = self.says.get(address) or self.says.get("*", "250 OK")
        if said.startswith("250"):
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        said = self.at_the_end.pop(0) if self.at_the_end else "250 taken"
        if said == "die" or self.kills in envelope.rcpt_tos:
            server.transport.abort()
            return "421 dying"
        if said.startswith("250"):
            content = envelope.content
            assert isinstance(content, bytes)
            self.raw.append(content)
            self.encrypted.append(server.transport.get_extra_info("sslcontext") is not None)
        return said


@dataclass(frozen=True)
class Certificates:
    """Who vouches for `localhost`, as a file for who trusts them, and the server's own side of it."""

    authority: Path
    server: ssl.SSLContext


def certificates(folder: Path, name: str = "localhost") -> Certificates:
    """Made anew, good for this name alone."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    file = folder / f"{name}.pem"
    authority.cert_pem.write_to_path(str(file))
    return Certificates(file, context)


@contextmanager
def post_office(
    clerk: Clerk, tls: ssl.SSLContext | None = None, whole: bool = False, login: bool = False, port: int = 0
) -> Iterator[int]:
    """The port that it listens on. With `tls` it takes nothing before STARTTLS, unless it is `whole`."""

    def knows(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        return AuthResult(success=(data.login, data.password) == (USER.encode(), PASSWORD.encode()), handled=False)

    more: dict[str, Any] = {"authenticator": knows, "auth_required": login, "auth_require_tls": login}
    if tls and not whole:
        more |= {"tls_context": tls, "require_starttls": True}
    listens = port or _free()
    made = Controller(clerk, hostname="localhost", port=listens, ssl_context=tls if whole else None, **more)
    made.start()
    try:
        yield listens
    finally:
        made.stop()


def _free() -> int:
    with socket.create_server(("localhost", 0)) as bound:
        port: int = bound.getsockname()[1]
    return port
