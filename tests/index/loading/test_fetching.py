"""Pages fetched from a server on this machine, which the tests start; nothing else is ever asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from made_documents import FIRST, HTML, RSS, SECOND, written

from index import Fetcher, FetchError, LoadError, LoadOptions, load
from index.loading.public_addresses import is_permitted

TYPES = {
    "html": "text/html; charset=utf-8",
    "xml": "application/rss+xml",
    "png": "image/png",
    "txt": "text/plain",
}


@dataclass
class Site:
    """A server's pages by their paths; a page that starts with "->" redirects. `asked` lists what was asked for."""

    pages: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    base: str = ""


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked.append(self.path)
            made.agents.add(self.headers["User-Agent"])
            page = made.pages.get(self.path)
            if page is not None and page.startswith("->"):
                self.send_response(302)
                self.send_header("Location", page[2:])
                self.end_headers()
                return
            if page is not None and self.headers["If-None-Match"] == '"one"':
                self.send_response(304)
                self.end_headers()
                return
            content = (page or "").encode()
            self.send_response(404 if page is None else 200)
            self.send_header("Content-Type", TYPES[self.path.rpartition(".")[2]])
            self.send_header("Content-Length", str(len(content)))
            self.send_header("ETag", '"one"')
            self.end_headers()
            if self.path.startswith("/slow"):
                time.sleep(1.5)
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    made.base = f"http://127.0.0.1:{server.server_port}"
    yield made
    server.shutdown()
    server.server_close()


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    with Fetcher(allow_loopback=True, delay=0.0) as made:
        yield made


def test_a_list_of_addresses_gives_their_articles(tmp_path: Path, site: Site, fetcher: Fetcher) -> None:
    site.pages = {"/a.html": HTML, "/old.html": "->/a.html", "/c.png": "x"}
    listed = "".join(f"{site.base}/{name}\n" for name in ("old.html", "gone.html", "c.png"))
    notices: list[str] = []
    path = written(tmp_path / "list.urls", f"# to read\n{listed}")
    [article] = load(path, options=LoadOptions(fetcher=fetcher), notify=notices.append)
    assert FIRST in article.text
    assert (article.name, article.url) == (f"list.urls#{site.base}/old.html", f"{site.base}/a.html")
    assert article.fetched is not None
    assert article.published is not None and article.published.isoformat() == "2024-02-06"
    assert len(notices) == 2
    assert "404" in notices[0] and "image/png" in notices[1]
    assert {agent.partition("/")[0] for agent in site.agents} == {"Everysource"}


def test_an_entry_of_a_feed_without_text_is_taken_from_its_page(
    tmp_path: Path, site: Site, fetcher: Fetcher
) -> None:
    site.pages = {"/ferry.html": HTML}
    feed = written(
        tmp_path / "a.rss",
        RSS.replace("https://gazette.example/ferry", f"{site.base}/ferry.html").replace(SECOND, ""),
    )
    [article] = load(feed, options=LoadOptions(fetcher=fetcher))
    assert SECOND in article.text
    assert article.author == "Nell Harbin"


def test_loopback_needs_its_flag(site: Site) -> None:
    site.pages = {"/a.html": HTML}
    with (
        Fetcher(delay=0.0) as fetcher,
        pytest.raises(FetchError, match=r"127\.0\.0\.1, which is no public address"),
    ):
        fetcher.get(f"{site.base}/a.html")
    assert site.asked == []


@pytest.mark.parametrize(
    "target",
    ["http://10.0.0.1/x", "http://169.254.169.254/x", "http://[::ffff:192.168.0.1]/x", "file:///etc/passwd"],
)
def test_a_redirect_leads_to_no_private_address(site: Site, fetcher: Fetcher, target: str) -> None:
    site.pages = {"/a.html": f"->{target}"}
    with pytest.raises(FetchError, match=r"no public address|no web address"):
        fetcher.get(f"{site.base}/a.html")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True), ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True), ("10.1.2.3", False), ("172.16.0.1", False),
        ("192.168.1.1", False), ("169.254.169.254", False), ("100.64.0.1", False), ("0.0.0.0", False), ("224.0.0.1", False),
        ("127.0.0.1", False), ("::1", False), ("fe80::1%eth0", False), ("fd00::1", False), ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False), ("2002:a00:1::", False),
    ],
)  # fmt: skip
def test_only_public_addresses_are_permitted(address: str, public: bool) -> None:
    assert is_permitted(address, allow_loopback=False) == public
    assert is_permitted(address, allow_loopback=True) == (public or address in ("127.0.0.1", "::1"))


def test_robots_txt_is_obeyed_and_asked_for_once(site: Site, fetcher: Fetcher) -> None:
    site.pages = {
        "/robots.txt": "User-agent: *\nDisallow: /private/\n",
        "/a.html": HTML,
        "/private/b.html": HTML,
    }
    fetcher.get(f"{site.base}/a.html")
    with pytest.raises(FetchError, match=r"robots\.txt asks programs not to"):
        fetcher.get(f"{site.base}/private/b.html")
    assert site.asked == ["/robots.txt", "/a.html"]


def test_redirects_without_end_and_pages_without_end_are_given_up(site: Site, fetcher: Fetcher) -> None:
    site.pages = {"/a.html": "->/a.html", "/big.html": "x" * 5000, "/slow.html": HTML}
    fetcher.max_bytes, fetcher.timeout = 1000, 0.6
    for name, reason in (
        ("a", "more than 5 redirects"),
        ("big", "larger than 1,000 bytes"),
        ("slow", r"longer than 0\.6 s"),
    ):
        with pytest.raises(FetchError, match=reason):
            fetcher.get(f"{site.base}/{name}.html")


def test_a_page_is_kept_and_later_only_asked_for_changes(tmp_path: Path, site: Site) -> None:
    site.pages = {"/a.html": HTML}
    for max_age in (3600.0, 3600.0, 0.0):
        with Fetcher(cache=tmp_path / "cache", allow_loopback=True, delay=0.0, max_age=max_age) as fetcher:
            assert fetcher.get(f"{site.base}/a.html").content == HTML.encode()
    assert site.asked == ["/robots.txt", "/a.html", "/robots.txt", "/a.html"]
    for kept in (tmp_path / "cache").glob("*.body"):
        kept.write_bytes(b"broken")
    with Fetcher(cache=tmp_path / "cache", allow_loopback=True, delay=0.0) as fetcher:
        assert fetcher.get(f"{site.base}/a.html").content == HTML.encode()


def test_an_address_with_a_password_is_refused(fetcher: Fetcher) -> None:
    with pytest.raises(FetchError, match="holds a name and password"):
        fetcher.get("http://user:secret@example.org/")


def test_nothing_is_fetched_unless_allowed(tmp_path: Path, site: Site) -> None:
    path = written(tmp_path / "list.urls", f"{site.base}/a.html\n")
    with pytest.raises(LoadError, match="fetching is off"):
        list(load(path))
    assert site.asked == []
