"""What goes out is compared with its hash by whatever way an act comes in, a file whose act is
refused is not kept, and a new case has its files or there is no new case."""

from datetime import datetime
from errno import ENOSPC
from hashlib import sha256
from pathlib import Path

import pytest

from domain.case import facts as f
from domain.case.facts import NewApplicant
from domain.clock import Receipt
from domain.errors import Code, Refusal, Unreachable
from domain.statute import Channel
from domain.values import OFFICE_ZONE
from office import folder
from office.acts.order import Order, new_command_id, row_written, send_act
from office.cases.application import Application
from office.cases.intake import register
from office.files import Incoming
from register.reads.filter import Filter
from register.reads.lists import case_lines
from register.reads.queries import events
from tests.office_fixture import Office

pytestmark = pytest.mark.temporal


async def test_a_changed_file_stops_signing_and_dispatch_by_every_way_in(office: Office) -> None:
    case = (await office.open()).id
    await office.grant(case)
    digest = (await office.view(case)).state.released[0].sha256
    file = office.kept(case, digest)
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
    incoming = Incoming()
    digest = incoming.add(paper)
    order = Order(
        case=case,
        user=office.person["reviewer"],
        what=f.ItemAdded(ref="a", title="规划图（虚构）", sha256=digest),
        command_id=new_command_id(),
    )
    with pytest.raises(Refusal):
        await send_act(office.desk, order, incoming)
    assert not (office.settings.files / case).exists()
    assert not office.kept(case, digest).exists()


async def test_a_request_and_its_files_are_there_together_or_not_at_all(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = tmp_path / "form.txt"
    form.write_text("某申请表（虚构）", encoding="utf-8")
    digest = sha256(form.read_bytes()).hexdigest()
    application = Application(
        user=office.person["intake"],
        command_id=new_command_id(),
        receipt=Receipt(channel=Channel.EMAIL, arrived=datetime.now(OFFICE_ZONE).date()),
        applicant=NewApplicant(kind="natural", name="张某（虚构）", contact="无"),
        subject="某道路规划文件（虚构）",
        organ="qinghe",
        files=(form,),
    )

    def full(*_: object) -> str:
        raise OSError(ENOSPC, "No space left on device")

    def cases() -> int:
        with office.register.reading() as session:
            return len(case_lines(session, Filter(training=True, limit=None)))

    before = cases()
    monkeypatch.setattr(folder, "_put", full)
    with pytest.raises(Unreachable) as no:
        await register(office.desk, application)
    assert (no.value.code, cases()) == (Code.FILE_NOT_KEPT, before)
    monkeypatch.undo()
    case = (await register(office.desk, application)).id
    assert office.desk.folder(case).content(digest) == form.read_bytes()
    assert await row_written(office.desk, case, 1)
    with office.register.reading() as session:
        assert [proof.sha256 for proof in events(session, case)[0].evidence] == [digest]
    office.kept(case, digest).unlink()  # lost, and given again by the same command
    assert (await register(office.desk, application)).repeated
    assert office.desk.folder(case).content(digest) == form.read_bytes()
