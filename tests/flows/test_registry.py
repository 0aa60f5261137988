"""Locations in sources.toml: relative to the file, stored so, and printed without their secrets."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.flows.sources.registry import add_source, read_sources, source_of
from copydesk.flows.sources.source_options import Spec
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.home import Home
from tests.conftest import article, copydesk


def test_a_home_can_be_moved_with_what_it_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "desk [1]"
    home = Home(place / "home").prepared()
    for folder in (place / "news", place / "home" / "wire", tmp_path / "far"):
        folder.mkdir()
        (folder / "1.txt").write_text(article(1), encoding="utf-8")
    add_source(home, Spec(name="beside", kind="folder", location=str(place / "news")))
    add_source(home, Spec(name="below", kind="folder", location=str(place / "home" / "wire")))
    add_source(home, Spec(name="pattern", kind="glob", location=str(place / "news" / "*.txt").replace("[", "[[]")))
    add_source(home, Spec(name="far", kind="folder", location=str(tmp_path / "far")))
    add_source(home, Spec(name="web", kind="feed", location="https://wire.example/rss"))
    text = (place / "home" / "sources.toml").read_text(encoding="utf-8")
    for line in ('"../news"', '"wire"', f'"{tmp_path}/far"', '"https://wire.example/rss"'):
        assert f"location = {line}" in text
    place.rename(tmp_path / "moved")
    moved = Home(tmp_path / "moved" / "home")
    monkeypatch.chdir(tmp_path)
    for name in ("beside", "below", "far"):
        found = [one.uri for one in source_of(read_sources(moved)[name], 1 << 20).discover(lambda *_: False)]
        assert len(found) == 1, name
    assert read_sources(moved)["beside"].location == str(tmp_path / "moved" / "news")


def test_a_relative_pattern_is_read_from_the_folder_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Home(tmp_path / "home [x]").prepared()
    (home.root / "in").mkdir()
    (home.root / "in" / "1.txt").write_text(article(1), encoding="utf-8")
    (home.root / "list.txt").write_text("# none yet\n", encoding="utf-8")
    (home.root / "sources.toml").write_text(
        '[sources.a]\nkind = "glob"\nlocation = "in/*.txt"\n[sources.b]\nkind = "urls"\nlocation = "list.txt"\n', "utf-8"
    )
    monkeypatch.chdir(tmp_path)
    specs = read_sources(home)
    assert len(list(source_of(specs["a"], 1 << 20).discover(lambda *_: False))) == 1
    assert list(source_of(specs["b"], 1 << 20).discover(lambda *_: False)) == []


def test_a_source_is_added_from_where_the_user_is(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "1.txt").write_text(article(1), encoding="utf-8")
    added = copydesk("source", "add", "n", "--kind", "folder", "--location", "news", "--home", "home", cwd=tmp_path)
    assert added.returncode == 0, added.stderr
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    checked = copydesk("source", "check", "n", "--home", tmp_path / "home", cwd=elsewhere)
    assert "1.txt" in checked.stdout, checked.stderr


def test_no_secret_of_a_location_is_printed(tmp_path: Path) -> None:
    home = Home(tmp_path / "home").prepared()
    (home.root / "sources.toml").write_text(
        '[sources.a]\nkind = "feed"\nlocation = "http://desk:s3cret@127.0.0.1:9/rss?api_key=s3cret&page=1"\nallow = ["127.0.0.1"]\n'
        '[sources.b]\nkind = "urls"\nlocation = "http://desk:s3cret@[::1"\n',
        encoding="utf-8",
    )
    listed = copydesk("source", "list", "--home", home.root)
    assert "http://127.0.0.1:9/rss?api_key=***&page=1" in listed.stdout
    told = listed.stdout + listed.stderr
    for name in ("a", "b"):
        done = copydesk("ingest", "--source", name, "--home", home.root)
        assert done.returncode == 1
        told += done.stdout + done.stderr
    assert "s3cret" not in told
    assert not any(
        b"s3cret" in path.read_bytes() for path in home.root.rglob("*") if path.name != "sources.toml" and path.is_file()
    )


def test_a_proxy_that_is_no_address_is_told(tmp_path: Path) -> None:
    home = Home(tmp_path).prepared()
    (tmp_path / "sources.toml").write_text('[sources.a]\nkind = "feed"\nlocation = "x"\nproxy = "desk"\n', encoding="utf-8")
    with pytest.raises(PermanentError, match="source 'a': proxy: this is no address such as"):
        read_sources(home)
