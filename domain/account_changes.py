"""What of people's rights takes two: giving a role that decides or reads everything, and taking
from whoever holds one what they sign in by, so that somebody else could set it anew."""

from collections.abc import Iterable
from enum import StrEnum

from domain.case.people import SIGNATURES, Actor, Grant, Role
from domain.errors import Code, Refusal

GUARDED = frozenset({Role.REVIEWER, *SIGNATURES, Role.DISCLOSURE_HEAD, Role.ADMIN, Role.AUDITOR})
"""Roles that one administrator gives to nobody alone: of those that decide; of the auditor, who
reads every applicant of every organ; of the administrator, else one would make the second person
out of a name."""

SECONDS = (Role.ADMIN, Role.DISCLOSURE_HEAD, Role.PRINCIPAL_LEADER)
"""Who may be the second person: another administrator, or who answers for the organ."""


class AccountChangeKind(StrEnum):
    """What is changed."""

    ROLE_GIVEN = "role_given"
    PASSWORD_RESET = "password_reset"
    FACTOR_RESET = "factor_reset"


def takes_two(grants: Iterable[Grant]) -> bool:
    """Whether giving these roles, or resetting what their holder signs in by, takes two people."""
    return any(grant.role in GUARDED for grant in grants)


def not_for_oneself(actor: Actor, person: str, act: str) -> None:
    """Refusal(not_for_oneself): nobody gives himself a role, or takes off what guards his own
    account."""
    if actor.person == person:
        raise Refusal(Code.NOT_FOR_ONESELF, act=act)


def is_second(actor: Actor, asker: str, person: str, organs: Iterable[str]) -> bool:
    """Whether `actor` could agree to it: neither of the two, and in a role that may."""
    places = frozenset(organs)
    return actor.person not in (asker, person) and any(
        grant.role is Role.ADMIN or (grant.role in SECONDS and grant.organ in places)
        for grant in actor.grants
    )


def may_decide(actor: Actor, asker: str, person: str, organs: Iterable[str]) -> None:
    """The same as a refusal: four_eyes, not_for_oneself, not_your_role."""
    if actor.person == asker:
        raise Refusal(Code.FOUR_EYES, person=asker, did="account_change_asked")
    not_for_oneself(actor, person, "account_change_agreed")
    if not is_second(actor, asker, person, organs):
        roles = ", ".join(SECONDS)
        raise Refusal(Code.NOT_YOUR_ROLE, act="account_change_agreed", roles=roles)
