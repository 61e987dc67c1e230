"""Who brings mail."""

from typing import Protocol

from generator.model.mail import Mail


class Mailer(Protocol):
    def send(self, mail: Mail) -> None:
        """Hand it over, or raise `Unavailable` to be asked again later. The same id twice may arrive twice."""
        ...
