"""Citations in the reader's words. The data and the record cite in English (`art 33(2)`,
`setting confirmation_days`); what is shown is rendered here, and only here.

On a screen a citation is short: 第33条第2款. On paper and in letters it is formal,
第三十三条第二款, with laws under their full names.
"""

import re
from collections.abc import Iterable
from functools import cache

import texts

ITEMS = frozenset({"21", "31", "36"})
"""Articles of the Regulations (2008: 21; 2019: 31, 36) in which one bracket counts items 项;
everywhere else it counts paragraphs 款."""

_DIGITS = "〇一二三四五六七八九"
_ARTICLES = re.compile(r"\barts? (\d+[A-Z]?(?:\(\d+\))*(?:, \d+[A-Z]?(?:\(\d+\))*)*)")
_SECTIONS = re.compile(r"\b(?:s|sch|para|part) \d[\d()a-zA-Z-]*(?:, \d+(?:\(\w+\))*)*")
_CHINESE = r"[\u3000-\u9fff\uff00-\uffef]"

_COLON = re.compile(r":(?!//)")
"""A colon of a sentence, not that of an address."""


def cited(lang: str, citation: str, *, formal: bool = False) -> str:
    """`citation` as the reader of `lang` says it."""
    parts = [_part(lang, part, formal) for part in citation.split("; ")]
    return "；".join(parts) if lang == "zh" else "; ".join(parts)


def setting(lang: str, name: str) -> str:
    """The name of a setting; one the texts don't know is shown as it is."""
    key = f"terms.setting.{name}"
    return texts.text(lang, key) if texts.has(lang, key) else name


def choice(lang: str, name: str, value: str) -> str:
    """What a setting chooses; a number is one of working days."""
    key = f"terms.choice.{name}_{value}"
    if texts.has(lang, key):
        return texts.text(lang, key)
    if not value.isdigit():
        return value
    words = texts.text(lang, "evidence.unit.working_day", n=value)
    return words.removesuffix("s") if value == "1" else words


def decided(lang: str, citation: str, settings: Iterable[tuple[str, str]]) -> str:
    """`citation` with what `settings` chose, by name and choice, in the place of their names."""
    law = "; ".join(part for part in citation.split("; ") if not part.startswith("setting "))
    chosen = [
        texts.text(lang, "terms.of_choice", name=setting(lang, n), choice=choice(lang, n, v))
        for n, v in settings
    ]
    parts = [*([cited(lang, law)] if law else []), *chosen]
    return texts.text(lang, "speech.joiner").join(parts)


def _part(lang: str, part: str, formal: bool) -> str:
    if part.startswith("setting "):
        name, chosen, value = part.removeprefix("setting ").partition("=")
        if not chosen:
            return texts.text(lang, "terms.of_setting", name=setting(lang, name))
        words = choice(lang, name, value)
        return texts.text(lang, "terms.of_choice", name=setting(lang, name), choice=words)
    if lang != "zh":
        return part
    words = _ARTICLES.sub(lambda found: _articles(found[1], part[: found.start()], formal), part)
    for known, said in _names(formal):
        words = words.replace(known, said)
    words = _SECTIONS.sub(lambda found: _sections(found[0]), words)
    return re.sub(rf"(?<={_CHINESE}) +| +(?={_CHINESE})", "", _COLON.sub("：", words))


@cache
def _names(formal: bool) -> list[tuple[str, str]]:
    """Laws and other sources as the data names them, and in Chinese; long names first."""
    english, chinese = texts.catalogue("en"), texts.catalogue("zh")
    found = {english[key]: said for key, said in chinese.items() if key.startswith("terms.cite.")}
    if formal:
        for key, said in chinese.items():
            if key.startswith("terms.formal."):
                found[english[key.replace("formal", "cite")]] = said
    return sorted(found.items(), key=lambda pair: -len(pair[0]))


def _articles(numbers: str, before: str, formal: bool) -> str:
    """第33条第2款、第35条; `before`: the law that is named, else the statute itself."""
    return "、".join(_article(number, before, formal) for number in numbers.split(", "))


def _article(written: str, before: str, formal: bool) -> str:
    number, *parts = re.findall(r"\d+", written)
    inserted = "".join(re.findall(r"[A-Z]", written))  # art 12A stands between 12 and 13
    said = f"第{_number(number, formal)}{inserted}条"
    items = len(parts) == 1 and not before and number in ITEMS
    for place, part in enumerate(parts):
        if place or items:
            said += f"第（{_number(part, formal)}）项" if formal else f"第{part}项"
        else:
            said += f"第{_number(part, formal)}款"
    return said


def _number(digits: str, formal: bool) -> str:
    return numeral(int(digits)) if formal else digits


def _sections(written: str) -> str:
    """Sections, schedules, paragraphs and parts of laws elsewhere: 第7(1)条."""
    kind, _, numbers = written.partition(" ")
    form = {"s": "第{}条", "sch": "附表{}", "para": "第{}段", "part": "第{}部"}[kind]
    return "、".join(form.format(n.replace("-", "至")) for n in numbers.split(", "))


def numeral(n: int) -> str:
    """1 to 99 in Chinese numerals."""
    tens, ones = divmod(n, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "") if n else _DIGITS[0]
