"""A history as it would be, had nothing in it been sealed."""

from collections.abc import Iterator

from google.protobuf.message import Message
from temporalio.api.common.v1 import Payload
from temporalio.api.failure.v1 import Failure
from temporalio.client import WorkflowHandle, WorkflowHistory
from temporalio.converter import DataConverter, PayloadCodec

from workflows.converter import data_converter


async def history_of(
    handle: WorkflowHandle[object, object], converter: DataConverter
) -> WorkflowHistory:
    """The history of a run in plain; `converter`: of the client that has the keys."""
    history = await handle.fetch_history()
    assert converter.payload_codec is not None
    for event in history.events:
        await _open(event, converter.payload_codec)
    return history


async def _open(message: Message, codec: PayloadCodec) -> None:
    for part in _parts(message):
        if isinstance(part, Payload):
            part.CopyFrom((await codec.decode([part]))[0])
            continue
        await _open(part, codec)
        if isinstance(part, Failure) and part.HasField("encoded_attributes"):
            [said] = data_converter.payload_converter.from_payloads([part.encoded_attributes])
            part.message, part.stack_trace = said["message"], said["stack_trace"]
            part.ClearField("encoded_attributes")


def _parts(message: Message) -> Iterator[Message]:
    for field, value in message.ListFields():
        if field.message_type is None:
            continue
        if field.message_type.GetOptions().map_entry:
            yield from (v for v in value.values() if isinstance(v, Message))
        elif isinstance(value, Message):
            yield value
        else:
            yield from value
