"""Events on their way: signed, sent to every endpoint that wants them, in a thread of their own."""

import json
from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, datetime
from queue import Empty, Queue
from threading import Thread

import urllib3
from stripe import WebhookSignature

from tests.standin.books import Books
from tests.standin.shapes import Thing


class Delivery:
    """`sent` are the events with the status that came back; 0 where nobody answered."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str, int]] = []
        self.held = False
        """While this is so, nothing is sent: it waits."""
        self._books: Books
        self._queue: Queue[Thing] = Queue()
        self._http = urllib3.PoolManager(retries=False, timeout=5.0)
        self._on = True
        self._thread = Thread(target=self._run, daemon=True)

    def listen(self, books: Books) -> None:
        """From now on it is this account's events that are sent."""
        self.sent.clear()
        self.held = False
        books.hear = lambda event: self._queue.put(deepcopy(event))
        self._books = books

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._on = False
        self._thread.join(5)

    def wait(self) -> None:
        """Until all that has happened so far has been sent."""
        self._queue.join()

    def _run(self) -> None:
        while self._on:
            try:
                event = None if self.held else self._queue.get(timeout=0.02)
            except Empty:
                event = None
            if event is not None:
                for endpoint in list(self._endpoints(event["type"])):
                    self.sent.append((event["id"], event["type"], self.send(event, endpoint)))
                self._queue.task_done()
            self._books.do_due()

    def _endpoints(self, kind: str) -> Iterator[Thing]:
        for endpoint in self._books.all("webhook_endpoint", status="enabled"):
            if "*" in endpoint["enabled_events"] or kind in endpoint["enabled_events"]:
                yield endpoint

    def send(self, event: Thing, endpoint: Thing) -> int:
        """The status that the endpoint answers."""
        version = endpoint["api_version"] or self._books.version
        body, headers = signed({**event, "api_version": version}, self._books.aside[endpoint["id"]])
        try:
            return self._http.request("POST", endpoint["url"], body=body, headers=headers).status
        except urllib3.exceptions.HTTPError:
            return 0


def signed(event: Thing, secret: str, at: datetime | None = None) -> tuple[bytes, dict[str, str]]:
    """The body and the headers of an event as Stripe sends it."""
    body = json.dumps(event)
    seconds = int((at or datetime.now(UTC)).timestamp())
    signature = WebhookSignature.generate_signature_header(body, secret, seconds)
    return body.encode(), {"Content-Type": "application/json; charset=utf-8", "Stripe-Signature": signature}
