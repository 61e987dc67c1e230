"""What we need from outside, in our own words: no HTTP, no HTML. A suite in `tests/ports/` holds adapters to it."""
