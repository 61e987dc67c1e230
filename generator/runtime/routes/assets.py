"""`/a/<hashed asset>` and the questions that machines ask."""

from collections.abc import Mapping

from flask import Flask, Response

from generator.runtime.desk import Desk
from generator.runtime.screens import Notice

KINDS: Mapping[str, str] = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "webp": "image/webp",
    "woff2": "font/woff2",
}

FOREVER = "public, max-age=31536000, immutable"
"""The name has the hash of its bytes in it: what it names never changes."""


def register(app: Flask, desk: Desk) -> None:
    """Add the addresses of assets and of the health check."""

    @app.get("/a/<name>")
    def asset(name: str) -> Response:
        data = desk.parts.library.asset(name)
        if data is None:
            return desk.answer(Notice("not_found"))
        return Response(data, content_type=_kind(name), headers={"Cache-Control": FOREVER})

    @app.get("/healthz")
    def health() -> Response:
        return Response("ok\n", content_type="text/plain")


def _kind(name: str) -> str:
    """The media type: the machine's own tables differ from one to the other. XML says itself how it is written."""
    return KINDS.get(name.rpartition(".")[2], "application/octet-stream")
