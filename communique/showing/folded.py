"""Text of documents folded at the width there is, every line readable by itself."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.style import StyleType
from rich.text import Text

from communique.showing.console import plain, readable


class Folded:
    """Lines of text as one cell. Isolates are set after folding, which would tear them apart."""

    def __init__(self, lines: Iterable[str] | str, style: StyleType = "") -> None:
        """Take one text or several, each of which begins a line of its own."""
        given = [lines] if isinstance(lines, str) else lines
        self._lines = [plain(line) for line in given]
        self._style = style

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the lines as they fit; a line that goes on is set in by two."""
        for line in self._lines:
            pieces = Text(line).wrap(console, max(options.max_width - 2, 8))
            for number, piece in enumerate(pieces):
                shown = readable(piece.plain.rstrip())
                yield Text(f"  {shown}" if number else shown, self._style, no_wrap=True)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """Ask for the longest line, and be content with less."""
        longest = max((Text(line).cell_len for line in self._lines), default=0)
        return Measurement(min(20, options.max_width), min(longest + 2, options.max_width))
