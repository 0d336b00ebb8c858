"""The API of subscriptions, as a client sees it."""

from __future__ import annotations

import httpx
from pydantic import SecretStr

from tests.notify.conftest import Run
from tests.notify.events import stored
from tests.notify.receiver import Receiver


async def test_a_secret_is_shown_once(run: Run, sqlite_url: str) -> None:
    """Only the answer to POST holds it: no list, no single view, no delivery."""
    async with run(sqlite_url) as notify:
        made = await notify.subscribe("http://127.0.0.1:9/", filters={"countries": ["sa"]})
        assert made["secret"].startswith("whsec_")
        assert made["events"] == ["statement.published"]
        assert made["filters"]["countries"] == ["SA"]
        assert not any(value for name, value in made["filters"].items() if name != "countries")
        assert (made["status"], made["format"]) == ("active", "standard")
        once = {"secret", "signing", "public_key"}
        shown = {key: value for key, value in made.items() if key not in once}
        one = await notify.client.get(f"/api/subscriptions/{made['id']}")
        every = await notify.client.get("/api/subscriptions")
        assert one.json() == shown
        assert every.json() == {"items": [shown], "next": None}


async def test_lists_are_paged_without_gaps_or_repeats(
    run: Run, sqlite_url: str, receiver: Receiver
) -> None:
    """Pages follow each other by cursor, also while new items arrive."""
    async with run(sqlite_url) as notify:
        made = [await notify.subscribe(f"{receiver.url}/{number}") for number in range(5)]
        for number in range(5):
            await notify.announce(stored(f"{number}.txt", meeting_id=f"m{number}"))
        await notify.settled(made[0], 5)
        paged = await _paged(notify.client, "/api/subscriptions")
        assert [item["id"] for item in paged] == [item["id"] for item in made]

        path = f"/api/subscriptions/{made[0]['id']}/deliveries"
        newest_first = [item["document_id"] for item in await _paged(notify.client, path)]
        assert newest_first == [stored(f"{n}.txt").document_id for n in (4, 3, 2, 1, 0)]


async def _paged(client: httpx.AsyncClient, path: str) -> list[dict[str, str]]:
    items, cursor = [], None
    while True:
        params = {"limit": "2"} | ({"after": cursor} if cursor else {})
        page = (await client.get(path, params=params)).json()
        assert len(page["items"]) <= 2
        items += page["items"]
        cursor = page["next"]
        if cursor is None:
            return items


async def test_an_unknown_subscription_is_404(run: Run, sqlite_url: str) -> None:
    """Every route says so in one line; a deleted one is unknown too."""
    async with run(sqlite_url) as notify:
        made = await notify.subscribe("http://127.0.0.1:9/")
        path = f"/api/subscriptions/{made['id']}"
        assert (await notify.client.delete(path)).status_code == 204
        for answer in (
            await notify.client.get(path),
            await notify.client.delete(path),
            await notify.client.get(f"{path}/deliveries"),
        ):
            assert answer.status_code == 404
            assert answer.json() == {"detail": f"no subscription {made['id']}"}


async def test_a_wrong_request_is_explained_in_one_line(run: Run, sqlite_url: str) -> None:
    """The line names the field."""
    async with run(sqlite_url) as notify:
        for wrong, field in (
            ({}, "url"),
            ({"url": "http://127.0.0.1/", "events": ["everything"]}, "events.0"),
            ({"url": "http://127.0.0.1/", "filter": {}}, "filter"),
        ):
            answer = await notify.client.post("/api/subscriptions", json=wrong)
            assert answer.status_code == 422
            assert answer.json()["detail"].startswith(f"{field}: ")
            assert "\n" not in answer.json()["detail"]
        for query in ("limit=0", "limit=1000", "after=x", "after=-1"):
            assert (await notify.client.get(f"/api/subscriptions?{query}")).status_code == 422


async def test_the_key_guards_every_route_but_health(run: Run, sqlite_url: str) -> None:
    """With an API key set, subscriptions can be neither read nor made without it."""
    async with run(sqlite_url, api_key=SecretStr("k")) as notify:
        for path in ("/healthz", "/readyz"):
            assert (await notify.client.get(path)).status_code == 200
        short = (await notify.client.get("/readyz")).json()
        assert set(short) == {"service", "worker", "status", "parts"}
        assert all(set(part) == {"status"} for part in short["parts"].values())
        for key in ("", "Bearer", "Bearer kk", "k"):
            wrong = await notify.client.get("/readyz", headers={"Authorization": key})
            assert wrong.json() == short
        assert (await notify.client.get("/api/subscriptions")).status_code == 401
        made = await notify.client.post("/api/subscriptions", json={"url": "http://127.0.0.1:9/"})
        assert made.status_code == 401
        key = {"Authorization": "Bearer k"}
        assert "why" in (await notify.client.get("/readyz", headers=key)).json()
        listed = await notify.client.get("/api/subscriptions", headers=key)
        assert listed.json()["items"] == []


async def test_health_tells_what_is_due(run: Run, sqlite_url: str) -> None:
    """Nothing due is said as such."""
    async with run(sqlite_url) as notify:
        ready = (await notify.client.get("/readyz")).json()
    assert ready["status"] == "ok", ready["why"]
    deliveries = ready["parts"]["deliveries"]
    assert deliveries == {"status": "ok", "why": "", "due": 0, "oldest_due": None}
