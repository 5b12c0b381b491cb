"""The organ that replied, as far as it decides where remedies go."""

from domain.remedies.terms import OrganKind
from domain.values import Value


class OrganProfile(Value):
    """What has to be known of an organ to say where remedies go. None: unknown, ask.

    `government`: its own government (of a street office, the one that set it up; of an
    organisation, the one that runs it or whose department does; of an outpost, that of its
    department); `superior`: the department above it, that set it up or runs it, or the next higher
    government; `court`: where suits are gathered.
    """

    kind: OrganKind | None = None
    name: str | None = None
    government: str | None = None
    superior: str | None = None
    court: str | None = None
