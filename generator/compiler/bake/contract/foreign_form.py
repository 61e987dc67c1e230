"""A form sends what is typed to our own server, and nowhere else."""

from collections.abc import Iterator

from generator.compiler.bake.contract.tree import Element


def of_page(elements: list[Element]) -> Iterator[tuple[str, str, str]]:
    """What the page says that is to be searched for, what is wrong with it, and what to write instead."""
    for element in elements:
        for attribute in ("action", "formaction"):
            said = element.says(attribute)
            if said is not None and not _ours(said):
                says = f'<{element.tag}> sends what is typed to "{said}"'
                yield said, says, f'write {attribute}="{{{{ here }}}}", or another address of the page\'s live names'


def _ours(said: str) -> bool:
    """A path of ours, or a place on the page that is open: what is sent there comes to where that page is from."""
    return said.startswith("#") or (said.startswith("/") and not said.startswith(("//", "/\\")))
