"""Who gets which page over HTTP: each person of a county, each case, against the table."""

from domain.case.reading import CasePart, Sight, sight
from register.reads.people import all_people
from register.reads.visible import facts_of, viewer_of
from tests.web.county import CountySite

PLANS = ("new from the web", "assigned", "awaits review", "ready to go")

PARTS = {
    "/cases/{case}": CasePart.PAGE,
    "/cases/{case}/whatif": CasePart.PAGE,
    "/cases/{case}/applicant": CasePart.APPLICANT,
}


async def test_every_page_of_a_case_opens_for_whom_the_table_names(county: CountySite) -> None:
    wrong, opened = [], 0
    for person, seen in sights(county).items():
        async with county.visit(person) as somebody:
            for case, parts in seen.items():
                for path, part in PARTS.items():
                    answer = await somebody.get(path.format(case=case))
                    wanted = 200 if part in parts else 403
                    opened += wanted == 200
                    if answer.status_code != wanted:
                        wrong.append((person, path, case, answer.status_code))
                    if wanted == 403 and CasePart.LINE not in parts:
                        line = county.subject(case)
                        assert line not in answer.text, (person, path)
    assert wrong == []
    assert opened


def sights(county: CountySite) -> dict[str, dict[str, Sight]]:
    """What each person may read of each case."""
    cases = [county.cases[plan] for plan in PLANS]
    with county.register.reading() as session:
        facts = facts_of(session, cases)
        people = [person.id for person in all_people(session) if person.active]
        viewers = {person: viewer_of(session, person) for person in people}
    return {
        person: {case: sight(who, facts[case]) for case in cases} for person, who in viewers.items()
    }
