"""Hosted billing pages, generated from one `workflows.yaml`. The rooms and their floors: `docs/house.md`."""
