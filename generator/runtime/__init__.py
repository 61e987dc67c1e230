"""Serves built pages and advances walks: knows the bundle and the ports, never a template or a definition's file."""
