"""What a theme looks like: its tokens in every mode, what a merchant may set, what is seen on what."""

from functools import cache

from generator.compiler.theme.look import MODES, dress
from generator.compiler.theme.look.modes import NAMED
from generator.compiler.theme.look.palette import SHADES
from generator.model.site import Look
from tests.support.theme_reference.meanings import code, row, table
from tests.support.theme_reference.templates import plain


@cache
def dressed():
    """As it is when a merchant sets nothing."""
    problems = []
    found = dress(plain().layers, Look("plain"), problems)
    assert problems == []
    return found


def tokens():
    """Those that are otherwise in some mode with all their values, then those that are the same in all."""
    same, otherwise = [], []
    for name in dressed().modes["light"]:
        values = [dressed().modes[mode][name].css for mode in MODES]
        (same if len(set(values)) == 1 else otherwise).append(name)
    yield from table("token", "type", *(NAMED[mode] for mode in MODES), "for")
    for name in otherwise:
        values = [dressed().modes[mode][name].css for mode in MODES]
        yield row(code(name), _kind(name), *map(code, values), says(name))
    yield from ("", "The same in every mode:", "", *table("token", "type", "value", "for"))
    for name in same:
        yield row(code(name), _kind(name), code(dressed().modes["light"][name].css), says(name))


def _kind(name):
    return dressed().modes["light"][name].kind


def says(name):
    """What a token is for."""
    declared, (group, _, shade) = dressed().tokens.get(name), name.rpartition(".")
    return (declared and declared.says) or (SHADES[shade] if group in dressed().settings else "")


def settings():
    """What a merchant may write under `site.theme`."""
    yield from table("setting", "usually", "may be", "for")
    for setting in dressed().settings.values():
        words = [f"{code(word)}: {says}" for word, says in setting.words.items()]
        if setting.kind == "colour":
            words = [f"a colour, seen on {' and '.join(code(str(name.value)) for name in setting.on)}"]
        yield row(code(setting.name), code(setting.default), "<br>".join(words), setting.says)


def roles():
    """What is seen on what, and how well."""
    yield from table("role", "of", "on", "contrast", NAMED["contrast"])
    for role in dressed().roles:
        needs = (f"{role.needs(mode):g}" for mode in ("light", "contrast"))
        yield row(code(role.name), code(role.foreground), code(role.background), *needs)
