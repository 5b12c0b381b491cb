"""Register and key store made ready for whoever is about to work with them."""

from domain.errors import Code, Unreachable
from domain.words import sealed_parts
from keys.master import make_file
from office.forgetting.wiping import obey
from office.running.indexing import index_is_whole, rebuild_index
from office.running.key_store import key_store, master_from, register_at
from office.settings import Settings
from register.reads.filter import Filter
from register.reads.lists import count_cases
from register.reads.queries import subjects

NO_FILE = "unable to open database file"
"""As SQLite says it; the catalogue has it in the words of people."""


def make_ready(settings: Settings) -> None:
    """The register has the newest tables, and the key store is there and open: made with the first
    case, never behind the back of words that another store has the keys of.

    Raises Unreachable(register_…, key_store_unreachable, master_key_wrong), InputError.
    """
    migrate(settings)
    make_keys_ready(settings)


def migrate(settings: Settings) -> None:
    """The register has the newest tables. Raises Unreachable(register_…)."""
    from register.migrate import upgrade  # slow to load, and needed by whoever sets up alone

    upgrade(settings.register)


def make_keys_ready(settings: Settings) -> None:
    """The second half of `make_ready`, for whoever has to know first whether the register is
    theirs. Raises Unreachable, InputError."""
    store = key_store(settings)
    if not store.exists():
        cases, sealed = _cases(settings)
        if sealed:
            raise Unreachable(Code.KEY_STORE_UNREACHABLE, store=store.name, detail=NO_FILE)
        # Never beside a store that there is: it would be another key than the one that opens it.
        if master_from(settings) == str(settings.master_key_file):
            make_file(settings.master_key_file)
        store.create()
        for case in cases:
            store.make(case)
    store.check()
    forget_again(settings)
    _begin_index(settings)


def forget_again(settings: Settings) -> None:
    """What is forgotten stays so, whichever of register and key store was put back from before.
    Raises Unreachable."""
    register = register_at(settings)
    try:
        obey(settings, register, key_store(settings))
    finally:
        register.close()


def _begin_index(settings: Settings) -> None:
    """Of no cases, the search index is whole at once; any other is for the worker to make."""
    register = register_at(settings)
    try:
        with register.reading() as session:
            empty = count_cases(session, Filter(training=True)) == 0
        if empty and not index_is_whole(register):
            rebuild_index(register)
    finally:
        register.close()


def keys_lacking(settings: Settings) -> bool:
    """Whether there are sealed words and no store of their keys: a register put back, a folder
    that is away. Raises Unreachable."""
    return not key_store(settings).exists() and _cases(settings)[1]


def _cases(settings: Settings) -> tuple[list[str], bool]:
    """The cases there are, and whether words of any are sealed."""
    register = register_at(settings)
    try:
        with register.reading() as session:
            found = subjects(session)
    finally:
        register.close()
    return list(found), any(sealed_parts(subject) for subject in found.values())
