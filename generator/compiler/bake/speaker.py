"""Says the theme's and the merchant's texts in one language, with stand-ins where live values go."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from generator.compiler.bake.live import Live, LiveProblem, in_format
from generator.compiler.bake.raw import Branch, Closed, Marks, Opened, Origin, RawSlot
from generator.compiler.sentence import Anchor, BadPhrase, Hole, parts
from generator.compiler.theme import Theme
from generator.compiler.theme.phrases import Counted, Saying, Texts
from generator.locale import speech
from generator.model.nearest import suggestion
from generator.model.place import Place
from generator.model.problem import Problem
from generator.model.text import Phrase, Text


class PhraseProblem(Exception):
    """A text cannot be said: the problem is in the text, not in the template that asks for it."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.says)
        self.problem = problem


@dataclass(frozen=True)
class Speaker:
    """`names` are what a text may read on this page beside what it is given; `theme` knows where its texts stand.

    Where it is not `linked`, words that lead to a document are only words. `said` hears of each text of the theme.
    """

    language: str
    texts: Texts
    fallback: Texts
    names: Mapping[str, Any]
    urls: Mapping[str, str]
    marks: Marks
    theme: Theme
    said: Callable[[str], None]
    linked: bool = True

    def say(self, key: str, given: Mapping[str, Any], html: bool, origin: Origin) -> str:
        """The theme's text of this key."""
        self.said(key)
        saying = self.texts.get(key)
        if saying is None:
            raise PhraseProblem(self._missing(key, origin))
        return self._said(saying, given, html, origin)

    def has(self, key: str) -> bool:
        """Whether the theme says this, in any language."""
        return key in self.texts or key in self.fallback

    def say_own(self, text: Text, given: Mapping[str, Any], html: bool, origin: Origin) -> str:
        """A text of the definition."""
        phrase = text.phrase(self.language)
        if phrase is None:
            spoken = ", ".join(phrase.language for phrase in text.phrases)
            says = f"this text is said in {spoken} and not in {self.language}"
            place = text.phrases[0].place
            hint = f"add it: `{self.language}: …`, or say it in texts/{self.language}.yaml"
            raise PhraseProblem(Problem("missing-text", place, says, hint))
        return self._said(phrase, given, html, origin)

    def _missing(self, key: str, origin: Origin) -> Problem:
        if key in self.fallback:
            says = f'"{key}" is not said in {self.language}'
            place = Place(f"{self._beside(self.fallback[key])}/{self.language}.yaml", 1, 1)
            return Problem("missing-text", place, says, f"add `{key.split('.')[-1]}` under its section")
        says = f'the theme has no text "{key}"'
        place = Place(self.theme.called(origin.template), origin.line, 1)
        return Problem("unknown-text", place, says, suggestion(key, self.texts))

    def _beside(self, saying: Saying) -> str:
        """The folder of the file in which a text of the theme stands."""
        return saying.place.file.rpartition("/")[0]

    def _said(self, saying: Saying, given: Mapping[str, Any], html: bool, origin: Origin) -> str:
        if isinstance(saying, Counted):
            return self._counted(saying, given, html, origin)
        return self._phrase(saying, given, html, origin)

    def _counted(self, saying: Counted, given: Mapping[str, Any], html: bool, origin: Origin) -> str:
        for category in speech.plural_categories(self.language):
            if category not in saying.forms:
                says = f"this text says nothing for the number being `{category}`, which {self.language} tells apart"
                raise PhraseProblem(Problem("missing-plural", saying.place, says, f"add `{category}: …`"))
        count = self._value(saying.count, given, saying.place)
        forms = {category: self._phrase(form, given, html, origin) for category, form in saying.forms.items()}
        if not isinstance(count, Live):
            return forms[speech.formats(self.language)["plural"](count)]
        keep = self.marks.stand_in
        pieces: list[str] = [keep(Opened(count, "plural", "", origin))]
        for category, form in forms.items():
            pieces += [keep(Branch((category,) if category != "other" else ())), form]
        pieces.append(keep(Closed()))
        return Markup("").join(pieces) if html else "".join(pieces)

    def _phrase(self, phrase: Phrase, given: Mapping[str, Any], html: bool, origin: Origin) -> str:
        try:
            read = parts(phrase.says)
        except BadPhrase as fault:
            says = "a brace in this text encloses no name"
            raise PhraseProblem(Problem("bad-placeholder", phrase.place, says, str(fault))) from fault
        keep: Callable[[str], str] = escape if html else str
        pieces = [
            keep(part) if isinstance(part, str) else self._part(part, phrase, given, html, origin) for part in read
        ]
        return Markup("").join(pieces) if html else "".join(pieces)

    def _part(self, part: Hole | Anchor, phrase: Phrase, given: Mapping[str, Any], html: bool, origin: Origin) -> str:
        if isinstance(part, Anchor):
            return self._anchor(part, phrase, html)
        value = self._value(part.name, given, phrase.place)
        if isinstance(value, Live):
            try:
                placed = in_format(value, part.format) if part.format else value
            except LiveProblem as fault:
                raise PhraseProblem(Problem("wrong-format", phrase.place, fault.says, fault.hint)) from fault
            return self.marks.stand_in(RawSlot(placed, origin))
        return str(value)

    def _anchor(self, part: Anchor, phrase: Phrase, html: bool) -> str:
        if part.document not in self.urls:
            says = f'this text links to "{part.document}", which is not under `site.urls`'
            hint = f"add `{part.document}: https://…` there, or take the link away"
            raise PhraseProblem(Problem("unknown-document", phrase.place, says, hint))
        url = self.urls[part.document]
        if not self.linked:
            return part.words
        if not html:
            return f"{part.words} <{url}>"
        return Markup('<a href="{}" target="_blank" rel="noopener">{}</a>').format(url, part.words)

    def _value(self, dotted: str, given: Mapping[str, Any], place: Place) -> Any:
        """What a text reads: first what the template gave it, then the names of the page."""
        root, *rest = dotted.split(".")
        names = given if root in given else self.names
        if root not in names:
            says = f'this text reads "{dotted}", which is not known on this page'
            raise PhraseProblem(Problem("unknown-placeholder", place, says, suggestion(root, [*self.names, *given])))
        value = names[root]
        for part in rest:
            try:
                value = getattr(value, part)
            except LiveProblem as fault:
                says = f'this text reads "{dotted}", which is not known on this page'
                raise PhraseProblem(Problem("unknown-placeholder", place, says, fault.hint)) from fault
        return value
