"""What the tests need beyond Python, how to find it, and how to get it where it is missing.

A test whose need is missing is left out with one line at the end of the run that says so; with
`COMMUNIQUE_TEST_REQUIRE=all` it fails instead.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import NoReturn

import pytest

HOW_TO_GET = {
    "redis": "a Redis server (Debian: apt-get install redis-server)",
    "postgres": "PostgreSQL 15 or later (Debian: apt-get install postgresql, or a Docker engine)",
    "leases": "Linux and a local file system for temporary files, as writers are told of there",
    "mounts": "the right to mount a file system in memory (run the tests as root)",
    "mknod": "the right to make device nodes (run the tests as root)",
    "compose": "a Docker engine with Compose v2 and the base images (docker compose up works)",
}
left_out: set[str] = set()


def missing(need: str) -> NoReturn:
    """Leave the running test out for want of `need`, or fail it where all is required."""
    reason = f"needs {HOW_TO_GET[need]}"
    if os.environ.get("COMMUNIQUE_TEST_REQUIRE") == "all":
        pytest.fail(reason, pytrace=False)
    left_out.add(need)
    pytest.skip(reason)


def engine_answers() -> bool:
    """Tell whether a container engine with Compose v2 is there."""
    if shutil.which("docker") is None:
        return False
    asked = [["docker", "info"], ["docker", "compose", "version"]]
    return all(subprocess.run(a, capture_output=True, check=False).returncode == 0 for a in asked)


def image_present(name: str) -> bool:
    """Tell whether the engine has an image already, so that nothing must be pulled."""
    shown = subprocess.run(["docker", "image", "inspect", name], capture_output=True, check=False)
    return shown.returncode == 0


def postgres_programs() -> Path | None:
    """Return the folder of PostgreSQL's own `initdb` and `postgres`, None where there is none."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    return installed[0].parent if installed else None
