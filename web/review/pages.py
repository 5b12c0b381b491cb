"""The page of a review: the original beside the copy that is meant to go out, the decision, and
then the next item that waits for this reviewer."""

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from domain.case.facts import ConsultationAnswered, ItemAdded, ItemReplaced, ItemReviewed
from domain.case.facts.consultation import Answer
from domain.case.parts import Item
from domain.errors import InputError, YishenError
from office.answers.reviews import following
from office.cases.record import Record
from office.uploads import Upload, Uploads
from register.reads.tasks import TaskLine
from speech.refusals import message
from speech.words import joined, term
from web.acts.fields import Given
from web.acts.opened import OpenedAct
from web.acts.pages import ActPages
from web.cases.shown import DrawnFile, drawn, drawn_file
from web.frame.gate import Who
from web.frame.pages import say

MOST = 10
"""Pages of each version beside the form."""

COPY = "released_file"
"""The field of the copy."""


class ReviewPages(ActPages):
    """Of the review of one item."""

    form = "review/form.html"
    check = "review/check.html"

    def first(self, opened: OpenedAct, about: str) -> Given:
        """About that item, else the first that waits."""
        known = [pick.value for pick in opened.picks.get("ref", ())]
        ref = about if about in known else next(iter(known), "")
        begun = super().first(opened, about)
        return self.shown(opened, replace(begun, submitted={**begun.submitted, "ref": (ref,)}))

    def shown(self, opened: OpenedAct, given: Given) -> Given:
        """With the hash of the version that is shown."""
        item = item_of(opened, given)
        seen = (item.sha256,) if item is not None and item.sha256 else ()
        return replace(given, submitted={**given.submitted, "sha256": seen})

    def draft(self, opened: OpenedAct, given: Given) -> str:
        """One for each item."""
        return f"{super().draft(opened, given)}:{given.one('ref')}"

    async def beside(self, who: Who, opened: OpenedAct, given: Given) -> Mapping[str, Any]:
        """Both versions, and what else waits."""
        item = item_of(opened, given) if opened.act.refused is None else None
        original, copy = await asyncio.gather(
            _original(who, opened, item), _copy(who, opened, item, given)
        )
        left, coming = await _following(who, opened, given)
        return {
            "item": item,
            "opinions": [*_returned(item), *opinions(opened.record, item)] if item else [],
            "original": original,
            "copy": copy,
            "left": left,
            "coming": path_of(coming) if coming else None,
        }

    async def onward(self, who: Who, opened: OpenedAct, given: Given, seq: int) -> str:
        """To the next item, or back to what else waits."""
        try:
            _, coming = await _following(who, opened, given)
        except YishenError:  # it is recorded all the same
            return await super().onward(who, opened, given, seq)
        return f"{path_of(coming)}&reviewed=true" if coming else "/?reviewed=true"


async def _following(who: Who, opened: OpenedAct, given: Given) -> tuple[int, TaskLine | None]:
    line, ref = opened.record.row.line, given.one("ref")
    return await who.process.read(
        lambda session: following(session, who.id, line.id, ref, training=line.training)
    )


def path_of(task: TaskLine) -> str:
    """Where an item is reviewed."""
    return f"/cases/{task.case_id}/acts/{task.kind}?ref={quote(task.ref or '')}"


def item_of(opened: OpenedAct, given: Given) -> Item | None:
    """The item that the form is about."""
    return opened.record.state.item(given.one("ref"))


def _returned(item: Item) -> Iterator[str]:
    """Why a leader gave it back, to whoever reviews it anew."""
    if item.returned is not None:
        yield say("case.item_returned", reason=item.returned)


def opinions(record: Record, item: Item) -> Iterator[str]:
    """What those who were consulted say to the release of the item, and why."""
    answers = [e.what for e in record.events if isinstance(e.what, ConsultationAnswered)]
    reasons = {what.ref: what.reason for what in answers}
    for letter in record.state.consultations:
        if not letter.concerns(item.ref):
            continue
        objects = letter.objects_to(item.ref)
        if letter.answer is None:
            said = say("case.silent" if letter.silent else "case.unanswered")
        else:
            said = term("answer", Answer.OBJECTS if objects else Answer.CONSENTS)
        why = reasons.get(letter.ref) if objects else None
        words = joined([said, why] if why else [said])
        yield say("review.opinion", party=term("party", letter.party), name=letter.name, said=words)


async def _original(who: Who, opened: OpenedAct, item: Item | None) -> DrawnFile | None:
    if item is None or item.sha256 is None:
        return None
    return await drawn_file(who, opened.record.state.id, item.sha256, page=1, most=MOST)


async def _copy(who: Who, opened: OpenedAct, item: Item | None, given: Given) -> DrawnFile | None:
    """The copy that came with the form, else the one of the last review of this version."""
    case = opened.record.state.id
    for upload in given.files.get(COPY, ()):
        return await _uploaded(who, case, upload)
    last = last_copy(opened.record, item) if item is not None else None
    return None if last is None else await drawn_file(who, case, last, page=1, most=MOST)


async def _uploaded(who: Who, case: str, upload: Upload) -> DrawnFile:
    source = Uploads(who.process.settings, case).source(upload)
    limit = who.process.settings.largest_file
    try:
        return await drawn(who, upload.name, "", source.chunks(limit), most=MOST)
    except InputError as error:
        return DrawnFile(upload.name, "", None, message(error))


def last_copy(record: Record, item: Item) -> str | None:
    """The hash of the copy that a review of the present version put in its place."""
    found = None
    for happened in record.state.happened:
        what = happened.what
        if isinstance(what, ItemAdded | ItemReplaced) and what.ref == item.ref:
            found = None
        elif isinstance(what, ItemReviewed) and what.ref == item.ref:
            found = what.released_sha256 if what.released_sha256 != item.sha256 else None
    return found
