"""What a person types: one verb, one file. Data goes to stdout, words to stderr."""

import click

from generator import wiring
from generator.model.nearest import suggestion


class Verbs(click.Group):
    """Loads a verb when it is typed, not before."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(wiring.VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        verb = wiring.VERBS.get(cmd_name)
        if verb is None:
            return None
        try:
            command: click.Command = wiring.load(verb.place)
        except ModuleNotFoundError as missing:
            if (missing.name or "").startswith("generator"):
                raise
            says = (
                f"`{cmd_name}` needs {missing.name}, which is not installed: pip install 'hosted-pages[{verb.extras}]'"
            )
            raise click.UsageError(says) from missing
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """A verb that is nearly right is asked about."""
        if args and args[0] not in wiring.VERBS and not args[0].startswith("-"):
            ctx.fail(f'there is no verb "{args[0]}"; {suggestion(args[0], wiring.VERBS)}')
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Verbs"):
            formatter.write_dl([(name, verb.says) for name, verb in wiring.VERBS.items()])


@click.command(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="hosted-pages", prog_name="hosted-pages")
@click.option("--merchant", metavar="NAME", help="Whose, where HOSTED_PAGES_MERCHANTS names a folder of several.")
def hosted_pages(merchant: str | None) -> None:
    """Hosted subscription-billing pages from one workflows.yaml.

    A merchant's day: `init` writes a first definition, `check` says what is wrong in it, `build` makes the pages,
    `serve` serves them, `link` makes an encrypted way in for a customer. `demo` shows all of it with a merchant of its
    own.
    """
    if merchant:
        wiring.load("generator.cli.merchants:become")(merchant)
