"""Withdrawing, splitting, joining and looking back, over HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from tests.store.makers import case
from tests.store.test_service import Run, run

__all__ = ["run"]  # the fixture of a running store

RIYADH: dict[str, Any] = {"body": "defence_ministers", "ordinal": 2, "country": "SA"}
LEILA = {"who": "Leila", "why": "she was there"}


async def test_a_person_splits_joins_and_undoes(run: Run) -> None:
    """Each answer tells the ruling and where the documents are now; all are listed, with names."""
    first, second = case("الأول", **RIYADH), case("الثاني", **RIYADH)
    async with run() as store:
        await store.take(first)  # what was alerted about keeps the id
        await store.take(second)
        ((meeting,),) = [(await store.get("/api/meetings"))["items"]]
        path = f"/api/meetings/{meeting['id']}"
        answer = await store.web.post(f"{path}/split", json={"documents": [second.id], **LEILA})
        assert answer.status_code == 200, answer.text
        homes = answer.json()["meetings"]
        (other,) = homes.keys() - {meeting["id"]}
        assert homes == {meeting["id"]: [first.id], other: [second.id]}
        joined = await store.web.post(f"{path}/join", json={"meeting": other, **LEILA})
        assert joined.json()["meetings"].keys() == {meeting["id"]}
        number = joined.json()["ruling"]["id"]
        undone = await store.web.post(f"/api/rulings/{number}/undo", json=LEILA)
        assert len(undone.json()["meetings"]) == 2
        listed = await store.get(f"{path}/rulings")
        assert [(r["act"], r["undone_by"]) for r in listed] == [("split", None), ("join", "Leila")]


async def test_a_history_tells_what_changed_through_whom(run: Run) -> None:
    """Page by page, oldest first: documents, a person's word, and each value old and new."""
    first = case("الأول", theme="شعار", **RIYADH)
    second = case("الثاني", city="Riyadh", **RIYADH)
    async with run() as store:
        await store.take(first)
        await store.take(second)
        ((meeting,),) = [(await store.get("/api/meetings"))["items"]]
        path = f"/api/meetings/{meeting['id']}"
        await store.web.request("DELETE", f"/api/documents/{first.id}", params=LEILA)
        told, after = [], {}
        while True:
            page = await store.get(f"{path}/history", limit=1, **after)
            told += page["items"]
            if page["next"] is None:
                break
            after = {"after": page["next"]}
        assert [(e["cause"]["act"], e["cause"]["document_id"]) for e in told] == [
            ("document.added", first.id),
            ("document.added", second.id),
            ("document.withdrawn", first.id),
        ]
        cities = [(c["old"], c["new"], c["documents"]) for c in told[1]["changes"]
                  if c["field"] == "city"]  # fmt: skip
        assert cities == [(None, "Riyadh", [second.id])]
        assert {c["field"]: c["new"] for c in told[2]["changes"]} == {"theme": None}
        assert (told[2]["cause"]["who"], told[2]["cause"]["why"]) == ("Leila", "she was there")


async def test_a_history_holds_that_of_meetings_that_went_up_in_it(run: Run) -> None:
    """The older id tells both stories; the newer one leads there."""
    async with run() as store:
        await store.take(case("الأول", theme="شعار"))
        await store.take(case("الثاني", **RIYADH))
        await store.take(case("الثالث", theme="شعار", **RIYADH))
        *_, last = await store.stored()
        assert last.meeting is not None
        (old,) = last.merged_meeting_ids
        answer = await store.web.get(f"/api/meetings/{old}/history")
        assert answer.status_code == 308
        assert answer.headers["location"].endswith(f"/{last.meeting.id}/history")
        told = (await store.get(f"/api/meetings/{last.meeting.id}/history"))["items"]
        assert [entry["meeting_id"] for entry in told] == [last.meeting.id, old, last.meeting.id]
        assert told[2]["origins"] == [old]


async def test_a_ruling_about_an_old_id_is_sent_on(run: Run) -> None:
    """308 keeps method and body, so that a client may follow it."""
    async with run() as store:
        await store.take(case("الأول", theme="شعار"))
        await store.take(case("الثاني", **RIYADH))
        third = case("الثالث", theme="شعار", **RIYADH)
        await store.take(third)
        *_, last = await store.stored()
        assert last.meeting is not None
        body = {"documents": [third.id], **LEILA}
        answer = await store.web.post(
            f"/api/meetings/{last.merged_meeting_ids[0]}/split", json=body
        )
        assert answer.status_code == 308
        path = answer.headers["location"].removeprefix("http://127.0.0.1:8000")
        assert path == f"/api/meetings/{last.meeting.id}/split"
        assert (await store.web.post(path, json=body)).status_code == 200


async def test_a_closed_meeting_says_so(run: Run) -> None:
    """Its id is answered with 410, its history stays."""
    only = case("الأول", **RIYADH)
    async with run() as store:
        await store.take(only)
        ((meeting,),) = [(await store.get("/api/meetings"))["items"]]
        path = f"/api/meetings/{meeting['id']}"
        assert (await store.web.delete(f"/api/documents/{only.id}")).status_code == 204
        assert (await store.web.delete(f"/api/documents/{only.id}")).status_code == 204
        assert (await store.web.get(path)).status_code == 410
        assert (await store.get(f"{path}/history"))["items"][-1]["closed"] is True
        shown = await store.get(f"/api/documents/{only.id}")
        assert shown["withdrawn_at"] is not None


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/api/meetings/m-0/split", {"documents": ["0" * 64], **LEILA}, 404),
        ("/api/meetings/m-0/join", {"meeting": "m-1", **LEILA}, 404),
        ("/api/meetings/m-0/join", {**LEILA}, 422),
        ("/api/meetings/m-0/join", {"meeting": "m-1", "documents": ["0" * 64], **LEILA}, 422),
        ("/api/meetings/m-0/split", {"documents": [], **LEILA}, 422),
        ("/api/meetings/m-0/split", {"documents": ["x"], **LEILA}, 422),
        ("/api/meetings/m-0/split", {"documents": ["0" * 64], "who": "Leila"}, 422),
        ("/api/meetings/m-0/split", {"documents": ["0" * 64], "who": " ", "why": "x"}, 422),
        ("/api/meetings/m-0/split", {"documents": ["0" * 64], "who": "a\x00b", "why": "x"}, 422),
        ("/api/meetings/m-0/split", {"documents": ["0" * 64], "who": "a\u202eb", "why": "x"}, 422),
        ("/api/rulings/1/undo", LEILA, 404),
        ("/api/rulings/99999999999999999999/undo", LEILA, 422),
        ("/api/documents/reextract", {"since": "soon"}, 422),
        ("/api/documents/reextract", {"coalition": "No Such"}, 422),
        ("/api/documents/reextract", {"after": "nonsense"}, 422),
    ],
)
async def test_a_wish_that_cannot_be_is_answered_in_one_line(
    run: Run, path: str, body: dict[str, Any], status: int
) -> None:
    """What is wrong is said in one line of JSON."""
    async with run() as store:
        answer = await store.web.post(path, json=body)
        assert answer.status_code == status
        assert answer.json().keys() == {"detail"}
        assert "\n" not in answer.json()["detail"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("DELETE", "/api/documents/0"),
        ("POST", "/api/documents/reextract"),
        ("POST", "/api/meetings/m-0/split"),
        ("POST", "/api/meetings/m-0/join"),
        ("POST", "/api/rulings/1/undo"),
        ("GET", "/api/meetings/m-0/history"),
        ("GET", "/api/meetings/m-0/rulings"),
    ],
)
async def test_nothing_of_it_goes_without_the_key(run: Run, method: str, path: str) -> None:
    """Who overrules the resolver must have the API's key, where there is one."""
    async with run(api_key="secret") as store:
        answer = await store.web.request(method, path, json={})
        assert answer.status_code == 401


async def test_stored_texts_are_sent_out_again_by_coalition_and_day(run: Run) -> None:
    """As they came, with their files' names, marked as being read anew; the total comes first."""
    mine, other = case("الأول", **RIYADH), case("الثاني", coalition="nato").later(2_000)
    async with run() as store:
        await store.take(mine, other)

        async def sent(**wanted: Any) -> Any:
            answer = await store.web.post("/api/documents/reextract", json=wanted)
            assert answer.status_code == 202, answer.text
            return answer.json()

        everything = await sent(limit=1)
        assert (everything["documents"], everything["total"]) == ([mine.id], 2)
        rest = await sent(limit=1, after=everything["next"])
        assert (rest["documents"], rest["next"], rest["total"]) == ([other.id], None, None)
        assert (await sent(coalition="nato"))["documents"] == [other.id]
        assert (await sent(since="2024-02-04"))["documents"] == [other.id]
        assert (await sent(since="2025-01-01"))["documents"] == []
