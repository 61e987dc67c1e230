"""Who knows nothing of Stripe and says back what it hears: the score of this is what a score is worth."""

import itertools
import json
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import urllib3
from werkzeug import Request, Response

from generator.rehearsal.stand import address, listening, serving
from tests.standin.delivery import signed
from tests.standin.reading import form

SECRET = "whsec_" + "echo" * 8


class Echo:
    def __init__(self) -> None:
        self.things: dict[str, dict] = {}
        self.listener = ""
        self._count = itertools.count(1)

    @Request.application
    def __call__(self, request: Request) -> Response:
        said, parts = form(request.get_data(as_text=True)), request.path.strip("/").split("/")[1:]
        if parts[0] == "webhook_endpoints":
            self.listener = said["url"]
            return self._json({"id": "we_1", "object": "webhook_endpoint", "secret": SECRET})
        known = next((self.things[part] for part in parts if part in self.things), None)
        if request.method == "GET":
            return self._json(known) if known else Response("{}", 404)
        thing = known or {"id": f"{parts[-1]}_{next(self._count)}", "object": parts[-1].removesuffix("s")}
        what = "deleted" if request.method == "DELETE" else "updated" if known else "created"
        before = {name: thing.get(name) for name in said} if known else {}
        self.things[thing["id"]] = thing | said if what != "deleted" else {"id": thing["id"], "deleted": True}
        data = {"object": self.things[thing["id"]], **({"previous_attributes": before} if before else {})}
        event = {"id": f"evt_{next(self._count)}", "object": "event", "type": f"{thing['object']}.{what}", "data": data}
        Thread(target=self._tell, args=(event,)).start()
        return self._json(self.things[thing["id"]])

    def _json(self, thing: dict) -> Response:
        return Response(json.dumps(thing), mimetype="application/json")

    def _tell(self, event: dict) -> None:
        body, headers = signed(event, SECRET)
        urllib3.request("POST", self.listener, body=body, headers=headers)


@contextmanager
def echoing() -> Iterator[str]:
    with serving(Echo(), listening_ := listening()):
        yield address(listening_)
