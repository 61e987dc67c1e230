"""`hosted-pages lsp`: what an editor starts, to show what is wrong and to complete what is written."""

import click

from generator import wiring


@click.command()
def lsp() -> None:
    """Answer an editor over stdin and stdout: it shows what `check` says while you write, mends, explains, completes.

    Your editor starts it; docs/merchants.md says how. Nobody types it.
    """
    try:
        serve = wiring.load("generator.editor.server:serve")
    except ModuleNotFoundError as missing:
        if str(missing.name).partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        raise click.UsageError("what speaks to editors is not installed: pip install 'hosted-pages[lsp]'") from missing
    serve()
