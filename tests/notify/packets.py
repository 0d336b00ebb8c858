"""A look-out over a process: every connection that is tried is noted, and none is made.

It sits below everything of ours, in the interpreter's audit of sockets. Names are answered by a
table, so that no question leaves either.
"""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

_EVENTS = {"socket.connect", "socket.sendto", "socket.sendmsg"}
_ask = socket.getaddrinfo


class _Lookout:
    """The one hook of this process: hooks cannot be taken out again."""

    def __init__(self) -> None:
        self.noted: list[str] | None = None
        self._is_set = False

    def watch(self) -> None:
        if not self._is_set:
            sys.addaudithook(self._look)
            self._is_set = True

    def _look(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.noted is None or event not in _EVENTS or not isinstance(arguments[1], tuple):
            return
        self.noted.append(str(arguments[1][0]))
        raise ConnectionRefusedError("nothing leaves while this is looked at")


_LOOKOUT = _Lookout()
Answer = Callable[[str], Sequence[str]]


@contextmanager
def no_packets(answer: Answer) -> Iterator[list[str]]:
    """Yield the list of addresses to which connections are tried; `answer` resolves names."""

    def resolve(host: Any, port: Any, *given: Any, **named: Any) -> list[Any]:
        name = host.decode() if isinstance(host, bytes) else str(host)
        try:  # forms of numbers are the C library's own affair, and no question to anybody
            return _ask(name, port, flags=socket.AI_NUMERICHOST, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            addresses = answer(name)
        if not addresses:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [found for one in addresses for found in _numeric(one, port)]

    _LOOKOUT.watch()
    tried: list[str] = []
    _LOOKOUT.noted = tried
    socket.getaddrinfo = resolve
    try:
        yield tried
    finally:
        socket.getaddrinfo = _ask
        _LOOKOUT.noted = None


def _numeric(address: str, port: Any) -> list[Any]:
    return _ask(address, port, flags=socket.AI_NUMERICHOST, type=socket.SOCK_STREAM)


def by_table(table: Mapping[str, Sequence[str]]) -> Answer:
    """Return an answer by a table of names in lower case, with or without a trailing dot."""
    return lambda name: table.get(name.lower().rstrip("."), ())
