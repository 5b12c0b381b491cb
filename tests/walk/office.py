"""The office of the walks: two organs, departments, people with one or several roles, some in both.

Everything in it is invented.
"""

from domain.case.people import Actor, Grant, Role
from register.writes.directory import Directory

QINGHE, EDU = "qinghe", "edu"
ORGANS = (QINGHE, EDU)
DEPARTMENTS = {QINGHE: ("zwgk", "ghj", "jtj"), EDU: ("bgs", "jcjy")}

_PEOPLE: dict[str, tuple[str, ...]] = {
    "wang": ("intake@qinghe", "intake@edu"),
    "qian": ("intake@edu", "handler@edu/bgs"),
    "li": ("handler@qinghe/ghj",),
    "zhao": ("handler@qinghe/zwgk", "handler@edu"),
    "tang": ("handler@qinghe", "reviewer@edu"),
    "lin": ("handler@edu/jcjy",),
    "chen": ("reviewer@qinghe",),
    "feng": ("reviewer@qinghe/ghj", "reviewer@edu", "legal@qinghe"),
    "liu": ("leader_in_charge@qinghe", "principal_leader@edu"),
    "yang": ("principal_leader@qinghe",),
    "he": ("leader_in_charge@edu", "reviewer@edu"),
    "ding": ("leader_in_charge@qinghe", "principal_leader@qinghe", "handler@qinghe/jtj"),
    "huang": ("disclosure_head@qinghe", "disclosure_head@edu"),
    "gao": ("disclosure_head@edu", "intake@edu"),
    "zhou": ("supervisor@qinghe", "supervisor@edu"),
    "wu": ("legal@qinghe", "legal@edu"),
    "xu": ("admin@qinghe", "admin@edu"),
    "shen": ("auditor@qinghe",),
}
"""Person to roles, each as `role@organ` or `role@organ/department`."""


INTAKE, HEAD, ADMIN = "wang", "huang", "xu"
"""Who registers, who answers for a past beside them, and who keeps the calendar: in both organs."""


def _grant(written: str) -> Grant:
    role, _, place = written.partition("@")
    organ, _, department = place.partition("/")
    return Grant(role=Role(role), organ=organ, department=department or None)


PEOPLE = {
    name: Actor(person=name, grants=tuple(_grant(word) for word in words))
    for name, words in _PEOPLE.items()
}


def directory() -> Directory:
    """The office as its file would say it."""
    organs: list[dict[str, object]] = [
        {
            "id": QINGHE,
            "name": "青禾县人民政府办公室（虚构）",
            "level": "government",
            "kind": "government",
            "superior": "云岭市人民政府（虚构）",
            "court": "云岭市中级人民法院（虚构）",
            "committed_working_days": 15,
        },
        {
            "id": EDU,
            "name": "青禾县教育局（虚构）",
            "level": "department",
            "kind": "department",
            "government": "青禾县人民政府（虚构）",
            "superior": "云岭市教育局（虚构）",
            "court": "青禾县人民法院（虚构）",
        },
    ]
    for organ in organs:
        organ["departments"] = [{"id": d, "name": d} for d in DEPARTMENTS[str(organ["id"])]]
    users = [
        {
            "id": actor.person,
            "name": f"{actor.person}（虚构）",
            "email": f"{actor.person}@qinghe.example",
            "roles": [grant.model_dump() for grant in actor.grants],
        }
        for actor in PEOPLE.values()
    ]
    return Directory.model_validate({"organs": organs, "users": users})


def handlers(organ: str) -> list[tuple[str, str]]:
    """Every (department, handler) of an organ that can work."""
    return [
        (department, actor.person)
        for department in DEPARTMENTS[organ]
        for actor in PEOPLE.values()
        if any(g.role is Role.HANDLER and g.covers(organ, department) for g in actor.grants)
    ]
