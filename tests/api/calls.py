"""One call of the API over HTTP, as a merchant's application makes it."""

import json
from dataclasses import dataclass
from typing import Any

import urllib3

from tests.support.town import API_SECRET


@dataclass(frozen=True)
class Answer:
    status: int
    said: Any
    headers: Any

    @property
    def code(self):
        return self.said["code"]


NOTHING = object()


def call(town, method, path, body: Any = NOTHING, secret=API_SECRET, **headers):
    """`headers` are written with underscores."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    if secret:
        sent = {"Authorization": f"Bearer {secret}", **sent}
    data = None
    if body is not NOTHING:
        data = body if isinstance(body, (bytes, str)) else json.dumps(body)
        sent.setdefault("Content-Type", "application/json")
    answer = urllib3.request(method, f"{town.pages}/api{path}", body=data, headers=sent, retries=False)
    return Answer(answer.status, json.loads(answer.data) if answer.data else None, answer.headers)


def get(town, path, **more):
    return call(town, "GET", path, **more)


def post(town, path, body: Any = NOTHING, **more):
    return call(town, "POST", path, {} if body is NOTHING else body, **more)


def put(town, path, body, **more):
    return call(town, "PUT", path, body, **more)
