"""Fetching: whatever a server sends, one page is one content or one problem, within bounds of time and bytes."""

from __future__ import annotations

import gzip
import itertools
import socket
import ssl
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import brotli
import pytest
from backports import zstd

from copydesk.flows.sources.fetch import MOST_LATE, Fetcher
from copydesk.transforms.decode import decode_document
from tests.flows.websites import Site, page, running

SHORT = 0.4
"""Seconds that an address may take in these tests."""

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@pytest.fixture
def site() -> Iterator[Site]:
    with running() as one:
        yield one


def fetcher(limit: int = 1 << 20, *, allowed: tuple[str, ...] = ("127.0.0.1",), **more: Any) -> Fetcher:
    return Fetcher(limit, allowed, delay=0.0, **{"sleep": lambda seconds: None, **more})


BAD = [
    "http://[::1",
    "http://x:abc/",
    "http://a..b/",
    "http://xn--a/",
    "http://a/\x00",
    "http:127.0.0.1..",
    "http://[v1.x]/",
    "http://h:99999/",
    "http://h:0/",
    "http:///p",
    "http://" + "a" * 300 + ".example/",
    "http://127.0.0.1/" + "a" * 70_000,
    "http://h/\ud800",
    "",
    "//x",
    "http://１２７.0.0.1/",
    "http://[fe80::1%25eth0]/",
]


@pytest.mark.parametrize("url", BAD)
def test_an_address_that_is_none_is_a_problem_of_its_own(url: str) -> None:
    content = fetcher().fetch(url).content
    assert content.problem in ("invalid_address", "forbidden", "unreachable")
    assert content.detail
    content.detail.encode()


@pytest.mark.parametrize(
    "target", ["http://a..b/", "http://[::1", "http://x:abc/", "javascript:1", "/\ud800", "http://xn--a/", ""]
)
def test_a_redirect_to_nonsense_is_a_problem_of_its_page(site: Site, target: str) -> None:
    head = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + target.encode("utf-8", "surrogatepass") + b"\r\n\r\n"
    site.raw("/away", head)
    assert fetcher().fetch(f"{site.root}/away").content.problem in ("unreachable", "forbidden")


@pytest.mark.parametrize(
    "answer",
    [
        b"no HTTP at all\r\n\r\n",
        b"",
        OK + b"Content-Length: 99999\r\n\r\nshort",
        OK + b"Content-Length: -1\r\n\r\nx",
        OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        OK + b"Content-Encoding: gzip\r\n\r\nno gzip",
        OK + b"Content-Encoding: br\r\n\r\nno brotli at all",
        OK + b"Content-Encoding: zstd\r\n\r\nno zstd at all, none",
        OK + b"Content-Encoding: deflate\r\n\r\n\xff\xff\xff",
        OK + b"Content-Encoding: compress\r\n\r\nx",
        OK + b"Set-Cookie: \xff\xfe=\x80; expires=never\r\nX: " + b"a" * 200_000 + b"\r\n\r\nx",
        b"HTTP/1.1 304 Not Modified\r\n\r\n",
        b"HTTP/1.1 206 Partial Content\r\nContent-Length: 1\r\n\r\nx",
        b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\n\r\n",
    ],
)
def test_an_answer_that_is_none_is_a_problem_of_its_page(site: Site, answer: bytes) -> None:
    site.raw("/odd", answer)
    site.put("/1.html", page(1))
    one = fetcher()
    content = one.fetch(f"{site.root}/odd").content
    assert content.problem in ("unreachable", "unreadable"), content
    assert one.fetch(f"{site.root}/1.html").content.problem is None


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compress(data)[2:-4]),
        ("br", brotli.compress),
        ("zstd", zstd.compress),
        ("identity", bytes),
    ],
)
def test_a_packed_page_is_unpacked(site: Site, encoding: str, packed: Any) -> None:
    site.put("/1.html", packed(page(1).encode()), Content_Encoding=encoding)
    assert fetcher().fetch(f"{site.root}/1.html").content.data.decode() == page(1)
    assert {"gzip", "deflate", "br", "zstd"} == set(site.headers["/1.html"]["Accept-Encoding"].split(", "))


@pytest.mark.parametrize(("encoding", "packed"), [("gzip", gzip.compress), ("br", brotli.compress), ("zstd", zstd.compress)])
def test_a_bomb_is_cut_at_the_limit(site: Site, encoding: str, packed: Any) -> None:
    site.put("/bomb.html", packed(b"0" * 50_000_000), Content_Encoding=encoding)
    content = fetcher(100_000).fetch(f"{site.root}/bomb.html").content
    assert (content.problem, len(content.data)) == ("too_large", 100_000)


def test_a_body_that_is_packed_twice_is_refused(site: Site) -> None:
    site.put("/twice.html", gzip.compress(gzip.compress(b"0" * 10_000_000)), Content_Encoding="gzip, gzip")
    content = fetcher().fetch(f"{site.root}/twice.html").content
    assert content.problem == "unreadable"
    assert "gzip, gzip" in str(content.detail)


def test_empty_members_without_end_are_no_way_round_the_limit(site: Site) -> None:
    site.put("/empty.html", gzip.compress(b"", mtime=0) * 200_000, Content_Encoding="gzip")
    assert fetcher(1000).fetch(f"{site.root}/empty.html").content.problem == "unreadable"


@pytest.mark.parametrize(
    ("head", "drop"),
    [
        (OK + b"\r\n", b"x"),
        (OK + b"X: ", b"a"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (b"HTTP/1.1 ", b"2"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (OK + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(b"", mtime=0)),
    ],
)
def test_a_drip_ends_at_the_deadline(site: Site, head: bytes, drop: bytes) -> None:
    site.drip("/drip.html", head, drop)
    content = fetcher(seconds=SHORT).fetch(f"{site.root}/drip.html").content
    assert content.problem == "unreachable"
    assert f"{SHORT:g} seconds" in str(content.detail)


def test_a_deadline_is_of_the_clock_that_is_given(site: Site) -> None:
    site.drip("/drip.html")
    ticks = itertools.count(step=7)
    content = fetcher(clock=lambda: float(next(ticks))).fetch(f"{site.root}/drip.html").content
    assert "60 seconds" in str(content.detail)


def test_a_resolver_and_redirects_end_at_the_deadline_too(site: Site) -> None:
    site.put("/a", "", status=302, Location="/b")
    site.drip("/b")
    assert fetcher(seconds=SHORT).fetch(f"{site.root}/a").content.problem == "unreachable"
    slow = fetcher(seconds=SHORT, allowed=("slow.example",), resolver=lambda host, port: site.closing.wait(60) or ["127.0.0.1"])
    assert slow.fetch("http://slow.example/").content.problem == "unreachable"


def test_a_site_that_is_always_late_is_left_for_the_next_run(site: Site) -> None:
    for number in range(MOST_LATE + 2):
        site.drip(f"/{number}")
    one = fetcher(seconds=0.05)
    told = [one.fetch(f"{site.root}/{number}") for number in range(MOST_LATE + 2)]
    assert [answer.postponed for answer in told[-3:]] == [None, "site_too_slow", "site_too_slow"]


def test_robots_that_drip_are_heeded_as_far_as_they_came(site: Site) -> None:
    site.drip("/robots.txt", b"HTTP/1.1 200 OK\r\n\r\nUser-agent: *\nDisallow: /secret\n", b"# \n")
    site.put("/1.html", page(1))
    one = fetcher(seconds=SHORT)
    assert one.fetch(f"{site.root}/secret.html").content.problem == "forbidden"
    assert one.fetch(f"{site.root}/1.html").content.problem is None


def test_of_a_huge_robots_the_first_part_is_heeded(site: Site) -> None:
    agents = "".join(f"User-agent: {number}\n" for number in range(20_000))
    site.put("/robots.txt", agents + "User-agent: *\nDisallow: /secret\n" * 5000 + "Disallow: /1/\n" * 1_000_000, "text/plain")
    site.put("/1.html", page(1))
    one = fetcher()
    assert one.fetch(f"{site.root}/secret.html").content.problem == "forbidden"
    assert one.fetch(f"{site.root}/1.html").content.problem is None


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


def test_a_busy_server_is_heeded_within_bounds(site: Site) -> None:
    slept: list[float] = []
    one = fetcher(sleep=slept.append)
    site.put("/soon", "", status=429, Retry_After="7")
    assert one.fetch(f"{site.root}/soon").content.problem == "unreachable"
    assert slept == [7.0, 7.0]
    assert site.asked["/soon"] == 3
    date = datetime(2024, 5, 1, tzinfo=UTC)
    asked = {"Retry_After": format_datetime(date + timedelta(days=2), usegmt=True)}
    site.raw("/late", f"HTTP/1.1 503 Later\r\nDate: {format_datetime(date, usegmt=True)}\r\n".encode()
             + f"Retry-After: {asked['Retry_After']}\r\nContent-Length: 0\r\n\r\n".encode())  # fmt: skip
    assert "asks to wait" in str(one.fetch(f"{site.root}/late").content.detail)
    assert site.asked["/late"] == 1
    assert one.fetch(f"{site.root}/soon").postponed == "asked_to_wait"
    assert site.asked["/soon"] == 3
    for odd in ("soon", "-1", "9" * 5000, "Wed, 99 Foo", "nan"):
        site.put("/odd", "", status=503, Retry_After=odd)
        assert fetcher().fetch(f"{site.root}/odd").content.problem == "unreachable"


def test_the_charset_of_the_header_travels_with_the_media_type(site: Site) -> None:
    text = "<p>Паводок в Новой Лавке: 1200 человек покинули дома.</p>"
    site.put("/ru.html", text.encode("koi8-r"), 'Text/HTML; Charset="KOI8-R"')
    site.put("/utf.html", text, "text/html; charset=utf-8")
    site.put("/odd.html", text, "text/html; charset=\xff\xff; charset")
    told = fetcher().fetch(f"{site.root}/ru.html")
    assert told.media_type == "text/html; charset=koi8-r"
    assert decode_document(told.content.data, told.media_type, 1000) == text
    assert fetcher().fetch(f"{site.root}/utf.html").media_type == "text/html"
    assert fetcher().fetch(f"{site.root}/odd.html").media_type == "text/html"
