"""The merchant's JSON API: what `runtime/merchant` does, over HTTP."""
