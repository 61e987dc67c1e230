"""What a definition can say in the right shape and still get wrong. One rule, one file; the slug is the file's name."""

from collections.abc import Callable, Iterator

from generator.compiler.checks import (
    case_never_reached,
    early_name,
    insecure_redirect,
    longer_way_out,
    misplaced_setting,
    misplaced_step,
    missing_case,
    redirect_not_allowed,
    unguarded_name,
    unknown_here,
    wrong_continuation,
)
from generator.model.problem import Problem
from generator.model.site import Site

Check = Callable[[Site], Iterator[Problem]]

CHECKS: tuple[Check, ...] = (
    case_never_reached.check,
    early_name.check,
    insecure_redirect.check,
    longer_way_out.check,
    misplaced_setting.check,
    misplaced_step.check,
    missing_case.check,
    redirect_not_allowed.check,
    unguarded_name.check,
    unknown_here.check,
    wrong_continuation.check,
)


def check(site: Site) -> Iterator[Problem]:
    """Everything that every rule has to say."""
    for rule in CHECKS:
        yield from rule(site)
