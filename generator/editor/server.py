"""The server itself: what an editor tells it, what it is asked, and what is remembered between the two."""

from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from generator.compiler import source
from generator.compiler.node import Node
from generator.editor import answers, files, grammar, spot, told
from generator.editor.known import known
from generator.editor.text import Text
from generator.model.problem import Problem

_KINDS = {
    "key": types.CompletionItemKind.Property,
    "value": types.CompletionItemKind.EnumMember,
    "fact": types.CompletionItemKind.Variable,
    "name": types.CompletionItemKind.Reference,
}

_TRIGGERS = [".", " ", "{", "["]


def serve() -> None:
    """Answer an editor over stdin and stdout until it leaves."""
    # Whole texts: what Python takes for the ends of lines is more than an editor does, and parts would go astray.
    server = LanguageServer(
        "hosted-pages", version("hosted-pages"), text_document_sync_kind=types.TextDocumentSyncKind.Full
    )
    desk = Desk(server)
    hears: Sequence[tuple[str, Callable[[Any], Any], Any]] = (
        (types.TEXT_DOCUMENT_DID_OPEN, desk.opened, None),
        (types.TEXT_DOCUMENT_DID_CHANGE, desk.changed, None),
        (types.TEXT_DOCUMENT_DID_SAVE, desk.saved, None),
        (types.TEXT_DOCUMENT_DID_CLOSE, desk.closed, None),
        (types.TEXT_DOCUMENT_HOVER, desk.hover, None),
        (types.TEXT_DOCUMENT_DEFINITION, desk.definition, None),
        (types.TEXT_DOCUMENT_COMPLETION, desk.completion, types.CompletionOptions(trigger_characters=_TRIGGERS)),
        (types.TEXT_DOCUMENT_CODE_ACTION, desk.fixes, types.CodeActionOptions([types.CodeActionKind.QuickFix])),
    )
    for asked, answer, options in hears:
        server.feature(asked, options)(_function(answer))
    server.start_io()


def _function(method: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """pygls writes on what it calls, which a method does not bear."""

    def call(params: Any) -> Any:
        return method(params)

    return call


class Desk:
    """What is open, what is wrong with it, and how it read when it could last be read."""

    def __init__(self, server: LanguageServer) -> None:
        self._server = server
        self._problems: dict[str, tuple[Problem, ...]] = {}
        self._beside: dict[str, set[str]] = {}
        self._readable: dict[str, Node] = {}

    def opened(self, told: types.DidOpenTextDocumentParams) -> None:
        self._check(told.text_document.uri, whole=True)

    def changed(self, told: types.DidChangeTextDocumentParams) -> None:
        self._check(told.text_document.uri, whole=False)

    def saved(self, told: types.DidSaveTextDocumentParams) -> None:
        self._check(told.text_document.uri, whole=True)

    def closed(self, told: types.DidCloseTextDocumentParams) -> None:
        uri = told.text_document.uri
        for gone in (uri, *self._beside.pop(uri, ())):
            self._publish(gone, ())
        self._problems.pop(uri, None)
        self._readable.pop(uri, None)

    def hover(self, asked: types.HoverParams) -> types.Hover | None:
        found = self._at(asked)
        if found is None:
            return None
        said = answers.hover(found)
        if said is None:
            return None
        words, place = said
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, words), told.span(place, self._text))

    def definition(self, asked: types.DefinitionParams) -> types.Location | None:
        found = self._at(asked)
        place = answers.definition(found) if found else None
        return told.location(place, self._text) if place else None

    def completion(self, asked: types.CompletionParams) -> list[types.CompletionItem]:
        uri = asked.text_document.uri
        text = self._text(_path(uri))
        sort = files.sort_of(_path(uri), text.words)
        offset = text.offset(asked.position.line, asked.position.character)
        writing = spot.written(text.words, offset) if sort else None
        if sort is None or writing is None:
            return []
        start = types.Position(*text.position(offset - len(writing.begun)))
        return [
            types.CompletionItem(
                label=one.word,
                kind=_KINDS[one.sort],
                documentation=types.MarkupContent(types.MarkupKind.Markdown, one.says) if one.says else None,
                text_edit=types.TextEdit(types.Range(start, asked.position), one.word + one.behind),
            )
            for one in answers.proposals(
                known(self._readable.get(uri, writing.root)), grammar.read(sort.schema), writing
            )
        ]

    def fixes(self, asked: types.CodeActionParams) -> list[types.CodeAction]:
        uri = asked.text_document.uri
        own = [problem for problem in self._problems.get(uri, ()) if problem.place.file == str(_path(uri))]
        return told.fixes(own, uri, asked.range, self._text)

    def _at(self, asked: types.HoverParams | types.DefinitionParams) -> answers.Asked | None:
        path = _path(asked.text_document.uri)
        text = self._text(path)
        sort = files.sort_of(path, text.words)
        if sort is None:
            return None
        root = source.read_text(text.words, str(path)).node
        return answers.Asked(
            known(root),
            grammar.read(sort.schema),
            *text.place(asked.position.line, asked.position.character),
            lambda place: self._text(Path(place.file)).line(place),
        )

    def _check(self, uri: str, whole: bool) -> None:
        path = _path(uri)
        words = self._text(path).words
        sort = files.sort_of(path, words)
        if sort is None:
            self._publish(uri, ())
            return
        root = source.read_text(words, str(path)).node
        if root is not None:
            self._readable[uri] = root
        problems = (sort.wholly if whole else sort.quickly)(path, words)
        self._problems[uri] = problems
        by_file: dict[str, list[Problem]] = {uri: []}
        for problem in problems:
            by_file.setdefault(_uri(uri, problem.place.file), []).append(problem)
        beside = {other for other in by_file if other != uri and other not in self._problems}
        for gone in self._beside.get(uri, set()) - beside:
            if gone not in self._problems:
                self._publish(gone, ())
        self._beside[uri] = beside
        for file in (uri, *beside):
            self._publish(file, by_file[file])

    def _publish(self, uri: str, problems: Sequence[Problem]) -> None:
        diagnostics = [told.diagnostic(problem, self._text) for problem in problems]
        self._server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, diagnostics))

    def _text(self, path: Path) -> Text:
        """A file as it is in the editor, else as it is on the disk."""
        encoding = str(getattr(self._server.workspace.position_encoding, "value", None) or "utf-16")
        for document in self._server.workspace.text_documents.values():
            if _path(document.uri) == path:
                return Text(document.source, encoding)
        words = source.words_of(path, str(path))
        return Text(words if isinstance(words, str) else "", encoding)


def _path(uri: str) -> Path:
    return Path(to_fs_path(uri) or uri)


def _uri(uri: str, file: str) -> str:
    """As the editor called the file that it opened, which may be spelled in another way."""
    return uri if Path(file) == _path(uri) else Path(file).absolute().as_uri()
