"""The seal: a case takes only what somebody who has the office's key has sent.

Whoever reaches the engine's cluster can write to it, and a message says by itself who acts and with
which rights. So every message that changes something carries the HMAC of what it says and whom it
is for: an update of a case, the start of a run, an activity that a run asks for. It is looked at
when the message comes, never in a replay: what was taken once stays taken, whatever becomes of the
key. Questions carry none.
"""
# ruff: noqa: A002  (the library names its parameters so)

import hmac
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NoReturn

from temporalio import activity, workflow
from temporalio import client as of_client
from temporalio import worker as of_worker
from temporalio.api.common.v1 import Payload
from temporalio.client import Client
from temporalio.exceptions import ApplicationError

from domain.errors import Code
from workflows.converter import data_converter

HEADER = "yishen-seal"

Headers = Mapping[str, Payload]


@dataclass(frozen=True, slots=True)
class Unsealed:
    """A message that was refused, by what it says of itself: `kind` of the act, if it is one."""

    to: str
    name: str
    kind: str | None
    person: str | None
    command_id: str | None


class Seal(of_client.Interceptor, of_worker.Interceptor):
    """Seals what a client sends, and has its worker refuse what carries no seal of this key.

    `key` is asked for when the first message is sealed; `refused` hears of each message refused, in
    the middle of a case's turn: it must hand it on and return.
    """

    def __init__(self, key: Callable[[], bytes]) -> None:
        self._key = cache(key)
        self.refused: Callable[[Unsealed], object] = lambda message: None

    def put(self, headers: Headers, to: str, name: str, args: Sequence[Any]) -> Headers:
        """The headers with the seal."""
        return {**headers, HEADER: Payload(data=self._of(to, name, args))}

    def check(self, headers: Headers, to: str, name: str, args: Sequence[Any]) -> None:
        """Raise the engine's form of Refusal(message_unsealed)."""
        found = headers.get(HEADER, Payload()).data
        if not hmac.compare_digest(found, self._of(to, name, args)):
            self._refuse(to, name, args)

    def _of(self, to: str, name: str, args: Sequence[Any]) -> bytes:
        said = [payload.data for payload in data_converter.payload_converter.to_payloads(args)]
        lengths = [len(part) for part in (to, name, *said)]
        words = "\n".join((repr(lengths), to, name)).encode()
        return hmac.digest(self._key(), b"\n".join((words, *said)), "sha256")

    def _refuse(self, to: str, name: str, args: Sequence[Any]) -> NoReturn:
        said = args[0] if args else None
        self.refused(
            Unsealed(
                to=to,
                name=name,
                kind=getattr(getattr(said, "what", None), "kind", None),
                person=getattr(getattr(said, "actor", None), "person", None),
                command_id=getattr(said, "command_id", None),
            )
        )
        code = Code.MESSAGE_UNSEALED
        raise ApplicationError(
            str(code), {"article": None, "params": {}}, type=code, non_retryable=True
        )

    # -- where messages pass --------------------------------------------------------------------

    def intercept_client(
        self, next: of_client.OutboundInterceptor
    ) -> of_client.OutboundInterceptor:
        """What a client sends."""
        return _Sending(next, self)

    def workflow_interceptor_class(
        self,
        input: of_worker.WorkflowInterceptorClassInput,
    ) -> type[of_worker.WorkflowInboundInterceptor]:
        """What a run is sent, and asks for."""
        seal = self

        class Sealed(_Run):
            def __init__(self, next: of_worker.WorkflowInboundInterceptor) -> None:
                super().__init__(next, seal)

        return Sealed

    def intercept_activity(
        self, next: of_worker.ActivityInboundInterceptor
    ) -> of_worker.ActivityInboundInterceptor:
        """What the worker is asked to do for a run."""
        return _Doing(next, self)


def seal_of(client: Client) -> Seal:
    """The seal of a client; no worker takes messages without one."""
    found = [i for i in client.config()["interceptors"] if isinstance(i, Seal)]
    if not found:
        raise ValueError("a client without a seal")
    return found[0]


class _Sending(of_client.OutboundInterceptor):
    def __init__(self, next: of_client.OutboundInterceptor, seal: Seal) -> None:
        super().__init__(next)
        self._seal = seal

    async def start_workflow(
        self, input: of_client.StartWorkflowInput
    ) -> of_client.WorkflowHandle[Any, Any]:
        input.headers = self._seal.put(input.headers, input.id, input.workflow, input.args)
        return await super().start_workflow(input)

    async def start_workflow_update(
        self, input: of_client.StartWorkflowUpdateInput
    ) -> of_client.WorkflowUpdateHandle[Any]:
        input.headers = self._seal.put(input.headers, input.id, input.update, input.args)
        return await super().start_workflow_update(input)

    async def start_update_with_start_workflow(
        self, input: of_client.StartWorkflowUpdateWithStartInput
    ) -> of_client.WorkflowUpdateHandle[Any]:
        start, update = input.start_workflow_input, input.update_workflow_input
        start.headers = self._seal.put(start.headers, start.id, start.workflow, start.args)
        update.headers = self._seal.put(update.headers, start.id, update.update, update.args)
        return await super().start_update_with_start_workflow(input)


class _Run(of_worker.WorkflowInboundInterceptor):
    def __init__(self, next: of_worker.WorkflowInboundInterceptor, seal: Seal) -> None:
        super().__init__(next)
        self._seal = seal

    def init(self, outbound: of_worker.WorkflowOutboundInterceptor) -> None:
        super().init(_Asking(outbound, self._seal))

    async def execute_workflow(self, input: of_worker.ExecuteWorkflowInput) -> Any:
        if not workflow.unsafe.is_replaying():
            info = workflow.info()
            self._seal.check(input.headers, info.workflow_id, info.workflow_type, input.args)
        # A part of the message keeps the whole of it in memory, for as long as the run lives.
        input.headers = {}
        return await super().execute_workflow(input)

    def handle_update_validator(self, input: of_worker.HandleUpdateInput) -> None:
        self._seal.check(input.headers, workflow.info().workflow_id, input.update, input.args)
        super().handle_update_validator(input)


class _Asking(of_worker.WorkflowOutboundInterceptor):
    def __init__(self, next: of_worker.WorkflowOutboundInterceptor, seal: Seal) -> None:
        super().__init__(next)
        self._seal = seal

    def start_activity(self, input: of_worker.StartActivityInput) -> workflow.ActivityHandle[Any]:
        if not workflow.unsafe.is_replaying():  # what was asked then has its seal
            to = workflow.info().workflow_id
            input.headers = self._seal.put(input.headers, to, input.activity, input.args)
        return super().start_activity(input)

    def continue_as_new(self, input: of_worker.ContinueAsNewInput) -> NoReturn:
        info = workflow.info()
        name = input.workflow or info.workflow_type
        input.headers = self._seal.put(input.headers, info.workflow_id, name, input.args)
        super().continue_as_new(input)


class _Doing(of_worker.ActivityInboundInterceptor):
    def __init__(self, next: of_worker.ActivityInboundInterceptor, seal: Seal) -> None:
        super().__init__(next)
        self._seal = seal

    async def execute_activity(self, input: of_worker.ExecuteActivityInput) -> Any:
        info = activity.info()
        self._seal.check(input.headers, str(info.workflow_id), info.activity_type, input.args)
        return await super().execute_activity(input)
