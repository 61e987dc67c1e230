"""What `check` says, to a person, an editor or a machine that builds: one form, one file."""

from generator.compiler.report.as_text import count, summary, text
from generator.compiler.report.quoted import lines_of

__all__ = ["count", "lines_of", "summary", "text"]
