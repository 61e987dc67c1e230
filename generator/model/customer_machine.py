"""The life of a customer: who may buy, who is not known by name yet, and who is on hold."""

from typing import Literal

from generator.model.machine import NEW, Machine, Transition, steps

CustomerEvent = Literal["created", "welcomed", "claimed", "suspended", "enabled"]

CUSTOMER = Machine(
    "customer",
    {
        "visitor": "they came by themselves, and the merchant knows them by no name of its own yet",
        "enabled": "the merchant knows them, and they may buy",
        "suspended": "the merchant put them on hold: no page of ours serves them",
    },
    (
        Transition(NEW, "welcomed", "visitor", "a visitor gives billing info in a workflow that makes them a customer"),
        Transition(NEW, "created", "enabled", "the merchant creates them"),
        Transition(NEW, "created", "suspended", "the merchant creates them on hold"),
        Transition("visitor", "claimed", "enabled", "the merchant gives them a name of its own"),
        Transition("suspended", "claimed", "suspended", "so it does of a visitor who is on hold"),
        *steps(("visitor", "enabled"), "suspended", "suspended", "the merchant puts them on hold"),
        Transition("suspended", "enabled", "enabled", "the merchant lets them buy again"),
        Transition("suspended", "enabled", "visitor", "so it does of who has no name of its own yet"),
    ),
)
"""Each transition with its rule."""
