"""Equal parts of the law are one object in a process: thousands of open cases come under the same
few texts, and each case carries its own in what it is started with.

A value never changes, so nobody can tell one from two, but for the memory that two take. What no
case holds any more is forgotten.
"""

from hashlib import sha256
from typing import Annotated, TypeVar
from weakref import WeakValueDictionary

from pydantic import AfterValidator

from domain.values import Value

ValueT = TypeVar("ValueT", bound=Value)

_BY_CONTENT: WeakValueDictionary[tuple[type, bytes], Value] = WeakValueDictionary()
_BY_ID: WeakValueDictionary[int, Value] = WeakValueDictionary()


def alike(value: ValueT) -> ValueT:
    """The one object for all values of this type and content."""
    if _BY_ID.get(id(value)) is value:
        return value
    content = sha256(value.model_dump_json().encode()).digest()
    one = _BY_CONTENT.setdefault((type(value), content), value)
    assert isinstance(one, type(value))
    _BY_ID[id(one)] = one
    return one


Alike = Annotated[ValueT, AfterValidator(alike)]
"""A field whose values are one object wherever they are equal."""
