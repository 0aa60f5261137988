"""What a run that was asked for from outside cannot choose: its home, its cluster, a source of a private host."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.flows.served.asked import is_served, operators
from copydesk.flows.served.ingest import ingest
from copydesk.flows.served.maintenance import maintain, verify
from copydesk.flows.served.reprocess import reprocess, requeue
from copydesk.flows.served.source_forms import add, remove
from copydesk.warehouse.errors import PermanentError


def test_a_run_of_a_deployment_cannot_choose_its_home_or_cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(PermanentError, match="COPYDESK_HOME"):
        operators({"home": str(tmp_path / "home")})
    monkeypatch.setenv("COPYDESK_HOME", str(tmp_path / "home"))
    (tmp_path / "same").symlink_to(tmp_path / "home")
    for home in (None, str(tmp_path / "home"), str(tmp_path / "same"), "home", f"{tmp_path}/x/../home/"):
        assert operators({"home": home, "jobs": 2}).address == str(tmp_path / "home")
    for other in ("other", "/", str(tmp_path), "s3://desk/home"):
        with pytest.raises(PermanentError, match="home: a run cannot choose it"):
            operators({"home": other})
    with pytest.raises(PermanentError, match="executor: a run cannot choose it"):
        operators({"executor": "dask://127.0.0.1:9"})
    monkeypatch.setenv("COPYDESK_EXECUTOR", "dask://127.0.0.1:9")
    assert operators({"executor": "dask://127.0.0.1:9"}).executor == "dask://127.0.0.1:9"
    assert operators({}).executor == "dask://127.0.0.1:9"


def test_every_flow_of_a_deployment_refuses_another_home_before_it_does_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COPYDESK_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("copydesk.flows.served.asked.is_served", lambda: True)
    named = {"name": "diary", "kind": "folder", "location": str(tmp_path)}
    for flow, given in (
        (ingest, {}),
        (reprocess, {}),
        (requeue, {}),
        (maintain, {}),
        (verify, {}),
        (remove, {"name": "diary"}),
        (add, named),
    ):
        with pytest.raises(PermanentError, match="home: a run cannot choose it"):
            flow.fn(home=str(tmp_path / "elsewhere"), **given)
    for flow in (ingest, reprocess, requeue):
        with pytest.raises(PermanentError, match="executor: a run cannot choose it"):
            flow.fn(executor="dask://127.0.0.1:9")
    assert list(tmp_path.iterdir()) == []


def test_a_source_of_a_private_host_is_refused_where_the_operator_does_not_allow_the_host(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COPYDESK_HOME", str(tmp_path / "home"))
    private = {"name": "inner", "kind": "urls", "location": "http://127.0.0.1:9/list.txt", "allow": ["127.0.0.1"]}
    with pytest.raises(PermanentError, match="allowed_hosts"):
        add.fn(**private)
    assert not (tmp_path / "home" / "sources.toml").exists()


def test_a_flow_of_ones_own_process_belongs_to_no_deployment() -> None:
    assert not is_served()


def test_a_link_out_of_what_is_allowed_is_no_place_of_a_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COPYDESK_HOME", str(tmp_path / "home"))
    (tmp_path / "allowed").mkdir()
    (tmp_path / "secret").mkdir()
    (tmp_path / "allowed" / "link").symlink_to(tmp_path / "secret")
    (tmp_path / "copydesk.toml").write_text('allowed_roots = ["allowed"]', encoding="utf-8")
    monkeypatch.setattr("copydesk.flows.served.asked.is_served", lambda: True)
    with pytest.raises(PermanentError, match="allowed_roots"):
        add.fn(name="diary", kind="folder", location=f"{tmp_path}/allowed/link")
    assert not (tmp_path / "home" / "sources.toml").exists()
