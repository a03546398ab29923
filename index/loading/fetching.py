"""Pages fetched from the web, one at a time and politely: as robots.txt allows, with a pause, a time-out and a cache."""

from __future__ import annotations

import json
import os
import time
import zlib
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime
from email.message import Message
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from index.errors import FetchError
from index.loading.public_addresses import guarded_pool

if TYPE_CHECKING:
    import httpcore

USER_AGENT = "Everysource/0.1 (indexes articles for its user; obeys robots.txt)"
REDIRECTS = (301, 302, 303, 307, 308)
MAX_REDIRECTS = 5
MAX_ROBOTS_BYTES = 512 * 1024
MAX_PAUSE = 30.0


@dataclass(frozen=True, slots=True)
class Page:
    """What was found at an address: where it was found in the end, its bytes, their type and encoding, and the day."""

    url: str
    content: bytes
    media_type: str = ""
    charset: str = ""
    fetched: date = date.min
    etag: str = ""
    modified: str = ""


@dataclass(slots=True)
class Fetcher:
    """Fetches pages from public addresses, `cache` keeping them for `max_age` seconds and then asking for changes only.

    `timeout` is for one page in all, in seconds; `delay` is the pause between two requests to one host.
    `allow_loopback` lets this machine's own servers be asked too, and no other private one. Use as a context manager,
    or call `close()`.
    """

    cache: Path | None = None
    allow_loopback: bool = False
    timeout: float = 20.0
    max_bytes: int = 16 * 2**20
    delay: float = 1.0
    max_age: float = 86_400.0
    _pool: httpcore.ConnectionPool | None = field(default=None, repr=False)
    _robots: dict[str, RobotFileParser] = field(default_factory=dict, repr=False)
    _asked: dict[str, float] = field(default_factory=dict, repr=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the connections; a later `get` makes new ones."""
        if self._pool is not None:
            self._pool.close()
            self._pool = None

    def get(self, url: str) -> Page:
        """The page at `url`; FetchError where it may not or cannot be fetched."""
        kept, age = self._cached(url)
        if kept is not None and age < self.max_age:
            return kept
        page = self._ask(url, self.max_bytes, kept)
        if page is None:
            raise FetchError(f"{url} was not found (404); check the address")
        self._keep(url, page)
        return page

    def _ask(self, url: str, limit: int, kept: Page | None = None, *, is_robots: bool = False) -> Page | None:
        """The page, redirects followed, or None where there is none; `kept` where it has not changed since."""
        deadline = time.monotonic() + self.timeout
        at = url
        for _ in range(MAX_REDIRECTS + 1):
            if not is_robots:
                self._check_robots(at)
            status, headers, content = self._request(at, limit, deadline, kept)
            if status in REDIRECTS and headers.get("location"):
                at = urljoin(at, headers["location"])
            elif status == 304 and kept is not None:
                return replace(kept, fetched=_today())
            elif status in (404, 410) or (is_robots and 400 <= status < 500):
                return None
            elif status != 200:
                raise FetchError(f"{at} answered with status {status}; try later, or save the page by hand")
            else:
                return _page(at, headers, content)
        raise FetchError(f"{url} leads through more than {MAX_REDIRECTS} redirects; use its last address")

    def _request(
        self, url: str, limit: int, deadline: float, kept: Page | None
    ) -> tuple[int, dict[str, str], bytes]:
        import httpcore

        parts = _checked(url)
        self._pause(parts)
        if self._pool is None:
            self._pool = guarded_pool(allow_loopback=self.allow_loopback)
        left = max(0.1, deadline - time.monotonic())
        limits = dict.fromkeys(("connect", "read", "write", "pool"), left)
        try:
            with self._pool.stream(
                "GET", url.partition("#")[0], headers=_asking(kept), extensions={"timeout": limits}
            ) as answer:
                headers = {
                    name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers
                }
                content = bytearray()
                for chunk in answer.iter_stream():
                    content += chunk
                    if len(content) > limit:
                        raise FetchError(f"{url} is larger than {limit:,} bytes; save its article by hand")
                    if time.monotonic() > deadline:
                        raise FetchError(f"{url} took longer than {self.timeout:g} s; try later")
                return answer.status, headers, _unpacked(url, bytes(content), headers, limit)
        except httpcore.TimeoutException as error:
            raise FetchError(f"{url} took longer than {self.timeout:g} s; try later") from error
        except (
            httpcore.NetworkError,
            httpcore.ProtocolError,
            httpcore.UnsupportedProtocol,
            OSError,
            UnicodeError,
            ValueError,
        ) as error:
            raise FetchError(
                f"{url} could not be fetched ({error}); check the address and the network"
            ) from error

    def _pause(self, origin: str) -> None:
        robots = self._robots.get(origin)
        asked_for = robots.crawl_delay(USER_AGENT) if robots is not None else None
        pause = min(MAX_PAUSE, max(self.delay, float(asked_for or 0)))
        wait = self._asked.get(origin, float("-inf")) + pause - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        self._asked[origin] = time.monotonic()

    def _check_robots(self, url: str) -> None:
        origin = _checked(url)
        if origin not in self._robots:
            rules = self._ask(f"{origin}/robots.txt", MAX_ROBOTS_BYTES, is_robots=True)
            parser = RobotFileParser()
            parser.parse(rules.content.decode("utf-8", "replace").splitlines() if rules else [])
            self._robots[origin] = parser
        if not self._robots[origin].can_fetch(USER_AGENT, url):
            raise FetchError(
                f"{url} may not be fetched: the site's robots.txt asks programs not to; save the page by hand"
            )

    def _cached(self, url: str) -> tuple[Page | None, float]:
        """The page as it was kept, and its age in seconds."""
        if self.cache is None:
            return None, 0.0
        place = self.cache / sha256(url.encode()).hexdigest()
        try:
            about = json.loads(place.with_suffix(".json").read_text(encoding="utf-8"))
            content = place.with_suffix(".body").read_bytes()
            if about.pop("digest") != sha256(content).hexdigest():
                return None, 0.0
            age = time.time() - about.pop("time")
            return Page(content=content, fetched=date.fromisoformat(about.pop("fetched")), **about), age
        except (OSError, ValueError, KeyError, TypeError):
            return None, 0.0

    def _keep(self, url: str, page: Page) -> None:
        if self.cache is None:
            return
        place = self.cache / sha256(url.encode()).hexdigest()
        about = {key: value for key, value in asdict(page).items() if key != "content"}
        about |= {
            "fetched": page.fetched.isoformat(),
            "time": time.time(),
            "digest": sha256(page.content).hexdigest(),
        }
        # A cache that cannot be written costs time later, and nothing else.
        with suppress(OSError):
            self.cache.mkdir(parents=True, exist_ok=True)
            for suffix, content in ((".body", page.content), (".json", json.dumps(about).encode())):
                beside = place.with_suffix(f"{suffix}.{os.getpid()}")
                beside.write_bytes(content)
                beside.replace(place.with_suffix(suffix))


def _checked(url: str) -> str:
    """The origin of a web address; FetchError where it is none, or holds a name and password."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise FetchError(f"{url} is no web address") from error
    if parts.scheme not in ("http", "https") or not host:
        raise FetchError(f"{url} is no web address; it must start with http:// or https://")
    if parts.username is not None:
        raise FetchError(f"{url} holds a name and password; take them out")
    named = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{named}" + (f":{port}" if port else "")


def _asking(kept: Page | None) -> list[tuple[bytes, bytes]]:
    headers = {
        "User-Agent": USER_AGENT,
        "Accept": "text/html,application/xhtml+xml,*/*;q=0.5",
        "Accept-Encoding": "gzip",
    }
    if kept is not None and kept.etag:
        headers["If-None-Match"] = kept.etag
    if kept is not None and kept.modified:
        headers["If-Modified-Since"] = kept.modified
    return [(name.encode(), value.encode("latin-1", "ignore")) for name, value in headers.items()]


def _unpacked(url: str, content: bytes, headers: dict[str, str], limit: int) -> bytes:
    encoding = headers.get("content-encoding", "identity").lower()
    if encoding in ("identity", "") or not content:
        return content
    if encoding not in ("gzip", "x-gzip"):
        raise FetchError(f"{url} came packed as {encoding}, which was not asked for; save the page by hand")
    try:
        unpacked = zlib.decompressobj(wbits=31).decompress(content, limit + 1)
    except zlib.error as error:
        raise FetchError(f"{url} came broken ({error}); try again") from error
    if len(unpacked) > limit:
        raise FetchError(f"{url} unpacks to more than {limit:,} bytes; save its article by hand")
    return unpacked


def _page(url: str, headers: dict[str, str], content: bytes) -> Page:
    described = Message()
    described["Content-Type"] = headers.get("content-type", "")
    return Page(
        url=url,
        content=content,
        media_type=described.get_content_type() if headers.get("content-type") else "",
        charset=described.get_content_charset() or "",
        fetched=_today(),
        etag=headers.get("etag", ""),
        modified=headers.get("last-modified", ""),
    )


def _today() -> date:
    return datetime.now(tz=UTC).date()
