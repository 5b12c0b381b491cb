"""Who asks, as the official form has it: kept, sealed, found, amended, shown to whoever may see."""

import pytest
from sqlalchemy import text

from domain.case import facts as f
from domain.case.reading import CasePart
from domain.errors import Code, InputError
from office.acts.forms.amending import amending
from office.acts.forms.choosing import values_of
from office.acts.forms.filling import fill
from office.acts.forms.ordering import ordered
from office.acts.forms.registering import application, registering
from office.answers.finding import find
from office.cases.intake import register
from office.cases.private import applicant_of
from office.legal_time import legal_now
from tests.office.site import Site

TODAY = legal_now().date()
GIVEN = {
    "channel": ["mail_signed"],
    "received": [TODAY.isoformat()],
    "applicant": ["云岭测绘有限公司（虚构）"],
    "applicant_kind": ["enterprise"],
    "identity": ["91530000MA6X0000XX"],
    "representative": ["赵某（虚构）"],
    "phone": ["138 0013 8000"],
    "email": ["post@example.org"],
    "subject": ["某道路规划文件（虚构）"],
}


async def registered(site: Site, command_id: str, **other: list[str]) -> str:
    filled = fill(registering(), GIVEN | other, TODAY)
    asked = application(filled, "wang", command_id, "qinghe")
    done = await register(site.desk, asked, engine_may_be_away=True)
    site.begin(done.id)
    return done.id


def test_there_are_the_six_kinds_of_the_report() -> None:
    kind = registering().field("applicant_kind")
    assert kind is not None
    assert list(values_of(kind)) == [
        *("natural", "enterprise", "research", "welfare", "legal_services", "other"),
    ]


def test_what_is_asked_follows_from_the_kind() -> None:
    person = GIVEN | {"applicant_kind": ["natural"]}
    found = fill(registering(), person, TODAY)
    assert {(p.field, p.expected) for p in found.problems} == {("representative", "only_with")}


async def test_it_is_kept_sealed_and_shown_to_whoever_may_see(site: Site) -> None:
    case = await registered(site, "a-1")
    found = applicant_of(site.register, "wang", case)
    assert (found.kind, found.name) == ("enterprise", "云岭测绘有限公司（虚构）")
    assert found.details == {
        "identity": "91530000MA6X0000XX",
        "representative": "赵某（虚构）",
        "phone": "138 0013 8000",
        "email": "post@example.org",
    }
    with site.register.reading() as session:
        rows = session.execute(text("SELECT * FROM applicants")).all()
    assert "8000" not in repr(rows)
    assert "赵某" not in repr(rows)


async def test_a_number_of_the_form_finds_the_case(site: Site) -> None:
    case = await registered(site, "a-2", phone=["139-0000-1234"])
    found = find(site.register, "wang", "13900001234")
    assert case in repr(found)


async def test_it_is_put_right_by_the_form_of_the_registration(site: Site) -> None:
    case = await registered(site, "a-3")
    with site.register.reading() as session:
        form, _ = amending(session, case, 1, frozenset(CasePart))
    given = {field.name: list(field.default) for field in form.asked}
    assert given["phone"] == ["138 0013 8000"]
    given |= {"phone": ["135 0000 0000"], "email": [""], "amend_reason": ["写错"]}
    filled = fill(form, given, TODAY)
    assert filled.problems == ()
    await site.send(await ordered(site.desk, site.look(case).state, "wang", filled, "a-3-amend"))
    found = applicant_of(site.register, "wang", case)
    assert (found.details["phone"], found.details.get("email")) == ("135 0000 0000", None)


def test_details_of_which_nothing_is_said_are_none() -> None:
    empty = f.NewApplicant(name="张某", details=f.ApplicantDetails())
    assert empty == f.NewApplicant(name="张某")
    assert "details" not in empty.model_dump()


def test_a_kind_nobody_knows_is_refused_at_its_field() -> None:
    found = fill(registering(), GIVEN | {"applicant_kind": ["legal"]}, TODAY)
    assert [p.field for p in found.problems][:1] == ["applicant_kind"]
    with pytest.raises(InputError) as no:
        application(found, "wang", "a-4")
    assert no.value.code is Code.BAD_FIELD
