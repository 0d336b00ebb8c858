"""`python -m services.notify` runs the service, `python -m services.notify migrate` its schema."""

from __future__ import annotations

import sys

from services.notify.app import PACKAGE, build
from services.notify.settings import Settings
from shared.migrating import migrate_once
from shared.serve import serve

if sys.argv[1:] == ["migrate"]:
    migrate_once(Settings, PACKAGE)
else:
    serve(Settings, build)
