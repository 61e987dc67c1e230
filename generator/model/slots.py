"""What a merchant says in three places of every page, whatever its theme: in the header, as help, in the footer."""

from dataclasses import dataclass

from generator.model.text import Text


@dataclass(frozen=True)
class Slots:
    """`header` stands within the header, `help` below the main content, `footer` within the footer."""

    header: Text | None = None
    help: Text | None = None
    footer: Text | None = None

    @property
    def texts(self) -> tuple[Text, ...]:
        """What is said, from the top of a page to its foot."""
        return tuple(text for text in (self.header, self.help, self.footer) if text)


NOTHING_SAID = Slots()
"""Of a merchant who leaves all three to the theme."""
