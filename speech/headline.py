"""The sentence of a case: who moves next, with what, until when."""

from datetime import date

from domain.case.answers.headline import Headline, Saying
from speech.dates import day
from speech.names import NameBook
from speech.words import say, term


def headline_words(said: Headline, known: NameBook, today: date) -> str:
    """The sentence, for its reader, on that day."""
    words = _who(said, known, today)
    if said.until is not None:
        key = "late" if said.late else "reply_until" if said.of_reply else "until"
        words = say(f"headline.{key}", said=words, day=day(said.until, today))
    if said.stopped and said.saying in (Saying.TASK, Saying.ANSWER):
        words = say("headline.stopped", said=words)
    if said.unbegun:
        words = say("headline.unbegun", said=words)
    if said.remedies is not None:
        words = say("headline.remedies", said=words, day=day(said.remedies, today))
    return words


def _who(said: Headline, known: NameBook, today: date) -> str:
    match said.saying:
        case Saying.ANSWER:
            party = term("party", said.party)
            return say("headline.answer", party=party, name=said.name)
        case Saying.DECISION:
            return say(f"headline.decision_{said.proceeding}")
        case Saying.ENDED:
            kind = term("reply_kind", said.reply_kind) if said.reply_kind else ""
            on = day(said.on, today) if said.on else ""
            return say(f"headline.ended_{said.how}", kind=kind, day=on)
        case Saying.TASK:
            what = term("task", said.task) if said.task else ""
            if said.mine:
                return say("headline.mine", what=what)
            who = known.short(said.person) or term("role", said.role)
            return say("headline.others" if what else "headline.in_hand", who=who, what=what)
    return say(f"headline.{said.saying}")
