"""The notice of remedies in the reply, in words: from the offer of the case, never typed."""

import texts
from domain.periods.period import Unit
from domain.remedies.paths import Destination, Offer
from domain.remedies.terms import RemedyOrder
from texts.citations import cited


def notice_lines(offer: Offer, lang: str) -> list[str]:
    """The sentences of the notice in `lang`, in order. It is a letter: laws under their full
    names, nothing of settings or of law that is unsettled; a name that is not known is to be asked
    for."""
    say = _Speaker(lang)
    months = offer.lawsuit_unit == Unit.MONTH
    first = offer.order is RemedyOrder.RECONSIDERATION_FIRST
    lines = [
        say(
            "first" if first else "both",
            days=offer.reconsideration_n,
            organs=say("or").join(say.organ(o) for o in offer.organs) or say("unknown_place"),
            article=cited(lang, offer.reconsideration_article, formal=True),
            suit=say("months" if months else "days", n=offer.lawsuit_n),
            court=say.court(offer),
            suit_article=cited(lang, offer.lawsuit_article, formal=True),
        )
    ]
    if first and not offer.unsettled:
        lines.append(say("order", article=cited(lang, offer.order_article, formal=True)))
    return lines


class _Speaker:
    """Texts of the notice in one language."""

    def __init__(self, lang: str) -> None:
        self._lang = lang

    def __call__(self, key: str, **values: object) -> str:
        return texts.text(self._lang, f"remedies.notice.{key}", **values)

    def organ(self, organ: Destination) -> str:
        """Its name, or what to ask for."""
        place = texts.text(self._lang, f"terms.place.{organ.place}")
        return organ.name or self("unknown_organ", place=place)

    def court(self, offer: Offer) -> str:
        """Its name, or what to ask for."""
        if offer.court:
            return offer.court
        if offer.court_level is None:
            return self("unknown_level")
        level = texts.text(self._lang, f"terms.court_level.{offer.court_level}")
        return self("unknown_court", level=level)
