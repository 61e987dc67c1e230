"""The same request is done once: its answer is kept for a day and given again."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from flask import Request, Response

from generator.model.reply import Reply
from generator.runtime.merchant.wrong import Objection
from generator.runtime.parts import Parts

KEPT_FOR = timedelta(hours=24)

WORKED_ON_FOR = timedelta(seconds=60)
"""Longer than any call takes: after that it broke off, and the same request may be tried again."""


def once(parts: Parts, request: Request, caller: str, key: str, act: Callable[[], Response]) -> Response:
    """What `act` answers, or what it answered before. Raises `Objection`.

    An answer is kept once something was done; a call that was refused or broke off did nothing, and its key is free.
    """
    now = parts.clock.now()
    mine = Reply(caller, key, _digest(request), now + WORKED_ON_FOR)
    before = parts.store.claim(mine, now)
    if before is not None:
        return _again(before, mine)
    try:
        response = act()
    except BaseException:
        parts.store.release(mine)
        raise
    answered = replace(mine, status=response.status_code, body=response.get_data(as_text=True), until=now + KEPT_FOR)
    parts.store.answer(answered)
    return response


def _again(before: Reply, mine: Reply) -> Response:
    if before.asked != mine.asked:
        raise Objection("key-reused", "this Idempotency-Key came with another request: give each request its own")
    if not before.status:
        raise Objection("key-in-use", "the same request is being worked on: wait a moment and send it again")
    response = Response(before.body, before.status, mimetype="application/json")
    response.headers["Idempotent-Replayed"] = "true"
    return response


def _digest(request: Request) -> str:
    """Of all that makes a request what it is."""
    said = b"\0".join((request.method.encode(), request.full_path.encode(), request.get_data()))
    return hashlib.sha256(said).hexdigest()
