"""Facts filled in as favourably as a case allows, to find out what its rules think of an act
before anybody has written a word: where they refuse all of them, they refuse whatever is filled in.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from itertools import product
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from domain.case import facts as f
from domain.case.answers.refs import NEW, eligible, hearing_meant, meant
from domain.case.state import CaseState, Validity
from domain.case.topics.correcting import GUARDS as CORRECTIONS
from domain.case.topics.correcting import NEVER
from domain.errors import Code, Refusal
from domain.periods.ledger import ONE_DAY
from domain.remedies.proceeding import Document
from domain.remedies.terms import Against
from domain.values import midnight

WORD = "x"
"""What stands for words: no rule reads them."""

OTHER_FILE = "0" * 64

INDIFFERENT = frozenset(
    {
        *(("dispatched", "channel"), ("consultation_answered", "answer")),
        *(("fee_notice_sent", "standard"), ("fee_notice_sent", "amount")),
    }
)
"""By kind: fields that must be filled in and that no clock reads."""

FACTS: Mapping[str, type[f.OfficeFact]] = {
    model.model_fields["kind"].default: model
    for union in get_args(get_args(f.OfficeFact)[0])
    for model in (get_args(get_args(union)[0]) if get_origin(union) is Annotated else (union,))
}
"""Every fact that people bring about, by its kind."""

_Options = dict[str, list[Any]]


def trials(kind: str, state: CaseState, today: date) -> Iterator[f.OfficeFact]:
    """Every fact of that kind that could differ in what the rules say.

    Refusal(nothing_open) where the case has nothing it could be about; of no amendment, which
    rests on the entry it puts right.
    """
    found = 0
    options = _options(kind, state, today)
    for values in product(*options.values()):
        given = dict(zip(options, values, strict=True))
        if kind in ("hearing_set", "hearing_cancelled"):
            yield from _of_hearings(kind, state, given)
        else:
            yield FACTS[kind](**_filled(kind, given))
        found += 1
    if not found:
        raise Refusal(Code.NOTHING_OPEN, case=state.id, act=kind)


def settled(kind: str, state: CaseState) -> bool:
    """Whether an act of that kind asks for nothing but words: what it does to the clock follows
    from the case alone."""
    asked = _options(kind, state, date.min)
    return kind not in CORRECTIONS and all(
        len(values) == 1 and (isinstance(values[0], str) or (kind, name) in _KNOWN)
        for name, values in asked.items()
        if (kind, name) not in INDIFFERENT
    )


_KNOWN = frozenset({("fee_paid", "amount")})
"""Numbers that the case knows."""


def _options(kind: str, state: CaseState, today: date) -> _Options:
    """What each field that has to be filled may hold."""
    model = FACTS[kind]
    hints = get_type_hints(model, include_extras=True)
    found = {
        name: list(_values(kind, name, hints[name], state, today))
        for name, field in model.model_fields.items()
        if field.is_required()
    }
    return found | _beyond(kind, state)


def _beyond(kind: str, state: CaseState) -> _Options:
    """Fields that need not be filled for every act, and decide of some."""
    match kind:
        case "item_replaced":
            return {"title": [WORD]}
        case "item_reviewed":
            return {"ground": [WORD], "public_interest": [WORD]}
        case "reply_drafted":
            kinds = [code for code, k in state.law.statute.replies.items() if k.dispatchable]
            fields = ("ground", "location", "search_record", "right_agency")
            return {"reply_kind": kinds} | {name: [WORD] for name in fields}
        case "reconsideration_received" | "lawsuit_received" | "complaint_received":
            return {"against": [Against.REPLY, Against.INACTION, Against.LAPSE]}
        case "evidence_listed":
            return {"documents": [(Document(title=WORD, sha256=OTHER_FILE),)]}
        case "training_advanced":
            return {"days": [1]}
    return {}


def _filled(kind: str, given: dict[str, Any]) -> dict[str, Any]:
    if kind == "item_reviewed" and given["decision"] is f.Decision.RELEASE_DEIDENTIFIED:
        return given | {"released_sha256": OTHER_FILE}
    return given


def _of_hearings(kind: str, state: CaseState, given: dict[str, Any]) -> Iterator[f.OfficeFact]:
    """Each hearing of the proceeding, or one more."""
    proceeding = state.proceeding(given["ref"])
    called = [h.hearing for h in proceeding.hearings] if proceeding else []
    if kind == "hearing_set":
        called = [hearing_meant(kind, state, given["ref"])]
    for hearing in called:
        yield FACTS[kind](**given | {"hearing": hearing})


def _values(kind: str, name: str, hint: Any, state: CaseState, today: date) -> Iterator[Any]:
    if name == "ref":
        yield from (meant(kind, state),) if kind in NEW else eligible(kind, state)
    elif name == "seq":
        yield from entries(kind, state)
    elif (kind, name) == ("fee_paid", "amount"):
        yield state.fee.amount if state.fee else Decimal(1)
    else:
        yield from _plain(hint, _later(state, today))


def _later(state: CaseState, today: date) -> date:
    """A day after everything that runs."""
    return max([today, *(d.due for d in state.deadlines)]) + ONE_DAY


def _plain(hint: Any, day: date) -> Iterator[Any]:
    """Values of a type; of numbers the smallest, of days `day`."""
    origin = get_origin(hint)
    if origin is Annotated:
        yield from _plain(get_args(hint)[0], day)
    elif origin in (Union, UnionType):
        yield from _plain(next(a for a in get_args(hint) if a is not NoneType), day)
    elif origin is Literal:
        yield from get_args(hint)
    elif origin is tuple:
        yield ()
    elif issubclass(hint, Enum):
        yield from hint
    elif hint is bool:
        yield from (False, True)
    elif hint is datetime:
        yield midnight(day)
    elif hint is date:
        yield day
    elif hint in (int, Decimal):
        yield hint(1)
    else:
        yield WORD


def entries(kind: str, state: CaseState) -> Iterator[int]:
    """The numbers of the entries that an act of that kind can be about: what waits for approval,
    what is set aside, else what people did and may turn out wrong."""
    for entry in state.timeline:
        proposed = entry.kind == "entry_proposed"
        match kind:
            case "entry_approved" | "entry_refused":
                fits = proposed and entry.validity is Validity.COUNTS
            case "conflict_kept":
                fits = entry.validity is Validity.SET_ASIDE
            case "entry_annulled":
                fits = _correctable(state, entry.seq) and entry.kind != "registered"
            case _:
                fits = _correctable(state, entry.seq)
        if fits:
            yield entry.seq


def _correctable(state: CaseState, seq: int) -> bool:
    entry = state.entry(seq)
    by_people = entry.role != "system" and entry.kind not in (*NEVER, *CORRECTIONS)
    return by_people and entry.kind in FACTS and entry.validity is not Validity.ANNULLED
