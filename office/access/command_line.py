"""Who works at the command line, as far as this machine knows."""

import os
from functools import cache
from getpass import getuser

from domain.case.people import AskedBy, account_of, on_command_line


@cache
def at_command_line() -> AskedBy:
    """The command line of this process: by the account it really runs under, which no variable
    of the environment names otherwise."""
    return on_command_line(_account())


def account() -> str:
    """Who acts where nobody is named: the account of this machine, which is all that is known."""
    return f"account:{account_of(at_command_line())}"


def _account() -> str:
    try:
        import pwd
    except ImportError:  # no such list on this system
        return getuser()
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"uid {os.getuid()}"
