"""What is decided otherwise: conditions, payment cases, the steps that lead to a payment."""

from collections.abc import Mapping

from tests.language.edits import CASES, FACT, MAP, WHEN, Break, both, each, first, gone, turned, without

BREAKS: Mapping[str, Mapping[str, Break]] = {
    "Conditions": {
        "a condition is taken away": both(
            each(rf", when: {MAP}|when: {MAP}, |, when: [a-z_]+(?=[,}}])", ""),
            each(rf"^ +when: (?:{MAP}|[a-z_]+)\n", ""),
        ),
        "a condition is turned around": each(WHEN, r"{not: \g<0>}"),
        "a condition is narrowed": each(WHEN, r"{all: [\g<0>, {customer.terms: true}]}"),
        "a condition is widened": each(WHEN, r"{any: [\g<0>, {customer.terms: true}]}"),
        "a condition and its contrary": each(WHEN, r"{all: [\g<0>, {not: \g<0>}]}"),
        "a condition or its contrary": each(WHEN, r"{any: [\g<0>, {not: \g<0>}]}"),
        "true for false in a condition": each(
            rf"({FACT}: )(true|false)", lambda found: found[1] + ("false" if found[2] == "true" else "true")
        ),
        "above for below": each(
            r"(?<=\{)(?:above|below|at_least|at_most)(?=: )",
            lambda found: {
                "above": "below",
                "below": "above",
                "at_least": "at_most",
                "at_most": "at_least",
            }[found[0]],
        ),
        "any for all": each(r"(?<=\{)(?:all|any)(?=: \[)", lambda found: "any" if found[0] == "all" else "all"),
        "a guard is dropped": each(r"\{[a-z_0-9.]+: \{known: true\}\}, ", ""),
        "a condition reads what is asked later": each(WHEN, r"{all: [{summary.terms: true}, \g<0>]}"),
        "a condition reads its own step": each(
            r"^      ([a-z_0-9]+):\n((?:        .*\n)*?)        when: (.*)\n"
            r"((?:        .*\n)*?)          ([a-z_0-9]+): \{kind: text",
            r"      \1:\n\2        when: {\1.\5: {known: true}}\n\4          \5: {kind: text",
        ),
        "a price is asked for before it is known": each(
            rf"^(      (?:options|billing_info):\n        when: ){MAP}", r"\1{quote.due_now: {above: 0}}"
        ),
    },
    "Money, and the steps before it": {
        "a payment case is taken away": both(
            without(rf"          (?:{CASES}):.*"), each(rf"(?<=cases: \{{)(?:{CASES}): {MAP}, ", "")
        ),
        "payment cases change places": turned(rf"          (?:{CASES}):.*"),
        "a payment case loses its condition": each(
            rf"^(          (?:{CASES}):)(?:\n            when: .*| \{{when: .*\}})$", r"\1 {when: always}"
        ),
        "a payment case is turned around": each(r"(quote\.due_now: )0\b", r"\1{above: 0}"),
        "a payment case no longer asks for the money": each(r"quote\.due_now: 0(?:, |(?=\}))", ""),
        "a payment case no longer asks for the method": each(
            r", quote\.method_required: true|, customer\.has_method: false", ""
        ),
        "the last payment case gets a condition": each(
            r"^(          (?:pay_now|register_method):) \{\}", r"\1 {when: {customer.terms: true}}"
        ),
        "a payment case is called otherwise": each(
            rf"^          ({CASES})(?=:)",
            lambda found: found[0].replace(
                found[1],
                {"free": "pay_later", "pay_later": "free", "register_method": "pay_now", "pay_now": "pay_later"}[
                    found[1]
                ],
            ),
        ),
        "a fee is asked for from an amount on": each(r"(quote\.due_now: )\{above: 0\}", r'\1{above: "10.00 EUR"}'),
        "an amount in another currency": each(r"(quote\.due_\w+: )(?:0\b|\{above: 0\})", r'\1{above: "10.00 CHF"}'),
        "the site's currency is another one": each(r"(?<=currency: )EUR", "USD"),
        "a currency that does not exist": each(r"(?<=currency: )[A-Z]+", "EUX"),
        "an amount without its currency": each(r'"(\d+\.\d\d) EUR"', r'"\1"'),
        "an amount with a comma": each(r'"(\d+)\.(\d\d) EUR"', r'"\1,\2 EUR"'),
        "the payment step is taken away": gone("payment"),
        "the summary is taken away": gone("summary"),
        "the confirmation is taken away": gone("confirm"),
        "the options are taken away": gone("options"),
        "the catalog is taken away": gone("catalog"),
        "the billing info is taken away": gone("billing_info"),
        "payment before the summary": first(r"      payment:.*", r"      summary:.*"),
        "the summary before the billing info": first(r"      summary:.*", r"      billing_info:.*"),
        "the summary before the options": first(r"      summary:.*", r"      options:.*"),
        "a second payment step": each(
            r"^      summary:", "      deposit: {kind: payment, like: subscribe_to_plan.payment}\n      summary:"
        ),
        "the payment step gets a condition": each(
            r"^(      payment:\n)(?!        when)", r"\1        when: {plan.free: false}\n"
        ),
        "a workflow no longer continues": each(r"^    continues: .*\n", ""),
        "no try to pay before the pause": each(r"(?<=declines: )\d+", "0"),
    },
}
