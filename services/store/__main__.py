"""`python -m services.store` runs the service, `python -m services.store migrate` its schema."""

from __future__ import annotations

import sys

from services.store.app import PACKAGE, build
from services.store.settings import Settings
from shared.migrating import migrate_once
from shared.serve import serve

if sys.argv[1:] == ["migrate"]:
    migrate_once(Settings, PACKAGE)
else:
    serve(Settings, build)
