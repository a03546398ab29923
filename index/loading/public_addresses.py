"""Connections to public addresses only.

A name is looked up once, all that it stands for is judged, and the connection goes to the address that was judged: a
name that points to another machine a moment later leads nowhere. Redirects pass through the same door.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable
from typing import TYPE_CHECKING

from index.errors import FetchError

if TYPE_CHECKING:
    import httpcore

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def guarded_pool(*, allow_loopback: bool) -> httpcore.ConnectionPool:
    """A pool of HTTP connections that are made to public addresses, and to loopback ones where that is allowed."""
    import ssl

    import httpcore

    class Guarded(httpcore.NetworkBackend):
        def __init__(self) -> None:
            self._inner = httpcore.SyncBackend()

        def connect_tcp(
            self,
            host: str,
            port: int,
            timeout: float | None = None,
            local_address: str | None = None,
            socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
        ) -> httpcore.NetworkStream:
            address = permitted(host, port, allow_loopback=allow_loopback)
            return self._inner.connect_tcp(address, port, timeout, local_address, socket_options)

    return httpcore.ConnectionPool(
        ssl_context=ssl.create_default_context(),
        network_backend=Guarded(),
        max_connections=4,
        keepalive_expiry=5.0,
    )


def permitted(host: str, port: int, *, allow_loopback: bool) -> str:
    """The first address of `host`; FetchError where it has none, or any of them is not public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(f"{host} has no address ({error}); check the address and the network") from error
    addresses = [str(entry[4][0]) for entry in found]
    for written in addresses:
        if not is_permitted(written, allow_loopback=allow_loopback):
            raise FetchError(
                f"{host} stands for {written}, which is no public address; save its pages by hand"
            )
    return addresses[0]


def is_permitted(written: str, *, allow_loopback: bool) -> bool:
    """Whether a numeric address is public, or a loopback one where those are allowed."""
    address = _meant(ipaddress.ip_address(written.partition("%")[0]))
    if address.is_loopback:
        return allow_loopback
    return address.is_global and not address.is_multicast


def _meant(address: Address) -> Address:
    """The IPv4 address that an IPv6 one wraps, else the address itself."""
    if isinstance(address, ipaddress.IPv6Address):
        if address in _NAT64:
            return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
        wrapped = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        return wrapped or address
    return address
