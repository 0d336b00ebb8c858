"""`python -m services.extract` runs the service; with paths it prints those files' records."""

from __future__ import annotations

import sys

from services.extract.app import build
from services.extract.records import main
from services.extract.settings import Settings
from shared.serve import serve

if __name__ == "__main__":
    if sys.argv[1:]:
        raise SystemExit(main(sys.argv[1:]))
    serve(Settings, build)
