"""The store of wrapped keys, apart from the register: a database of its own.

A key is made once and never changed; rotating the master key wraps it anew. A destroyed key leaves
its name on a list, so that no copy of the store can bring it back.
"""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock
from time import monotonic
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from domain.errors import Code, Unreachable
from domain.words import ACROSS
from keys.cipher import Suite, Tampered
from keys.data_key import SECRET, DataKey
from keys.database import DATA_KEYS, DESTROYED_KEYS, KeyDatabase
from keys.master import Master

KEPT_SECONDS = 60.0
"""A process forgets an unwrapped key after so long: a destroyed one is gone everywhere then."""

KEPT = 20_000

Masters = Callable[[], Iterable[Master]]


@dataclass(frozen=True, slots=True)
class Taken:
    """What a copy brought: keys `taken`, of those `there`; `destroyed` ones known of by now."""

    taken: int
    there: int
    destroyed: int


class Destroyed(Exception):
    """The key is gone for good, and with it what it sealed."""


class KeyStore:
    """The keys of an installation, by name (a case's id, or ACROSS). Thread-safe.

    `masters`: those at hand, asked for with the first key; the first of them wraps what is new.
    `suite` of keys made from now on.
    """

    def __init__(self, database: KeyDatabase, masters: Masters, suite: Suite) -> None:
        self._database = database
        self._given = masters
        self.suite = suite
        self._masters: dict[str, Master] = {}
        self._held: dict[str, tuple[float, DataKey]] = {}
        self._lock = Lock()

    @property
    def master(self) -> str:
        """The master key that wraps what is new, by its id. Raises InputError, Unreachable."""
        return next(iter(self._at_hand()))

    def _at_hand(self, *, anew: bool = False) -> dict[str, Master]:
        if not self._masters or anew:
            self._masters = {master.id: master for master in self._given()}
        return self._masters

    @property
    def name(self) -> str:
        """Where it is, without password, for people."""
        return self._database.name

    def close(self) -> None:
        """Forget every key, close all connections."""
        self.forget()
        self._database.close()

    def forget(self) -> None:
        """Let go of the keys unwrapped so far."""
        with self._lock:
            self._held.clear()

    def held(self, name: str) -> DataKey | None:
        """The key of that name, where it was unwrapped a moment ago."""
        held = self._held.get(name)
        return held[1] if held is not None and held[0] > monotonic() else None

    def key(self, name: str) -> DataKey:
        """The key of that name.

        Raises Destroyed; Unreachable (key_store_unreachable, key_missing, master_key_wrong).
        """
        held = self.held(name)
        if held is not None:
            return held
        with self._database.connection() as db:
            return self._keep(self._read(db, name))

    def make(self, name: str) -> DataKey:
        """The key of that name, made where there is none yet. Raises as `key`."""
        held = self.held(name)
        if held is not None:
            return held
        with self._database.connection() as db:
            found = self._find(db, name)
        if found is None:
            with self._database.connection(writing=True) as db:
                self._insert(db, name)
                found = self._read(db, name)
        return self._keep(found)

    def exists(self) -> bool:
        """Whether anybody made it yet. Raises Unreachable where that can't be said."""
        return self._database.exists()

    def create(self) -> None:
        """A store with a key for what goes across cases. Raises Unreachable."""
        self.create_empty()
        self.make(ACROSS)

    def create_empty(self) -> None:
        """A store with nothing in it. Raises Unreachable."""
        self._database.create()

    def check(self) -> None:
        """That the store is there and the master key opens it. Raises Unreachable."""
        self.forget()
        self.key(ACROSS)

    def names(self) -> list[str]:
        """Of all keys there are."""
        with self._database.connection() as db:
            return list(db.scalars(select(DATA_KEYS.c.name).order_by(DATA_KEYS.c.name)))

    def destroyed(self) -> list[str]:
        """Names of the keys that are gone for good."""
        with self._database.connection() as db:
            return list(db.scalars(select(DESTROYED_KEYS.c.name).order_by(DESTROYED_KEYS.c.name)))

    def destroy(self, names: Iterable[str]) -> None:
        """The keys of these names are no more, here and in any copy of the store that is opened
        beside this list. Repeating it changes nothing. Raises Unreachable."""
        wanted = sorted(set(names))
        with self._database.connection(writing=True) as db:
            known = set(db.scalars(select(DESTROYED_KEYS.c.name)))
            new = [
                {"name": name, "destroyed_at": datetime.now(UTC)}
                for name in wanted
                if name not in known
            ]
            if new:
                db.execute(insert(DESTROYED_KEYS), new)
            for name in wanted:
                db.execute(delete(DATA_KEYS).where(DATA_KEYS.c.name == name))
        with self._lock:
            for name in wanted:
                self._held.pop(name, None)

    def rotate(self, master: Master) -> int:
        """Wrap every key by `master` from now on, all or none; how many. What the keys have
        sealed stays as it is. Raises Unreachable."""
        with self._database.connection(writing=True) as db:
            rows = db.execute(select(DATA_KEYS)).all()
            for row in rows:
                secret = self._unwrap(row)
                wrapped = master.wrap(secret, row.name.encode())
                where = DATA_KEYS.c.name == row.name
                db.execute(update(DATA_KEYS).where(where).values(wrapped=wrapped, master=master.id))
        self._masters = {master.id: master, **self._masters}
        return len(rows)

    def take(self, source: "KeyStore") -> Taken:
        """The keys of `source` that this one lacks, as they are wrapped there. Whatever is on
        either list of destroyed keys is on both from now on, and gone. Raises Unreachable."""
        with source._database.connection() as db:
            theirs = [dict(row) for row in db.execute(select(DATA_KEYS)).mappings()]
        gone = {*self.destroyed(), *source.destroyed()}
        self.destroy(gone)
        with self._database.connection(writing=True) as db:
            have = set(db.scalars(select(DATA_KEYS.c.name)))
            new = [row for row in theirs if row["name"] not in have | gone]
            if new:
                db.execute(insert(DATA_KEYS), new)
        self.forget()
        return Taken(taken=len(new), there=len(theirs), destroyed=len(gone))

    # -- rows -----------------------------------------------------------------------------------

    def _find(self, db: Connection, name: str) -> DataKey | None:
        row = db.execute(select(DATA_KEYS).where(DATA_KEYS.c.name == name)).one_or_none()
        if row is not None:
            return DataKey(name, self._unwrap(row), Suite(row.suite))
        gone = select(DESTROYED_KEYS.c.name).where(DESTROYED_KEYS.c.name == name)
        if db.execute(gone).first() is not None:
            raise Destroyed(name)
        return None

    def _read(self, db: Connection, name: str) -> DataKey:
        found = self._find(db, name)
        if found is None:
            raise Unreachable(Code.KEY_MISSING, key=name, store=self.name)
        return found

    def _insert(self, db: Connection, name: str) -> None:
        master = next(iter(self._at_hand().values()))
        row = {
            "name": name,
            "suite": self.suite.value,
            "master": master.id,
            "wrapped": master.wrap(secrets.token_bytes(SECRET), name.encode()),
            "made_at": datetime.now(UTC),
        }
        try:
            with db.begin_nested():
                db.execute(insert(DATA_KEYS), [row])
        except IntegrityError:  # somebody was faster, and theirs it is
            return

    def _unwrap(self, row: Any) -> bytes:
        # Another process may have rotated it since.
        master = self._at_hand().get(row.master) or self._at_hand(anew=True).get(row.master)
        if master is None:
            known = ", ".join(self._masters)
            raise Unreachable(Code.MASTER_KEY_WRONG, store=self.name, key=row.master, known=known)
        try:
            return master.unwrap(row.wrapped, row.name.encode())
        except Tampered as error:
            raise Unreachable(Code.KEY_MISSING, key=row.name, store=self.name) from error

    def _keep(self, key: DataKey) -> DataKey:
        with self._lock:
            if len(self._held) >= KEPT:
                self._held.clear()
            self._held[key.name] = (monotonic() + KEPT_SECONDS, key)
        return key


def open_store(url: str, masters: Masters, suite: Suite, wait: float = 5.0) -> KeyStore:
    """The store at `url` (SQLite, PostgreSQL); nothing is connected yet.

    InputError(bad_setting).
    """
    return KeyStore(KeyDatabase(url, wait), masters, suite)
