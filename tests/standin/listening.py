"""An address at which events arrive, as at a merchant's: it keeps what comes, and says that it came."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from werkzeug import Request, Response

from generator.rehearsal.stand import address, listening, serving
from tests.standin.asking import client
from tests.standin.server import KEY, StandIn


@dataclass(frozen=True)
class Post:
    body: bytes
    signature: str


@dataclass
class Heard:
    secret: str = ""
    posts: list[Post] = field(default_factory=list)


@contextmanager
def listening_to(stand_in: StandIn, key: str = KEY) -> Iterator[Heard]:
    """All events of the account from now on."""
    heard = Heard()

    @Request.application
    def hear(request: Request) -> Response:
        heard.posts.append(Post(request.get_data(), request.headers.get("Stripe-Signature", "")))
        return Response("ok")

    bound = listening()
    with serving(hear, bound):
        wanted = {"url": f"{address(bound)}/hooks", "enabled_events": ["*"]}
        heard.secret = client(stand_in, key).v1.webhook_endpoints.create(wanted).secret
        yield heard
