"""All commands, in the order of the help within their panels."""

from starter.cli import (
    access_command,
    act_commands,
    calendar_commands,
    case_command,
    evidence_command,
    intake_commands,
    list_commands,
    office_commands,
    outcome_command,
    people_commands,
    private_commands,
    proceeding_commands,
    remedy_commands,
    report_commands,
    run_commands,
    statute_commands,
    whatif_command,
)
from starter.cli.command import Command

SOURCES = (
    list_commands,
    case_command,
    private_commands,
    people_commands,
    remedy_commands,
    proceeding_commands,
    evidence_command,
    whatif_command,
    intake_commands,
    act_commands,
    office_commands,
    report_commands,
    outcome_command,
    calendar_commands,
    access_command,
    run_commands,
    statute_commands,
)


def all_commands() -> list[Command]:
    """Every command once."""
    return [command for source in SOURCES for command in source.commands()]
