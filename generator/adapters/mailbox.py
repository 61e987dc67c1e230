"""Mail as files in a folder, one message a file: for trying things out, or for another program to read."""

from pathlib import Path

from generator.adapters import envelope
from generator.model.delivery import Brought, Outcome, Refused
from generator.model.mail import Mail
from generator.ports.trouble import Unavailable


class Mailbox:
    """Each mail becomes `<day and time>-<id>.eml`; the same one again is the same file. Raises `NotAnAddress`."""

    def __init__(self, folder: Path, sender: str, merchant: str = "") -> None:
        self._folder = folder
        self._sender = envelope.sender(sender, merchant)

    def send(self, mail: Mail) -> Outcome:
        try:
            written = envelope.message(mail, self._sender).as_bytes()
        except ValueError as fault:
            return Refused("not-a-mail", str(fault))
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            new = self._folder / f".{mail.id}"
            new.write_bytes(written)
            new.replace(self._folder / f"{mail.written:%Y%m%d-%H%M%S}-{mail.id}.eml")
        except OSError as fault:
            raise Unavailable(f"the mailbox {self._folder} cannot be written to") from fault
        return Brought()
