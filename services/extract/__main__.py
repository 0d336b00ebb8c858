"""`python -m services.extract` runs the service."""

from services.extract.app import build
from services.extract.settings import Settings
from shared.serve import serve

serve(Settings, build)
