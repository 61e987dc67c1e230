"""What every archive must do; an adapter is right when it passes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from generator.adapters.archive import SqlArchive
from generator.adapters.store import SqlStore
from generator.model.walk import Ended, Subject, Walk
from tests.ports import fresh
from tests.ports.together import together

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
WALK = Walk("w1", "subscribe_to_plan", "ada", Subject(plan="team"), "b1", "en", opened=NOON, touched=NOON)


@pytest.fixture(params=fresh.ENGINES, ids=lambda engine: engine.__name__)
def database(request, tmp_path):
    with request.param(tmp_path) as database:
        yield database


@pytest.fixture
def archive(database):
    return SqlArchive(database)


def test_what_one_host_has_brought_another_has_byte_for_byte(archive):
    data = bytes(range(256)) * 1000
    assert not archive.serving("b1", NOON)
    archive.bring("b1", 2, ["logo.svg"], data, NOON)

    assert archive.serving("b1", NOON)
    assert archive.parcel("b1", 2) == data
    assert archive.parcel("b2", 2) is None


def test_a_format_that_nobody_here_reads_is_as_if_it_were_not_there(archive):
    archive.bring("b1", 3, ["logo.svg"], b"tomorrow's", NOON)

    assert archive.parcel("b1", 2) is None
    assert archive.with_asset("logo.svg", 2) is None
    assert archive.serving("b1", NOON)


def test_an_asset_leads_to_the_bundle_that_was_served_last(archive):
    archive.bring("b1", 2, ["logo.svg", "old.css"], b"1", NOON)
    archive.bring("b2", 2, ["logo.svg"], b"2", NOON)
    archive.serving("b1", NOON + DAY)

    assert archive.with_asset("logo.svg", 2) == "b1"
    assert archive.with_asset("old.css", 2) == "b1"
    assert archive.with_asset("new.css", 2) is None


def test_many_hosts_that_start_at_once_with_the_same_bundle_all_have_it(archive):
    brought = together(*[lambda: archive.bring("b1", 2, ["logo.svg"], b"1", NOON)] * 8)

    assert brought == [None] * 8
    assert archive.parcel("b1", 2) == b"1"


def test_a_bundle_goes_when_nobody_serves_it_and_no_open_walk_began_with_it(archive, database):
    store = SqlStore(database)
    for bundle in ("b1", "b2", "b3"):
        archive.bring(bundle, 2, ["logo.svg"], b"1", NOON)
    walk = store.begin(WALK)
    archive.serving("b3", NOON + DAY)
    archive.forget(NOON + DAY)
    kept = [bundle for bundle in ("b1", "b2", "b3") if archive.parcel(bundle, 2)]
    store.save(replace(walk, standing=Ended("nocharge")))
    archive.forget(NOON + DAY)

    assert kept == ["b1", "b3"]
    assert archive.parcel("b1", 2) is None
    assert archive.with_asset("logo.svg", 2) == "b3"


def test_who_says_that_it_is_served_while_it_is_forgotten_brings_it_again(archive):
    archive.bring("b1", 2, ["logo.svg"], b"1", NOON)
    archive.forget(NOON + DAY)

    assert not archive.serving("b1", NOON + 2 * DAY)
    archive.bring("b1", 2, ["logo.svg"], b"1", NOON + 2 * DAY)
    assert archive.with_asset("logo.svg", 2) == "b1"
