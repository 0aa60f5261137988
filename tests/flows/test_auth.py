"""The auth string: where it lies, what keeps nobody out, who may listen where."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from copydesk.flows.served.auth import file_of, let_client_in, operators_auth_string, own_auth_string
from copydesk.flows.settings import Settings
from copydesk.warehouse.errors import PermanentError
from copydesk.warehouse.home import Home
from tests.conftest import copydesk
from tests.flows.serving import EVERYWHERE, free_port


@pytest.mark.parametrize("host", [EVERYWHERE, "::", "192.0.2.7", "nowhere.invalid"])
def test_a_host_that_others_reach_is_refused_without_the_operators_auth_string(tmp_path: Path, host: str) -> None:
    refused = copydesk("up", "--home", tmp_path / "home", "--host", host, "--port", str(free_port()))
    assert refused.returncode == 1
    assert "--host 127.0.0.1" in refused.stderr or ("auth_file" in refused.stderr and "TLS" in refused.stderr)
    assert not (tmp_path / "home" / "prefect").exists()


@pytest.mark.parametrize(
    ("content", "mode", "told"),
    [
        ("short", 0o600, "keeps nobody out"),
        ("with blanks in the middle", 0o600, "keeps nobody out"),
        ("x" * 40, 0o644, "chmod 600"),
    ],
)
def test_an_auth_string_that_keeps_nobody_out_is_refused(tmp_path: Path, content: str, mode: int, told: str) -> None:
    file = tmp_path / "string"
    file.write_text(content)
    file.chmod(mode)
    up = ("up", "--home", tmp_path / "home", "--host", EVERYWHERE, "--port", str(free_port()))
    refused = copydesk(*up, env={"COPYDESK_AUTH_FILE": str(file)})
    assert refused.returncode == 1
    assert told in refused.stderr
    assert content not in refused.stderr


@pytest.mark.parametrize("port", ["80000", "0", "-1"])
def test_a_port_that_is_none_is_said_so(tmp_path: Path, port: str) -> None:
    refused = copydesk("up", "--home", tmp_path / "home", f"--port={port}")
    assert refused.returncode == 1
    assert f"{port} is no port" in refused.stderr


def test_a_home_has_an_auth_string_of_its_own_that_its_owner_alone_can_read(tmp_path: Path) -> None:
    one, other = Home(tmp_path / "one").prepared(), Home(tmp_path / "other").prepared()
    given = own_auth_string(one)
    assert given == own_auth_string(one)
    assert given != own_auth_string(other)
    assert len(given) > 40
    assert stat.S_IMODE(file_of(one).stat().st_mode) == 0o600
    assert [path.name for path in one.root.iterdir() if "auth" in path.name] == ["auth-string"]
    file_of(one).chmod(0o640)
    with pytest.raises(PermanentError, match="chmod 600"):
        own_auth_string(one)


def test_the_operators_auth_string_comes_first(tmp_path: Path) -> None:
    file = tmp_path / "string"
    file.write_text("a-string-of-the-operator\n")
    file.chmod(0o600)
    by_variable = {"PREFECT_SERVER_API_AUTH_STRING": "operator:long-enough"}
    assert operators_auth_string(Settings(), {}) is None
    assert operators_auth_string(Settings(), by_variable) == (
        "operator:long-enough",
        "the variable PREFECT_SERVER_API_AUTH_STRING",
    )
    assert operators_auth_string(Settings(auth_file=file), by_variable) == ("a-string-of-the-operator", str(file))
    with pytest.raises(PermanentError, match="cannot be read"):
        operators_auth_string(Settings(auth_file=tmp_path / "none"), {})


def test_no_other_server_is_given_the_auth_string(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An address that `up` left behind, where somebody else may listen by now, gets nothing."""
    monkeypatch.delenv("PREFECT_API_AUTH_STRING", raising=False)
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:4200/api")
    settings = Settings(home=tmp_path / "home")
    own_auth_string(settings.place.prepared())
    (tmp_path / "home" / "up.lock").write_text('{"address": "http://127.0.0.1:4200", "pid": 1}')
    let_client_in(settings)
    import os

    assert "PREFECT_API_AUTH_STRING" not in os.environ
