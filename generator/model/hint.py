"""What a gateway says of itself, unasked: that something is another way than before. It is believed in nothing else."""

from dataclasses import dataclass
from typing import Literal

from generator.model.payment import Key

Aside = Literal["", "not_ours", "unknown", "other_version", "other_mode"]
"""Why nobody acts on a hint. `not_ours`: it is about none of our charges; `unknown`: it names a key of ours that we do
not have; `other_version`: it speaks another version than we do; `other_mode`: of trial money where ours is real, or the
other way round."""


@dataclass(frozen=True)
class Hint:
    """`id` is the gateway's own, and the same hint has it each time that it comes. `kind` is the gateway's word for it,
    `key` the key of the charge or refund that it is about; `disputed` whether it is about a bank that objects to the
    charge, or no longer does."""

    id: str
    kind: str
    key: Key = ""
    aside: Aside = ""
    disputed: bool = False
