"""From empty to the newest tables, once, however many starters try."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from domain.errors import Code, Unreachable
from register import migrations
from register.engine import open_register
from register.migrate import current, differences, newest, upgrade


def test_models_and_migrations_agree(url: str) -> None:
    register = open_register(url)
    with register.reading() as session:
        assert differences(session.connection()) == []
    register.close()


def test_upgrade_is_repeatable(empty_url: str) -> None:
    upgrade(empty_url)
    upgrade(empty_url)
    assert current(empty_url) == newest()


def test_four_starters_at_once_migrate_once(empty_url: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(upgrade, [empty_url] * 4))
    assert current(empty_url) == newest()


def test_a_missing_file_is_unreachable_and_stays_missing(tmp_path: Path) -> None:
    file = tmp_path / "register.db"
    with pytest.raises(Unreachable) as refused:
        current(f"sqlite:///{file}")
    assert refused.value.code is Code.REGISTER_UNREACHABLE
    assert not file.exists()


def test_a_register_without_tables_is_unreachable(empty_url: str, tmp_path: Path) -> None:
    if empty_url.startswith("sqlite"):
        (tmp_path / "data").mkdir()
        (tmp_path / "data" / "register.db").touch()
    assert current(empty_url) is None
    register = open_register(empty_url)
    from register.reads import queries

    with pytest.raises(Unreachable) as refused, register.reading() as session:
        queries.event_count(session, "2026-0001")
    assert refused.value.code is Code.REGISTER_UNREACHABLE
    register.close()


def test_migrations_are_one_line() -> None:
    """Two with one number would leave no newest."""
    folder = Path(migrations.__file__).parent
    numbers = [file.name[:4] for file in sorted(folder.glob("0*.py"))]
    assert numbers == [f"{n:04d}" for n in range(1, len(numbers) + 1)]
    assert newest() == numbers[-1]
