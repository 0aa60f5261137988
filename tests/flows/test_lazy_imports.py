"""A module that is put off runs its code when somebody asks for a name of it, once, and not before."""

from __future__ import annotations

import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path

import pytest

from copydesk.flows.workers.lazy_imports import absent, defer, unasked


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    name = "harbour_of_torvik"
    (tmp_path / name).mkdir()
    (tmp_path / name / "__init__.py").write_text(
        "import sys\nsys.ran = getattr(sys, 'ran', 0) + 1\nboats = 14\n", encoding="utf-8"
    )
    (tmp_path / name / "quay.py").write_text("length = 300\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "ran", 0, raising=False)
    for module in (name, f"{name}.quay"):
        monkeypatch.delitem(sys.modules, module, raising=False)
    return name


def ran() -> int:
    return int(getattr(sys, "ran", 0))


def test_it_runs_at_the_first_name_and_only_then(package: str) -> None:
    defer(package)
    module = import_module(package)
    assert module.__name__ == package
    assert not hasattr(module, "__wrapped__")
    assert ran() == 0
    assert (module.boats, module.boats, ran()) == (14, 14, 1)
    with pytest.raises(AttributeError):
        _ = module.nothing
    assert import_module(package) is module


def test_its_submodules_can_be_imported(package: str) -> None:
    defer(package)
    assert import_module(f"{package}.quay").length == 300


def test_what_is_loaded_or_missing_stays_as_it_is(package: str) -> None:
    loaded = import_module(package)
    defer(package, "no_such_harbour")
    assert import_module(package) is loaded
    assert "no_such_harbour" not in sys.modules


def test_what_is_absent_for_a_moment_cannot_be_imported_then_and_can_be_later(
    package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 1)  # earlier tests may have left threads in this process
    with absent(package), pytest.raises(ImportError):
        import_module(package)
    assert import_module(package).boats == 14
    with absent(package):
        assert import_module(package).boats == 14, "it was loaded already"


def test_nothing_is_absent_for_other_threads(package: str) -> None:
    with ThreadPoolExecutor(1) as other:
        other.submit(int).result()
        with absent(package):
            assert other.submit(import_module, package).result().boats == 14


def test_what_is_offered_and_not_asked_for_is_stood_in_for_while_others_load(
    package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 1)  # earlier tests may have left threads in this process
    with unasked(f"{package}.quay"):
        stood_in = import_module(f"{package}.quay")
        assert isinstance(stood_in.Crane, type)
        assert stood_in.Crane is stood_in.Crane
        assert not hasattr(stood_in, "__path__")
    assert import_module(f"{package}.quay").length == 300, "who asks for it later has it"
    with unasked(f"{package}.quay"):
        assert import_module(f"{package}.quay").length == 300, "it was loaded already"
