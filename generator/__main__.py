"""`hosted-pages`: starts the verb that was typed, and says in its exit code what came of it."""

import sys
import traceback

import click

from generator.cli import hosted_pages

CLEAN, PROBLEMS, USAGE, OUR_BUG, INTERRUPTED = 0, 1, 2, 3, 130


def main() -> None:
    """Run. Exit 0: clean; 1: problems; 2: not used rightly; 3: a bug of ours; 130: interrupted."""
    sys.exit(_run())


def _run() -> int:
    try:
        answer = hosted_pages.main(standalone_mode=False)
    except click.ClickException as fault:
        fault.show()
        return fault.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        return CLEAN
    except Exception:  # noqa: BLE001 - the last door: whatever comes here is told as what it is, and exits 3
        traceback.print_exc()
        click.echo("\nThis is a bug of ours, not a mistake of yours: please report it with the lines above.", err=True)
        return OUR_BUG
    return answer if isinstance(answer, int) else CLEAN


if __name__ == "__main__":
    main()
