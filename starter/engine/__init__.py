"""The engine room: find or make a Temporal server, start it on a data folder, stop it.

Import from the modules: `running.start`, `record.find_running`, `doctor.diagnose`. Nothing is
imported here, so that a command that needs no engine doesn't pay for the SDK.
"""
