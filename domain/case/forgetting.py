"""Who may hold a case, list cases to be forgotten, sign such a list and carry it out."""

from collections.abc import Collection

from domain.case.people import Actor, Role
from domain.errors import Code, Refusal

R = Role

HOLDERS = frozenset({R.LEGAL, R.DISCLOSURE_HEAD})
"""Who knows of a dispute that is coming."""

PROPOSERS = frozenset({R.DISCLOSURE_HEAD})

SIDES = (frozenset({R.DISCLOSURE_HEAD}), frozenset({R.AUDITOR, R.ADMIN}))
"""The two signatures of a list: of the office whose cases they are, and of somebody who works on
none of them and stands for the archive."""

CARRIERS = frozenset({R.DISCLOSURE_HEAD, R.ADMIN})


def role_in(actor: Actor, organ: str, roles: Collection[Role], act: str) -> Role:
    """The role, of `roles`, in which `actor` may do `act` for all of the organ.
    Refusal(not_your_role)."""
    held = {g.role for g in actor.grants if g.organ == organ and g.department is None}
    for role in sorted(roles):
        if role in held:
            return role
    raise Refusal(Code.NOT_YOUR_ROLE, act=act, roles=", ".join(sorted(roles)))


def signing_role(actor: Actor, organ: str, signed: Collection[tuple[str, Role]]) -> Role:
    """The role in which `actor` signs a list that these people have signed in these roles.

    Refusal: four_eyes (who has signed doesn't sign again, in no other role); already_signed (both
    sides have); not_your_role.
    """
    if any(person == actor.person for person, _ in signed):
        raise Refusal(Code.FOUR_EYES, person=actor.person, did="list_signed")
    waiting = [side for side in SIDES if not any(role in side for _, role in signed)]
    if not waiting:
        raise Refusal(Code.ALREADY_SIGNED)
    no: Refusal | None = None
    for side in waiting:
        try:
            return role_in(actor, organ, side, "list_signed")
        except Refusal as error:
            no = error
    assert no is not None
    raise no


def is_signed(signed: Collection[tuple[str, Role]]) -> bool:
    """Whether both sides have signed."""
    return all(any(role in side for _, role in signed) for side in SIDES)
