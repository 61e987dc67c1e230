"""A language server: what `check` says, and what may be written, while somebody writes."""
