"""Runs one template for one page in one language and proves what comes out."""

import sys
import traceback
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from jinja2 import (
    Environment,
    StrictUndefined,
    TemplateSyntaxError,
    pass_context,
    pass_eval_context,
    select_autoescape,
)
from jinja2.exceptions import TemplateNotFound, TemplateRuntimeError, UndefinedError
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from jinja2.utils import missing

from generator.compiler.bake.compiled import Compiled
from generator.compiler.bake.fails import FAILS, helping, in_template, parts_of
from generator.compiler.bake.html import NotProved
from generator.compiler.bake.kinds import FORMATS_OF, names_of
from generator.compiler.bake.live import Live, LiveProblem, in_format
from generator.compiler.bake.looked import SITE, Looked
from generator.compiler.bake.looks import Looks, Noted, Watching
from generator.compiler.bake.orders import Keys
from generator.compiler.bake.proof import prove, prove_text
from generator.compiler.bake.raw import Marks, Origin, RawSlot
from generator.compiler.bake.speaker import PhraseProblem, Speaker
from generator.compiler.bake.tags import LiveTags
from generator.compiler.bake.templates import Templates
from generator.compiler.theme import Theme
from generator.locale import speech
from generator.model.nearest import suggestion
from generator.model.page import Body
from generator.model.place import Place
from generator.model.problem import Problem
from generator.model.site import Site
from generator.model.text import Text
from generator.model.workflow import Field

NOTHING: Mapping[str, Any] = {}


class BadPage(Exception):
    """A page cannot be baked."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.says)
        self.problem = problem


class _Missing(StrictUndefined):
    """A name that nobody gave: told in our own words, with what might have been meant."""

    def _fail_with_undefined_error(self, *_: Any, **__: Any) -> NoReturn:
        word, thing = str(self._undefined_name), self._undefined_obj
        if thing is missing:
            raise LiveProblem("unknown-name-in-template", f'"{word}" is no name on this page', "", word)
        says, hint = f'what stands before it has no "{word}"', suggestion(word, parts_of(thing))
        raise LiveProblem("unknown-name-in-template", says, hint, word)

    __iter__ = __str__ = __len__ = __eq__ = __ne__ = __bool__ = __hash__ = _fail_with_undefined_error
    __call__ = __getitem__ = __add__ = __radd__ = _fail_with_undefined_error


class Oven:
    """Holds a theme's compiled templates, and keeps them in a folder where one is `kept`.

    `functions` are what templates may call beside `t`.
    """

    def __init__(
        self, site: Site, theme: Theme, functions: Mapping[str, Callable[..., Any]], kept: Path | None = None
    ) -> None:
        self._site, self._theme = site, theme
        self._environment = Environment(
            loader=Templates(theme),
            autoescape=select_autoescape(("html",), default_for_string=True, default=False),
            undefined=_Missing,
            extensions=[LiveTags],
            finalize=self._place,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            bytecode_cache=Compiled(kept),
        )
        self._environment.context_class = Watching
        self._environment.looks = self._looks = Looks()  # type: ignore[attr-defined]
        self._environment.globals.update(functions, t=self._t, said=self._said, has_text=self._has_text)
        for format in sorted({format for formats in FORMATS_OF.values() for format in formats} - {""}):
            self._environment.filters[format] = self._filter(format)
        self._marks = Marks()
        self._speaker: Speaker | None = None
        self.looked: Looked | None = None
        """What the last page was made from; nothing where it had been made before."""

    def bake(
        self,
        template: str,
        live: type,
        language: str,
        keys: Keys,
        given: Mapping[str, Any],
        spoken: Mapping[str, Any] = NOTHING,
    ) -> Body:
        """The page. `keys` are the ids in its maps, by map; `given` is known at build, and `spoken` of its language.

        What is asked for a second time, as far as its templates look, is not made again. Raises `BadPage`.
        """
        page = (template, live, language, tuple(sorted(keys.items())), "mail" in given)
        body, self.looked = self._looks.made(page, given), None
        if body is None:
            with self._looks.watched({SITE: self._site, **given}) as watched:
                body = self._baked(template, live, language, keys, {**spoken, **watched})
            self._looks.keep(page, given, body)
            self.looked = self._looks.looked
        return body

    def _baked(self, template: str, live: type, language: str, keys: Keys, given: Mapping[str, Any]) -> Body:
        context = self._begin(live, language, keys, given)
        try:
            rendered = self._environment.get_template(template).render(context)
            raws = self._marks.tree(rendered)
            return prove(raws, styled="mail" in given) if template.endswith(".html") else prove_text(raws)
        except PhraseProblem as fault:
            raise BadPage(fault.problem) from fault
        except NotProved as fault:
            raise BadPage(self._not_proved(fault, template)) from fault
        except TemplateSyntaxError as fault:
            says = f"the template cannot be read: {fault.message}"
            place = Place(self._called(fault.filename or fault.name or template), fault.lineno, 1)
            hint = helping(fault, self._environment) or "see the line above it too"
            raise BadPage(Problem("template-syntax", place, says, hint)) from fault
        except TemplateNotFound as fault:
            says = f'the theme has no template "{fault.name}"'
            place, hint = self._raised_at(fault, str(fault.name)), "add it under `templates/`"
            raise BadPage(Problem("missing-template", place, says, hint)) from fault
        except RecursionError as fault:
            raise BadPage(self._circular(fault)) from fault
        except LiveProblem as fault:
            hint = fault.hint or suggestion(fault.word, sorted(context))
            raise BadPage(Problem(fault.code, self._raised_at(fault, fault.word), fault.says, hint)) from fault
        except UndefinedError as fault:
            raise BadPage(
                Problem(
                    "unknown-name-in-template",
                    self._raised_at(fault, ""),
                    str(fault.message),
                    "docs/theme-reference.md has the names of each page",
                )
            ) from fault
        except (TemplateRuntimeError, *FAILS) as fault:
            if not in_template(fault, self._folders):
                raise
            says = f"the template cannot be run here: {fault}"
            hint = helping(fault, self._environment) or "write what templates can do with it"
            raise BadPage(Problem("template-fails", self._raised_at(fault, ""), says, hint)) from fault

    def words(self, field: Field, live: type, language: str, keys: Keys, given: Mapping[str, Any]) -> Body:
        """What stands beside a box, as plain words without links: the same text as on its page. Raises `BadPage`."""
        origin = Origin("parts/field.html", 1)
        with self._looks.watched({SITE: self._site, **given}) as watched:
            self._begin(live, language, keys, watched)
            speaker = replace(self._speaking, linked=False)
            try:
                if field.label is not None:
                    said = speaker.say_own(field.label, {}, False, origin)
                else:
                    said = speaker.say(f"fields.{field.id}.label", {}, False, origin)
            except PhraseProblem as fault:
                raise BadPage(fault.problem) from fault
        self.looked = self._looks.looked
        return prove_text(self._marks.tree(said))

    def _begin(self, live: type, language: str, keys: Keys, given: Mapping[str, Any]) -> dict[str, Any]:
        """The names that a template of this page can use."""
        names = {name: Live((name,), kind, keys) for name, kind in names_of(live).items()}
        self._marks = Marks()
        self._environment.keep = self._marks.stand_in  # type: ignore[attr-defined]
        self._speaker = Speaker(
            language=language,
            texts=self._theme.texts[language],
            fallback=self._theme.texts[self._site.languages[0]],
            names=Noted(self._looks, {**names, **given}),
            urls=given[SITE].urls,
            marks=self._marks,
            theme=self._theme,
            said=self._looks.say,
        )
        return {"language": language, **given, **names}

    def _place(self, value: Any) -> Any:
        """What `{{ … }}` prints: a live value leaves a mark."""
        if not isinstance(value, Live):
            return value
        return self._marks.stand_in(RawSlot(value, _origin(sys._getframe(1))))

    def _filter(self, format: str) -> Callable[[Context, Any], Any]:
        @pass_context
        def written(context: Context, value: Any) -> Any:
            """Never at compile time, where there is no language yet: that is what asking for the context says."""
            if isinstance(value, Live):
                return in_format(value, format)
            try:
                return speech.formats(self._speaking.language)[format](value)
            except FAILS as fault:
                says = f"{value!r} cannot be written out as `{format}`"
                raise LiveProblem("wrong-format", says, "leave the format away", format) from fault

        return written

    @property
    def _speaking(self) -> Speaker:
        assert self._speaker is not None, "texts are said while a page is baked"
        return self._speaker

    @pass_eval_context
    def _t(self, context: EvalContext, key: str, /, **given: Any) -> str:
        """A text of the theme, by its key."""
        return self._speaking.say(key, given, context.autoescape, _origin(sys._getframe(1)))

    @pass_eval_context
    def _said(self, context: EvalContext, text: Text | None, key: str, /, **given: Any) -> str:
        """A text of the definition, or where it has none, the theme's of this key."""
        origin = _origin(sys._getframe(1))
        if text is None:
            return self._speaking.say(key, given, context.autoescape, origin)
        return self._speaking.say_own(text, given, context.autoescape, origin)

    def _has_text(self, key: str) -> bool:
        """Whether the theme has a text of this key."""
        return self._speaking.has(key)

    def _called(self, template: str) -> str:
        """What problems call a template, by its name or by its file."""
        return self._theme.named(Path(template)) if Path(template).is_absolute() else self._theme.called(template)

    def _not_proved(self, fault: NotProved, template: str) -> Problem:
        if fault.origin is not None:
            return Problem(
                fault.code, Place(self._called(fault.origin.template), fault.origin.line, 1), fault.says, fault.hint
            )
        says = f"{fault.says}, near {' '.join(fault.near.split())!r}" if fault.near else fault.says
        return Problem(fault.code, Place(self._called(template), 1, 1), says, fault.hint)

    @property
    def _folders(self) -> tuple[str, ...]:
        return tuple(str(layer.templates) for layer in self._theme.layers)

    def _raised_at(self, fault: BaseException, word: str) -> Place:
        """The line of the template that was running, and the column of the word in it."""
        whole, folders = traceback.extract_tb(fault.__traceback__), self._folders
        frames = [frame for frame in whole if frame.filename.startswith(folders)]
        if not frames:
            return Place(f"{self._theme.label}/theme.yaml", 1, 1)
        file, line = frames[-1].filename, frames[-1].lineno or 1
        text = Path(file).read_text(encoding="utf-8").splitlines()[line - 1]
        column = max(text.find(word), 0) if word else 0
        return Place(self._called(file), line, column + 1, max(len(word), 1))

    def _circular(self, fault: RecursionError) -> Problem:
        """A template that is made of itself. One that stands in front of another often means that one."""
        place = self._raised_at(fault, "")
        name = place.file.partition("/templates/")[2]
        beyond = next((layer.name for layer in self._theme.layers[1:] if (layer.templates / name).is_file()), "")
        hint = f'to build on the one that it stands in front of, write "{beyond}:{name}"' if beyond else "leave it away"
        return Problem("circular-template", place, f'"{name}" is made of itself, again and again', hint)


def _origin(frame: FrameType | None) -> Origin:
    """The template's line that made the call: Jinja keeps a table from its own lines to the template's."""
    while frame is not None and "debug_info" not in frame.f_globals:
        frame = frame.f_back
    if frame is None:
        return Origin("", 1)
    compiled, written = _lines(str(frame.f_globals["debug_info"]))
    at = bisect_right(compiled, frame.f_lineno) - 1
    return _at(str(frame.f_globals.get("name") or frame.f_code.co_filename), written[at] if at >= 0 else 1)


_at = cache(Origin)
"""A page asks for the same few places thousands of times."""


@cache
def _lines(debug_info: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """`1=12&3=15` says which template line was compiled to which line, template first: compiled ones, and their own."""
    pairs = (pair.split("=") for pair in filter(None, debug_info.split("&")))
    lines = dict(sorted((int(compiled), int(template)) for template, compiled in pairs))
    return tuple(lines), tuple(lines.values())
