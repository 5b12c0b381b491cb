"""The key by which a case knows what its own office sends; see `workflows.seal`."""

from pathlib import Path

from keys.master import make_file
from office.private import claim
from office.settings import load

FILE = "act.key"


def act_key(data: Path) -> bytes:
    """YISHEN_ACT_KEY, else the key in the data folder, made at its first use.

    Raises InputError (bad_setting, data_folder_open).
    """
    given = load(data).act_key
    if given is not None:
        return given.get_secret_value().encode()
    file = data / FILE
    if not file.exists():
        claim(data)
        make_file(file)
    return file.read_bytes().strip()
