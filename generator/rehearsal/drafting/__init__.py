"""Walks that nobody wrote: one for each path that the checks found in a workflow."""
