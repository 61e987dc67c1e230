"""What a definition can say in the right shape and still get wrong. One rule, one file; the slug is the file's name."""

from collections.abc import Callable, Iterator, Mapping

from generator.compiler.checks import (
    always_true,
    biller_cannot,
    billing_not_asked,
    case_never_reached,
    charge_of_nothing,
    cut_off,
    early_name,
    early_price,
    foreign_amount,
    free_while_due,
    hidden_way_out,
    incomplete_billing,
    incomplete_seller,
    insecure_redirect,
    invisible_character,
    key_like_value,
    literal_value,
    longer_way_out,
    markup_in_text,
    method_not_asked,
    method_on_file,
    misplaced_setting,
    misplaced_step,
    missing_cancel_page,
    missing_case,
    missing_document,
    missing_withdrawal,
    never_shown,
    never_true,
    nothing_to_choose,
    numeric_host,
    options_not_asked,
    order_button,
    other_language,
    placeholder_differs,
    redirect_not_allowed,
    same_label,
    same_title,
    secret_in_file,
    short_bound,
    single_choice,
    stray_quote,
    turned_text,
    unclassed_field,
    unguarded_name,
    unknown_autocomplete,
    unknown_here,
    unnamed_seller,
    unpaid_fee,
    unsafe_redirect,
    untranslated_text,
    was_still_there,
    was_twice,
    wrong_continuation,
)
from generator.compiler.checks import (
    later_of_nothing as later_of_nothing,
)
from generator.model.page import Body
from generator.model.problem import Problem
from generator.model.site import Site
from generator.model.workflow import AnyStep

Check = Callable[[Site], Iterator[Problem]]

FileCheck = Callable[[str, str], Iterator[Problem]]
"""Of a file as it is written, and what problems call it."""

FILE_CHECKS: tuple[FileCheck, ...] = (
    cut_off.check,
    invisible_character.check,
    key_like_value.check,
    secret_in_file.check,
    turned_text.check,
)

PageCheck = Callable[[Site, Mapping[tuple[str, str], Body]], Iterator[Problem]]
"""Of the pages as they are made, by language and name; those are left out that are `fine` of whatever site they are."""

PAGE_CHECKS: tuple[PageCheck, ...] = (order_button.check,)

CHECKS: tuple[Check, ...] = (
    biller_cannot.check,
    early_name.check,
    foreign_amount.check,
    hidden_way_out.check,
    incomplete_billing.check,
    insecure_redirect.check,
    literal_value.check,
    longer_way_out.check,
    markup_in_text.check,
    misplaced_setting.check,
    misplaced_step.check,
    missing_cancel_page.check,
    missing_document.check,
    missing_withdrawal.check,
    numeric_host.check,
    other_language.check,
    placeholder_differs.check,
    redirect_not_allowed.check,
    same_label.check,
    same_title.check,
    short_bound.check,
    single_choice.check,
    stray_quote.check,
    unclassed_field.check,
    unguarded_name.check,
    unknown_autocomplete.check,
    unknown_here.check,
    unnamed_seller.check,
    incomplete_seller.check,
    unsafe_redirect.check,
    untranslated_text.check,
    was_still_there.check,
    was_twice.check,
    wrong_continuation.check,
)

CUSTOMER_CHECKS: tuple[Check, ...] = (
    always_true.check,
    billing_not_asked.check,
    case_never_reached.check,
    charge_of_nothing.check,
    later_of_nothing.check,
    early_price.check,
    free_while_due.check,
    method_not_asked.check,
    method_on_file.check,
    missing_case.check,
    never_shown.check,
    never_true.check,
    nothing_to_choose.check,
    options_not_asked.check,
    unpaid_fee.check,
)
"""Of everybody who may come: asked where nothing else is wrong, since that would contradict all else."""


def check(site: Site) -> Iterator[Problem]:
    """Everything that every rule has to say."""
    found = [problem for rule in CHECKS for problem in rule(site)]
    yield from found
    if not any(problem.severity == "error" for problem in found):
        for rule in CUSTOMER_CHECKS:
            yield from rule(site)


def of_pages(site: Site, pages: Mapping[tuple[str, str], Body]) -> Iterator[Problem]:
    """What every rule about pages has to say of them."""
    for rule in PAGE_CHECKS:
        yield from rule(site, pages)


def fine(step: AnyStep | None, language: str, page: Body) -> bool:
    """Whether no rule about pages could find anything in this one, of whatever site it is. It may be a step's."""
    return order_button.fine(step, language, page)


def of_file(text: str, label: str) -> Iterator[Problem]:
    """What every rule about files has to say of one, whatever it is for."""
    for rule in FILE_CHECKS:
        yield from rule(text, label)
