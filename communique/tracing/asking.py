"""Asking the services for their parts of documents' journeys; who does not answer is noted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from communique.api import Api, NotThereError
from communique.running import Running
from shared.errors import CommuniqueError

ASKED = ("ingest", "store", "notify")
_PAGE = 1_000
_PATIENCE = 20.0  # seconds


def ask_all(running: Running, document_id: str, silent: list[str]) -> dict[str, dict[str, Any]]:
    """Return the journeys that services know of a document, by service.

    Why a service could not be asked is put into `silent`.
    """
    found = {}
    for service in ASKED:
        try:
            with _api(running, service) as api:
                found[service] = api.get(f"/api/journeys/{document_id}")
        except NotThereError:
            continue
        except CommuniqueError as error:
            silent.append(f"{service}: {error}")
    return found


def beginning_with(running: Running, beginning: str, silent: list[str]) -> set[str]:
    """Return ids of documents that begin so, two at most of each service."""
    found = set()
    for service in ASKED:
        try:
            with _api(running, service) as api:
                page = api.get("/api/journeys", after=beginning, limit=2)
        except CommuniqueError as error:
            silent.append(f"{service}: {error}")
            continue
        found |= {item["document_id"] for item in page["items"]}
    return {each for each in found if each.startswith(beginning)}


def all_journeys(running: Running, service: str) -> Iterator[dict[str, Any]]:
    """Yield all journeys that a service knows, page by page, in the order of document ids.

    CommuniqueError if it does not answer.
    """
    with _api(running, service) as api:
        after: str | None = ""
        while after is not None:
            page = api.get("/api/journeys", after=after, limit=_PAGE)
            yield from page["items"]
            after = page["next"]


def _api(running: Running, service: str) -> Api:
    address = getattr(running, f"{service}_url")
    if not address:
        raise CommuniqueError(f"its address is not known: set COMMUNIQUE_{service.upper()}_URL")
    return Api(address, timeout=_PATIENCE)
