"""Whom a fetch asks: no private host in any form, the address that was checked, with whose proxy, certificate and login."""

from __future__ import annotations

import socket
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.flows.websites import SHORT, Site, fetcher, page, running


def test_a_name_is_resolved_once_and_what_was_checked_is_connected_to(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.put("/1.html", page(1))
    answers = iter(["93.184.216.34"])

    def rebinding(host: str, port: Any, *rest: Any, **more: Any) -> list[Any]:
        address = next(answers, "127.0.0.1")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    one = fetcher(allowed=(), seconds=SHORT)
    assert one.fetch(f"http://rebind.example:{site.port}/1.html").content.problem == "unreachable"
    assert not site.asked


def test_a_name_without_an_address_is_not_public(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    told = iter([socket.gaierror(socket.EAI_NONAME, "no such name")])

    def late(host: str, port: Any, *rest: Any, **more: Any) -> list[Any]:
        for error in told:
            raise error
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", late)
    one = fetcher(allowed=())
    first, second = (one.fetch(f"http://late.example:{site.port}/1.html").content for _ in range(2))
    assert "no address" in str(first.detail)
    assert second.problem == "forbidden"
    assert not site.asked


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "fe80::1", "::",  # noqa: S104
     "fc00::1", "fec0::1", "::ffff:127.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::7f00:1", "2002:7f00:1::1",
     "2001:0:7f00:1::1", "2001:db8::1", "ff02::1", "fe80::1%lo", "2606:4700::200:5efe:10.0.0.1", "192.88.99.1"],
)  # fmt: skip
def test_no_private_address_is_connected_to_in_any_form(site: Site, address: str) -> None:
    both = fetcher(allowed=(), resolver=lambda host, port: ["93.184.216.34", address])
    content = both.fetch(f"http://news.example:{site.port}/").content
    assert content.problem == "forbidden"
    assert "private address" in str(content.detail)


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "0177.0.0.1", "127.1", "localhost", "localhost.", "[::ffff:7f00:1]"])
def test_no_spelling_of_this_machine_is_fetched(site: Site, host: str) -> None:
    content = fetcher(allowed=(), seconds=SHORT).fetch(f"http://{host}:{site.port}/").content
    assert content.problem in ("forbidden", "unreachable", "invalid_address")
    assert not site.asked


def test_robots_redirects_and_pages_lead_to_no_private_host(site: Site) -> None:
    with running() as inner:
        for path in ("/robots.txt", "/away"):
            site.put(path, "", status=302, Location=f"http://localhost:{inner.port}/admin")
        site.put("/1.html", page(1))
        one = fetcher()
        assert one.fetch(f"{site.root}/away").content.problem == "forbidden"
        assert one.fetch(f"{site.root}/1.html").content.problem is None
        assert not inner.asked


def test_a_host_is_allowed_with_its_port_alone(site: Site) -> None:
    site.put("/1.html", page(1))
    assert fetcher(allowed=(f"127.0.0.1:{site.port}",)).fetch(f"{site.root}/1.html").content.problem is None
    assert fetcher(allowed=("127.0.0.1:9",)).fetch(f"{site.root}/1.html").content.problem == "forbidden"
    assert "another protocol" in str(fetcher(allowed=()).fetch("http://93.184.216.34:25/").content.detail)


def test_proxies_and_logins_of_the_environment_are_not_used(
    site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    site.put("/1.html", page(1))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login desk password hidden\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    assert fetcher().fetch(f"{site.root}/1.html").content.problem is None
    assert "Authorization" not in site.headers["/1.html"]


def test_a_proxy_that_is_named_is_used_and_private_addresses_stay_closed(site: Site) -> None:
    site.put("http://news.example/1.html", page(1))

    def resolver(host: str, port: int) -> list[str]:
        return ["127.0.0.1"] if host in ("proxy.example", "inner.example") else []

    one = fetcher(allowed=(), proxy=f"http://desk:pw@proxy.example:{site.port}", resolver=resolver)
    assert one.fetch("http://news.example/1.html").content.problem is None
    assert site.headers["http://news.example/1.html"]["Proxy-Authorization"].startswith("Basic ")
    assert one.fetch("http://inner.example/").content.problem == "forbidden"
    assert one.fetch("http://127.0.0.1/").content.problem == "forbidden"
    assert one.fetch(f"http://proxy.example:{site.port}/").content.problem == "forbidden"


def test_tls_is_asked_for_by_name_at_the_address_that_was_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate, key = certified(tmp_path, "news.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with running() as site:
        names: list[str | None] = []
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        context.sni_callback = lambda connection, name, _: names.append(name)
        site.socket = context.wrap_socket(site.socket, server_side=True)
        site.put("/1.html", page(1))
        one = fetcher(allowed=("news.example", "other.example"), resolver=lambda host, port: ["127.0.0.1"])
        assert one.fetch(f"https://news.example:{site.port}/1.html").content.problem is None
        assert names[0] == "news.example"
        assert site.headers["/1.html"]["Host"] == f"news.example:{site.port}"
        assert "certificate" in str(one.fetch(f"https://other.example:{site.port}/1.html").content.detail)


def certified(folder: Path, name: str) -> tuple[Path, Path]:
    """A certificate for a name, signed by itself, and its key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "c.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    form, packed = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "k.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, form, packed))
    return folder / "c.pem", folder / "k.pem"


def test_a_login_goes_to_its_own_host_alone_and_is_in_nothing_that_is_returned(site: Site) -> None:
    with running() as other:
        other.put("/there", page(2))
        site.put("/1.html", page(1))
        site.put("/on", "", status=302, Location="/1.html")
        site.put("/away", "", status=302, Location=f"{other.root}/there")
        site.put("/lure", "", status=302, Location=f"http://a:b@127.0.0.1:{other.port}/there")
        login = site.root.replace("//", "//desk:s3cret%40@")
        one = fetcher()
        assert "s3cret" not in repr(one.fetch(f"{login}/on"))
        assert site.headers["/1.html"]["Authorization"] == "Basic ZGVzazpzM2NyZXRA"
        for path in ("/away", "/lure", "/gone", "/robots"):
            assert "s3cret" not in repr(one.fetch(f"{login}{path}"))
        assert "Authorization" not in other.headers["/there"]
        for odd in (
            "http://desk:s3/cret@h/",
            "http://desk:s3cret@[::1",
            "http://desk:s3#cret@127.0.0.1:1/",
            "ftp://d:s3cret@h/",
        ):
            told = repr(fetcher(allowed=()).fetch(odd))
            assert "s3" not in told, told
