"""`/a/<hashed asset>` and the questions that machines ask."""

import hmac
from collections.abc import Mapping

from flask import Flask, Response, request
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4

from generator.bundle.folder import NotABundle
from generator.runtime.desk import Desk
from generator.runtime.parts import Parts
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

OF_MACHINES = ("/healthz", "/readyz", "/metrics")
"""Asked by who knows our machine and not our name."""

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

    @app.get("/metrics")
    def metrics() -> Response:
        """For Prometheus. Who has no key learns not even that it is there."""
        if not _may_count(desk.parts):
            return desk.answer(Notice("not_found"))
        return Response(desk.parts.tally.told(desk.parts.store.waiting()), content_type=CONTENT_TYPE_PLAIN_0_0_4)

    @app.get("/readyz")
    def ready() -> Response:
        """Whether a proxy should send customers here. The words are for who runs it, and name nobody."""
        why = _why_not(desk.parts)
        return Response(f"{why or 'ready'}\n", status=503 if why else 200, content_type="text/plain")


def _may_count(parts: Parts) -> bool:
    said = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(parts.metrics_key) and hmac.compare_digest(said.encode(), parts.metrics_key.encode())


def _why_not(parts: Parts) -> str:
    try:
        return parts.unready() if parts.library.current else ""
    except NotABundle as fault:
        return str(fault)


def _kind(name: str) -> str:
    """The media type: the machine's own tables differ from one to the other. XML says itself how it is written."""
    return KINDS.get(name.rpartition(".")[2], "application/octet-stream")
