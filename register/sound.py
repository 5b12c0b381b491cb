"""Whether the database's own pages are in order; what is written on them is `verify`'s matter."""

from sqlalchemy import text

from register.engine import Register


def damage(register: Register) -> str | None:
    """What SQLite finds wrong with its file, shortened; None where all is in order. PostgreSQL
    watches over its pages itself. Reads the whole file. Raises Unreachable."""
    if not register.is_sqlite:
        return None
    with register.reading() as session:
        found = session.execute(text("PRAGMA quick_check(3)")).scalars().all()
    return None if list(found) == ["ok"] else "; ".join(map(str, found))[:300]
