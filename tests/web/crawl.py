"""Somebody who goes through the office at a browser: reads what a page offers, fills in its form
with what can be picked there, and sends it."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from html import unescape
from html.parser import HTMLParser
from random import Random

import httpx

from domain.case.table import TABLE
from office.legal_time import legal_now
from tests.waiting import until
from tests.web.site import ORIGIN, Browser

OFFERED = re.compile(r'<a href="/cases/[^"/]+/acts/([a-z_]+)"')
ENTRY = re.compile(r'<a href="(/cases/[^"/]+/acts/entry_amended\?seq=\d+)"')
WRONG = re.compile(r'id="([a-z_]+)-problem"')
AWAITED = 'id="case-page" data-live'
"""Of the page of a case: what was done is accepted, and its entry not written yet."""

WORDS = "（虚构）"

CODES = "|".join(kind for kind in TABLE if "_" in kind)
NO_WORDS = re.compile(rf"(?<!\S)--[a-z]+|\byishen [a-z]+|\{{[a-z_]+\}}|\b(?:{CODES})\b")
"""What nobody at a page should read: options and commands, blanks that nothing filled, codes."""

Values = dict[str, list[str]]


@dataclass
class PageField:
    """A field of a form. `values`: what can be picked; `shown_by`, `shown_for`: the field and the
    values of it by which this one is shown."""

    name: str
    kind: str
    required: bool = False
    values: list[str] = field(default_factory=list)
    given: list[str] = field(default_factory=list)
    shown_by: str = ""
    shown_for: Sequence[str] = ()


class PageForm(HTMLParser):
    """The form of a page whose button is the first thing to press."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, PageField] = {}
        self.hidden: list[tuple[str, str]] = []
        self.press: tuple[str, str] | None = None
        self.action = ""
        self._parts: list[tuple[str, Sequence[str]]] = []
        self._depth: list[int] = []
        self._select = ""
        self._area = ""
        main = page.partition("<main")[2]
        for text in re.findall(r"<form\b.*?</form>", main, re.S):
            if re.search(r'<button class="first"', text):
                self.feed(text)
                break

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """What a tag of the form says."""
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.action = said.get("action", "")
        if tag == "div":
            self._depth.append("data-shown-by" in said)
            if self._depth[-1]:
                self._parts.append((said["data-shown-by"], said["data-shown-for"].split()))
        name, kind = said.get("name", ""), said.get("type", "text")
        if tag == "button" and said.get("class") == "first":
            self.press = (name, said.get("value", ""))
        if tag == "input" and kind == "hidden":
            self.hidden.append((name, said.get("value", "")))
        elif tag == "input":
            classes = said.get("class", "").split()
            kind = "day" if "day" in classes else "number" if said.get("inputmode") else kind
            one = self._field(name, said, kind)
            one.values += [said["value"]] if kind in ("radio", "checkbox") else []
            if kind not in ("radio", "checkbox", "file") and said.get("value"):
                one.given = [said["value"]]
            if "checked" in said:
                one.given.append(said["value"])
        elif tag == "select":
            self._select = name
            self._field(name, said, "select")
        elif tag == "option" and self._select and said.get("value"):
            self.fields[self._select].values.append(said["value"])
            if "selected" in said:
                self.fields[self._select].given = [said["value"]]
        elif tag == "textarea":
            self._field(name, said, "text")
            self._area = name

    def handle_data(self, data: str) -> None:
        """What stands in a text field."""
        if self._area and data.strip():
            self.fields[self._area].given = [data]

    def handle_endtag(self, tag: str) -> None:
        """Where a part of the form ends."""
        if tag == "div" and self._depth and self._depth.pop():
            self._parts.pop()
        if tag == "select":
            self._select = ""
        if tag == "textarea":
            self._area = ""

    def _field(self, name: str, said: Mapping[str, str], kind: str) -> PageField:
        one = self.fields.setdefault(name, PageField(name, kind))
        one.required |= "required" in said
        if self._parts:
            one.shown_by, one.shown_for = self._parts[-1]
        return one


@dataclass
class Crawl:
    """What the walk has done. `done`: acts by kind that are on record; `refused`: those that were
    not, by kind and what was said; `fallen`: pages that fell over, or say what no page should."""

    dice: Random
    people: Mapping[str, Browser]
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[tuple[str, str]] = field(default_factory=Counter)
    fallen: list[str] = field(default_factory=list)

    async def offered(self, case: str) -> list[tuple[str, str]]:
        """Who may do which act in the case now, as its page offers it to them."""
        return [
            (person, kind) for person in self.people for kind in await self.offered_to(case, person)
        ]

    async def offered_to(self, case: str, person: str) -> list[str]:
        """The acts that the page of the case offers to somebody."""
        page = await self._got(self.people[person], f"/cases/{case}")
        return list(dict.fromkeys(OFFERED.findall(page.text)))

    async def act(self, case: str, person: str, kind: str, **said: str) -> bool:
        """One act, from its form to the record; `said`: what stands in its fields, where that is
        not left to chance."""
        window, path = self.people[person], f"/cases/{case}/acts/{kind}"
        page = await self._got(window, path)
        if kind == "entry_amended" and (entries := ENTRY.findall(page.text)):
            path = unescape(self.dice.choice(entries))
            path = f"{path.partition('?')[0]}?seq={said.pop('seq')}" if "seq" in said else path
            page = await self._got(window, path)
        wrong: set[str] = set()
        for _ in range(8):
            form = PageForm(page.text)
            if form.press is None:
                break
            values, files = self._filled(form, said, wrong)
            page = await self._sent(window, form.action or path, values, files)
            if page.status_code == 303:
                self.done[kind] += 1
                await until(partial(self._recorded, window, page.headers["location"]))
                return True
            said = {name: value for name, value in said.items() if name not in files}  # once
            wrong |= set(WRONG.findall(page.text))
        found = re.search(r'class="(?:summary|note)".*?</div>', page.text, re.S)
        why = unescape(re.sub(r"<[^>]+>|\s+", " ", found[0] if found else "")).strip()
        self.refused[kind, f"{page.status_code} {why[-120:]}"] += 1
        return False

    async def _recorded(self, window: Browser, path: str) -> bool:
        """Whether the page one is led to shows what was done, and not only that it was accepted."""
        return AWAITED not in (await self._got(window, path)).text

    def _filled(
        self, form: PageForm, said: Mapping[str, str], wrong: Iterable[str]
    ) -> tuple[Values, list[str]]:
        """Values for the fields that are asked for, and the fields that get a file."""
        values: Values = {}
        files: list[str] = []
        for name, value in form.hidden:
            values.setdefault(name, []).append(value)
        for one in form.fields.values():
            shown = not one.shown_by or set(values.get(one.shown_by, ())) & set(one.shown_for)
            if not shown:
                continue
            if one.kind == "file":
                if one.name in wrong or one.name in said or one.required:
                    files.append(one.name)
                continue
            if one.name in said:
                values[one.name] = [said[one.name]]
            elif one.given and one.name not in wrong:
                stays = not one.values or self.dice.random() < 0.6
                values[one.name] = one.given if stays else self._value(one)
            elif one.required or one.name in wrong or one.shown_by:
                values[one.name] = self._value(one)
        assert form.press is not None
        values.setdefault(form.press[0], []).append(form.press[1])
        return values, files

    def _value(self, one: PageField) -> list[str]:
        if one.values:
            return [self.dice.choice(one.values)]
        if one.kind in ("radio", "checkbox", "select"):
            return []
        if one.name == "at":
            return [f"{legal_now().date() + timedelta(days=9)} 09:30"]
        if one.kind == "day":
            return [str(legal_now().date() + timedelta(days=self.dice.randint(3, 9)))]
        return ["10" if one.kind == "number" else f"{one.name}{WORDS}"]

    async def _got(self, window: Browser, path: str) -> httpx.Response:
        return self._looked(await window.get(path, follow_redirects=True), f"GET {path}")

    async def _sent(
        self, window: Browser, path: str, values: Values, files: Sequence[str]
    ) -> httpx.Response:
        content = f"{self.dice.random()}{WORDS}".encode()
        sent = dict.fromkeys(files, ("文件.txt", content, "text/plain"))
        answer = await window.post(
            path, data=values, files=sent or None, headers={"origin": ORIGIN}
        )
        return self._looked(answer, f"POST {path} {values}")

    def _looked(self, answer: httpx.Response, what: str) -> httpx.Response:
        if answer.status_code >= 500:
            self.fallen.append(f"{answer.status_code} {what}")
        if found := NO_WORDS.search(seen(answer)):
            self.fallen.append(f"{found[0]} {what}")
        return answer


def seen(page: httpx.Response) -> str:
    """What somebody reads of a page."""
    if "text/html" not in page.headers.get("content-type", ""):
        return ""
    return unescape(re.sub(r"<(script|template).*?</\1>|<[^>]*>", " ", page.text, flags=re.S))
