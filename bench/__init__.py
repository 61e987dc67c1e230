"""Measurements, run by hand: what they print depends on the machine, so no test asks for them."""
