"""Finds templates along the layers of a theme, for Jinja."""

from collections.abc import Callable

from jinja2 import BaseLoader, Environment, TemplateSyntaxError
from jinja2.exceptions import TemplateNotFound

from generator.compiler.theme import Theme


class Templates(BaseLoader):
    """A nearer layer's template stands in front of a farther one's; `plain:layout.html` names that of a layer."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """What Jinja asks for: the text, the file's name, and whether it is still the same."""
        file = self._theme.template(template)
        if file is None:
            raise TemplateNotFound(template)
        try:
            return file.read_text(encoding="utf-8"), str(file), lambda: True
        except UnicodeDecodeError as fault:
            raise TemplateSyntaxError("it is not UTF-8 text", 1, template, str(file)) from fault
