"""What can be said of the register before anyone works with it."""

from dataclasses import dataclass
from enum import StrEnum

from domain.errors import Code, YishenError
from office.settings import Settings
from register.engine import open_register
from register.migrate import current, newest
from register.sound import damage


class RegisterIs(StrEnum):
    """How the register was found."""

    WELL = "well"
    MISSING = "missing"
    BROKEN = "broken"
    OLD = "old"


@dataclass(frozen=True, slots=True)
class RegisterState:
    """`error`, `detail`: why it can't be used; `revision`: the one its tables are at."""

    found: RegisterIs
    revision: str = ""
    error: Code | None = None
    detail: str = ""


def register_state(settings: Settings) -> RegisterState:
    """Look at tables and pages; reads only."""
    if not settings.register_exists:
        return RegisterState(RegisterIs.MISSING)
    register = open_register(settings.register)
    try:
        revision = current(settings.register)
        broken = damage(register)
    except YishenError as error:
        detail = error.params.get("detail", "")
        return RegisterState(RegisterIs.BROKEN, error=error.code, detail=detail)
    finally:
        register.close()
    if broken is not None:
        return RegisterState(RegisterIs.BROKEN, error=Code.REGISTER_DAMAGED, detail=broken)
    if revision != newest():
        return RegisterState(RegisterIs.OLD, revision or "-", detail=newest())
    return RegisterState(RegisterIs.WELL, revision or "")
