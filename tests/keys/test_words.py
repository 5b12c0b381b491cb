"""Which words are sealed, how deep, and how they come back."""

from dataclasses import dataclass

import pytest

from domain.case import facts as f
from domain.case.act import Act, Evidence
from domain.case.facts import NewApplicant
from domain.case.people import Actor
from domain.clock import Receipt
from domain.errors import Code, Unreachable
from domain.statute import Channel
from keys.cipher import Suite
from keys.data_key import DataKey
from keys.store import Destroyed, KeyStore
from keys.words import DESTROYED, UNREADABLE, Reader, seal

KEY = DataKey("2026-0001", b"k" * 32, Suite.AES)
PLANTED = "从未见过的话"


class Held(KeyStore):
    """A store with one key."""

    def __init__(self, *keys: DataKey) -> None:
        self.at_hand = {key.name: key for key in keys}

    def key(self, name: str) -> DataKey:
        if name not in self.at_hand:
            raise Destroyed(name)
        return self.at_hand[name]


READER = Reader(lambda: Held(KEY))


def act(what: f.OfficeFact) -> Act:
    proof = Evidence(text=PLANTED, name=PLANTED)
    return Act(command_id="c", actor=Actor(person="li", grants=()), what=what, evidence=(proof,))


REGISTERED = f.Registered(
    receipt=Receipt(channel=Channel.FAX, arrived="2026-03-02"),  # type: ignore[arg-type]
    applicant=NewApplicant(name=PLANTED, contact=PLANTED),
    subject=PLANTED,
    form_wished=PLANTED,
)


@pytest.mark.parametrize(
    "what",
    [
        f.Noted(text=PLANTED),
        f.ConsultationSent(ref="l1", party="third_party", name=PLANTED),  # type: ignore[arg-type]
        f.EntryAmended(seq=1, what=REGISTERED, reason=PLANTED),
        f.AnswerSubmitted.model_validate({"ref": "r1", "documents": [{"title": PLANTED}]}),
        f.ReplyDrafted(reply_kind="granted", reasons=PLANTED, location=PLANTED),
    ],
)
def test_every_word_of_an_act_is_sealed_and_comes_back(what: f.OfficeFact) -> None:
    plain = act(what)
    sealed = seal(plain, KEY)
    assert PLANTED not in sealed.model_dump_json()
    assert READER.open(sealed) == plain
    assert seal(sealed, KEY) == sealed
    assert seal(plain, KEY).digest == sealed.digest


def test_what_rules_read_stays_plain() -> None:
    sealed = seal(act(f.Assigned(department="ghj", handler="li")), KEY)
    assert sealed.what == f.Assigned(department="ghj", handler="li")


def test_a_word_that_is_too_long_is_refused_before_it_is_sealed() -> None:
    with pytest.raises(ValueError, match="4000"):
        f.Noted(text="长" * 4001)
    longest = f.Noted(text="长" * 4000)
    assert READER.open(seal(longest, KEY)) == longest


def test_who_types_something_that_looks_sealed_gets_it_back_as_typed() -> None:
    typed = f.Noted(text="sealed:aes:2026-0001:" + "A" * 60)
    assert READER.open(seal(typed, KEY)) == typed


@dataclass(frozen=True)
class Line:
    subject: str
    days: tuple[str, ...]


def test_lines_and_lists_and_mappings_are_opened_as_deep_as_they_go() -> None:
    word = KEY.seal_word("subject", PLANTED)
    assert READER.open([{"a": (Line(word, ("x", word)),)}]) == [
        {"a": (Line(PLANTED, ("x", PLANTED)),)}
    ]
    untouched = [Line("x", ())]
    assert READER.open(untouched) is untouched


class Lacking(KeyStore):
    """A store that was put back without the newest keys, or that isn't there at all."""

    def __init__(self, code: Code) -> None:
        self.code = code

    def key(self, name: str) -> DataKey:
        raise Unreachable(self.code)


def test_one_case_without_its_key_does_not_take_a_list_away() -> None:
    word = KEY.seal_word("subject", PLANTED)
    assert Reader(lambda: Lacking(Code.KEY_MISSING)).show(["x", word]) == ["x", UNREADABLE]
    with pytest.raises(Unreachable):
        Reader(lambda: Lacking(Code.KEY_STORE_UNREACHABLE)).show(["x", word])
    with pytest.raises(Unreachable):
        Reader(lambda: Lacking(Code.KEY_MISSING)).open(["x", word])


def test_forgotten_words_leave_a_mark() -> None:
    word = KEY.seal_word("subject", PLANTED)
    assert Reader(Held).open(word) == DESTROYED
