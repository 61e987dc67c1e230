"""Every sentence that a walk may say, and what it does: to have another one, add a line to the table."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from generator.rehearsal import acting, given, office, seeing

_HOLES: Mapping[str, str] = {
    "text": r'"(?P<text>[^"]*)"',
    "title": r'"(?P<title>[^"]*)"',
    "label": r'"(?P<label>[^"]*)"',
    "value": r'"(?P<value>[^"]*)"',
    "field": r'"?(?P<field>[^"]+?)"?',
    "price": r"(?P<price>-?[0-9.]+ [A-Z]{3})",
    "days": r"(?P<days>[0-9]+)",
    "terms": r"(?P<terms>[0-9]+)",
    "status": r"(?P<status>[0-9]{3})",
    "count": r"(?P<count>no|[0-9]+)",
    "amount": r"(?P<amount>-?[0-9]+)",
    "schedule": r"(?P<schedule>[0-9]+(?:, ?[0-9]+)*)",
    "then": r"(?P<then>suspends|ends|leaves)",
    "day": r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})",
    "iban": r"(?P<iban>[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30})",
    "number": r"(?P<number>[0-9]{12,19})",
    "pairs": r"(?P<pairs>\S+=\S*(?:, ?\S+=\S*)*)",
    "options": r"(?P<options>\S+ \S+(?:, ?\S+ \S+)*)",
    "path": r"(?P<path>/\S*)",
}
"""What may stand in a hole; in any other, one word."""


@dataclass(frozen=True)
class Sentence:
    """`pattern` is written with holes, `{plan}`; `does` is called with what stands in them, in their order."""

    pattern: str
    does: Callable[..., None]

    @cached_property
    def _regex(self) -> re.Pattern[str]:
        parts = re.split(r"\{([a-z]+)\}", self.pattern)
        holes = (_HOLES.get(name, rf"(?P<{name}>\S+)") for name in parts[1::2])
        words = [re.escape(part) for part in parts[::2]]
        return re.compile("".join(word + hole for word, hole in zip(words, [*holes, ""], strict=True)))

    def match(self, line: str) -> tuple[str, ...] | None:
        """What stands in the holes, if the line is this sentence."""
        found = self._regex.fullmatch(line)
        return found.groups() if found else None


GIVEN: tuple[Sentence, ...] = (
    Sentence("has billing info", given.billing_info),
    Sentence("has billing info with {pairs}", given.billing_info_with),
    Sentence("has as billing info only {pairs}", given.billing_info_only),
    Sentence("may pay within {days} days", given.terms),
    Sentence("speaks {language}", given.language),
    Sentence("is tagged {tag}", given.tagged),
    Sentence("has a card on file", given.card),
    Sentence("has a card {number} on file", given.card),
    Sentence("has a card on file until {month}", given.card_until),
    Sentence("has a mandate on file", given.mandate),
    Sentence("has a mandate for {iban} on file", given.mandate),
    Sentence("bought {plan} before", given.bought),
    Sentence("bought {plan} before, with {options}", given.bought),
    Sentence("bought {plan} before, with the code {code}", given.bought_with_code),
    Sentence("was offered {plan} for {price}", given.was_offered),
    Sentence("was offered {plan} for {price} from {day}", given.was_offered_from),
    Sentence("was offered {plan} for {price}, paid by {name}", given.was_offered_paid),
)

MEANWHILE: tuple[Sentence, ...] = (
    Sentence("{days} days later", given.later),
    Sentence("{count} hours later", given.hours_later),
    Sentence("today is {day}", given.today),
    Sentence("the worker makes its round", given.worker),
    Sentence("{days} days pass without the worker", given.without_worker),
    Sentence("the merchant charges again after {schedule} days, and then {then} it", given.schedule),
    Sentence("the merchant's patience lasts {days} days", given.patience),
    Sentence("the merchant suspends nobody who owes up to {price}", given.patient_up_to),
    Sentence("the bank says {answer}", given.bank_decides),
    Sentence("the merchant puts the customer on hold", given.on_hold),
    Sentence("the merchant suspends {plan} as {state}", given.suspended),
    Sentence("the merchant suspends {plan} when its period is over", given.suspends_later),
    Sentence("the merchant withdraws the code {code}", given.withdraws_code),
    Sentence("the merchant gives {code} only {terms} times", given.limits_code),
    Sentence("the merchant ends {code} on {day}", given.ends_code),
    Sentence("the merchant sells {plan} for {price}", given.price),
    Sentence("the merchant takes {price} for leaving {plan}", given.fee),
    Sentence("the merchant takes {price} when {plan} is left and ends", given.fee_at_end),
    Sentence("the merchant binds to {terms} terms of {plan}", given.commitment),
    Sentence("the merchant gives {days} free days with {plan}", given.trial),
    Sentence("the merchant asks {price} for the trial of {plan}", given.trial_price),
    Sentence("the merchant withdraws {plan}", given.withdrawn),
    Sentence("the merchant taxes by country", given.taxes_by_country),
    Sentence("the merchant's prices hold the tax", given.prices_hold_tax),
    Sentence("the merchant imports {file}", given.imports),
    Sentence("the invoice is paid elsewhere", given.paid_elsewhere),
    Sentence("the merchant marks the invoice as paid", office.received),
    Sentence("the merchant gives back {price}", office.gives_back),
    Sentence("the merchant gives back {price} by transfer", office.gives_back_by_transfer),
    Sentence("the merchant is refused to give back {price} because {reason}", office.is_refused_refund),
    Sentence("the merchant takes the invoice back", office.takes_back),
    Sentence("the merchant gives the invoice up", office.gives_up),
    Sentence("the invoice is disputed", office.is_disputed),
    Sentence("the dispute is {outcome}", office.dispute_ends),
    Sentence("the merchant reports {amount} of {option}", office.reports),
    Sentence("the merchant is refused {amount} of {option} because {reason}", office.is_refused),
    Sentence("the merchant ends {plan} at once", office.ends),
    Sentence("the merchant withdraws the offer of {plan}", office.withdraws_offer),
    Sentence("gets a mail with a link to {workflow}", given.mails_link),
    Sentence("gets a mail with a link to {workflow} for {plan}", given.mails_link),
    Sentence("gets a mail with a link to {workflow} from {plan} to {other}", given.mails_link),
    Sentence("a scanner opens the link", given.scanner),
    Sentence("the merchant revokes all links", given.revokes),
    Sentence("the merchant calls the customer {ref}", given.claims),
)

DOES: tuple[Sentence, ...] = (
    Sentence("opens the portal", acting.opens_portal),
    Sentence("opens the portal at {section}", acting.opens_portal),
    Sentence("opens {workflow}", acting.opens),
    Sentence("opens {workflow} for {plan}", acting.opens),
    Sentence("opens {workflow} for {plan} with the code {code}", acting.opens_with_code),
    Sentence("opens {workflow} from {plan} to {other}", acting.opens),
    Sentence("opens {workflow} for {plan} on behalf of {name}", acting.opens_on_behalf),
    Sentence("opens the catalog on behalf of {name}", acting.opens_catalog_on_behalf),
    Sentence("opens {workflow} for {plan} by a link that gives {pairs}", acting.opens_given),
    Sentence("goes to {path}", acting.goes_to),
    Sentence("opens the catalog", acting.opens_catalog),
    Sentence("gets a link for one use to {workflow}", acting.gets_link_once),
    Sentence("gets a link for one use to {workflow} for {plan}", acting.gets_link_once),
    Sentence("opens the link in the mail", acting.opens_mailed_link),
    Sentence("types the code from the mail", acting.types_mailed_code),
    Sentence("subscribes to {plan} as a visitor", acting.subscribes_as_visitor),
    Sentence("opens the page again", acting.opens_again),
    Sentence("opens the link", acting.opens_link),
    Sentence("opens the link again", acting.opens_link),
    Sentence("opens the page of {name}", acting.opens_page_of),
    Sentence("opens {workflow} for the {plan} of {name}", acting.opens_of),
    Sentence("follows {text}", acting.follows),
    Sentence("presses {text}", acting.presses),
    Sentence("looks at the price with {field} {value}", acting.looks),
    Sentence("types {value} in {field} as if it were asked", acting.types_unasked),
    Sentence("types {value} in {field}", acting.types),
    Sentence("ticks {field}", acting.ticks),
    Sentence("unticks {field}", acting.unticks),
    Sentence("gives billing info", acting.billing_info),
    Sentence("chooses {plan}", acting.chooses),
    Sentence("continues", acting.continues),
    Sentence("agrees and continues", acting.agrees),
    Sentence("comes to {step}", acting.comes_to),
    Sentence("pays with a new card", acting.pays_with_new_card),
    Sentence("pays with a new card {number}", acting.pays_with_new_card),
    Sentence("pays with the card on file", acting.pays_with_saved_card),
    Sentence("pays with a new account", acting.pays_with_new_account),
    Sentence("pays with a new account {iban}", acting.pays_with_new_account),
    Sentence("pays with the mandate on file", acting.pays_with_saved_mandate),
    Sentence("pays by transfer", acting.pays_by_transfer),
    Sentence("gives the bank a card", acting.gives_card),
    Sentence("gives the bank a card {number}", acting.gives_card),
    Sentence("gives the bank an account {iban}", acting.gives_account),
    Sentence("sends {value} as {field}", acting.sends),
    Sentence("confirms at the bank", acting.confirms_at_bank),
    Sentence("refuses at the bank", acting.refuses_at_bank),
    Sentence("cancels at the bank", acting.cancels_at_bank),
    Sentence("goes back", acting.goes_back),
    Sentence("leaves", acting.leaves),
    Sentence("opens another window", acting.another_window),
    Sentence("returns to the first window", acting.first_window),
    Sentence("returns to the second window", acting.second_window),
    Sentence("sends the method of {name}", acting.sends_method_of),
)

THEN: tuple[Sentence, ...] = (
    Sentence("sees {text}", seeing.sees),
    Sentence("does not see {text}", seeing.does_not_see),
    Sentence("sees the link {text}", seeing.sees_link),
    Sentence("does not see the link {text}", seeing.does_not_see_link),
    Sentence("is at the step {step}", seeing.sees_step),
    Sentence("is at the payment case {case}", seeing.sees_case),
    Sentence("ends with the outcome {outcome}", seeing.ends),
    Sentence("is on the page {title}", seeing.sees_page),
    Sentence("is answered {status}", seeing.is_answered),
    Sentence("finds {value} in {field}", seeing.field_is),
    Sentence("is sent to {target}", seeing.is_sent_to),
    Sentence("is sent to {target} with {pairs}", seeing.is_sent_to),
    Sentence("is sent to {target} by the portal", seeing.is_sent_by_portal),
    Sentence("has {plan} in state {state}", seeing.has_in_state),
    Sentence("has {plan} with {options}", seeing.has_options),
    Sentence("has {plan} until {day}", seeing.has_until),
    Sentence("has {plan} paused until {day}", seeing.has_paused_until),
    Sentence("has the discount {code} on {plan} until {day}", seeing.has_discount),
    Sentence("has no discount on {plan}", seeing.has_no_discount),
    Sentence("has said {value} to {field} of {plan}", seeing.has_said),
    Sentence("has agreed to {text} in {language}", seeing.has_agreed),
    Sentence("has not agreed to {text} in {language}", seeing.has_declined),
    Sentence("has agreed to nothing", seeing.has_agreed_to_nothing),
    Sentence("pays for the {plan} of {name}", seeing.pays_for),
    Sentence("has never said anything to {field} of {plan}", seeing.has_not_said),
    Sentence("has told {value} in {field}", seeing.has_told),
    Sentence("has told nothing in {field}", seeing.has_told_nothing),
    Sentence("has {count} subscriptions", seeing.has_count),
    Sentence("has used {count} of {option}", seeing.has_used),
    Sentence("has an invoice of {price} in state {state}", seeing.has_invoice),
    Sentence("has no invoice", seeing.has_no_invoice),
    Sentence("owes {price}", seeing.owes),
    Sentence("owes nothing", seeing.owes_nothing),
    Sentence("has {count} cards on file", seeing.has_method),
    Sentence("has {label} on file", seeing.has_label),
    Sentence("has {label} as default", seeing.has_default),
    Sentence("is told to come back in {count} minutes", seeing.come_back_in),
    Sentence("is billed to {value} in {field}", seeing.billed_to),
    Sentence("was charged {price}", seeing.was_charged),
    Sentence("was given back {price}", seeing.was_given_back),
    Sentence("has a credit note of {price}", seeing.has_credit_note),
    Sentence("has no credit note", seeing.has_no_credit_note),
    Sentence("was charged nothing", seeing.was_charged_nothing),
    Sentence("was never asked for money", seeing.was_never_asked),
    Sentence("was asked for money {count} times", seeing.was_asked),
    Sentence("got a mail {text}", seeing.got_mail),
    Sentence("got no mail", seeing.got_no_mail),
)

GROUPS: Mapping[str, tuple[Sentence, ...]] = {
    "How a customer is before": GIVEN,
    "What happens meanwhile": MEANWHILE,
    "What the customer does": DOES,
    "What is then": THEN,
}
"""The sentences as the documentation lists them."""

SENTENCES: tuple[Sentence, ...] = tuple(sentence for group in GROUPS.values() for sentence in group)


def meant(line: str) -> tuple[Sentence, tuple[Any, ...]] | None:
    """The sentence that the line is, with what stands in its holes."""
    for sentence in SENTENCES:
        found = sentence.match(line)
        if found is not None:
            return sentence, found
    return None
