"""A case that needs what an adapter cannot is not run with it: docs/ports.md has a dash there."""

from tests.ports.needs import runs


def pytest_collection_modifyitems(items):
    items[:] = [item for item in items if _runs(item)]


def _runs(item):
    params = getattr(item, "callspec", None)
    adapter = getattr(params and params.params.get("shop"), "__name__", "")
    return runs(adapter, [what for mark in item.iter_markers("needs") for what in mark.args])
