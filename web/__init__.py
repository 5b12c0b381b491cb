"""The desk: pages for everybody in an office, by the same subjects as the command line."""

from pydantic import BaseModel, ConfigDict

# The framework describes interfaces of programs by three dozen models, which pages never use: what
# checks them is made at their first use, not while the desk starts (a fifteenth of its start).
BaseModel.model_config = ConfigDict(defer_build=True)
