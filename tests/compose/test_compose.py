"""`docker compose up` as it stands: the five seeds in, three alerts out, records in PostgreSQL."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest
from standardwebhooks import Webhook
from testcontainers.compose import DockerCompose

from tests import needs

ROOT = Path(__file__).parent.parent.parent
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
BASE_IMAGES = ("python:3.13-slim", "redis:8", "postgres:17")
PORTS = ("STORE", "NOTIFY", "INGEST", "TEST_RECEIVER")
T = TypeVar("T")

pytestmark = pytest.mark.compose


@dataclass
class Deployment:
    """The running containers, and how to reach them."""

    compose: DockerCompose
    inbox: Path
    ports: dict[str, int]
    key: str

    def call(self, method: str, service: str, path: str, **options: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.key}"}
        url = f"http://127.0.0.1:{self.ports[service]}{path}"
        return httpx.request(method, url, headers=headers, timeout=10, **options)

    def received(self) -> list[dict[str, Any]]:
        answer = httpx.get(f"http://127.0.0.1:{self.ports['TEST_RECEIVER']}/", timeout=10)
        return list(answer.json())

    def rows(self, database: str, query: str) -> list[str]:
        ask = ["psql", "-U", "communique", "-d", database, "-tAc", query]
        output, _, _ = self.compose.exec_in_container(ask, "postgres")
        return output.split()

    def drop(self, name: str, data: bytes) -> None:
        half = self.inbox / f".{name}.part"
        half.write_bytes(data)
        half.chmod(0o644)
        half.rename(self.inbox / name)


@pytest.fixture(scope="module")
def deployment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    """`docker compose up` in a project of its own, with a receiver beside it; down afterwards."""
    if not needs.engine_answers() or not all(map(needs.image_present, BASE_IMAGES)):
        needs.missing("compose")
    inbox = tmp_path_factory.mktemp("compose") / "inbox"
    inbox.mkdir()
    ports = {name: _free_port() for name in PORTS}
    given = {
        "COMPOSE_PROJECT_NAME": "communique-test",
        "COMMUNIQUE_INBOX": str(inbox),
        "COMMUNIQUE_WEBHOOK_ALLOW": "receiver",
        **{f"COMMUNIQUE_{name}_PORT": str(port) for name, port in ports.items()},
    }
    compose = DockerCompose(
        ROOT,
        compose_file_name=["docker-compose.yml", "tests/compose/receiver.yaml"],
        build=True,
        wait=False,  # it would take the end of the one-shot jobs for a failure
        keep_volumes=False,
    )
    with pytest.MonkeyPatch.context() as environment:
        for name, value in given.items():
            environment.setenv(name, value)
        try:
            compose.start()
            ask = ["cat", "/run/communique/communique_api_key"]
            key = until(lambda: compose.exec_in_container(ask, "store")[0].strip(), within=120)
            deployed = Deployment(compose, inbox, ports, key)
            for service in ("STORE", "NOTIFY", "INGEST"):
                until(lambda at=service: _healthy(deployed, at), within=120)  # type: ignore[misc]
            yield deployed
        finally:
            if os.environ.get("COMMUNIQUE_TEST_LOGS"):
                print(*compose.get_logs(), sep="\n")  # noqa: T201 - asked for
            compose.stop()


@pytest.fixture(scope="module")
def alerts(deployment: Deployment) -> list[dict[str, Any]]:
    """What a subscriber got after the five seeds were dropped; its secret beside each."""
    wanted = {"url": "http://receiver:9000/hook", "events": ["statement.published"]}
    answer = deployment.call("POST", "NOTIFY", "/api/subscriptions", json=wanted)
    assert answer.status_code == 201, answer.text
    for seed in SEEDS:
        deployment.drop(seed.name, seed.read_bytes())
    until(lambda: len(deployment.received()) >= 3, within=60)
    time.sleep(1)  # a fourth would be one too many
    return [{**alert, "secret": answer.json()["secret"]} for alert in deployment.received()]


def test_three_statements_give_three_signed_alerts(alerts: list[dict[str, Any]]) -> None:
    """Five documents about three meetings: three alerts, each with a signature that verifies."""
    assert len(alerts) == 3
    for alert in alerts:
        payload = Webhook(alert["secret"]).verify(alert["body"], alert["headers"])
        assert payload["type"] == "statement.published"
    assert len({alert["headers"]["webhook-id"] for alert in alerts}) == 3


def test_records_and_meetings_are_in_postgresql(
    deployment: Deployment, alerts: list[dict[str, Any]]
) -> None:
    """What the API shows is what the database holds."""
    until(lambda: deployment.rows("store", "SELECT count(*) FROM records") == ["5"], within=30)
    assert deployment.rows("store", "SELECT count(*) FROM documents") == ["5"]
    answer = deployment.call("GET", "STORE", "/api/meetings")
    assert len(answer.json()["items"]) == 3


def test_every_file_ends_in_done(deployment: Deployment, alerts: list[dict[str, Any]]) -> None:
    """The folder shows what became of each file."""

    def done() -> set[str]:
        return {path.name for path in deployment.inbox.glob("done/*/*")}

    until(lambda: done() == {seed.name for seed in SEEDS}, within=30)
    assert not list(deployment.inbox.glob("*.txt"))


def test_the_api_wants_its_key(deployment: Deployment) -> None:
    """Without the key only the health of a service is told."""
    base = f"http://127.0.0.1:{deployment.ports['STORE']}"
    assert httpx.get(f"{base}/api/meetings", timeout=10).status_code == 401
    for path in ("/healthz", "/readyz"):
        assert httpx.get(f"{base}{path}", timeout=10).status_code == 200


def test_extract_scales(deployment: Deployment, alerts: list[dict[str, Any]]) -> None:
    """Three extractors share the work, and every document is stored once."""
    scaled = [*deployment.compose.compose_command_property, "up", "-d", "--scale", "extract=3"]
    deployment.compose._run_command(cmd=scaled)
    before = int(deployment.rows("store", "SELECT count(*) FROM records")[0])
    for number in range(12):
        text = f"خبر رقم {number}\n".encode() + SEEDS[number % 5].read_bytes()
        deployment.drop(f"more-{number}.txt", text)
    wanted = [str(before + 12)]
    until(lambda: deployment.rows("store", "SELECT count(*) FROM records") == wanted, within=60)


def test_no_secret_is_in_the_files_or_the_logs(
    deployment: Deployment, alerts: list[dict[str, Any]]
) -> None:
    """Keys and passwords lie in a volume, nowhere else."""
    ask = ["cat", "/run/communique/communique_database_password"]
    password = deployment.compose.exec_in_container(ask, "store")[0].strip()
    shown = "".join(deployment.compose.get_logs()) + (ROOT / "docker-compose.yml").read_text()
    for secret in (password, deployment.key, alerts[0]["secret"]):
        assert secret
        assert secret not in shown


def _healthy(deployment: Deployment, service: str) -> bool:
    return deployment.call("GET", service, "/readyz").status_code == 200


def until(condition: Callable[[], T], within: float) -> T:
    """Wait until the condition gives something true, and return it."""
    deadline = time.monotonic() + within
    while True:
        try:
            if outcome := condition():
                return outcome
            problem: object = "not yet"
        except Exception as error:
            problem = error
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {within:.0f} s: {problem}")
        time.sleep(0.3)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
