"""Where the files lie that come with the program: in a checkout beside the package, in an installed one inside it."""

from pathlib import Path

_PACKAGE = Path(__file__).parent
_ROOT = _PACKAGE / "_shipped" if (_PACKAGE / "_shipped").is_dir() else _PACKAGE.parent

SCHEMAS = _ROOT / "schemas"
THEMES = _ROOT / "themes"
PROBLEMS = _ROOT / "docs" / "problems.md"
DEFAULT_DEFINITION = _ROOT / "workflows.yaml"
DEFAULT_TEXTS = _ROOT / "texts"
STARTER = _ROOT / "examples" / "starter"
DEMO_CATALOG = _ROOT / "examples" / "demo" / "catalog.yaml"
