"""The key store of an installation, and its master key, as the settings name them."""

from collections.abc import Iterator
from functools import cache, cached_property
from pathlib import Path

from domain.errors import Code, Refusal
from keys.cipher import Suite
from keys.data_key import DataKey
from keys.device import DeviceMaster
from keys.master import Master, from_file, from_words
from keys.search import Indexer
from keys.store import Destroyed, KeyStore, open_store
from keys.words import Reader
from office.private import claim
from office.settings import Settings
from register.engine import Register, open_register


def key_store(settings: Settings) -> KeyStore:
    """The store, the same for the whole process. InputError(bad_master_key, bad_setting,
    data_folder_open); nothing is connected yet."""
    given = settings.master_key
    return _opened(
        settings.keys,
        None if given is None else given.get_secret_value(),
        settings.master_key_device,
        settings.master_key_file,
        settings.cipher,
        settings.data,
    )


def key_of(settings: Settings, case: str, *, new: bool = False) -> DataKey:
    """The key of the case; `new`: which has none yet.

    Raises Refusal(words_destroyed), Unreachable(key_store_unreachable, key_missing,
    master_key_wrong).
    """
    store = key_store(settings)
    try:
        return store.make(case) if new else store.key(case)
    except Destroyed as error:
        raise Refusal(Code.WORDS_DESTROYED, case=case) from error


@cache
def _opened(
    url: str, given: str | None, device: str | None, file: Path, cipher: str, data: Path
) -> KeyStore:
    claim(data)
    suite = Suite(cipher)
    return open_store(url, lambda: _masters(given, device, file), suite)


def _masters(given: str | None, device: str | None, file: Path) -> Iterator[Master]:
    if given is not None:
        yield from_words(given, "YISHEN_MASTER_KEY")
        return
    if device is not None:
        yield DeviceMaster(device)
        return
    yield from_file(file)
    if fresh(file).exists():  # a rotation under way, or broken off
        yield from_file(fresh(file))


def master_from(settings: Settings) -> str:
    """Where the master key is had from: the name of a variable, or a file."""
    if settings.master_key is not None:
        return "YISHEN_MASTER_KEY"
    if settings.master_key_device is not None:
        return "YISHEN_MASTER_KEY_DEVICE"
    return str(settings.master_key_file)


def fresh(file: Path) -> Path:
    """Where a master key waits that is to take the place of `file`."""
    return file.with_name(f"{file.name}.new")


class PayloadKeys:
    """The keys for what goes through the engine (`workflows.codec.Keys`)."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @cached_property
    def _store(self) -> KeyStore:
        return key_store(self._settings)

    @property
    def store(self) -> str:
        """See `Keys`."""
        return self._store.name

    def at_hand(self, name: str) -> DataKey | None:
        """See `Keys`."""
        return self._store.held(name)

    def fetch(self, name: str) -> DataKey:
        """See `Keys`."""
        return key_of(self._settings, name)


def register_at(settings: Settings, wait: float | None = None) -> Register:
    """The register of the installation, with what opens its words and what finds its cases;
    nothing is connected yet."""

    def store() -> KeyStore:
        return key_store(settings)

    reader = Reader(store)
    return open_register(
        settings.register,
        wait=settings.timeout if wait is None else wait,
        reader=reader,
        indexer=Indexer(store, reader),
    )
