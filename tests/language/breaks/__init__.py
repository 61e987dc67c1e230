"""Ways to break a definition, as people do: each makes many broken texts of one good text."""

from collections.abc import Mapping

from tests.language.breaks import decisions, files, pages, words
from tests.language.edits import Break

GROUPS: Mapping[str, Mapping[str, Break]] = {**words.BREAKS, **files.BREAKS, **decisions.BREAKS, **pages.BREAKS}
"""By what they are about, and by the words that say what was done."""

KINDS: Mapping[str, Break] = {kind: broken for some in GROUPS.values() for kind, broken in some.items()}
