"""Asking the services' APIs; whatever goes wrong is said in one line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

import httpx

from communique.environment import setting
from shared.errors import CommuniqueError

_PAGE = 200  # items asked for at once


class NotThereError(CommuniqueError):
    """The service does not know what was asked for."""


def key_header() -> dict[str, str]:
    """Return the header that services want where `COMMUNIQUE_API_KEY` is set."""
    key = setting("API_KEY")
    return {"Authorization": f"Bearer {key}"} if key else {}


class Api:
    """One service's API: `with Api(url) as store: store.get("/api/meetings")`."""

    def __init__(self, url: str, timeout: float = 20.0) -> None:
        """Take the service's address; the key comes from `COMMUNIQUE_API_KEY`."""
        self.url = url.rstrip("/")
        self._client = httpx.Client(
            base_url=self.url,
            timeout=timeout,
            trust_env=False,
            follow_redirects=True,  # a meeting that went up in another redirects to it
            headers=key_header(),
        )

    def __enter__(self) -> Self:
        """Use it as it is."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close its connections."""
        self._client.close()

    def get(self, path: str, **query: Any) -> Any:
        """Return the JSON at a path. NotThereError for a 404, CommuniqueError for the rest."""
        return self._ask("GET", path, params=query)

    def post(self, path: str, body: Any) -> Any:
        """Send JSON and return the answer's."""
        return self._ask("POST", path, json=body)

    def delete(self, path: str) -> None:
        """Remove what is at a path."""
        self._ask("DELETE", path)

    def items(self, path: str, most: int) -> Iterator[Any]:
        """Yield up to `most` items of a list, page by page."""
        after, left = None, most
        while left > 0:
            query = {"limit": min(left, _PAGE)} | ({"after": after} if after else {})
            page = self.get(path, **query)
            yield from page["items"]
            left, after = left - len(page["items"]), page["next"]
            if after is None:
                return

    def _ask(self, method: str, path: str, **given: Any) -> Any:
        try:
            answer = self._client.request(method, path, **given)
        except httpx.HTTPError as error:
            told = str(error) or type(error).__name__
            raise CommuniqueError(f"{self.url} does not answer: {told}") from None
        if answer.is_success:
            return answer.json() if answer.content else None
        raise self._refusal(answer)

    def _refusal(self, answer: httpx.Response) -> CommuniqueError:
        detail = answer.reason_phrase
        with suppress(ValueError, TypeError, KeyError):
            detail = str(answer.json()["detail"])
        if answer.status_code == httpx.codes.NOT_FOUND:
            return NotThereError(detail)
        if answer.status_code == httpx.codes.UNAUTHORIZED:
            return CommuniqueError(f"{self.url} wants its key: set COMMUNIQUE_API_KEY")
        return CommuniqueError(f"{self.url} answered {answer.status_code}: {detail}")
