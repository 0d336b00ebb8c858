"""`python -m communique.machine.nursery`: the process that the services of one machine come from.

Loading FastAPI, FastStream and SQLAlchemy takes each service 0.7 s of a processor; here they are
loaded once, and every service is a fork that goes on from there. On two cores four services are
ready in half the time. It is asked on standard input and answers on standard output, one JSON
object a line: `{"start": NAME, "environment": {…}, "log": PATH}` is answered by
`{"started": NAME, "pid": N}` and, when that process has ended, by `{"ended": N, "code": C}` (a
negative code is a signal).
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import runpy
import select
import signal
import socket
import sys
from typing import Any, NoReturn

from communique.machine.tether import tethered

_COMMON = ("shared.service", "shared.delivery", "shared.serve", "shared.database")
_PR_SET_NAME = 15  # linux/prctl.h
_APPENDED = os.O_WRONLY | os.O_APPEND | os.O_CREAT


def main() -> None:
    """Serve until standard input ends; the forks that still live are ended by the kernel."""
    # A collection of garbage while modules load finds nothing, and takes a sixth of the time.
    gc.set_threshold(200_000)
    for module in _COMMON:
        importlib.import_module(module)
    gc.freeze()  # what is loaded stays; not touching it lets the forks share its memory
    woken, wake = socket.socketpair()
    wake.setblocking(False)
    signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    asked = b""
    while True:
        ready, _, _ = select.select([0, woken.fileno()], [], [])
        if woken.fileno() in ready:
            woken.recv(4096)
            _tell_of_the_ended()
        if 0 in ready:
            part = os.read(0, 1 << 20)
            if not part:
                return
            *lines, asked = (asked + part).split(b"\n")
            for line in lines:
                _start(json.loads(line), (woken, wake))


def _start(request: dict[str, Any], ours: tuple[socket.socket, socket.socket]) -> None:
    tie = tethered(signal.SIGKILL)
    pid = os.fork()
    if pid:
        _tell({"started": request["start"], "pid": pid})
        return
    try:
        tie()
        os.setsid()  # Ctrl-C reaches the launcher alone, which ends the services in order
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for end in ours:
            end.close()
        _speak_into(request["log"])
        os.environ.clear()
        os.environ.update(request["environment"])
        _take_the_name(request["start"])
    except BaseException:
        os._exit(70)
    _live(request["start"])


def _speak_into(log: str) -> None:
    nothing, file = os.open(os.devnull, os.O_RDONLY), os.open(log, _APPENDED, 0o644)
    os.dup2(nothing, 0)
    os.dup2(file, 1)
    os.dup2(file, 2)


def _take_the_name(name: str) -> None:
    """Be shown by ps and top under the service's name."""
    if sys.platform.startswith("linux"):
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_NAME, name.encode(), 0, 0, 0)


def _live(name: str) -> NoReturn:
    """Run the service to its end, as `python -m services.NAME` would."""
    sys.argv = [f"services.{name}"]
    code: Any = 0
    try:
        runpy.run_module(f"services.{name}", run_name="__main__", alter_sys=True)
    except SystemExit as end:
        code = end.code
    except BaseException as error:
        print(f"{name}: {type(error).__name__}: {error}", file=sys.stderr)  # noqa: T201
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else int(code is not None))


def _tell_of_the_ended() -> None:
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not pid:
            return
        _tell({"ended": pid, "code": os.waitstatus_to_exitcode(status)})


def _tell(answer: dict[str, Any]) -> None:
    os.write(1, json.dumps(answer).encode() + b"\n")


if __name__ == "__main__":
    main()
