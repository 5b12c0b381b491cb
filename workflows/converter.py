"""The one data converter of every client, worker, replayer and test, plain or with keys.

Payloads are sealed here and nowhere else (`workflows.codec`).
"""

from dataclasses import replace

from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.converter import DataConverter, DefaultFailureConverterWithEncodedAttributes

from workflows.codec import Keys, SealingCodec

data_converter: DataConverter = pydantic_data_converter
"""Between what is said and its payload, in plain."""


def sealed_by(keys: Keys) -> DataConverter:
    """The same, and everything sealed on its way: payloads, and what failures say."""
    return replace(
        data_converter,
        payload_codec=SealingCodec(keys),
        failure_converter_class=DefaultFailureConverterWithEncodedAttributes,
    )
