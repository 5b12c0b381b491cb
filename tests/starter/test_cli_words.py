"""Every command has its help, every enum value its word, in both languages."""

from enum import StrEnum
from typing import Any

import pytest

import texts
from cli.acts.table import ACT_COMMANDS
from cli.frame.reference import trees
from domain.case import facts
from domain.case.parts import End, ReplyStatus
from domain.case.people import Role
from domain.case.summary import Mover, Status
from domain.case.table import TABLE
from domain.clock import ClockState, LimitName, Party, WarningCode
from domain.errors import Code, Refusal
from domain.periods.period import Unit
from domain.remedies import terms as remedies
from domain.remedies.progress import Progress
from domain.statute import Channel
from law.files import load_ladder, load_statutes
from speech import words
from speech.refusals import message

ENUMS: dict[str, type[StrEnum]] = {
    "status": Status,
    "mover": Mover,
    "role": Role,
    "party": Party,
    "answer": facts.Answer,
    "decision": facts.Decision,
    "receipt_channel": Channel,
    "dispatch_channel": facts.DispatchChannel,
    "cause": facts.LapseCause,
    "delivery": facts.Delivery,
    "end": End,
    "reply_status": ReplyStatus,
    "clock_state": ClockState,
    "limit": LimitName,
    "proceeding_kind": remedies.ProceedingKind,
    "instance": remedies.Instance,
    "route": remedies.Route,
    "against": remedies.Against,
    "result": remedies.Result,
    "form": remedies.DecisionForm,
    "side": remedies.Side,
    "remedy_notice": remedies.NoticeOfRemedy,
    "remedy_order": remedies.RemedyOrder,
    "organ_kind": remedies.OrganKind,
    "place": remedies.Place,
    "court_level": remedies.CourtLevel,
    "measure": remedies.Measure,
    "progress": Progress,
    "unit": Unit,
}


@pytest.mark.parametrize("lang", texts.LANGUAGES)
@pytest.mark.parametrize("group", ENUMS)
def test_every_value_of_an_enum_has_its_word(group: str, lang: str) -> None:
    missing = [v for v in ENUMS[group] if not texts.has(lang, f"terms.{group}.{v}")]
    assert missing == []


@pytest.mark.parametrize("lang", texts.LANGUAGES)
@pytest.mark.parametrize(
    "outcomes",
    [remedies.ReconsiderationOutcome, remedies.JudgmentOutcome, remedies.ComplaintOutcome],
)
def test_every_outcome_has_its_word(outcomes: type[StrEnum], lang: str) -> None:
    assert [v for v in outcomes if not texts.has(lang, f"terms.outcome.{v}")] == []


@pytest.mark.parametrize("lang", texts.LANGUAGES)
@pytest.mark.parametrize("warnings", [WarningCode, remedies.RemedyWarning])
def test_every_warning_has_its_word(warnings: type[StrEnum], lang: str) -> None:
    assert [w for w in warnings if not texts.has(lang, f"terms.warning.{w}")] == []


@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_every_fact_reply_kind_and_limit_of_the_ladder_has_its_word(lang: str) -> None:
    system = (
        *("lapsed", "consultation_silent", "alarm_raised", "law_revised", "registered"),
        *("remedy_lapsed", "inaction_opened", "reconsideration_silent", "hearing_passed"),
        *("judgment_effective", "case_reopened"),
    )
    kinds = {code for statute in load_statutes() for code in statute.replies}
    wanted = {
        *(f"kind.{kind}" for kind in (*TABLE, *system)),
        *(f"reply_kind.{kind}" for kind in kinds),
        *(f"limit.{name}" for name in load_ladder().limits),
    }
    assert {w for w in wanted if not texts.has(lang, f"terms.{w}")} == set()


def test_every_act_of_the_table_has_one_command_and_a_receipt_its_own_to_be_amended() -> None:
    kinds = [row.kind for row in ACT_COMMANDS if row.name != "correct-receipt"]
    assert sorted(kinds) == sorted(TABLE)


def test_acts_of_remedies_are_commands_of_the_proceeding() -> None:
    grouped = {row.kind for row in ACT_COMMANDS if row.group == "proceeding"}
    assert grouped == {kind for kind, row in TABLE.items() if row.remedy}
    assert len({(row.group, row.name) for row in ACT_COMMANDS}) == len(ACT_COMMANDS)


def _children(command: Any) -> list[Any]:
    return list(getattr(command, "commands", {}).values())


def test_every_command_and_option_has_help_in_both_languages() -> None:
    spoken = trees()
    assert spoken["zh"].commands.keys() == spoken["en"].commands.keys()
    for lang, tree in spoken.items():
        nested = [c for group in tree.commands.values() for c in _children(group)]
        for command in (*tree.commands.values(), *nested):
            assert command.help, (lang, command.name)
            for parameter in command.params:
                assert parameter.help, (lang, command.name, parameter.name)
    assert spoken["zh"].commands["sign"].help != spoken["en"].commands["sign"].help


def test_a_refusal_names_acts_states_and_roles_in_words() -> None:
    refusal = Refusal(Code.NOT_YOUR_ROLE, act="signed", roles="leader_in_charge, principal_leader")
    words.speak("zh")
    assert "审签" in message(refusal)
    assert "分管领导、主要领导" in message(refusal)
    words.speak("en")
    assert "leader in charge, principal leader" in message(refusal)


def test_citations_are_read_in_the_language() -> None:
    words.speak("zh")
    assert words.cited("art 33(2)") == "第33条第2款"
    assert words.cited("art 15, 32") == "第15条、第32条"
    assert words.cited("Postal Law art 55") == "邮政法第55条"
    assert words.cited("http://www.gov.cn/a.htm") == "http://www.gov.cn/a.htm"
    words.speak("en")
    assert words.cited("art 33(2)") == "art 33(2)"


def test_a_sentence_in_a_line_stops_once() -> None:
    words.speak("zh")
    assert words.joined(["不会造成重大影响。", "第37条", "随答复邮寄。"]) == (
        "不会造成重大影响；第37条；随答复邮寄。"
    )
    assert words.joined([]) == ""
