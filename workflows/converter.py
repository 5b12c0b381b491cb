"""The one data converter of every client, worker, replayer and test.

Payload encryption will be added here and nowhere else.
"""

from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.converter import DataConverter

data_converter: DataConverter = pydantic_data_converter
