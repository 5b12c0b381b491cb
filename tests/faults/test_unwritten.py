"""The lines of acts that were answered and not on record yet: none is lost, and none stays on."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from office.running.unwritten import FILE, Answered, forget, in_mind, keep_in_mind


def answered(number: int, case: str = "2026-0001") -> Answered:
    return Answered(case, f"c{number}", "noted", "li", f"2026-11-29T09:00:{number % 60:02d}+00:00")


def kept(data: Path) -> list[str]:
    return [act.command_id for act in in_mind(data)]


def test_what_is_on_record_goes_and_the_rest_stays(tmp_path: Path) -> None:
    for number in range(3):
        keep_in_mind(tmp_path, answered(number))
    forget(tmp_path, {answered(1).command, answered(2, case="2026-0002").command})
    assert kept(tmp_path) == ["c0", "c2"]
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600
    forget(tmp_path, {answered(0).command, answered(2).command})
    assert list(tmp_path.iterdir()) == [], "nothing in mind, no file"


def test_no_line_is_lost_between_those_who_write_and_those_who_forget(tmp_path: Path) -> None:
    old, new = [answered(n) for n in range(100)], [answered(n) for n in range(100, 300)]
    for act in old:
        keep_in_mind(tmp_path, act)
    with ThreadPoolExecutor(6) as pool:
        going = [pool.submit(forget, tmp_path, {act.command}) for act in old]
        coming = [pool.submit(keep_in_mind, tmp_path, act) for act in new]
        for done in (*going, *coming):
            done.result()
    assert sorted(kept(tmp_path)) == sorted(act.command_id for act in new)


def test_forgetting_that_is_broken_off_leaves_every_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        keep_in_mind(tmp_path, answered(number))

    def killed(here: Path, _: Path) -> Path:
        raise OSError(f"{here} stays")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", killed)
        forget(tmp_path, {answered(0).command})
    assert kept(tmp_path) == ["c0", "c1", "c2"]
    keep_in_mind(tmp_path, answered(3))
    forget(tmp_path, {answered(0).command})
    assert kept(tmp_path) == ["c1", "c2", "c3"]


def test_half_a_line_of_a_full_disk_takes_no_other_with_it(tmp_path: Path) -> None:
    keep_in_mind(tmp_path, answered(0))
    size = (tmp_path / FILE).stat().st_size
    os.truncate(tmp_path / FILE, size - 7)
    keep_in_mind(tmp_path, answered(1))
    assert kept(tmp_path) == ["c1"]
