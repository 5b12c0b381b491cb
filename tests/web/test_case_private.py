"""What of a case is read apart, and handed out: to whom, as what, and what is written down."""

import re
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import pytest
from sqlalchemy import select

from domain.case.people import Role
from office.access import reading
from office.access.command_line import at_command_line
from office.forgetting.export import handed_export, is_export_of
from office.uploads import PLACE
from register.engine import Register
from register.models import AccessEntry
from register.reads import queries
from register.reads.forgetting import chain_of
from register.reads.words import opened
from tests.web.county import CountySite, person


def logged(register: Register, command: str, case: str) -> list[AccessEntry]:
    with register.reading() as session:
        found = select(AccessEntry).where(AccessEntry.command == command)
        return list(session.scalars(found.where(AccessEntry.case_id == case)))


async def test_the_applicant_is_shown_and_the_log_knows_by_which_way(county: CountySite) -> None:
    id_, handler = county.cases["assigned"], county.handler("assigned")
    before = len(logged(county.register, "applicant_read", id_))
    async with county.visit(handler) as mine:
        page = await mine.get(f"/cases/{id_}/applicant")
    with county.register.reading() as session:
        row = opened(session, queries.case(session, id_))
    assert row.applicant_name in page.text
    entries = logged(county.register, "applicant_read", id_)[before:]
    assert [(e.person, e.outcome) for e in entries] == [(handler, "ok")]
    assert str(entries[0].asked_by).startswith("desk:")


async def test_whose_applicant_was_read_is_known_however_the_case_was_called(
    county: CountySite,
) -> None:
    id_, handler = county.cases["assigned"], county.handler("assigned")
    with county.register.reading() as session:
        number = queries.case(session, id_).line.number
    before = len(logged(county.register, "applicant_read", id_))
    async with county.visit(handler) as mine:
        assert (await mine.get(f"/cases/{number}/applicant")).status_code == 200
        for page in ("", "/applicant", "/evidence", "/acts/noted"):
            for none in ("张三", "张三%00", f"{id_}%00"):
                assert (await mine.get(f"/cases/{none}{page}")).status_code == 404, (none, page)
    assert len(logged(county.register, "applicant_read", id_)) == before + 1
    with county.register.reading() as session:
        called = set(session.scalars(select(AccessEntry.case_id)))
    assert not [name for name in called if name and ("张三" in name or number in name)]


async def test_who_may_not_know_the_applicant_is_refused_and_that_is_logged(
    county: CountySite,
) -> None:
    id_ = county.cases["awaits review"]
    async with county.visit("an.tao") as supervisor:
        page = await supervisor.get(f"/cases/{id_}/applicant")
        shown = await supervisor.get(f"/cases/{id_}")
    assert page.status_code == 403
    with county.register.reading() as session:
        row = opened(session, queries.case(session, id_))
    assert row.applicant_name not in page.text
    assert "/applicant" not in shown.text
    assert "/files/" not in shown.text
    assert logged(county.register, "applicant_read", id_)[-1].outcome == "refused"


async def test_a_file_is_handed_out_whole_to_be_saved(county: CountySite) -> None:
    id_ = county.cases["partly granted"]
    before = len(logged(county.register, "file_read", id_))
    async with county.visit("an.qin") as auditor:
        page = (await auditor.get(f"/cases/{id_}")).text
        links = re.findall(rf'href="(/cases/{id_}/files/[^"]+)"', page)
        assert links
        for link in links:
            answer = await auditor.get(link)
            assert answer.status_code == 200, link
            assert answer.headers["content-type"] == "application/octet-stream"
            assert answer.headers["x-content-type-options"] == "nosniff"
            name = re.fullmatch(
                r'attachment; filename="([\w.@-]+)"', answer.headers["content-disposition"]
            )
            assert name is not None
            assert name[1].startswith(id_)
            assert answer.content
    assert len(logged(county.register, "file_read", id_)) == before + len(links)


async def test_an_unknown_file_is_none(county: CountySite) -> None:
    async with county.visit("an.qin") as auditor:
        answer = await auditor.get(f"/cases/{county.cases['assigned']}/files/zz")
    assert answer.status_code == 422


async def test_an_evidence_sheet_is_made_once_and_handed_out_again(county: CountySite) -> None:
    id_ = county.cases["assigned"]
    async with county.visit("an.qin") as auditor:
        page = (await auditor.get(f"/cases/{id_}")).text
        assert f"/cases/{id_}/evidence?limit=reply" in page
        first = await auditor.get(f"/cases/{id_}/evidence?limit=reply&form=html")
        again = await auditor.get(f"/cases/{id_}/evidence?limit=reply&form=html")
        assert first.status_code == 200
        assert "计时依据" in first.text
        assert first.content == again.content
        wrong = await auditor.get(f"/cases/{id_}/evidence?limit=nothing")
        assert wrong.status_code == 422
    assert len(logged(county.register, "evidence_issued", id_)) == 2


async def test_nothing_is_shown_that_cannot_be_written_down(
    county: CountySite, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_ = county.cases["assigned"]
    with county.register.reading() as session:
        row = opened(session, queries.case(session, id_))
    monkeypatch.setattr(reading, "log_access", lambda *a, **k: False)
    async with county.visit(county.handler("assigned")) as mine:
        for part in ("applicant", "evidence?form=html"):
            answer = await mine.get(f"/cases/{id_}/{part}")
            assert answer.status_code == 503, part
            assert row.applicant_name not in answer.text


async def test_who_looks_at_a_case_of_others_stands_in_the_log_whichever_page_it_was(
    county: CountySite,
) -> None:
    id_ = county.cases["assigned"]
    before = len(logged(county.register, "case_read", id_))
    async with county.visit("an.ye") as admin:
        for path in ("", "/whatif", "/acts/noted"):
            assert (await admin.get(f"/cases/{id_}{path}")).status_code == 403
        await admin.get("/cases/2026-9998")
    async with county.visit(county.handler("assigned")) as mine:
        assert (await mine.get(f"/cases/{id_}/acts/reply_signed")).status_code in (200, 403, 409)
        assert (await mine.get(f"/cases/{id_}")).status_code == 200
    entries = logged(county.register, "case_read", id_)[before:]
    found = [(e.person, e.outcome, e.code) for e in entries]
    assert found == [("an.ye", "refused", "case_not_visible")] * 3
    assert all(str(e.asked_by).startswith("desk:") for e in entries)
    [unknown] = logged(county.register, "case_read", "2026-9998")
    assert (unknown.person, unknown.code) == ("an.ye", "unknown_case")


async def test_no_file_is_kept_for_a_case_that_one_does_not_see(county: CountySite) -> None:
    kept = county.app.state.process.settings.files / PLACE
    before = {*kept.glob("*")}
    async with county.visit(person(Role.INTAKE, "al-build")) as elsewhere:
        for case, status in ((county.cases["assigned"], 403), ("1999-0001", 404)):
            for place in ("uploads", "acts/noted", "acts/item_added"):
                file = {"document": ("a.txt", b"abc", "text/plain")}
                answer = await elsewhere.press(f"/cases/{case}/{place}", {}, files=file)
                assert answer.status_code == status, (case, place)
    assert {*kept.glob("*")} == before


async def test_a_whole_case_is_handed_out_for_an_archive_and_that_is_logged(
    county: CountySite, tmp_path: Path
) -> None:
    id_ = county.cases["awaits review"]
    with county.register.reading() as session:
        chain, line = chain_of(session, id_), opened(session, queries.case(session, id_)).line
    before = len(logged(county.register, "case_exported", id_))
    async with county.visit("an.qin") as auditor:
        assert f'href="/cases/{id_}/export"' in (await auditor.get(f"/cases/{id_}")).text
        sent = await auditor.get(f"/cases/{id_}/export")
    assert sent.headers["content-type"] == "application/zip"
    assert f'filename="{id_}.zip"' in sent.headers["content-disposition"]
    with ZipFile(BytesIO(sent.content)) as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path / "case")
        files = [name for name in archive.namelist() if name.startswith("files/")]
    assert is_export_of(tmp_path / "case", id_, chain[-1].hash)
    assert files
    assert line.subject in (tmp_path / "case" / "record.json").read_text(encoding="utf-8")
    entries = logged(county.register, "case_exported", id_)[before:]
    assert [(e.person, e.outcome, e.detail) for e in entries] == [("an.qin", "ok", f"{id_}.zip")]
    assert str(entries[0].asked_by).startswith("desk:")


async def test_an_export_is_offered_and_given_to_nobody_else(county: CountySite) -> None:
    id_, handler = county.cases["assigned"], county.handler("assigned")
    async with county.visit(handler) as mine:
        assert "/export" not in (await mine.get(f"/cases/{id_}")).text
        assert (await mine.get(f"/cases/{id_}/export")).status_code == 403


async def test_an_export_that_breaks_off_is_taken_for_whole_by_nobody(county: CountySite) -> None:
    id_, settings = county.cases["awaits review"], county.app.state.process.settings
    _, pieces = handed_export(settings, county.register, "an.qin", id_, at_command_line())
    half = b"".join(list(pieces)[:-1])
    with pytest.raises(BadZipFile):
        ZipFile(BytesIO(half))
