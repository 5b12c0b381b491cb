"""Templates, and what every page is handed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

import texts
from domain.numbers import number_of
from domain.values import OFFICE_ZONE
from office.legal_time import legal_now
from speech import dates, words
from speech.standing import status_words
from web.frame.forms import token
from web.frame.navigation import NavigationEntry, entries
from web.frame.process import WebProcess

if TYPE_CHECKING:
    from web.frame.gate import Who


def say(key: str, /, **values: object) -> str:
    """The text of `desk.KEY`."""
    return texts.text(words.spoken(), f"desk.{key}", **values)


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds a page: who looks, where, at what instant, and what waits; `sent`: it answers
    a form."""

    who: "Who | None"
    path: str
    at: datetime
    demo: bool
    sent: bool = False
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day in the office's zone."""
        return self.at.date()

    @property
    def to_midnight(self) -> int:
        """Seconds until the day changes."""
        morning = datetime.combine(self.today + timedelta(days=1), time(0), OFFICE_ZONE)
        return int((morning - self.at).total_seconds())

    @property
    def navigation(self) -> Iterator[NavigationEntry]:
        """Where this person may go."""
        return entries(self.who, self.path, self.counts) if self.who else iter(())

    @property
    def lang(self) -> str:
        """The language of the page."""
        return words.spoken()

    @property
    def token(self) -> Markup:
        """The field that every form carries."""
        value = token(self.who) if self.who else ""
        return Markup('<input type="hidden" name="_token" value="{}">').format(value)


@cache
def environment() -> Environment:
    """The templates: strict, escaped; what they may say stands in the catalogues."""
    made = Environment(
        loader=PackageLoader("web"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.loopcontrols"],
    )
    made.globals.update(
        t=say,
        has=lambda key: texts.has(words.spoken(), f"desk.{key}"),
        told=words.say,
        term=words.term,
        limit=words.limit,
        ref_words=words.ref_words,
        days=words.days,
        cited=words.cited,
        day=dates.day,
        full_day=dates.full_day,
        instant=dates.instant,
        status_words=status_words,
        asset=asset,
        size=size,
        nearness=nearness,
    )
    made.filters["number_of"] = number_of
    return made


SOON = 3
"""Days before its last one from which a limit is due soon."""


def nearness(due: date, today: date) -> str:
    """The class of a last day."""
    left = (due - today).days
    return "late" if left < 0 else "soon" if left <= SOON else "soft"


def size(octets: int) -> str:
    """How large a file is, as people say it."""
    value = float(octets)
    for unit in ("B", "KB", "MB"):
        if value < 1000:
            return f"{value:.0f} {unit}"
        value /= 1000
    return f"{value:.1f} GB"


@cache
def asset(name: str) -> str:
    """The address of a file of `web/static`, another one for another content."""
    content = files("web").joinpath("static", name).read_bytes()
    return f"/static/{sha256(content).hexdigest()[:12]}/{name}"


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """The answer made of `template`; it finds `frame` beside `values`."""
    frame = framed(request)
    html = environment().get_template(template).render(frame=frame, **values)
    return HTMLResponse(html, status)


def framed(request: Request) -> Frame:
    """The frame of the page that answers `request`."""
    return Frame(
        who=getattr(request.state, "who", None),
        path=request.url.path,
        at=legal_now(),
        demo=process_of(request).demo,
        sent=request.method == "POST",
        counts=getattr(request.state, "counts", {}),
    )


def process_of(request: Request) -> WebProcess:
    """What this process works with."""
    found: WebProcess = request.app.state.process
    return found
