"""Looking after the key store: what it holds, another master key, a copy, taking a copy back."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from domain.errors import Code, InputError
from keys.device import DeviceMaster
from keys.master import from_file, make_file
from keys.store import KeyStore, Taken, open_store
from office.access.command_line import at_command_line
from office.access.door import require_admin
from office.people.names import acting_id
from office.running.key_store import fresh, key_store, master_from, register_at
from office.running.making_ready import forget_again
from office.settings import Settings
from register.writes.access import Attempt, log_access


@dataclass(frozen=True, slots=True)
class KeysKept:
    """What is found: `store` without password, `master` by its id, and where it is had from, how
    many keys."""

    store: str
    master: str
    master_from: str
    cipher: str
    keys: int
    destroyed: int


def kept(settings: Settings) -> KeysKept:
    """What the store holds, once it is known to open. Raises Unreachable, InputError."""
    store = key_store(settings)
    store.check()
    return KeysKept(
        store=store.name,
        master=store.master,
        master_from=master_from(settings),
        cipher=settings.cipher,
        keys=len(store.names()),
        destroyed=len(store.destroyed()),
    )


def rotate(settings: Settings, user: str, file: Path | None, device: str | None) -> KeysKept:
    """Wrap all keys by another master key, for `user`, an administrator: of `file` (made where it
    isn't there), of `device`, else a new one in the place of the old file.

    What was sealed stays; running processes find the new key by themselves where it takes the
    place of the old. Raises Refusal(not_an_admin, …), InputError(bad_master_key), Unreachable.
    """
    _admin(settings, user, "keys_rotated")
    store = key_store(settings)
    if device is not None:
        store.rotate(DeviceMaster(device))
    elif file is not None:
        make_file(file)
        store.rotate(from_file(file))
    elif settings.master_key or settings.master_key_device:
        raise InputError(Code.WHICH_MASTER_KEY)
    else:
        _rotate_in_its_place(settings.master_key_file, store)
    return _as_found(store, settings)


def _rotate_in_its_place(file: Path, store: KeyStore) -> None:
    """A new master key in the place of the old; broken off, the next attempt goes on with it."""
    new = fresh(file)
    make_file(new)
    store.rotate(from_file(new))
    new.replace(file)


def copy(settings: Settings, to: Path) -> KeysKept:
    """The store as it is, in a file of its own under the same master key; without that key nobody
    opens it. InputError(file_exists), Unreachable."""
    if to.exists():
        raise InputError(Code.FILE_EXISTS, file=to)
    store = key_store(settings)
    begun = to.with_name(f".{to.name}.part")
    begun.unlink(missing_ok=True)
    made = _at(begun, settings)
    try:
        made.create_empty()
        made.take(store)
    finally:
        made.close()
    begun.replace(to)
    return _as_found(store, settings)


def take_back(settings: Settings, user: str, copied: Path) -> Taken:
    """The keys of a copy that the store lacks, for `user`, an administrator. What is on either
    list of destroyed keys stays destroyed. InputError(file_unreadable), Refusal, Unreachable."""
    _admin(settings, user, "keys_taken_back")
    if not copied.is_file():
        raise InputError(Code.FILE_UNREADABLE, file=copied, detail="-")
    store = key_store(settings)
    if not store.exists():
        store.create_empty()
    source = _at(copied, settings)
    try:
        taken = store.take(source)
    finally:
        source.close()
    forget_again(settings)
    return taken


def _at(file: Path, settings: Settings) -> KeyStore:
    url = f"sqlite:///{quote(str(file.resolve()))}"
    return open_store(url, lambda: (), key_store(settings).suite)


def _as_found(store: KeyStore, settings: Settings) -> KeysKept:
    store.forget()
    return kept(settings)


def _admin(settings: Settings, user: str, what: str) -> None:
    register = register_at(settings)
    try:
        with register.reading() as session:
            user = acting_id(session, user)
            require_admin(session, user)
        done = Attempt(person=user, command=what, outcome="ok", asked_by=at_command_line())
        log_access(register, done)
    finally:
        register.close()
