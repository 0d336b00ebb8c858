"""The command line: what can be asked of Communiqué; the work is in the modules beside."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

import typer
from typer.exceptions import Abort, Exit, TyperException

from communique.commands import alerts, dead, meetings, system, tracing
from communique.environment import load_dotenv
from communique.showing.console import complain
from shared.errors import CommuniqueError

app = typer.Typer(
    name="communique",
    help="Press files about security coalitions become meeting records and signed alerts.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
system.register(app)
meetings.register(app)
tracing.register(app)
alerts.register(app)
app.add_typer(dead.app, name="dead")


def main() -> NoReturn:
    """Run one command. Errors are one line on standard error: exit code 1, 2 for wrong usage."""
    load_dotenv()
    try:
        code = app(standalone_mode=False)
        sys.stdout.flush()
        sys.exit(code or 0)
    except Exit as end:
        sys.exit(end.exit_code)
    except (Abort, KeyboardInterrupt):
        sys.exit(130)
    except TyperException as error:
        complain(f"{error.format_message()} (see communique --help)")
        sys.exit(error.exit_code)
    except CommuniqueError as error:
        complain(str(error))
        sys.exit(getattr(error, "exit_code", 1))
    except BrokenPipeError:  # `communique … | head`: the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        complain(f"{error.strerror or error}: {error.filename}" if error.filename else str(error))
        sys.exit(1)
