"""What an editor does with a language server: opens a text, types, and asks. Speaks the protocol over stdio itself."""

import json
import subprocess
import threading
from pathlib import Path

PATIENCE = 60
"""How long an answer may take, in seconds: on a busy machine a server starts slowly."""


class Editor:
    """One editor with one server. Leaves by `quit`, which says how the server ended."""

    def __init__(self, command, folder, settings=None):
        self._settings = settings or {}
        self._asked, self._answers = 0, {}
        self._told = {}
        self._news = threading.Condition()
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder)
        threading.Thread(target=self._listen, daemon=True).start()
        answer = self.ask(
            "initialize",
            processId=None,
            rootUri=Path(folder).as_uri(),
            workspaceFolders=[{"uri": Path(folder).as_uri(), "name": "shop"}],
            capabilities={
                "textDocument": {
                    "hover": {"contentFormat": ["markdown"]},
                    "completion": {"completionItem": {"documentationFormat": ["markdown"]}},
                    "publishDiagnostics": {"relatedInformation": True},
                    "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}}},
                },
                "workspace": {"configuration": bool(settings)},
            },
        )
        self.can = answer["capabilities"]
        self.tell("initialized")

    def ask(self, method, **params):
        """Ask, and wait for the answer; a fault is raised."""
        self._asked += 1
        mine = self._asked
        self._send({"id": mine, "method": method, "params": params or None})
        with self._news:
            assert self._news.wait_for(lambda: mine in self._answers, PATIENCE), f"no answer to {method}"
            answer = self._answers.pop(mine)
        assert "error" not in answer, answer["error"]
        return answer["result"]

    def tell(self, method, **params):
        self._send({"method": method, "params": params})

    def open(self, file, text, version=1):
        """Open a text as that of a file, whatever is on the disk; the problems that come of it."""
        document = {"uri": file.as_uri(), "languageId": "yaml", "version": version, "text": text}
        return self._after(file, lambda: self.tell("textDocument/didOpen", textDocument=document))

    def type(self, file, text, version):
        """The whole text anew; the problems that come of it."""
        document = {"uri": file.as_uri(), "version": version}
        change = [{"text": text}]
        return self._after(
            file, lambda: self.tell("textDocument/didChange", textDocument=document, contentChanges=change)
        )

    def at(self, method, file, line, column, **more):
        """Ask about a place; both counted from nothing, as editors do."""
        position = {"line": line, "character": column}
        return self.ask(f"textDocument/{method}", textDocument={"uri": file.as_uri()}, position=position, **more)

    def completed(self, file, line, column):
        """What is proposed at a place, by its words."""
        proposed = self.at("completion", file, line, column)
        items = proposed["items"] if isinstance(proposed, dict) else proposed or []
        return {item["label"]: item for item in items}

    def hovered(self, file, line, column):
        """What is said of a place."""
        answer = self.at("hover", file, line, column)
        return answer["contents"]["value"] if answer else ""

    def quit(self):
        self.ask("shutdown")
        self.tell("exit")
        return self._process.wait(PATIENCE)

    def end(self):
        """For when a test broke off: nothing is left running."""
        self._process.kill()
        self._process.wait(PATIENCE)

    def _after(self, file, act):
        uri = file.as_uri()
        with self._news:
            self._told.pop(uri, None)
        act()
        with self._news:
            assert self._news.wait_for(lambda: uri in self._told, PATIENCE), "no diagnostics"
            return self._told[uri]

    def _send(self, message):
        words = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(words), words))
        self._process.stdin.flush()

    def _listen(self):
        while message := self._received():
            with self._news:
                if "method" not in message:
                    self._answers[message["id"]] = message
                elif message["method"] == "textDocument/publishDiagnostics":
                    self._told[message["params"]["uri"]] = message["params"]["diagnostics"]
                self._news.notify_all()
            if "method" in message and "id" in message:
                self._send({"id": message["id"], "result": self._said(message)})

    def _said(self, message):
        """What a server asks back: its settings."""
        if message["method"] != "workspace/configuration":
            return None
        return [self._settings.get(item["section"]) for item in message["params"]["items"]]

    def _received(self):
        length = 0
        while (line := self._process.stdout.readline()) not in (b"", b"\r\n"):
            name, _, value = line.decode("ascii").partition(":")
            if name.lower() == "content-length":
                length = int(value)
        return json.loads(self._process.stdout.read(length)) if length else None
