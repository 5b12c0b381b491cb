"""Through the office at its pages, on the engine: every act that the desk offers goes through, then
a seeded walk over what is offered, and everything is on record as the cases have it.

Longer: `CRAWLED=500 CRAWL_SEED=7 python -m pytest tests/web/test_crawl.py`.
"""

import os
from collections import Counter
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import timedelta
from random import Random

import pytest

from domain.case.people import Role
from domain.case.table import TABLE
from domain.statute import Channel
from office.legal_time import legal_now
from register.reads import queries
from register.verify import verify
from tests.office_fixture import Office
from tests.web.at_desk import at_desk
from tests.web.crawl import Crawl

pytestmark = [pytest.mark.temporal, pytest.mark.slow]

STEPS = int(os.environ.get("CRAWLED", "20"))
SEED = int(os.environ.get("CRAWL_SEED", "20261129"))

ASSIGN = "assigned department=ghj handler=li"
PROOF = "evidence=申请人来信（虚构）"
REPLIED = (
    *(
        ASSIGN,
        "item_added lines=规划图（虚构）",
        "item_reviewed decision=withhold ground=过程性信息",
    ),
    *("reply_drafted reply_kind=refused_process", "reply_approved"),
    *("dispatched channel=handed_over", "delivered"),
)
STORIES: tuple[tuple[str, ...], ...] = (
    (
        *(ASSIGN, "noted", "correction_notice_sent", "correction_received"),
        *("consultation_sent party=third_party", "consultation_delivered"),
        "consultation_answered answer=objects reason=涉及商业秘密（虚构）",
        *(
            "item_added more=file lines=",
            "item_reviewed decision=release public_interest=公共利益（虚构）",
        ),
        *("returned", "item_replaced title=另一份（虚构）"),
        "item_reviewed decision=release public_interest=公共利益（虚构）",
        *("signed", "signed", "override_told", "reply_drafted reply_kind=granted"),
        *("reply_returned", "reply_drafted reply_kind=granted", "reply_approved"),
        *("dispatched channel=handed_over", "delivered", "remedy_notice_faulty"),
        *(
            "remedy_notice_given",
            "entry_amended of=consultation_sent name=更名后的公司（虚构）",
            "complaint_received against=reply",
        ),
        *("complaint_decided outcome=unfounded", "accountability_recorded"),
    ),
    (
        *(*REPLIED, "reconsideration_received against=reply simplified=true"),
        *("reconsideration_procedure_changed", "answer_submitted", "reconsideration_extended"),
        *("mediation_held", "proceeding_suspended", "proceeding_resumed", "hearing_set"),
        *("hearing_cancelled", "reconsideration_decided outcome=upheld"),
        *("reconsideration_served_applicant", "lawsuit_received instance=first after=r1"),
        *("evidence_listed", "judgment_received outcome=dismissed form=judgment"),
        *("judgment_served_on_other", "appeal_filed"),
    ),
    (
        *("receipt_confirmed", ASSIGN, "reassigned department=ghj handler=li"),
        *("extension_asked", "extension_refused", "extension_asked", "extension_granted"),
        *(
            "extension_told",
            "limit_set until=+60",
            "fee_notice_sent standard=page pages=120 amount=",
            "fee_paid",
        ),
        *("entry_annulled of=extension_asked", "conflict_kept"),
    ),
    (f"withdrawn {PROOF}", "entry_refused", f"withdrawn {PROOF}", "entry_approved"),
    (f"voided {PROOF}", "entry_approved"),
    (ASSIGN, "correction_notice_sent", "training_advanced days=45", "late_correction_accepted"),
    (ASSIGN, "correction_notice_sent", "training_advanced days=45", "reinstated"),
)
"""What happens in a case, act after act, with what its fields have to say for the next."""

ENDING = ("withdrawn", "voided", "entry_annulled")


async def test_every_act_of_the_desk_goes_through(office: Office) -> None:
    async with AsyncExitStack() as open_now:
        people = {
            person: await open_now.enter_async_context(at_desk(office, person))
            for person in dict.fromkeys(office.person.values())
        }
        crawl, cases = Crawl(Random(SEED), people), []
        for story in STORIES:
            cases.append(await opened(office, story))
            for line in story:
                await told(crawl, office, cases[-1], line)
        for _ in range(STEPS):
            await wander(crawl, cases)
    assert crawl.fallen == []
    assert set(TABLE) - set(crawl.done) == set()
    assert [d for d in verify(office.register).differences if d.case in cases] == []


async def opened(office: Office, story: Sequence[str]) -> str:
    """A request for it: of one that passes time, in training; of one that is confirmed, by web."""
    training = any(line.startswith("training_advanced") for line in story)
    web = story[0] == "receipt_confirmed"
    case = await office.open(
        channel=Channel.WEB_FORM if web else Channel.MAIL_SIGNED,
        clock_offset=timedelta(days=-90 if training else 0),
    )
    return case.id


async def told(crawl: Crawl, office: Office, case: str, line: str) -> None:
    """The act of that line, by the first of its roles to whom the case offers it."""
    kind, *fields = line.split()
    said = dict(one.split("=", 1) for one in fields)
    if (meant := said.pop("of", None)) is not None:
        said["seq"] = str(number_of(office, case, meant))
    if said.get("until", "").startswith("+"):
        said["until"] = str(legal_now().date() + timedelta(days=int(said["until"])))
    roles = sorted(
        TABLE[kind].roles, key=lambda role: (role is not Role.HANDLER, list(Role).index(role))
    )
    for person in (office.person[role] for role in roles):
        if kind in await crawl.offered_to(case, person):
            assert await crawl.act(case, person, kind, **said), (case, line, [*crawl.refused][-1])
            return
    raise AssertionError(f"{case}: nobody is offered {kind}")


def number_of(office: Office, case: str, kind: str) -> int:
    """The number of the first entry of that kind."""
    with office.register.reading() as session:
        return next(e.seq for e in queries.events(session, case) if e.what.kind == kind)


async def wander(crawl: Crawl, cases: Sequence[str]) -> None:
    """Somebody does something that is offered, rather what was seldom done yet."""
    case = crawl.dice.choice(cases)
    offered = await crawl.offered(case)
    if offered:
        ((who, kind),) = crawl.dice.choices(offered, [weight(crawl.done, k) for _, k in offered])
        await crawl.act(case, who, kind)


def weight(done: Counter[str], kind: str) -> float:
    return 0.02 if kind in ENDING else 1 / (1 + done[kind])
