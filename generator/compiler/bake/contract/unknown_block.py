"""A block that is filled and that no template above has: what is in it is never shown."""

from collections.abc import Iterator

from jinja2 import nodes

from generator.compiler.bake.contract.sources import Source, Sources
from generator.model.nearest import suggestion
from generator.model.problem import Problem


def check(sources: Sources) -> Iterator[Problem]:
    """Of templates that extend another: a block of theirs stands in place of one there, or inside of such a one."""
    for source in sources.own:
        if source.extends:
            known = {name for above in sources.ancestors(source) for name in above.blocks}
            for block in _outermost(source):
                if known and block.name not in known:
                    says = f'"{source.extends}" has no block "{block.name}": what is in this one is never shown'
                    place = source.at(block.lineno, block.name)
                    yield Problem("unknown-block", place, says, suggestion(block.name, sorted(known)))


def _outermost(source: Source) -> Iterator[nodes.Block]:
    """Those that stand in no other block: what is inside of one is new, and shown with it."""
    inner = {below.name for block in source.blocks.values() for node in block.body for below in _blocks(node)}
    yield from (block for name, block in source.blocks.items() if name not in inner)


def _blocks(node: nodes.Node) -> Iterator[nodes.Block]:
    if isinstance(node, nodes.Block):
        yield node
    yield from node.find_all(nodes.Block)
