"""All commands, in the order of the help within their panels."""

from functools import cache

from cli.acts import commands as act_commands
from cli.acts import intake as intake_commands
from cli.calendar import commands as calendar_commands
from cli.case import command as case_command
from cli.case import private as private_commands
from cli.case import whatif as whatif_command
from cli.frame.command import Command
from cli.law import commands as statute_commands
from cli.law import fee as fee_command
from cli.lists import access as access_command
from cli.lists import commands as list_commands
from cli.lists import corrections as corrections_command
from cli.lists import find as find_command
from cli.lists import office_history as history_command
from cli.lists import reports as report_commands
from cli.office import commands as office_commands
from cli.office import forgetting as forgetting_commands
from cli.office import organs as organ_commands
from cli.office import people as people_commands
from cli.office import signing_in as signing_in_commands
from cli.papers import evidence as evidence_command
from cli.remedies import command as remedy_commands
from cli.remedies import lists as proceeding_commands
from cli.remedies import outcomes as outcome_command
from cli.run import backup as backup_commands
from cli.run import commands as run_commands
from cli.run import keys
from cli.run import pages as page_commands

SOURCES = (
    list_commands,
    find_command,
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
    signing_in_commands,
    organ_commands,
    report_commands,
    outcome_command,
    calendar_commands,
    access_command,
    corrections_command,
    history_command,
    forgetting_commands,
    run_commands,
    page_commands,
    backup_commands,
    keys,
    statute_commands,
    fee_command,
)


@cache
def all_commands() -> tuple[Command, ...]:
    """Every command once."""
    return tuple(command for source in SOURCES for command in source.commands())
