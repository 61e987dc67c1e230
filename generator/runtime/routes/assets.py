"""`/a/<hashed asset>` and the questions that machines ask."""

import mimetypes

from flask import Flask, Response

from generator.runtime.desk import Desk
from generator.runtime.screens import Notice

FOREVER = "public, max-age=31536000, immutable"
"""The name has the hash of its bytes in it: what it names never changes."""


def register(app: Flask, desk: Desk) -> None:
    """Add the addresses of assets and of the health check."""

    @app.get("/a/<name>")
    def asset(name: str) -> Response:
        data = desk.parts.library.asset(name)
        if data is None:
            return desk.answer(Notice("not_found"))
        kind = "font/woff2" if name.endswith(".woff2") else mimetypes.guess_type(name)[0] or "application/octet-stream"
        return Response(data, content_type=kind, headers={"Cache-Control": FOREVER})

    @app.get("/healthz")
    def health() -> Response:
        return Response("ok\n", content_type="text/plain")
