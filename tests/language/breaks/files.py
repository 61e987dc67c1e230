"""Slips that break the file itself."""

from collections.abc import Mapping

from tests.language.edits import KEYS, Break, each, shifted

BREAKS: Mapping[str, Mapping[str, Break]] = {
    "YAML": {
        "a key is written twice": each(r"^( +)([a-z_0-9]+): (.*)\n", r"\g<0>\g<0>"),
        "an entry is one space to the right": shifted(1),
        "an entry is one space to the left": shifted(-1),
        "an entry is one level too deep": shifted(2),
        "an entry is one level too high": shifted(-2),
        "a tab indents": each(r"^  (?= *[a-z_]+:)", "\t"),
        "a bracket is lost": each(r"[}\]]$", ""),
        "a bracket too many": each(r"\}$", "}}"),
        "a quote is lost": each(r'(?<=: )"(?=[^"\n]*")', ""),
        "a colon is lost": each(r"^( +[a-z_0-9]+):(?= )", r"\1"),
        "no space behind a colon": each(r"^( +[a-z_0-9]+): (?=\S)", r"\1:"),
        "an equals sign for a colon": each(r"^( +[a-z_0-9]+): (?=\S)", r"\1 = "),
        "a comma is lost": each(r", (?=[a-z_]+: )", " "),
        "a comma too many ends a line": each(r"(?<=[a-z0-9}\]])$", ","),
        "an alias": each(r"(?<=when: )\{.*\}$", "*other"),
        "a value is taken away behind its colon": each(r"^( +(?:kind|like|after|continues):) [a-z_.]+$", r"\1"),
        "a line is commented out": each(r"^( *)(?=[a-z_0-9]+:)", r"\1# "),
        "curly quotes": each(r'"([^"\n]*)"', "“\\1”"),
        "a merge conflict": each(r"^( +when: .*)\n", r"<<<<<<< HEAD\n\1\n=======\n\1 \n>>>>>>> theirs\n"),
        "a list's dash is left in": each(r"^( +)(?=(?:kind|when|after|title): )", r"\1- "),
    },
    "The file": {
        "the version is taken away": each(r"^version: 1\n", ""),
        "a version that does not exist": each(r"^version: 1", "version: 7"),
        "`extends` names nothing": each(r"^extends: default", "extends: defaults"),
        "`extends` is taken away": each(r"^extends: default\n", ""),
        "the file stands in itself once more": lambda text: iter([text + "\n---\n" + text]),
        "the file ends in the middle": lambda text: iter(
            [text[: len(text) * part // 7].rstrip(" \n") for part in range(1, 7)]
        ),
        "an invisible character": each(
            rf"(?<=[ {{])({KEYS})(?=: )", lambda found: found[0][:2] + "\u200b" + found[0][2:]
        ),
    },
}
