"""How the fields of a fact are filled: mostly plausible, each field and each value over time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from hashlib import sha256
from random import Random
from typing import TypeVar

from domain.case.act import Evidence
from domain.case.happening import PLACELESS
from domain.case.people import Role
from domain.case.state import CaseState, TimelineEntry
from tests.walk.planted import planted

T = TypeVar("T")
E = TypeVar("E", bound=Enum)

_WORDS = (
    "请写明文号（虚构）",
    "涉及商业秘密；已电话核实",
    "material is with the archive (invented)",
    "某道路规划图 2019—2023 年，含附件",
    "䶮、堃、玥：人名用字",
    "“引号”、《书名》, <b>&amp;</b> 'x'",
    "第1行\n第2行",
    "长" * 290,
)
WORDS = tuple(planted(words) for words in _WORDS)
_NAMES = ("某公司（虚构）", "某市人民政府（虚构）", "某县人民法院（虚构）", "某局（虚构）")
NAMES = tuple(planted(name) for name in _NAMES)
PAPERS = tuple(planted(f"文件{n}（虚构）").encode() for n in range(8))
SHAS = tuple(sha256(paper).hexdigest() for paper in PAPERS)


@dataclass(frozen=True)
class Pen:
    """Fills one form. `on`: the day the act takes effect."""

    rng: Random
    state: CaseState
    on: date
    today: date

    def often(self, share: float) -> bool:
        """True in that share of cases."""
        return self.rng.random() < share

    def maybe(self, value: T, share: float = 0.4) -> T | None:
        """The value, or nothing."""
        return value if self.often(share) else None

    def entry(self) -> TimelineEntry:
        """Something that people did, mostly lately."""
        people = (e for e in self.state.timeline if e.role is not Role.SYSTEM)
        done = [e for e in people if e.kind not in PLACELESS]
        return self.any(done[-6:] if self.often(0.7) else done)

    def any(self, values: Iterable[T]) -> T:
        """One of them."""
        return self.rng.choice(tuple(values))

    def text(self) -> str:
        """Some words."""
        return self.rng.choice(WORDS)

    def line(self) -> str:
        """Some words on one line."""
        return self.rng.choice([words for words in WORDS if "\n" not in words])

    def name(self) -> str:
        """A name of somebody outside."""
        return self.rng.choice(NAMES)

    def sha(self) -> str:
        """A file that was kept."""
        return self.rng.choice(SHAS)

    def later(self, least: int = 1, most: int = 45) -> date:
        """A day after today."""
        return self.today + timedelta(days=self.rng.randint(least, most))

    def since(self, first: date) -> date:
        """A day from `first` to today, both included; `first` where that lies ahead."""
        return first + timedelta(days=self.rng.randint(0, max(0, (self.today - first).days)))

    def lately(self, days: int = 10) -> date:
        """A day of the last ones."""
        return self.today - timedelta(days=self.rng.randint(0, days))

    def fresh(self, stem: str, taken: Iterable[str]) -> str:
        """A ref that is not taken, nearly always."""
        known = list(taken)
        if known and self.often(0.04):
            return self.rng.choice(known)
        return f"{stem}{len(known) + 1}"

    def known(self, refs: Iterable[str], stem: str = "x") -> str:
        """A ref that is there, nearly always."""
        found = list(refs)
        return self.rng.choice(found) if found and not self.often(0.03) else f"{stem}99"

    def some(self, refs: Iterable[str]) -> tuple[str, ...]:
        """Some of them, in their order; often none."""
        found = list(refs)
        if not found or self.often(0.4):
            return ()
        return tuple(ref for ref in found if self.often(0.6))

    def proofs(self) -> tuple[Evidence, ...]:
        """Evidence of the day."""
        found = []
        if self.often(0.25):
            found.append(Evidence(text=self.text()))
        if self.often(0.15):
            found.append(Evidence(sha256=self.sha(), name="slip.pdf"))
        return tuple(found)
