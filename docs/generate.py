"""Writes docs/asyncapi.json and docs/openapi/*.json from the services' own code: `make docs`."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from faststream.specification import AsyncAPI

from services.extract.app import build as build_extract
from services.extract.settings import Settings as ExtractSettings
from services.ingest.app import build as build_ingest
from services.ingest.settings import Settings as IngestSettings
from services.notify.app import build as build_notify
from services.notify.settings import Settings as NotifySettings
from services.store.app import build as build_store
from services.store.settings import Settings as StoreSettings
from shared.settings import load_settings

DOCS = Path(__file__).parent
_ABOUT = "The events of Communiqué, in the order in which a document meets them"


def documents() -> Iterator[tuple[Path, str]]:
    """Yield each generated document: its place below docs/, and its content as it should be."""
    with tempfile.TemporaryDirectory() as folder:
        # The worker's name would be this machine's.
        worker = {"worker": "worker"}
        paths = {"inbox": Path(folder) / "inbox", "state": Path(folder) / "state"}
        apps = {
            "ingest": build_ingest(load_settings(IngestSettings, **worker, **paths)),
            "extract": build_extract(load_settings(ExtractSettings, **worker)),
            "store": build_store(load_settings(StoreSettings, **worker)),
            "notify": build_notify(load_settings(NotifySettings, **worker)),
        }
    brokers = [app.state.broker for app in apps.values()]
    events = AsyncAPI(*brokers, title="Communiqué", description=_ABOUT, version="1")
    yield Path("asyncapi.json"), _json(json.loads(events.to_specification().to_json()))
    for name in ("ingest", "store", "notify"):
        yield Path("openapi") / f"{name}.json", _json(apps[name].openapi())


def _json(content: Any) -> str:
    # Sorted: FastStream lists its subscribers in no fixed order.
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    (DOCS / "openapi").mkdir(exist_ok=True)
    for place, content in documents():
        (DOCS / place).write_text(content, "utf-8")
