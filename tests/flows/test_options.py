"""An option is defined once: command, form, record and reference say the same of it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import cyclopts
import pytest
from prefect import Flow
from prefect.utilities.callables import parameter_schema

from copydesk.flows.cli import app
from copydesk.flows.options import LockOptions, Options, ReprocessOptions, RequeueOptions, RunOptions, bounds, flag
from copydesk.flows.served.forms import OWN, described, form
from copydesk.flows.served.ingest import ingest
from copydesk.flows.served.maintenance import maintain, verify
from copydesk.flows.served.reprocess import reprocess, requeue
from copydesk.flows.served.source_forms import add
from copydesk.flows.settings import SETTINGS, Settings, load_settings, settings_of
from copydesk.flows.sources.containers.columns import NAMES
from copydesk.flows.sources.registry import read_sources
from copydesk.flows.sources.source_options import SourceOptions
from copydesk.warehouse.home import Home
from tests.conftest import ROOT, copydesk

JOBS: dict[str, tuple[type[Options], Flow[Any, Any]]] = {
    "ingest": (RunOptions, ingest),
    "reprocess": (ReprocessOptions, reprocess),
    "requeue": (RequeueOptions, requeue),
    "maintain": (LockOptions, maintain),
    "verify": (LockOptions, verify),
    "source": (SourceOptions, add),
}


def arguments_of(command: str) -> dict[str, cyclopts.Argument]:
    return {argument.name: argument for argument in app()[command].assemble_argument_collection() if argument.show}


@pytest.mark.parametrize("command", JOBS)
def test_command_and_form_say_the_same_of_an_option(command: str) -> None:
    options, flow = JOBS[command]
    fields, arguments = flow.parameters.model_dump()["properties"], arguments_of(command)
    for name, option in options.model_fields.items():
        argument, field = arguments[flag(name)], fields[name]
        assert option.description
        assert argument.parameter.help == option.description
        assert field["description"] == described(name, option)
        assert field["description"].startswith(option.description)
        low, high = bounds(option)
        assert (field.get("minimum"), field.get("maximum")) == (low, high)
        if not option.is_required():
            assert argument.field_info.default == option.default
            assert field["default"] == ("" if name in OWN else option.default or field["default"])


def test_every_setting_of_the_reference_is_said_as_the_option_says_it() -> None:
    page = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
    told = {row[0]: row[1:] for row in re.findall(r"^\| `(\w+)` \| `\w+` \| (?:`(.*?)`)? ?\| (.*) \|$", page, re.MULTILINE)}
    assert told.keys() == SETTINGS
    for name, option in RunOptions.model_fields.items():
        assert told[name] == ("" if option.default is None else str(option.default), option.description)


class KeepForm(LockOptions):
    """What the form of the next test asks for."""

    days: int = 3


def test_a_form_is_flat_with_what_is_its_own_first() -> None:
    @form(KeepForm)
    def keep(asked: KeepForm) -> dict[str, Any]:
        """Keeps what was asked for.

        Returns:
            What was given.
        """
        return asked.given

    schema = parameter_schema(keep).model_dump()
    assert list(schema["properties"]) == ["days", "home", "wait"]
    assert not schema["definitions"]
    assert keep(days=4, home="", wait=1.0) == {"days": 4, "wait": 1.0}
    assert keep.__doc__ is not None and keep.__doc__.index("Args:") < keep.__doc__.index("Returns:")


def test_a_job_has_its_own_default_which_environment_and_flag_beat(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert settings_of(RequeueOptions()).max_rejects == 1.0
    assert settings_of(ReprocessOptions()).max_rejects == 0.2
    assert requeue.parameters.properties["max_rejects"]["default"] == 1.0
    monkeypatch.setenv("COPYDESK_MAX_REJECTS", "0.3")
    assert settings_of(RequeueOptions()).max_rejects == 0.3
    assert settings_of(RequeueOptions(max_rejects=0.5)).max_rejects == 0.5


def test_a_deployment_begins_with_what_the_operator_has_set(tmp_path: Path) -> None:
    from copydesk.flows.served.deployments import deployments

    settings = load_settings({"home": str(tmp_path)}, {"COPYDESK_MAX_REJECTS": "0.3"}, tmp_path / "none.toml")
    made = {one.flow_name: one.parameters for one in deployments(settings)}
    assert made["requeue"] == {"home": str(tmp_path), "max_rejects": 0.3}
    assert made["verify"] == {"home": str(tmp_path)}
    bare = {one.flow_name: one.parameters for one in deployments(Settings(home=tmp_path), pool="desk")}
    assert bare["requeue"] == {}


def test_a_source_is_told_of_every_column_by_command_and_form(tmp_path: Path) -> None:
    assert {f"{what}_column" for what in NAMES} <= add.parameters.properties.keys()
    pairs = [part for what in NAMES for part in ("--column", f"{what}=the {what}")]
    place = ("--kind", "rows", "--location", tmp_path / "t.csv", "--delimiter", "tab", "--home", tmp_path)
    done = copydesk("source", "add", "t", *place, *pairs)
    assert done.returncode == 0, done.stderr
    spec = read_sources(Home(tmp_path))["t"]
    assert spec.columns == {what: f"the {what}" for what in NAMES}
    assert spec.delimiter == "\t"
