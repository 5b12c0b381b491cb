"""The PostgreSQL of the tests: on loopback, a fresh database each time."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa

pytestmark = pytest.mark.postgres


def test_each_call_gives_an_empty_database_of_its_own(postgres: Callable[[], str]) -> None:
    first, second = sa.create_engine(postgres()), sa.create_engine(postgres())
    with first.begin() as connection:
        connection.execute(sa.text("CREATE TABLE t (n text)"))
        connection.execute(sa.text("INSERT INTO t VALUES ('申')"))
        assert connection.scalar(sa.text("SELECT n FROM t")) == "申"
    assert sa.inspect(first).get_table_names() == ["t"]
    assert sa.inspect(second).get_table_names() == []
    first.dispose()
    second.dispose()


def test_it_listens_on_loopback_only(postgres: Callable[[], str]) -> None:
    engine = sa.create_engine(postgres())
    with engine.connect() as connection:
        assert connection.scalar(sa.text("SHOW listen_addresses")) == "127.0.0.1"
    engine.dispose()
