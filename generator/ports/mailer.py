"""Who brings mail."""

from typing import Protocol

from generator.model.delivery import Outcome
from generator.model.mail import Mail


class Mailer(Protocol):
    def send(self, mail: Mail) -> Outcome:
        """Hand it over. Raises `Unavailable` where nobody is there who takes mail: it is not this one's fault.

        A connection may break after it was taken and before we heard so: the same id twice may arrive twice, with one
        `Message-ID`.
        """
        ...
