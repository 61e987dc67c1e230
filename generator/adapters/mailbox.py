"""Mail as files in a folder, one message a file: for trying things out, or for another program to read."""

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

from generator.model.mail import Mail
from generator.ports.trouble import Unavailable


class Mailbox:
    """Each mail becomes `<day and time>-<id>.eml`; the same one again is the same file."""

    def __init__(self, folder: Path, sender: str) -> None:
        self._folder = folder
        self._sender = sender

    def send(self, mail: Mail) -> None:
        message = EmailMessage(policy=SMTP)
        message["Message-ID"] = f"<{mail.id}@hosted-pages>"
        message["Date"] = format_datetime(mail.written)
        message["From"] = self._sender
        message["To"] = mail.to
        message["Subject"] = mail.subject
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(mail.text)
        message.add_alternative(mail.html, subtype="html")
        message["Content-Language"] = mail.language
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            new = self._folder / f".{mail.id}"
            new.write_bytes(message.as_bytes())
            new.replace(self._folder / f"{mail.written:%Y%m%d-%H%M%S}-{mail.id}.eml")
        except OSError as fault:
            raise Unavailable(f"the mailbox {self._folder} cannot be written to") from fault
