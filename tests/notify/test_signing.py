"""Keys: what they sign verifies elsewhere, they turn over without a gap, and lie nowhere open."""

from __future__ import annotations

import base64
import json
import shutil
import sqlite3
import stat
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr, ValidationError
from standardwebhooks import Webhook, WebhookVerificationError

from services.notify.settings import Settings
from services.notify.signing import (
    MOST_KEYS,
    SigningKey,
    new_key,
    read,
    rotated,
    signed_headers,
    written,
)
from services.notify.vault import SealedError, Vault
from shared.errors import CommuniqueError
from tests.notify.conftest import SECRET_KEY, Run
from tests.notify.ed25519 import verifies
from tests.notify.events import stored
from tests.notify.receiver import Answer, Received, Receiver

NOW = datetime(2026, 1, 1, tzinfo=UTC)
BODY = "بيان".encode()
_BY_NODE = """
const [key, message, signature] = process.argv.slice(1).map((a) => Buffer.from(a, "base64"));
const der = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), key]);
const pub = require("crypto").createPublicKey({ key: der, format: "der", type: "spki" });
process.exit(require("crypto").verify(null, message, pub, signature) ? 0 : 1);
"""


def signatures(headers: dict[str, str], scheme: str) -> list[bytes]:
    """Return the signatures of a scheme, decoded."""
    several = (one.partition(",") for one in headers["webhook-signature"].split(" "))
    return [base64.b64decode(value) for name, _, value in several if name == scheme]


def message(headers: dict[str, str], body: bytes) -> bytes:
    """Return what is signed."""
    return f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body


def public_bytes(shown: str) -> bytes:
    """Return the 32 bytes of a public key."""
    assert shown.startswith("whpk_")
    return base64.b64decode(shown.removeprefix("whpk_"), validate=True)


def verified(secret: str, received: Received) -> bool:
    """Tell whether the reference implementation accepts a webhook."""
    try:
        Webhook(secret).verify(received.body, received.headers, json_parse=False)
    except WebhookVerificationError:
        return False
    return True


def test_the_verification_that_we_trust_knows_the_vectors_of_the_rfc() -> None:
    """RFC 8032, 7.1, tests 1 and 2, and neither with a byte changed."""
    vectors = (
        (
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39"
            "701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
        (
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f36"
            "13d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ),
    )
    for public, signed, signature in vectors:
        key, text, given = (bytes.fromhex(one) for one in (public, signed, signature))
        assert verifies(key, text, given)
        assert not verifies(key, text + b"x", given)
        assert not verifies(key, text, given[:40] + bytes([given[40] ^ 1]) + given[41:])


def test_asymmetric_signatures_verify_elsewhere() -> None:
    """By the RFC in plain integers, and by Node where it is there; not for another body."""
    key = new_key("v1a")
    headers = signed_headers([key], "msg_1", BODY, NOW)
    (signature,) = signatures(headers, "v1a")
    public, signed = public_bytes(key.shown), message(headers, BODY)
    assert verifies(public, signed, signature)
    assert not verifies(public, signed + b" ", signature)
    if node := shutil.which("node"):
        given = [base64.b64encode(one).decode() for one in (public, signed, signature)]
        assert subprocess.run([node, "-e", _BY_NODE, *given], check=False).returncode == 0
        given[1] = base64.b64encode(signed + b" ").decode()
        assert subprocess.run([node, "-e", _BY_NODE, *given], check=False).returncode == 1


def test_keys_turn_over_with_an_overlap() -> None:
    """Both sign until it ends, then only the new one; a scheme may change on the way."""
    old, new = new_key("v1"), new_key("v1a")
    keys = rotated([old], new, NOW, timedelta(hours=1))
    during = signed_headers(keys, "msg_1", BODY, NOW + timedelta(minutes=59))
    after = signed_headers(keys, "msg_1", BODY, NOW + timedelta(minutes=61))
    assert [len(signatures(during, scheme)) for scheme in ("v1a", "v1")] == [1, 1]
    assert during["webhook-signature"].startswith("v1a,")
    assert [len(signatures(after, scheme)) for scheme in ("v1a", "v1")] == [1, 0]
    at_once = rotated([old], new, NOW, timedelta(0))
    assert at_once == (new,)


def test_turning_over_again_does_not_lengthen_the_life_of_a_key() -> None:
    """A key that leaked is out when it was said to be; and they do not pile up."""
    keys = rotated([new_key("v1")], new_key("v1"), NOW, timedelta(hours=1))
    keys = rotated(keys, new_key("v1"), NOW, timedelta(hours=48))
    assert keys[2].until == NOW + timedelta(hours=1)
    for _ in range(9):
        keys = rotated(keys, new_key("v1"), NOW, timedelta(hours=48))
    assert len(keys) == MOST_KEYS


def test_a_key_does_not_show_itself() -> None:
    """Logged by accident, it holds no secret."""
    for key in (new_key("v1"), new_key("v1a")):
        assert key.secret not in f"{key} {key!r} {[key]}"
        assert key.secret[6:] not in str({"key": key})


def test_a_vault_opens_what_it_sealed_for_this_owner_only() -> None:
    """Not under another key, not for another subscription, not changed; old keys still open."""
    sealed = Vault(["a" * 32]).seal("whsec_x", "sub_1")
    assert "whsec_x" not in sealed
    assert sealed != Vault(["a" * 32]).seal("whsec_x", "sub_1")
    assert Vault(["b" * 32, "a" * 32]).open(sealed, "sub_1") == "whsec_x"
    changed = sealed[:-5] + ("A" if sealed[-5] != "A" else "B") + sealed[-4:]
    for keys, owner, text in (
        ("b", "sub_1", sealed),
        ("a", "sub_2", sealed),
        ("a", "sub_1", changed),
        ("a", "sub_1", sealed[:-9]),
        ("a", "sub_1", "sealed1:"),
    ):
        with pytest.raises(SealedError, match="COMMUNIQUE_SECRET_KEY is not the key") as refused:
            Vault([keys * 32]).open(text, owner)
        assert "whsec" not in str(refused.value)


def test_keys_survive_being_written() -> None:
    """Also the form of one bare secret, as it was kept before there were several."""
    keys = rotated([new_key("v1")], new_key("v1a"), NOW, timedelta(hours=1))
    assert read(written(keys)) == keys
    assert read("whsec_AAAA") == (SigningKey(scheme="v1", secret="whsec_AAAA"),)


@pytest.mark.parametrize("key", ["", " , ", "short", f"{'a' * 32},short"])
def test_a_key_that_could_be_guessed_is_refused(key: str) -> None:
    """Without being repeated."""
    with pytest.raises(
        ValidationError, match="COMMUNIQUE_SECRET_KEY is shorter than 32"
    ) as refused:
        Settings(secret_key=SecretStr(key))
    assert "short," not in str(refused.value)


async def test_an_asymmetric_subscription_gets_a_public_key(run: Run, database_url: str) -> None:
    """No secret is ever told, and its alerts verify by the key that is."""
    async with Receiver() as receiver, run(database_url) as notify:
        made = await notify.subscribe(receiver.url, signing="v1a")
        await notify.announce(stored())
        (received,) = await receiver.wait_for(1)
        listed = (await notify.client.get(f"/api/subscriptions/{made['id']}/keys")).json()
    assert made["secret"] is None
    (signature,) = signatures(received.headers, "v1a")
    public = public_bytes(made["public_key"])
    assert verifies(public, message(received.headers, received.body), signature)
    assert listed == [{"scheme": "v1a", "public_key": made["public_key"], "until": None}]


async def test_a_secret_turns_over_without_a_gap(run: Run, database_url: str) -> None:
    """During the overlap receivers with the old and with the new secret both verify."""
    async with Receiver() as receiver, run(database_url) as notify:
        made = await notify.subscribe(receiver.url)
        path = f"/api/subscriptions/{made['id']}"
        new = (await notify.client.post(f"{path}/rotate-secret", json={})).json()
        await notify.announce(stored())
        (during,) = await receiver.wait_for(1)
        asked = {"overlap_hours": 0}
        last = (await notify.client.post(f"{path}/rotate-secret", json=asked)).json()
        await notify.announce(stored("b.txt", meeting_id="m2"))
        _, after = await receiver.wait_for(2)
        listed = (await notify.client.get(f"{path}/keys")).text
    assert len({made["secret"], new["secret"], last["secret"]}) == 3
    assert [verified(one["secret"], during) for one in (made, new, last)] == [True, True, False]
    assert [verified(one["secret"], after) for one in (made, new, last)] == [False, False, True]
    assert "whsec_" not in listed


async def test_turning_over_what_is_not_there_is_404(run: Run, sqlite_url: str) -> None:
    """And an overlap that cannot be meant is refused."""
    async with run(sqlite_url) as notify:
        path = "/api/subscriptions/sub_0/rotate-secret"
        assert (await notify.client.post(path, json={})).status_code == 404
        assert (await notify.client.get("/api/subscriptions/sub_0/keys")).status_code == 404
        wrong = await notify.client.post(path, json={"overlap_hours": -1})
        assert wrong.status_code == 422


async def test_no_secret_lies_open_or_is_told(
    run: Run, sqlite_url: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Not on the disk, not in the log, not in any answer after the first, not in errors."""
    refusing = [Answer(500)] * 4
    async with Receiver(*refusing) as receiver, run(sqlite_url, log_level="debug") as notify:
        made = await notify.subscribe(f"{receiver.url}?token=t0ken")
        await notify.announce(stored())
        await notify.settled(made)
        paths = ("", f"/{made['id']}", f"/{made['id']}/deliveries", f"/{made['id']}/keys")
        told = [(await notify.client.get(f"/api/subscriptions{path}")).text for path in paths]
        wrong = await notify.client.post(f"/api/subscriptions/{made['id']}/rotate-secret", json=[])
    secret = made["secret"].removeprefix("whsec_")
    out, err = capfd.readouterr()
    for text in (*told, wrong.text, out, err):
        assert secret not in text
        assert SECRET_KEY not in text
    files = [file for file in (tmp_path / "var").iterdir() if file.is_file()]
    assert files
    for file in files:
        assert secret.encode() not in file.read_bytes(), file.name


async def test_what_was_kept_open_is_sealed_at_the_next_start(
    run: Run, sqlite_url: str, tmp_path: Path
) -> None:
    """And still signs: receivers notice nothing."""
    old = new_key("v1").secret
    async with Receiver() as receiver:
        async with run(sqlite_url) as notify:
            await notify.subscribe(receiver.url)
        with sqlite3.connect(tmp_path / "var/notify.db") as database:
            database.execute("UPDATE subscriptions SET secret = ?", (old,))
        async with run(sqlite_url) as notify:
            await notify.announce(stored())
            (received,) = await receiver.wait_for(1)
        assert verified(old, received)
    with sqlite3.connect(tmp_path / "var/notify.db") as database:
        ((kept,),) = database.execute("SELECT secret FROM subscriptions").fetchall()
    assert kept.startswith("sealed1:")


async def test_without_a_key_one_is_made_beside_the_database(
    run: Run, sqlite_url: str, tmp_path: Path
) -> None:
    """Readable by its owner only, used again, and never replaced while something depends on it."""
    file = tmp_path / "var/notify.key"
    async with run(sqlite_url, secret_key=None) as notify:
        await notify.subscribe("http://127.0.0.1:9/")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    key = file.read_text()
    async with run(sqlite_url, secret_key=None):
        assert file.read_text() == key
    file.chmod(0o644)
    await _refused(run, sqlite_url, "is open to others: chmod 600")
    file.unlink()
    await _refused(run, sqlite_url, "cannot be read: No such file or directory")
    assert not file.exists()


async def test_the_wrong_key_is_told_at_the_start(run: Run, database_url: str) -> None:
    """Not by alerts that fail; with the old key behind the new one all opens."""
    async with run(database_url) as notify:
        await notify.subscribe("http://127.0.0.1:9/")
    other = "quite another key of 32 characters"
    await _refused(run, database_url, "COMMUNIQUE_SECRET_KEY is not the key", secret_key=other)
    async with run(database_url, secret_key=f"{other},{SECRET_KEY}") as notify:
        await notify.subscribe("http://127.0.0.1:9/")


@pytest.mark.postgres
async def test_several_machines_need_a_key_from_outside(run: Run, postgres_url: str) -> None:
    """A file of one machine would be of no use to the others."""
    await _refused(run, postgres_url, "set COMMUNIQUE_SECRET_KEY")


async def _refused(run: Run, url: str, line: str, **given: Any) -> None:
    with pytest.raises(CommuniqueError, match=line) as refused:
        async with run(url, **({"secret_key": None} | given)):
            pass
    assert "\n" not in str(refused.value)
    assert SECRET_KEY not in json.dumps(str(refused.value))
