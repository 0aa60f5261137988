"""What a run that was asked for from outside may read: the operator's places, however another place is written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from copydesk.flows.settings import Settings, load_settings
from copydesk.flows.sources.bounds import bounds_of, check_hosts, confine
from copydesk.flows.sources.choose import chosen_source
from copydesk.flows.sources.folder import FolderSource
from copydesk.flows.sources.found import Poll
from copydesk.flows.sources.registry import add_source, read_sources, source_of
from copydesk.flows.sources.source_options import Spec
from copydesk.warehouse.errors import PermanentError
from tests.conftest import article


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A home with a source of each kind, a root that is allowed, and a folder `secret` beside them that is not."""
    for name in ("home", "srv/news", "srv/newsletter", "wire", "secret"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "a.txt").write_text(article(1), encoding="utf-8")
    (tmp_path / "wire" / "b.txt").write_text(article(2), encoding="utf-8")
    (tmp_path / "wire" / "b.md").write_text(article(3), encoding="utf-8")
    made = Settings(home=tmp_path / "home", allowed_roots=(str(tmp_path / "srv" / "news"), "s3://desk/in"))
    made.place.with_inbox()
    add_source(made.place, Spec(name="patterns", kind="glob", location=f"{tmp_path}/wire/*.txt"))
    return made


def allowed(settings: Settings, place: str) -> bool:
    try:
        bounds_of(settings, read_sources(settings.place)).checked(place, "paths")
    except PermanentError as error:
        assert "paths: " in str(error)
        assert "allowed_roots" in str(error)
        return False
    return True


def test_the_home_its_sources_and_the_roots_may_be_named(settings: Settings, tmp_path: Path) -> None:
    for place in (
        "home",
        "home/inbox",
        "home/inbox/not/there/yet.txt",
        "srv/news",
        "srv/news/",
        "srv/news/a.txt",
        "srv/news/../news/a.txt",
        "wire/b.txt",
    ):
        assert allowed(settings, f"{tmp_path}/{place}"), place
        assert allowed(settings, f"file://{tmp_path}/{place}"), place
    for place in ("s3://desk/in", "s3://desk/in/", "s3://desk/in/day/1.txt"):
        assert allowed(settings, place), place


def test_other_places_may_not_be_named_however_they_are_written(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "srv" / "news" / "out").symlink_to(tmp_path / "secret")
    (tmp_path / "srv" / "news" / "round").symlink_to(tmp_path / "srv" / "news" / "round")
    for place in (
        "",
        "/",
        "srv",
        "srv/newsletter",
        "srv/newsletter/a.txt",
        "srv/news/../newsletter",
        "srv/news/out",
        "srv/news/out/a.txt",
        "srv/news/../../secret/a.txt",
        "wire",
        "wire/b.md",
        "secret/a.txt",
        "srv/news\0/a.txt",
    ):
        assert not allowed(settings, f"{tmp_path}/{place}"), place
    for place in (
        "secret",
        "~/secret",
        f"file://{tmp_path}/srv/news/%2e%2e/newsletter",
        f"file://localhost{tmp_path}/secret",
        f"FILE://{tmp_path}/srv/news",
        f"local://{tmp_path}/srv/news",
        f"simplecache::file://{tmp_path}/srv/news/a.txt",
        f"zip://a.txt::{tmp_path}/srv/news/a.zip",
        "memory://desk/in",
        "S3://desk/in",
        "s3a://desk/in",
        "s3://desk",
        "s3://desk/inner",
        "s3://desk/in/../other",
        "s3://desk/in//../../other",
        "s3://desk/in/./x",
        "s3://desk/in?versionId=1",
        "s3://desk/in#x",
        "s3://desk@other/in",
        "https://desk/in",
        "http://169.254.169.254/latest/meta-data",
        "/proc/self/environ",
    ):
        assert not allowed(settings, place), place


def test_a_relative_path_is_what_the_process_would_read(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path / "srv")
    assert allowed(settings, "news/a.txt")
    assert not allowed(settings, "../secret")
    monkeypatch.chdir(tmp_path / "secret")
    assert not allowed(settings, "a.txt")


def test_a_root_of_all_allows_all(settings: Settings, tmp_path: Path) -> None:
    everything = Settings(home=settings.home, allowed_roots=("/",))
    assert allowed(everything, f"{tmp_path}/secret/a.txt")
    assert not allowed(everything, "s3://desk/in")


@pytest.mark.parametrize(
    ("kind", "location", "fits"),
    [
        ("folder", "srv/news", True),
        ("folder", "srv", False),
        ("glob", "srv/news/*.txt", True),
        ("glob", "srv/news/**/*.txt", True),
        ("glob", "srv/*/a.txt", False),
        ("glob", "srv/news*/a.txt", False),
        ("glob", "srv/news/*/../../../secret/*.txt", False),
        ("glob", "**/*.txt", False),
        ("glob", "srv/news/a.txt", True),
        ("archive", "srv/news/a.zip", True),
        ("archive", "secret/a.zip", False),
        ("rows", "secret/a.csv", False),
        ("warc", "secret/a.warc", False),
        ("urls", "srv/news/list.txt", True),
        ("urls", "secret/list.txt", False),
        ("feed", "secret/feed.xml", False),
        ("sitemap", "secret/sitemap.xml", False),
    ],
)
def test_a_location_of_the_form_lies_in_the_bounds(
    settings: Settings, tmp_path: Path, kind: str, location: str, fits: bool
) -> None:
    spec = Spec(name="valley", kind=kind, location=f"{tmp_path}/{location}")
    bounds = bounds_of(settings, read_sources(settings.place))
    if fits:
        assert confine(spec, bounds) == f"{tmp_path}/{location}"
    else:
        with pytest.raises(PermanentError, match="allowed_roots"):
            confine(spec, bounds)


def test_addresses_of_the_form(settings: Settings) -> None:
    bounds = bounds_of(settings, {})
    for kind, location in (
        ("glob", "s3://desk/in/*/day.txt"),
        ("urls", "https://valley.example/list.txt"),
        ("feed", "HTTPS://v.example"),
    ):
        assert confine(Spec(name="valley", kind=kind, location=location), bounds) == location
    for kind, location in (
        ("glob", "s3://desk/*/day.txt"),
        ("glob", "s3://*/x"),
        ("urls", "file:///etc/passwd"),
        ("feed", "s3://desk/x"),
    ):
        with pytest.raises(PermanentError):
            confine(Spec(name="valley", kind=kind, location=location), bounds)


def test_hosts_with_private_addresses_are_the_operators_to_allow() -> None:
    check_hosts([], [])
    check_hosts(["Intranet.example"], ["intranet.example"])
    with pytest.raises(PermanentError, match="allowed_hosts"):
        check_hosts(["169.254.169.254"], ["intranet.example"])


def test_what_was_added_from_outside_allows_nothing_and_is_looked_at_again_when_it_is_read(
    settings: Settings, tmp_path: Path
) -> None:
    """A link that was put there since, and a root that is allowed no more."""
    add_source(settings.place, Spec(name="valley", kind="glob", location=f"{tmp_path}/srv/news/*.txt", confined=True))
    (tmp_path / "srv" / "news" / "late.txt").symlink_to(tmp_path / "secret" / "a.txt")
    known = read_sources(settings.place)
    assert known["valley"].confined and not known["patterns"].confined
    bounds = bounds_of(settings, known)
    source = chosen_source(settings, "valley", (), bounds=bounds)
    found = [one.uri.rpartition("/")[2] for one in source.discover()]
    assert found == ["a.txt"]
    assert source.skipped["outside_allowed_roots"] == 1

    narrower = Settings(home=settings.home)
    with pytest.raises(PermanentError, match="allowed_roots"):
        chosen_source(narrower, "valley", (), bounds=bounds_of(narrower, known))
    # What the operator wrote, and the operator's own command, are free.
    assert len(list(chosen_source(narrower, "patterns", (), bounds=bounds_of(narrower, known)).discover())) == 2
    assert len(list(chosen_source(narrower, "valley", ()).discover())) == 2


def test_a_link_in_a_folder_that_is_allowed_leads_nowhere(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "srv" / "news" / "late.txt").symlink_to(tmp_path / "secret" / "a.txt")
    source = chosen_source(settings, "x", [f"{tmp_path}/srv/news"], bounds=bounds_of(settings, {}))
    assert len(list(source.discover())) == 1


def test_roots_are_taken_from_the_folder_of_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "news")
    file = tmp_path / "copydesk.toml"
    file.write_text('allowed_roots = ["link", "/srv/wire/", "s3://desk/in/"]\nallowed_hosts = ["intranet.example"]\n')
    monkeypatch.chdir("/")
    settings = load_settings({}, {"COPYDESK_FILE": str(file)})
    assert settings.allowed_roots == (str(tmp_path / "news"), "/srv/wire", "s3://desk/in")
    assert settings.allowed_hosts == ("intranet.example",)
    given = load_settings({}, {"COPYDESK_ALLOWED_ROOTS": "/srv/a, /srv/b"}, tmp_path / "none.toml")
    assert given.allowed_roots == (os.path.realpath("/srv/a"), os.path.realpath("/srv/b"))
    for wrong in ("allowed_roots = 3", "origins = [1]"):
        file.write_text(wrong)
        with pytest.raises(PermanentError, match="is no list of texts"):
            load_settings({}, {}, file)


def test_the_secrets_of_the_home_may_not_be_read(settings: Settings) -> None:
    home = settings.place.root
    (home / "prefect").mkdir()
    for name in ("auth-string", "sources.toml", "prefect/server.txt"):
        if name != "sources.toml":
            (home / name).write_text(article(4), encoding="utf-8")
        assert not allowed(settings, str(home / name)), name
    (home / "inbox" / "key.txt").symlink_to(home / "auth-string")
    source = chosen_source(settings, "x", [str(home)], bounds=bounds_of(settings, {}))
    assert [one.uri.rpartition("/home/")[2] for one in source.discover()] == ["a.txt"]


def test_a_list_that_became_a_link_is_not_read(settings: Settings, tmp_path: Path) -> None:
    """The location was resolved when the form was sent; what stands there now is looked at again."""
    listed = tmp_path / "srv" / "news" / "list.txt"
    listed.write_text("https://valley.example/1\n", encoding="utf-8")
    bounds = bounds_of(settings, {})
    spec = Spec(name="valley", kind="urls", location=confine(Spec(name="valley", kind="urls", location=str(listed)), bounds))
    listed.unlink()
    listed.symlink_to(tmp_path / "secret" / "a.txt")
    with pytest.raises(PermanentError, match="allowed_roots"):
        list(source_of(spec, 1 << 20, holds=bounds.holds).discover())


@pytest.mark.parametrize("name", ["a.txt", "a.csv"])
@pytest.mark.parametrize("swapped", ["file", "folder", "pipe"])
def test_what_was_put_in_the_place_of_a_file_after_it_was_checked_is_not_read(name: str, swapped: str, tmp_path: Path) -> None:
    """A listing names a file; before it is opened a link to another takes its place, or its folder's, or a pipe does."""
    for folder in ("news", "secret"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text("text\n" + article(1).replace("\n", " ") + "\n", encoding="utf-8")
    source = FolderSource("x", [tmp_path / "news"], holds=lambda uri: "/news/" in uri)
    (file,) = source._files(str(tmp_path / "news"))  # the moment between the listing and the opening
    if swapped == "folder":
        (tmp_path / "news").rename(tmp_path / "before")
        (tmp_path / "news").symlink_to(tmp_path / "secret")
    else:
        (tmp_path / "news" / name).unlink()
        if swapped == "pipe":
            os.mkfifo(tmp_path / "news" / name)
        else:
            (tmp_path / "news" / name).symlink_to(tmp_path / "secret" / name)
    found = list(source._documents(file, Poll()))
    assert [one.read(10**6).problem for one in found] == ["unreadable"]
    assert not any(one.read(10**6).data for one in found)
