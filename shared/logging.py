"""Logging through structlog: a console for people on a terminal, JSON lines elsewhere."""

from __future__ import annotations

import logging
import sys
from contextlib import suppress
from typing import Any

import structlog

from shared.settings import ServiceSettings

_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def configure_logging(settings: ServiceSettings) -> None:
    """Send this process's log, that of its libraries too, to standard error in one form."""
    console = settings.log_format == "console" or (
        settings.log_format == "auto" and sys.stderr.isatty()
    )
    level = getattr(logging, settings.log_level.upper())
    structlog.configure(
        processors=[*_SHARED, structlog.processors.format_exc_info, *_render(console)],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *_: _Forgiving(sys.stderr),
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(service=settings.service, worker=settings.worker)
    _adopt_library_logs(console)


class _Forgiving(structlog.PrintLogger):
    """Loses a line rather than the work that it tells of: the log's disk may be full."""

    def msg(self, message: str) -> None:
        """Print a line if that is possible."""
        with suppress(OSError):
            super().msg(message)

    log = debug = info = warn = warning = msg
    fatal = failure = err = error = critical = exception = msg


def _render(console: bool) -> list[Any]:
    if console:
        return [structlog.dev.ConsoleRenderer()]
    return [structlog.processors.JSONRenderer(ensure_ascii=False)]


def _adopt_library_logs(console: bool) -> None:
    """Let warnings of uvicorn, SQLAlchemy and others come out in the same form as our own lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_SHARED,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                *_render(console),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
