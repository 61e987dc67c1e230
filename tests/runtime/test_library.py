"""Several hosts with different bundles: what began on one goes on at each of them, pages and assets."""

import logging
from dataclasses import replace

import pytest

from generator.adapters.archive import SqlArchive
from generator.adapters.clock import TravellingClock
from generator.adapters.sql.store_tables import bundles
from generator.bundle import folder, parcel
from generator.bundle.folder import NotABundle
from generator.ports.trouble import Unavailable
from generator.rehearsal.stand import NOON
from generator.runtime.library import KEPT_FOR, SAID_EVERY, Library
from tests.ports import fresh


@pytest.fixture(scope="module")
def before(square):
    return folder.read(folder.current(square.build))


@pytest.fixture(scope="module")
def after(before):
    """What the merchant deploys next: another name, and one asset more."""
    site = replace(before.site, name="Lumen 2")
    pages = {place: before.page(*place) for place in list(before.pages)[:3]}
    return folder.make(site, pages, {**before.assets, "new-1234.css": b"p{}"})


@pytest.fixture
def database(tmp_path):
    with fresh.sqlite(tmp_path) as database:
        yield database


@pytest.fixture
def clock():
    return TravellingClock(NOON)


@pytest.fixture
def host(database, clock, tmp_path):
    """A host with this bundle and no other."""

    def made(bundle, archive=None):
        build = tmp_path / f"host-{bundle.id}"
        folder.write(bundle, build)
        return Library(build, archive or SqlArchive(database), clock)

    return made


def test_a_parcel_holds_the_whole_bundle_and_is_the_same_bytes_each_time(after):
    again = parcel.unpack(parcel.pack(after))

    assert (again.id, again.definition, again.site, again.pages, again.assets) == (
        after.id,
        after.definition,
        after.site,
        after.pages,
        after.assets,
    )
    assert parcel.pack(again) == parcel.pack(after)


@pytest.mark.parametrize("broken", [b"", b"no zip", "cut short"])
def test_a_parcel_that_is_not_whole_is_no_bundle(after, broken):
    data = parcel.pack(after)[:-40] if broken == "cut short" else broken
    with pytest.raises(NotABundle):
        parcel.unpack(data)


def test_what_begins_on_the_new_host_goes_on_at_the_old_one_and_the_other_way_round(host, before, after):
    old, new = host(before), host(after)
    assert (old.current.id, new.current.id) == (before.id, after.id)

    assert old.bundle(after.id).site.name == "Lumen 2"
    assert new.bundle(before.id).site == before.site
    assert (old.current.id, new.current.id) == (before.id, after.id)


def test_an_asset_of_a_page_that_another_host_made_is_found(host, before, after):
    old, new = host(before), host(after)
    assert new.current.id == after.id

    assert old.asset("new-1234.css") == b"p{}"
    assert old.asset("never-there.css") is None


def test_what_nobody_has_any_more_or_nobody_here_can_read_is_the_current_one(host, database, before, after, caplog):
    old, new = host(before), host(after)
    assert new.current.id == after.id
    assert old.bundle("0123456789abcdef").id == before.id

    with database.write() as connection:
        connection.execute(bundles.update().values(format=99))
    assert old.bundle(after.id).id == before.id
    assert old.asset("new-1234.css") is None

    with database.write() as connection:
        connection.execute(bundles.update().values(format=folder.FORMAT, parcel=b"spoilt"))
    assert old.bundle(after.id).id == before.id
    assert "bundle-not-read" in caplog.text


def test_a_bundle_stays_in_the_archive_for_as_long_as_a_host_serves_it(host, database, clock, before, after):
    old, new = host(before), host(after)
    assert (old.current.id, new.current.id) == (before.id, after.id)
    for _ in range(2 * (KEPT_FOR // SAID_EVERY)):
        clock.travel(SAID_EVERY)
        assert new.current.id == after.id
    new.tidy()

    archive = SqlArchive(database)
    assert archive.parcel(after.id, folder.FORMAT) is not None
    assert archive.parcel(before.id, folder.FORMAT) is None


def test_a_database_that_is_away_does_not_keep_a_host_from_saying_so(host, before, caplog):
    class Away:
        def serving(self, *_):
            raise Unavailable("the database does not answer now")

    caplog.set_level(logging.WARNING)
    assert host(before, Away()).current.id == before.id
    assert "bundle-not-shared" in caplog.text
