"""What customers read above each screen and beside each field, in one language: the merchant's words or the theme's."""

from dataclasses import dataclass
from pathlib import Path

from generator.compiler import theme
from generator.compiler.sentence import Anchor, BadPhrase, Hole, parts
from generator.compiler.theme.phrases import Counted, Saying, Texts
from generator.model.site import Site
from generator.model.text import Text
from generator.model.workflow import AnyStep, Field, Workflow

_SUMMARIES = {
    "change_plan": "summary.title_change",
    "change_options": "summary.title_change",
    "restart": "summary.title_restart",
    "pay_invoice": "summary.title_invoice",
}
"""What a summary is called, by what its workflow asks for."""


@dataclass(frozen=True)
class Titles:
    """All words of one language that a picture may need."""

    language: str
    texts: Texts

    def workflow(self, workflow: Workflow) -> str:
        """Its title, or its id in words."""
        return self._text(workflow.title) or workflow.id.replace("_", " ").capitalize()

    def step(self, workflow: Workflow, step: AnyStep) -> str:
        key = f"{step.kind}.title"
        if step.kind == "summary":
            key = _SUMMARIES.get(workflow.purpose.asks, key)
        return self._text(step.title) or self._said(key) or step.id

    def field(self, field: Field) -> str:
        return self._text(field.label) or self._said(f"fields.{field.id}.label") or field.id

    def words(self, text: Text | None) -> str:
        """What a text says, in one line; nothing where there is none."""
        return self._text(text)

    def answers(self, workflow: Workflow) -> dict[str, str]:
        """What each answer is called that a condition of this workflow may read."""
        return {f"{step.id}.{field.id}": self.field(field) for step in workflow.steps for field in step.fields}

    def _text(self, text: Text | None) -> str:
        if text is None:
            return ""
        phrase = text.phrase(self.language) or next(iter(text.phrases), None)
        return _plain(phrase.says) if phrase else ""

    def _said(self, key: str) -> str:
        return _first(self.texts.get(key))


def titles(site: Site, beside: Path) -> Titles:
    """In the definition's first language; `beside` is its folder, where themes of its own lie."""
    places = theme.places(beside, "")
    look = theme.load(site.look.theme, site.look.theme_place, places, site.languages[:1], [], site.wordings)
    return Titles(site.languages[0], look.texts[site.languages[0]] if look else {})


def _first(saying: Saying | None) -> str:
    if isinstance(saying, Counted):
        saying = next(iter(saying.forms.values()), None)
    return _plain(saying.says) if saying else ""


def _plain(says: str) -> str:
    """A sentence without its holes and links: a value is named in angled quotes."""
    try:
        return " ".join("".join(map(_part, parts(says))).split())
    except BadPhrase:
        return says


def _part(part: str | Hole | Anchor) -> str:
    match part:
        case Hole():
            return f"‹{part.name.rpartition('.')[2]}›"
        case Anchor():
            return part.words
        case _:
            return part
