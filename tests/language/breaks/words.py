"""What is written wrongly: words of the language, names, values of another kind."""

from collections.abc import Mapping

from tests.language.edits import (
    CASES,
    FACT,
    KEYS,
    OPERATORS,
    OURS,
    SAID,
    SECTIONS,
    STEPS,
    WORKFLOWS,
    Break,
    asked_for,
    both,
    each,
    lost,
    read_elsewhere,
    typo,
    upper,
    without,
)

BREAKS: Mapping[str, Mapping[str, Break]] = {
    "Words of the language": {
        "letters of a key change places": each(rf"\b({KEYS})(?=:(?:[ \n]|$))", typo),
        "a letter of a key is lost": each(rf"\b({KEYS})(?=:(?:[ \n]|$))", lost),
        "a key in capital letters": each(rf"(?<=[ {{])({KEYS})(?=:(?:[ \n]|$))", upper),
        "a key of another tool": each(
            r"\b(?:label|required|title|options|max_length)(?=:)",
            lambda found: {
                "label": "caption",
                "required": "mandatory",
                "title": "heading",
                "options": "enum",
                "max_length": "maxlength",
            }[found[0]],
        ),
        "letters of a kind change places": each(r"(?<=kind: )([a-z_]+)", typo),
        "a kind that does not exist": each(r"(?<=kind: )[a-z_]+", "dropdown"),
        "letters of an operator change places": each(rf"(?<=\{{)({OPERATORS})(?=: )", typo),
        "an operator that does not exist": each(r"(?<=\{)(?:above|below|at_least|at_most)(?=: )", "over"),
        "letters of a fact change places": each(rf"({FACT})(?=:)", typo),
        "a fact of another root": each(r"\b(quote|plan|customer)\.([a-z_]+)(?=:)", r"link.\2"),
        "letters of a workflow's name change places": each(rf"^  ({WORKFLOWS})(?=:)", typo),
        "letters of a step's name change places": each(rf"^      ({STEPS})(?=:)", typo),
        "letters of a field's name change places": each(rf"(?<=[ {{])({OURS})(?=: \{{(?:kind|required))", typo),
        "letters of a section's name change places": each(rf"^    ({SECTIONS})(?=:)", typo),
        "letters of a payment case change places": each(rf"(?<=[ {{])({CASES})(?=:)", typo),
        "letters of a payment method change places": each(r"(?<=methods: \[)([a-z]+)", typo),
        "a payment method that does not exist": each(r"(?<=methods: \[)[a-z]+", "cheque"),
        "letters of a button change places": each(
            r"\b(change_plan|change_options|choose_plan|remove|pay)(?=: (?:\{|false))", typo
        ),
        "a browser's word for a field is misspelled": each(r"(?<=autocomplete: )([a-z0-9-]+)", typo),
        "a class of personal data is misspelled": each(r"(?<=pii: )([a-z]+)", typo),
    },
    "What is named and is not there": {
        "`after` names nothing": each(r"(?<=after: )([a-z_0-9]+)", typo),
        "`after` names itself": each(r"^( +)([a-z_0-9]+): \{(.*)after: [a-z_0-9]+", r"\1\2: {\3after: \2"),
        "`like` names nothing": each(r"(?<=like: )([a-z_.]+)", typo),
        "`like` names a step of another kind": each(
            r"(?<=like: )subscribe_to_plan\.(?:billing_info|summary|payment)",
            lambda found: "subscribe_to_plan.summary" if found[0].endswith("payment") else "subscribe_to_plan.payment",
        ),
        "`continues` names nothing": each(r"(?<=continues: )([a-z_]+)", typo),
        "a workflow continues one about something else": each(r"(?<=continues: )[a-z_]+", "pay_invoice"),
        "workflows continue each other in a circle": both(
            each(r"^  (subscribe_to_plan|change_to_plan):\n", r"\g<0>    continues: \1\n"),
            each(r"(?<=continues: )(?:subscribe_to_plan|change_to_plan)", "choose_plan"),
            each(
                r"^    steps:\n(?=      (?:welcome|source|gift|ask0|onboarding|billing_info):)",
                r"    continues: choose_plan\n\g<0>",
            ),
        ),
        "a named condition that is misspelled": each(r"(?<=when: )([a-z]+)(?=[,}\n])", typo),
        "a named condition is taken away": without(r"  [a-z_]+: \{customer\..*|  [a-z_]+: \{invoice\..*"),
        "a target that is misspelled": each(
            r"(?:redirect|leave|default|subscribe|upgrade|sign_up|log_in): ([a-z]+)\b", typo
        ),
        "a target is taken away": both(
            without(r"    (?:welcome|billing|team|account): https?://\S+"),
            each(r"(?<=targets: \{)[a-z_]+: [^,}]+, ", ""),
        ),
        "a document that texts lead to is taken away": each(r", (?:privacy|support): https://[^,}\n]+", ""),
        "a way out after nothing": each(
            r"(?:after: \{|, )(default|subscribe|upgrade|pay_invoice\.pending)(?=: )", typo
        ),
        "a document that does not exist": each(r"(?<=document: )([a-z]+)", typo),
        "an option that a condition asks for is renamed": asked_for,
        "a step whose answers are read is taken away": read_elsewhere,
        "a plan that does not exist": each(r"(?<=plan\.ref: )\[?([a-z_]+)", typo),
    },
    "Values of another kind": {
        "true or false as a text": each(r"((?:required|offered|locked|promotion_code): )(true|false)", r'\1"\2"'),
        "yes for true": each(r"((?:required|offered|locked|promotion_code): )true", r"\1yes"),
        "a text for a number": each(
            r"((?:max_length|min_length|min|max|walk_days|declines|minutes|days): )(\d+)", r'\1"\2 "'
        ),
        "a list for a text": each(
            r"((?:kind|after|like|continues|leave|currency|time_zone): )([a-z_.A-Z/]+)", r"\1[\2]"
        ),
        "a text for a list": each(r"((?:languages|methods|allow): )\[([^,\]\n]+)[^\]\n]*\]", r"\1\2"),
        "one language's words for a text": each(rf"(?<=: )\{{en: ({SAID})(?:, fr: {SAID})?\}}", r"\1"),
        "a flag is compared with a word": each(rf"({FACT}: )(true|false)", r"\1perhaps"),
        "an amount is compared with a bare number": each(r"(quote\.due_\w+: (?:\{\w+: )?)0\b", r"\g<1>100"),
        "a number between quotes in a condition": each(r"(invoice\.days_overdue: \{\w+: )(\d+)", r'\1"\2"'),
        "a country in small letters": each(r"(?<=customer\.country: )\[?(?:FR|DE)\b", lambda found: found[0].lower()),
    },
}
