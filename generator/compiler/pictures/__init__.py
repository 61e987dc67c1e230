"""Draws what a definition says, as pictures that stand by themselves."""
