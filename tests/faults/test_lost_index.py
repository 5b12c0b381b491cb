"""The search index is gone (a crash of PostgreSQL empties it, a restore comes without it): the
worker makes it anew."""

import asyncio

import pytest
from sqlalchemy import delete

from domain.errors import Code, Unreachable
from office.answers.finding import find
from office.running.indexing import index_is_whole
from register.models import SearchToken
from tests.faults.site import Site
from tests.waiting import until

pytestmark = pytest.mark.temporal


async def test_an_index_that_was_lost_is_made_anew_by_the_next_worker(place: Site) -> None:
    case = (await place.office.open()).id
    register = place.office.register
    before = [found.line.id for found in find(register, "wang", "道路").cases]
    assert case in before
    await place.kill_worker()
    with register.writing() as session:
        session.execute(delete(SearchToken))
    with pytest.raises(Unreachable) as away:
        find(register, "wang", "道路")
    assert away.value.code is Code.SEARCH_INDEX_MISSING
    await place.start_worker()

    async def whole() -> bool:
        return await asyncio.to_thread(index_is_whole, register)

    await until(whole)
    assert [found.line.id for found in find(register, "wang", "道路").cases] == before
