"""What may go out: third parties' objections, and what each kind of reply needs (arts 15, 17, 32,
36-40). The kinds and their needs are the statute's data."""

from domain.case.facts import ReplyDrafted
from domain.case.parts import Consultation
from domain.case.state import CaseState
from domain.case.status import signed
from domain.errors import Code, Refusal
from domain.statute import Party, ReplyKind


def blocked_by(state: CaseState, ref: str) -> Consultation | None:
    """The third party's consultation that keeps item `ref` from release: it objected, or may
    still answer."""
    for consultation in state.consultations:
        if consultation.party is not Party.THIRD_PARTY:
            continue
        waiting = consultation.answered is None and not consultation.silent
        if consultation.objects_to(ref) or (waiting and consultation.concerns(ref)):
            return consultation
    return None


def overridden(state: CaseState, letter: Consultation) -> bool:
    """Whether something goes out over the objection in that letter."""
    return any(
        letter.objects_to(item.ref) and item.review is not None and item.review.releases
        for item in state.items
    )


def reply_kind(state: CaseState, code: str) -> ReplyKind:
    """The kind of that code in the case's statute; Refusal for one it doesn't know, or that is
    no reply (a lapse, a withdrawal)."""
    kinds = state.law.statute.replies
    kind = kinds.get(code)
    if kind is None or not kind.dispatchable:
        known = ", ".join(name for name, k in kinds.items() if k.dispatchable)
        raise Refusal(Code.UNKNOWN_REPLY_KIND, reply_kind=code, known=known)
    return kind


def check_reply_fields(state: CaseState, draft: ReplyDrafted) -> None:
    """Every field the kind needs is filled, and no reviewed item contradicts it."""
    kind = reply_kind(state, draft.reply_kind)
    for field in kind.needs_fields:
        if getattr(draft, field) is None:
            raise Refusal(
                Code.REPLY_FIELD_MISSING, kind.article, reply_kind=draft.reply_kind, field=field
            )
    check_items_fit(state, draft.reply_kind)


def unfit(state: CaseState, code: str) -> tuple[str, ...]:
    """The items whose review contradicts a reply of that kind: it releases only what its kind
    releases, and withholds nothing where it gives everything. Refusal as `reply_kind`."""
    kind = reply_kind(state, code)
    reviewed = [(item.ref, item.review) for item in state.items if item.review is not None]
    return tuple(
        ref
        for ref, review in reviewed
        if not (kind.releases if review.releases else kind.withholds)
    )


def check_items_fit(state: CaseState, code: str) -> None:
    """No item already reviewed contradicts a reply of that kind. Items still to be reviewed may go
    either way, so a reply can be drafted before."""
    kind, wrong = reply_kind(state, code), unfit(state, code)
    if wrong:
        too = Code.REPLY_WITHHOLDS_TOO if kind.releases else Code.REPLY_RELEASES_TOO
        raise too.of(kind.article, reply_kind=code)


def check_reply_ready(state: CaseState) -> None:
    """Review and signatures bear out what the reply says. Refusal with what is missing."""
    if state.reply is None:
        raise Refusal(Code.NO_REPLY)
    check_bears_out(state, state.reply.reply_kind)


def check_bears_out(state: CaseState, code: str) -> None:
    """Review and signatures bear out a reply of that kind. Refusal with what is missing."""
    kind = reply_kind(state, code)
    article = state.law.statute.review.article
    unreviewed = ", ".join(i.ref for i in state.items if i.review is None)
    if unreviewed:
        raise Refusal(Code.NOT_REVIEWED, article, items=unreviewed)
    if kind.needs_release and not state.released:
        raise Refusal(Code.REPLY_NEEDS_RELEASE, kind.article, reply_kind=code)
    if kind.needs_withheld and all(i.review and i.review.releases for i in state.items):
        raise Refusal(Code.REPLY_NEEDS_WITHHELD, kind.article, reply_kind=code)
    check_items_fit(state, code)
    if not signed(state) or (kind.needs_signatures and not state.signatures):
        raise Refusal(Code.NOT_SIGNED, article)
    for item in state.items:
        review = item.review
        blocked = blocked_by(state, item.ref)
        if review and review.releases and blocked and review.public_interest is None:
            raise Refusal(
                Code.THIRD_PARTY_BLOCKS,
                state.law.statute.third_party.article,
                ref=item.ref,
                party=blocked.ref,
            )


def may_go_out(state: CaseState) -> bool:
    """Whether nothing keeps the reply from dispatch, whoever may still answer a letter."""
    try:
        check_reply_ready(state)
    except Refusal:
        return False
    return True
