"""A console whose reader may go away."""

from __future__ import annotations

import os
import sys

from rich.console import Console


class Screen(Console):
    """Raises BrokenPipeError then, where rich would end the process without ado.

    So whoever runs a system stops it first (`communique up | head`).
    """

    def on_broken_pipe(self) -> None:
        """Print nothing more, and let the command end as it ends on any error."""
        self.quiet = True
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise BrokenPipeError
