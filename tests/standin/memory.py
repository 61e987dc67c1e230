"""Idempotency: the same key again is the same answer, and for something else it is an error."""

from dataclasses import dataclass
from threading import Lock

from tests.standin.faults import Refusal

LONGEST = 255


@dataclass
class Said:
    """What was asked with a key, and what was answered; no status while it is being done."""

    asked: tuple[str, str]
    status: int = 0
    body: str = ""


class Memory:
    def __init__(self) -> None:
        self._said: dict[str, Said] = {}
        self._lock = Lock()

    def begin(self, key: str, asked: tuple[str, str]) -> Said | None:
        """The answer that was given before; None where it is to be done now. Raises `Refusal`."""
        if len(key) > LONGEST:
            raise Refusal(400, "idempotency_error", "The key is too long")
        with self._lock:
            said = self._said.get(key)
            if said is None:
                self._said[key] = Said(asked)
                return None
        if said.asked != asked:
            raise Refusal(400, "idempotency_error", f"The key {key} was used for another request")
        if not said.status:
            raise Refusal(
                409, "idempotency_error", "Another request with this key is being done", "idempotency_key_in_use"
            )
        return said

    def keep(self, key: str, status: int, body: str) -> None:
        said = self._said[key]
        said.status, said.body = status, body

    def drop(self, key: str) -> None:
        """Nothing was begun: the key is as good as new."""
        self._said.pop(key, None)

    def forget(self) -> None:
        """A day has passed."""
        self._said.clear()
