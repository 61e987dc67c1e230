"""What waits goes out when somebody is there to take it: nothing is lost, and nothing is tried for ever."""

import logging
import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from generator.adapters.clock import SystemClock
from generator.adapters.smtp import Smtp, server
from generator.adapters.sql import schema
from generator.adapters.sql.database import Database
from generator.adapters.sql.store_tables import deliveries
from generator.adapters.store import SqlStore
from generator.model.mail import Mail
from generator.runtime import post
from generator.runtime.courier import LADDER, Courier
from tests.support.post_office import Clerk, certificates, post_office
from tests.support.town import LINK_KEY, RESULT_KEY, ROOT, written

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


class World:
    """A town whose mail goes through a real server, which may be away."""

    def __init__(self, town, folder):
        self.town, self.store, self.clock, self.clerk = town, town.parts.store, town.clock, Clerk()
        self.known, self.port, self._office = certificates(folder), 0, None
        self.opens()
        to = server(f"smtp://localhost:{self.port}?ca={self.known.authority}")
        mailer = Smtp(to, "billing@lumen.example", patience=3)
        self.courier = Courier(replace(town.parts, mailer=mailer))

    def opens(self, tls=True):
        """The server is there, on the same port as ever."""
        self._office = post_office(self.clerk, self.known.server if tls else None, port=self.port)
        self.port = self._office.__enter__()

    def closes(self):
        self._office.__exit__(None, None, None)

    def writes(self, *to):
        """A mail for each of them."""
        for name in to:
            at = self.clock.now()
            self.store.post(Mail(name, "code", f"{name}@example.com", "en", name, f"<p>{name}</p>", name, at))

    def later(self, time):
        self.clock.travel(time)
        self.courier.round()

    def all_day(self, hours=24):
        """A worker looks every half hour."""
        for _ in range(hours * 2):
            self.later(30 * MINUTE)

    @property
    def arrived(self):
        return [mail["Subject"] for mail in self.clerk.taken]


@pytest.fixture
def world(own_town, tmp_path):
    made = World(own_town(), tmp_path)
    yield made
    made.closes()


def states(world):
    """How many wait and are dead, and what they said last."""
    both = [one for state in ("waiting", "dead") for one in reversed(world.store.deliveries(state))]
    return [(one.id, one.state, one.said) for one in both]


def test_everything_goes_out_in_the_order_in_which_it_was_written(world):
    world.writes("ada", "bob", "cem")
    world.courier.round()

    assert world.arrived == ["ada", "bob", "cem"]
    assert states(world) == []


def test_a_server_that_is_down_for_a_day_loses_no_mail_and_each_arrives_once_and_soon(world):
    world.closes()
    world.writes(*(f"m{number:02}" for number in range(30)))
    world.all_day()
    assert (world.arrived, len(states(world))) == ([], 30)

    world.opens()
    for _ in range(2):
        world.later(10 * MINUTE)
    assert sorted(world.arrived) == [f"m{number:02}" for number in range(30)]
    assert states(world) == []


def test_a_server_that_is_down_is_asked_by_one_mail_now_and_then_and_not_by_all_at_once(world, caplog):
    world.closes()
    world.writes(*(f"m{number:02}" for number in range(30)))
    with caplog.at_level(logging.WARNING, "generator.runtime.courier"):
        for _ in range(60):
            world.later(timedelta(seconds=2))

    assert sum("nobody-there" in line for line in caplog.messages) == 3, "at once, after 30 seconds, and after 90"


def test_a_server_without_tls_is_told_nothing_and_gets_all_when_it_has_it_again(world, caplog):
    world.closes()
    world.opens(tls=False)
    world.writes("ada")
    world.courier.round()
    assert (world.arrived, [said for _, _, said in states(world)]) == (
        [],
        ["the mail server offers no TLS, and nothing is sent without: ?tls=none if that is meant"],
    )
    assert "ada@example.com" not in caplog.text

    world.closes()
    world.opens()
    world.later(MINUTE)
    assert world.arrived == ["ada"]


def test_who_is_put_off_keeps_nobody_else_waiting_and_is_tried_up_the_ladder(world):
    world.clerk.says = {"grey@example.com": "451 4.7.1 Come back later"}
    world.writes("ada", "grey", "bob")
    world.courier.round()
    assert world.arrived == ["ada", "bob"]
    assert states(world) == [("grey", "waiting", "451 4.7.1 Come back later")]

    world.later(LADDER[0])
    world.clerk.says = {}
    world.later(LADDER[1] - MINUTE)
    assert world.arrived == ["ada", "bob"]
    world.later(MINUTE)
    assert world.arrived == ["ada", "bob", "grey"]


def test_who_is_put_off_for_ever_is_given_up_after_days_and_an_operator_can_have_it_tried_again(world):
    world.clerk.says = {"grey@example.com": "451 4.2.2 Mailbox full"}
    world.writes("grey")
    for wait in (timedelta(), *LADDER):
        world.later(wait)
    assert states(world) == [("grey", "dead", "451 4.2.2 Mailbox full")]
    assert timedelta(days=3) < sum(LADDER, timedelta()) < timedelta(days=5)
    world.later(30 * DAY)
    assert len(states(world)) == 1

    world.clerk.says = {}
    assert world.store.revive(["grey"], world.clock.now()) == 1
    world.courier.round()
    assert world.arrived == ["grey"]


def test_who_is_refused_is_dead_at_once_and_never_lost(world, caplog):
    world.clerk.says = {"gone@example.com": "550 5.1.1 <gone@example.com> unknown"}
    world.writes("gone", "ada")
    world.courier.round()

    assert world.arrived == ["ada"]
    assert states(world) == [("gone", "dead", "550 5.1.1 <gone@example.com> unknown")]
    (dead,) = world.store.deliveries("dead")
    assert dead.thing.text == "gone"
    (line,) = [line for line in caplog.messages if "refused" in line]
    assert line == "refused delivery=gone about=code code=550", "no address stands in the log"


def test_a_server_that_dies_in_a_mail_gets_the_same_one_again_by_its_id(world):
    world.clerk.at_the_end = ["die"]
    world.writes("ada")
    world.courier.round()
    assert world.arrived == []

    world.later(MINUTE)
    (mail,) = world.clerk.taken
    assert mail["Message-ID"] == "<ada@lumen.example>"


def test_a_mail_that_kills_every_server_is_given_up_in_the_end_and_keeps_nobody_waiting(world):
    world.clerk.kills = "poison@example.com"
    world.writes("poison")
    for day in range(6):
        world.courier.round()
        world.writes(f"m{day}")
        for _ in range(8):
            world.later(3 * HOUR)
        assert world.arrived == [f"m{number}" for number in range(day + 1)]

    assert [(id, state) for id, state, _ in states(world)] == [("poison", "dead")]


def test_a_code_that_nobody_could_use_any_more_is_not_sent(world):
    world.closes()
    world.store.post(post.code_mail(world.town.parts, "ada@example.com", "123456", "en"))
    world.courier.round()
    world.opens()
    world.later(11 * MINUTE)

    assert world.arrived == []
    assert [said for _, _, said in states(world)] == ["nobody could use it any more"]


@pytest.mark.parametrize("moment", ["before the mail", "after the mail"])
def test_a_worker_that_is_killed_leaves_the_mail_to_the_next_one(square, tmp_path, moment):
    """With a mailbox the same mail again is the same file; a mail server gets it with the same `Message-ID`."""
    url = f"sqlite:///{tmp_path / 'pages.db'}"
    environment = {
        **os.environ,
        "HOSTED_PAGES_BASE_URL": "http://127.0.0.1:1",
        "HOSTED_PAGES_BUILD": str(square.build),
        "HOSTED_PAGES_DATABASE_URL": url,
        "HOSTED_PAGES_LINK_KEYS": written(LINK_KEY),
        "HOSTED_PAGES_RESULT_KEY": written(RESULT_KEY),
        "HOSTED_PAGES_SANDBOX_URL": "http://127.0.0.1:1",
        "HOSTED_PAGES_MAILBOX": str(tmp_path / "mailbox"),
        "HOSTED_PAGES_MAILER": "tests.support.killing:mailer",
        "KILLED": str(tmp_path / "killed"),
        "KILL_AT": moment,
    }
    database = Database(url)
    schema.upgrade(database)
    store, now = SqlStore(database), SystemClock().now()
    store.post(Mail("m1", "code", "ada@example.com", "en", "Hello", "<p>Hello</p>", "Hello", now))
    worker = [sys.executable, "-m", "generator", "worker", "--once"]

    killed = subprocess.run(worker, env=environment, cwd=ROOT, check=False, capture_output=True)
    meanwhile = subprocess.run(worker, env=environment, cwd=ROOT, check=False, capture_output=True)
    assert (killed.returncode, meanwhile.returncode) == (-9, 0), killed.stderr.decode()
    assert len(store.deliveries("waiting")) == 1, "somebody may still be at it"

    with database.write() as connection:  # five minutes go by
        connection.execute(update(deliveries).values(due=now))
    subprocess.run(worker, env=environment, cwd=ROOT, check=True, capture_output=True)
    database.close()

    (done,) = store.deliveries("done")
    assert (done.id, done.tries) == ("m1", 2)
    assert len(list((tmp_path / "mailbox").glob("*.eml"))) == 1
