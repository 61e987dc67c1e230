"""Problems as an editor shows them, and what mends them."""

from collections.abc import Callable, Iterable
from pathlib import Path

from lsprotocol import types

from generator import shipped
from generator.compiler import lines
from generator.compiler.codes import CODES
from generator.editor.text import Text
from generator.model.place import Place
from generator.model.problem import Problem

Texts = Callable[[Path], Text]
"""A file as it is in the editor, or else on the disk."""

SOURCE = "hosted-pages"


def span(place: Place, texts: Texts) -> types.Range:
    """Where a place is to an editor."""
    start, end = texts(Path(place.file)).span(place)
    return types.Range(types.Position(*start), types.Position(*end))


def location(place: Place, texts: Texts) -> types.Location:
    return types.Location(Path(place.file).absolute().as_uri(), span(place, texts))


def diagnostic(problem: Problem, texts: Texts) -> types.Diagnostic:
    """What is wrong and what to write instead, with where to read more."""
    fragment = f"#{problem.code}" if problem.code in CODES else ""
    return types.Diagnostic(
        range=span(problem.place, texts),
        message=f"{problem.says}; {problem.hint}" if problem.hint else problem.says,
        severity=types.DiagnosticSeverity.Error if problem.severity == "error" else types.DiagnosticSeverity.Warning,
        code=problem.code,
        code_description=types.CodeDescription(shipped.PROBLEMS.as_uri() + fragment),
        source=SOURCE,
        related_information=[
            types.DiagnosticRelatedInformation(location(related.place, texts), related.says)
            for related in problem.related
        ]
        or None,
    )


def fixes(problems: Iterable[Problem], uri: str, asked: types.Range, texts: Texts) -> list[types.CodeAction]:
    """What mends the problems of one file that are seen in a part of it."""
    return [
        types.CodeAction(
            title=problem.hint or f"mend {problem.code}",
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[diagnostic(problem, texts)],
            is_preferred=True,
            edit=types.WorkspaceEdit(changes={uri: _edits(problem, texts)}),
        )
        for problem in problems
        if problem.edits and _meet(span(problem.place, texts), asked)
    ]


def _edits(problem: Problem, texts: Texts) -> list[types.TextEdit]:
    line_break = lines.first_break(texts(Path(problem.place.file)).words)
    return [
        types.TextEdit(span(edit.place, texts), edit.text.replace("\n", line_break))
        for edit in sorted(set(problem.edits), key=lambda edit: (edit.place, edit.text))
    ]


def _meet(one: types.Range, other: types.Range) -> bool:
    return one.start <= other.end and other.start <= one.end
