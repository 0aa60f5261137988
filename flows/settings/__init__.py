"""What a run goes by: the options that a person chooses, the settings of the operator, and where they are read from."""

from copydesk.flows.settings.load import (
    FILE_VARIABLE,
    SETTINGS,
    Settings,
    flags_of,
    load_settings,
    named_home,
    settings_file,
    settings_of,
)

__all__ = [
    "FILE_VARIABLE",
    "SETTINGS",
    "Settings",
    "flags_of",
    "load_settings",
    "named_home",
    "settings_file",
    "settings_of",
]
