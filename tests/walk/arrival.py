"""How a case of the real walks begins: registered at the counter, or moving in with its past."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, Literal

from domain.case.facts import NewApplicant
from domain.case.opening import blank
from domain.clock import Receipt
from domain.values import OFFICE_ZONE
from office.cases.application import Application
from office.cases.intake import NewCase, register
from office.cases.moving_in import Entry, move_in
from office.desk import Desk
from office.legal_time import legal_now
from register.reads.calendars import HeldDays
from tests.walk.office import HEAD, INTAKE, ORGANS
from tests.walk.past import MOVING_IN, WAITED, Past, commands, entry, lived_before
from tests.walk.planted import planted
from tests.walk.pure import law, receipt

IN_SHORT_RUNS = 0.3
"""Share of cases that go on in a new run after few events."""
SHORT_RUNS = (40, 70, 150)
Kind = Literal["natural", "legal"]


@dataclass(frozen=True)
class Arrival:
    """One request. `offset`: seconds from now to its own time; `run_length`: events of its runs,
    where they are short."""

    command: str
    request: Receipt
    organ: str
    kind: Kind
    offset: int
    past: Past | None = None
    run_length: int | None = None

    @classmethod
    def drawn(cls, rng: Random, seed: str, first: date | None, days: HeldDays) -> "Arrival":
        """Of the year from `first`, for training; None: of today. `days`: as they are held."""
        moves_in = rng.random() < MOVING_IN
        request, moment = receipt(rng, first or date(2024, 1, 1))
        waited = timedelta(days=rng.choice(WAITED if moves_in else (0, 0, 1, 3, 10, 25)))
        now = datetime.now(OFFICE_ZONE)
        if first is None:
            request = request.model_copy(update={"arrived": now.date() - waited})
            moment = now
        elif moves_in:
            moment += waited
        offset = int((moment - now).total_seconds())
        organ, command = rng.choice(ORGANS), f"{seed}.open"
        past = None
        if moves_in:
            legal = legal_now(offset)
            start = blank("new", organ, law(organ, request, legal, days), offset)
            here = legal_now().date()
            past = lived_before(rng, start, request, command, legal, first_day=here)
        return cls(
            command=command,
            request=request,
            organ=organ,
            kind=rng.choice(("natural", "legal")),
            offset=offset,
            past=past,
            run_length=rng.choice(SHORT_RUNS) if rng.random() < IN_SHORT_RUNS else None,
        )

    @property
    def taken(self) -> dict[str, int]:
        """Its commands, and the numbers they are on record as."""
        return commands(self.past.opened) if self.past else {self.command: 1}

    def told(self) -> dict[str, Any]:
        """As a file of cases that move in tells it."""
        return {
            "command_id": self.command,
            "channel": self.request.channel.value,
            "received": str(self.request.arrived),
            "applicant": self._applicant.model_dump(),
            "subject": self._subject,
            "clock_offset": self.offset,
            "acts": [entry(act) for act in (self.past.acts if self.past else ())],
        }

    async def at(self, desk: Desk) -> NewCase:
        """It comes to the office. Raises what the counter raises."""
        if self.past is None:
            return await register(
                desk,
                Application(
                    user=INTAKE,
                    command_id=self.command,
                    receipt=self.request,
                    applicant=self._applicant,
                    subject=self._subject,
                    organ=self.organ,
                    clock_offset=self.offset,
                ),
            )
        told, folder = [Entry(1, self.told())], desk.settings.data
        movers = {"user": INTAKE, "second": HEAD}
        lines = move_in(desk, told, organ=self.organ, folder=folder, **movers)
        [line] = [line async for line in lines]
        if line.error is not None:
            raise line.error
        assert line.done is not None
        return line.done

    @property
    def _applicant(self) -> NewApplicant:
        return NewApplicant(
            kind=self.kind, name=planted("张某（虚构）"), contact=planted("13900000000")
        )

    @property
    def _subject(self) -> str:
        return planted(f"规划文件 {self.command}（虚构）")
