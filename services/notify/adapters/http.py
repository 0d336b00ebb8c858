"""One request for one attempt: to a judged address, no redirects, the answer's body not read."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import datetime

import aiohttp
from aiohttp import ClientTimeout, DummyCookieJar, TCPConnector
from yarl import URL

from services.notify.adapters.deliveries import Claimed
from services.notify.adapters.resolving import GuardedResolver
from services.notify.deliveries import Attempt
from services.notify.guard import AddressError, Allowed, refuse_internal, target_of
from services.notify.signing import SigningKey, signed_headers
from services.notify.vault import SealedError

_LONGEST_ERROR = 300  # characters kept of what went wrong
_USER_AGENT = "Communique/1 (webhook)"


class Poster:
    """Posts deliveries to their receivers. Open it with `async with`."""

    def __init__(
        self,
        allowed: Allowed,
        open_keys: Callable[[str, str], Sequence[SigningKey]],
        *,
        timeout: float,
        connect_timeout: float,
    ) -> None:
        """`open_keys` opens a secret as it is kept, of a subscription.

        Times in seconds: `timeout` for the whole of an attempt.
        """
        self._allowed = allowed
        self._open_keys = open_keys
        self._timeout = ClientTimeout(total=timeout, connect=connect_timeout)
        self._session: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        """Open the client: needs a running loop."""
        self._session = aiohttp.ClientSession(
            connector=TCPConnector(
                resolver=GuardedResolver(self._allowed),
                use_dns_cache=False,  # every new connection is judged anew
                limit=0,  # the sender bounds how many run at once
            ),
            cookie_jar=DummyCookieJar(),
            timeout=self._timeout,
            auto_decompress=False,
            trust_env=False,  # a proxy would connect to addresses that nobody judged
        )

    async def close(self) -> None:
        """Close the connections that are kept alive."""
        if self._session is not None:
            await self._session.close()

    async def post(self, delivery: Claimed, at: datetime) -> Attempt:
        """Try a delivery once; whatever goes wrong is in the attempt returned."""
        started = time.perf_counter()
        status, retry_after, error = None, None, None
        try:
            status, retry_after = await self._post(delivery, at)
        except (AddressError, SealedError) as refused:
            error = str(refused)
        except (aiohttp.ClientError, OSError, ValueError) as failure:
            error = _explain(failure, self._timeout)
        return Attempt(
            number=delivery.tried + 1,
            started_at=at,
            duration=time.perf_counter() - started,
            status_code=status,
            error=error,
            retry_after=retry_after,
        )

    async def _post(self, delivery: Claimed, at: datetime) -> tuple[int, str | None]:
        if self._session is None:
            raise RuntimeError("the poster was not opened")
        url = self._judged(delivery.url)
        keys = self._open_keys(delivery.secret, delivery.subscription_id)
        signed = signed_headers(keys, delivery.id, delivery.body, at)
        headers = delivery.headers | signed | {"user-agent": _USER_AGENT}
        async with self._session.post(
            url, data=delivery.body, headers=headers, allow_redirects=False
        ) as response:
            return response.status, response.headers.get("retry-after")

    def _judged(self, address: str) -> URL:
        """Return the URL as the client reads it; literal addresses never reach its resolver."""
        target_of(address)  # what it refuses, the client may choke on: an IndexError, once
        url = URL(address)
        literal = target_of(str(url)).literal
        if literal is not None:
            refuse_internal(str(literal), [literal], self._allowed)
        return url


def _explain(failure: Exception, timeout: ClientTimeout) -> str:
    """Put a failure into one line, without the URL: it may carry a token."""
    if isinstance(failure, ValueError):
        return "the URL cannot be requested"
    if isinstance(failure, TimeoutError):
        return f"no answer within {timeout.total:g} s"
    told = failure.message if isinstance(failure, aiohttp.ClientResponseError) else failure
    return " ".join(f"{type(failure).__name__}: {told}".split())[:_LONGEST_ERROR]
