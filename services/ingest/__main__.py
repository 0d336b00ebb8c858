"""`python -m services.ingest` runs the ingest service."""

from services.ingest.app import build
from services.ingest.settings import Settings
from shared.serve import serve

if __name__ == "__main__":
    serve(Settings, build)
