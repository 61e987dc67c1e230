"""The embedded biller in a verb, at the time at which every town stands."""

from generator.adapters.clock import TravellingClock
from generator.adapters.ledger.biller import Ledger
from generator.rehearsal.stand import NOON


def ledger(_settings, database, _clock, time_zone):
    return Ledger(database, TravellingClock(NOON), time_zone)
