"""`python -m law.freeze [NAME]…`: calendars outside China, from the package `holidays` into
data files. A tool of whoever keeps the law up to date; nothing that runs imports the package.

`law/calendars/freeze.toml` says which holidays make which calendar. The file written names the
package, its version and the years covered; a year outside them is missing, never "no holidays".
"""

import json
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOVED = " (observed)"
"""How the package marks the day that stands for a holiday on a day of the weekend."""
PLACE = Path(__file__).parent.parent / "law" / "calendars"


def specification() -> dict[str, Any]:
    """The content of freeze.toml."""
    return tomllib.loads((PLACE / "freeze.toml").read_text(encoding="utf-8"))


def frozen(name: str, spec: Mapping[str, Any]) -> dict[str, Any]:
    """The calendar of that name as the content of its file."""
    own = spec[name]
    years = range(own.get("first_year", spec["first_year"]), spec["last_year"] + 1)
    parts = [_part(part, years) for part in own["parts"]]
    rest = frozenset(parts[0].weekend)
    off = {day for part, p in zip(parts, own["parts"], strict=True) for day in _days(part, p)}
    whole = [part for part, p in zip(parts, own["parts"], strict=True) if "only" not in p]
    weekends = (d for d in _every_day(years) if d.weekday() in rest and d not in off)
    work = {day for day in weekends if all(part.is_working_day(day) for part in whole)}
    known = own.get("known_through", spec["known_through"])
    package = version("holidays")
    return {
        "meaning": "off = days of the working week that are not worked; work = days of the weekend "
        "that are. Written by `python -m law.freeze`; change freeze.toml, not this file.",
        "frozen_from": {
            "package": "holidays",
            "version": package,
            "parts": own["parts"],
            "years": [years[0], years[-1]],
        },
        "name": name,
        "version": f"holidays-{package}",
        "jurisdiction": name,
        "time_zone": own["time_zone"],
        "weekend": [WEEK[n] for n in sorted(rest)],
        "weekend_source": own.get("weekend_source", own["source"]),
        "open_from": date(known + 1, 1, 1),
        "years": {
            year: {
                "complete": year <= known,
                "notices": [own["source"]],
                "off": [d for d in sorted(off) if d.year == year and d.weekday() not in rest],
                "work": [d for d in sorted(work) if d.year == year and d.weekday() in rest],
            }
            for year in years
        },
    }


def _every_day(years: Sequence[int]) -> Iterator[date]:
    first, last = date(years[0], 1, 1).toordinal(), date(years[-1], 12, 31).toordinal()
    return map(date.fromordinal, range(first, last + 1))


def _part(part: Mapping[str, Any], years: Sequence[int]) -> Any:
    import holidays

    return holidays.country_holidays(
        part["country"],
        subdiv=part.get("subdiv"),
        categories=tuple(part.get("categories", ("public",))),
        language="en_US",
        years=years,
    )


def _days(days: Any, part: Mapping[str, Any]) -> Iterator[date]:
    """The days of a part that it takes; a day may have several names."""
    only, but = part.get("only"), part.get("except", ())
    for day, names in days.items():
        taken = (name for name in names.split("; ") if _takes(part, days, day, name))
        listed = {name.removesuffix(MOVED) for name in taken}
        if (listed & set(only)) if only is not None else (listed - set(but)):
            yield day


def _takes(part: Mapping[str, Any], days: Any, day: date, name: str) -> bool:
    """Whether a part takes a name of a day; one that stands for a holiday on another day, only
    where the part says that the holiday is moved from there (left out: as the package does)."""
    if not name.endswith(MOVED) or "moved" not in part:
        return True
    near = (day + timedelta(days=n) for n in (-2, -1, 1))
    of = [d for d in near if name.removesuffix(MOVED) in days.get(d, "").split("; ")]
    return any(WEEK[d.weekday()] in part["moved"] for d in of)


def text(content: Mapping[str, Any]) -> str:
    """The file: one line a year, so that a change of the package shows as what it changes."""
    head = {key: value for key, value in content.items() if key != "years"}
    lines = json.dumps(head, ensure_ascii=False, indent=1, default=str).removesuffix("\n}")
    years = ",\n".join(
        f"  {json.dumps(str(year))}: {json.dumps(days, ensure_ascii=False, default=str)}"
        for year, days in content["years"].items()
    )
    return f'{lines},\n "years": {{\n{years}\n }}\n}}\n'


def names(spec: Mapping[str, Any]) -> list[str]:
    """The calendars the specification names."""
    return [name for name, own in spec.items() if isinstance(own, dict)]


def main(wanted: Sequence[str]) -> int:
    """Write the calendars named, else all; 2 for a name nobody knows."""
    spec = specification()
    known = names(spec)
    unknown = sorted(set(wanted) - set(known))
    if unknown:
        print(f"no calendar {', '.join(unknown)}; there are: {', '.join(known)}", file=sys.stderr)
        return 2
    for name in wanted or known:
        (PLACE / f"{name}.json").write_text(text(frozen(name, spec)), encoding="utf-8")
        print(name)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
