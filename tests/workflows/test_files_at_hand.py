"""What goes out is compared with its hash by whatever way an act comes in, and a file whose act is
refused is not kept."""

from pathlib import Path

import pytest

from domain.case import facts as f
from domain.errors import Code, Refusal, Unreachable
from office.acts.order import Order, new_command_id, send_act
from office.files import Incoming
from tests.office_fixture import Office

pytestmark = pytest.mark.temporal


async def test_a_changed_file_stops_signing_and_dispatch_by_every_way_in(office: Office) -> None:
    case = (await office.open()).id
    await office.grant(case)
    digest = (await office.view(case)).state.released[0].sha256
    file = office.settings.files / digest
    true = file.read_bytes()
    file.chmod(0o600)
    file.write_bytes(b"another")
    try:
        with pytest.raises(Unreachable) as lost:
            await office.do(case, "handler", f.Dispatched(channel=f.DispatchChannel.POST))
        assert lost.value.code is Code.FILE_LOST
    finally:
        file.write_bytes(true)
    await office.do(case, "handler", f.Dispatched(channel=f.DispatchChannel.POST))


async def test_a_refused_act_leaves_no_file(office: Office, tmp_path: Path) -> None:
    case = (await office.open()).id
    paper = tmp_path / "paper.txt"
    paper.write_text("nobody may add this (invented)", encoding="utf-8")
    incoming = Incoming(office.settings.files)
    digest = incoming.add(paper)
    order = Order(
        case=case,
        user=office.person["reviewer"],
        what=f.ItemAdded(ref="a", title="规划图（虚构）", sha256=digest),
        command_id=new_command_id(),
    )
    with pytest.raises(Refusal):
        await send_act(office.desk, order, incoming)
    assert not (office.settings.files / digest).exists()
