"""What the system and its databases say when they refuse, as keys of the texts: they say it in
English, and to somebody else."""

import errno
import os

_NUMBERS = (
    errno.EACCES,
    errno.EPERM,
    errno.EROFS,
    errno.ENOENT,
    errno.EEXIST,
    errno.ENOTDIR,
    errno.EISDIR,
    errno.ENOSPC,
    errno.EDQUOT,
    errno.EFBIG,
    errno.EIO,
    errno.ENAMETOOLONG,
    errno.EMFILE,
    errno.ECONNREFUSED,
)
_ERRORS = {os.strerror(number): errno.errorcode[number].lower() for number in _NUMBERS}

_PHRASES = (
    ("unable to open database file", "no_database_file"),
    ("database is locked", "locked"),
    ("database table is locked", "locked"),
    ("lock timeout", "locked"),
    ("readonly database", "erofs"),
    ("read-only transaction", "erofs"),
    ("disk is full", "enospc"),
    ("disk I/O error", "eio"),
    ("malformed", "damaged"),
    ("file is not a database", "damaged"),
    ("no such table", "no_tables"),
    ("UndefinedTable", "no_tables"),
    ("password authentication failed", "no_access"),
    ("Connection refused", "econnrefused"),
    ("connection refused", "econnrefused"),
    ("timeout expired", "timeout"),
    ("Timeout expired", "timeout"),
    ("transport error", "cut_off"),
    ("Failed client connect", "cut_off"),
    ("QueuePool limit", "locked"),
)


def key_of(detail: str) -> str | None:
    """The key under `errors.system` of what a system said; None for words it doesn't know."""
    if detail in _ERRORS:
        return _ERRORS[detail]
    return next((key for phrase, key in _PHRASES if phrase in detail), None)
