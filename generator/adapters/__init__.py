"""The outside world: one system, one room. Named in `wiring` and loaded from there, never imported by the rest."""
