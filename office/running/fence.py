"""One register, one engine, one place that drives it. Each carries the same bond (see
`register.writes.installation`): the register in a row, the engine in a run that nobody runs, the
data folder in a file. Where they differ, somebody else drives the register, or one is an older
copy.

An office's own cluster may be used from several machines, each with a data folder of its own: there
the namespace is the place, and the folder says nothing.
"""

import json
import os
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.service import RPCError, RPCStatusCode

from domain.errors import Code, InputError, Unreachable
from register.engine import Register
from register.writes.installation import Bond, bind, bond, newest_entry
from workflows.converter import data_converter

FILE = "installation.json"
MARKER, NOBODY = "yishen-installation", "yishen-nobody"
"""A run that stays open because no worker ever asks that queue: its memo is the engine's bond."""


@dataclass(frozen=True, slots=True)
class FolderBond:
    """What a data folder knows: its bond, and how far the register had come when it last looked."""

    bond: Bond
    newest: datetime | None


@dataclass(frozen=True, slots=True)
class Admission:
    """The right to drive the register. `lost`: the engine has none, or an older state, of its
    cases: to be confirmed once they are rebuilt."""

    bond: Bond
    lost: bool


CALL = timedelta(seconds=5)

# -- what each carries --------------------------------------------------------------------------


def of_folder(data: Path) -> FolderBond | None:
    """That of the data folder; None: it never drove a register."""
    try:
        said = json.loads((data / FILE).read_text("utf-8"))
        newest = said["newest"] and datetime.fromisoformat(said["newest"])
        return FolderBond(Bond(**said["bond"]), newest)
    except FileNotFoundError:
        return None


def keep_in_folder(data: Path, mine: Bond, register: Register) -> None:
    """Whole, or as it was; with how far the register has come. Raises Unreachable."""
    with register.reading() as session:
        newest = newest_entry(session)
    text = json.dumps({"bond": asdict(mine), "newest": newest and newest.isoformat()})
    part = data / f".{FILE}.{os.getpid()}"
    part.write_text(text + "\n", "utf-8")
    part.chmod(0o600)
    part.replace(data / FILE)


def note_progress(data: Path, register: Register) -> None:
    """Where the register is the folder's: how far it has come by now. Raises Unreachable."""
    folder = of_folder(data)
    with register.reading() as session:
        held, newest = bond(session), newest_entry(session)
    if folder is None or held is None or folder.bond.place != held.place:
        return
    if newest is not None and (folder.newest is None or folder.newest < newest):
        keep_in_folder(data, held, register)


async def of_engine(client: Client) -> Bond | None:
    """That of the engine's namespace; None: it has none. Unreachable(engine_unreachable)."""
    try:
        found = await client.get_workflow_handle(MARKER).describe(rpc_timeout=CALL)
        return Bond(**await found.memo_value("bond"))
    except KeyError:
        return None
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            return None
        raise away(client, error) from error


async def keep_in_engine(client: Client, mine: Bond) -> None:
    """In place of what was there. Unreachable(engine_unreachable)."""
    try:
        await client.start_workflow(
            "Installation",
            id=MARKER,
            task_queue=NOBODY,
            # In plain: whose engine it is has to be seen by whoever has other keys, or none.
            memo={"bond": data_converter.payload_converter.to_payload(asdict(mine))},
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            id_conflict_policy=WorkflowIDConflictPolicy.TERMINATE_EXISTING,
            rpc_timeout=CALL,
        )
    except RPCError as error:
        raise away(client, error) from error


def away(client: Client, error: RPCError) -> Unreachable:
    """What a call that failed comes to: the engine is not there."""
    address = client.service_client.config.target_host
    return Unreachable(Code.ENGINE_UNREACHABLE, address=address, detail=error.message)


# -- entering -----------------------------------------------------------------------------------


async def admitted(register: Register, client: Client) -> Bond | None:
    """The register's bond, once the engine is seen to be its own; None: nobody drove it yet. For
    whoever acts while another has entered.

    InputError: engine_of_another, register_elsewhere, register_older.
    """
    with register.reading() as session:
        held = bond(session)
    _agree(held, await of_engine(client), _named(register, client))
    return held


async def enter(register: Register, client: Client, data: Path, *, own: bool) -> Admission:
    """The right to drive the register with this engine, before anything of it is started. `own`:
    the engine is the data folder's. A new register is bound to what it meets first.

    InputError: engine_of_another, register_elsewhere, register_older, engine_empty.
    """
    with register.reading() as session:
        held, newest = bond(session), newest_entry(session)
    engine, folder = await of_engine(client), of_folder(data) if own else None
    names = _named(register, client)
    _agree(held, engine, names)
    if held is None:
        if folder is not None:
            raise InputError(Code.ENGINE_OF_ANOTHER, **names)
        mine, lost = Bond(_id(), _id(), 1), newest is not None
    elif own:
        _belongs(held, folder, newest, names)
        mine, lost = replace(held, epoch=held.epoch + 1), engine is None or engine < held
    elif engine is None:
        raise InputError(Code.ENGINE_EMPTY, **names)
    else:
        mine, lost = held, engine < held
    _keep(register, data, mine, own=own)
    if not lost:
        await keep_in_engine(client, mine)
    return Admission(mine, lost)


async def take_over(register: Register, client: Client | None, data: Path, *, own: bool) -> Bond:
    """From now on the register is driven from here, and counts as it is. The engine is not told:
    that is for the end of rebuilding. `client` None: the data folder's engine doesn't run.

    InputError(engine_of_another): nobody takes over the engine of another register.
    """
    with register.reading() as session:
        held = bond(session)
    engine = await of_engine(client) if client is not None else None
    if client is not None and engine is not None and (held is None or engine.of_other(held)):
        raise InputError(Code.ENGINE_OF_ANOTHER, **_named(register, client))
    return drive_from_here(register, data, own=own, engine=engine)


def drive_from_here(
    register: Register, data: Path, *, own: bool, engine: Bond | None = None
) -> Bond:
    """The same where the engine was asked, or can't be: `engine` is what it said."""
    with register.reading() as session:
        held = bond(session)
    folder = of_folder(data) if own else None
    there = [b for b in (held, engine, folder.bond if folder else None) if b is not None]
    here = (folder.bond if folder else None) if own else engine
    mine = Bond(
        installation=held.installation if held else _id(),
        place=here.place if here and held and not here.of_other(held) else _id(),
        epoch=1 + max((b.epoch for b in there), default=0),
    )
    _keep(register, data, mine, own=own)
    return mine


def _agree(held: Bond | None, engine: Bond | None, names: dict[str, Any]) -> None:
    if engine is None:
        return
    if held is None or engine.of_other(held):
        raise InputError(Code.ENGINE_OF_ANOTHER, **names)
    if held < engine:
        raise InputError(Code.REGISTER_OLDER, **names)
    if engine.place != held.place:
        raise InputError(Code.REGISTER_ELSEWHERE, **names)


def _belongs(
    held: Bond, folder: FolderBond | None, newest: datetime | None, names: dict[str, Any]
) -> None:
    if folder is None:
        raise InputError(Code.REGISTER_ELSEWHERE, **names)
    if folder.bond.of_other(held):
        raise InputError(Code.ENGINE_OF_ANOTHER, **names)
    shrunk = folder.newest is not None and (newest is None or newest < folder.newest)
    if shrunk or held < folder.bond:
        raise InputError(Code.REGISTER_OLDER, **names)
    if folder.bond.place != held.place:
        raise InputError(Code.REGISTER_ELSEWHERE, **names)


def _keep(register: Register, data: Path, mine: Bond, *, own: bool) -> None:
    with register.writing() as session:
        bind(session, mine)
    if own:
        keep_in_folder(data, mine, register)


def _named(register: Register, client: Client) -> dict[str, Any]:
    address = client.service_client.config.target_host
    return {"register": register.name, "namespace": client.namespace, "address": address}


def _id() -> str:
    return uuid4().hex
