"""Addresses and what they do: parses HTTP, asks the conductor, answers a screen."""
