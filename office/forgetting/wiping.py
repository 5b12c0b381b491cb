"""What is wiped of a case that is on record as forgotten. Each step may be repeated; after all of
them nothing in the data folder opens a word of it."""

import shutil
from collections.abc import Callable, Collection

from domain.errors import Code, Unreachable
from keys.store import KeyStore
from office.legal_time import legal_now
from office.settings import Settings
from register.engine import Register
from register.office_chain import Author, hold_chain
from register.reads import queries
from register.reads.forgetting import Forgotten, forgotten
from register.writes.drafts import forget_drafts
from register.writes.forgetting import note_forgotten
from register.writes.search import forget_tokens

SYSTEM = "system"

Wiping = Callable[[Settings, Register, KeyStore, Collection[str]], None]


def _tokens(_: Settings, register: Register, __: KeyStore, cases: Collection[str]) -> None:
    with register.writing() as session:
        forget_tokens(session, cases)


def _drafts(_: Settings, register: Register, __: KeyStore, cases: Collection[str]) -> None:
    with register.writing() as session:
        forget_drafts(session, cases)


def _files(settings: Settings, _: Register, __: KeyStore, cases: Collection[str]) -> None:
    for case in cases:
        folder = settings.files / case
        try:
            if folder.is_dir():
                shutil.rmtree(folder)
        except OSError as error:
            detail = error.strerror or str(error)
            raise Unreachable(Code.FILE_NOT_KEPT, folder=folder, detail=detail) from error


def _keys(_: Settings, __: Register, store: KeyStore, cases: Collection[str]) -> None:
    store.destroy(cases)


STEPS: tuple[Wiping, ...] = (_tokens, _drafts, _files, _keys)


def wipe(settings: Settings, register: Register, store: KeyStore, cases: Collection[str]) -> None:
    """Every step, for cases that are on record as forgotten. Raises Unreachable."""
    for step in STEPS:
        step(settings, register, store, cases)


def obey(settings: Settings, register: Register, store: KeyStore) -> None:
    """Record and key store agree on what is forgotten, whichever of the two was put back from
    before, and whatever a crash left undone. Raises Unreachable."""
    destroyed, there = set(store.destroyed()), set(store.names())
    with register.reading() as session:
        known = set(forgotten(session))
        lost = destroyed - known
        missed = queries.registered(session, lost)
    back = {case for case in known if case in there or case not in destroyed}
    back |= {case for case in known if (settings.files / case).exists()}
    if missed:
        now = legal_now()
        with register.writing() as session:
            hold_chain(session)
            for case in sorted(missed - set(forgotten(session))):
                done = Forgotten(case, None, None, case, SYSTEM, now)
                note_forgotten(session, done, Author(SYSTEM, None, now))
    if back or missed:
        wipe(settings, register, store, sorted(back | missed))
