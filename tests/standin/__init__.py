"""A stand-in for Stripe that our tests talk to over HTTP, by Stripe's own library. It moves no money.

What it accepts is what that library's types allow (`contract`, `reading`), what it answers has the shape of that
library's classes (`shapes`). How things go on from there (`api/`) is written from Stripe's public documentation; Stripe
itself was never asked. `make stripe-score` says how far that goes.
"""
