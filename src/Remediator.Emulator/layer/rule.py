"""A rule of the layer: a difference between moto and AWS, with its source.

A rule wraps one or a few operations. It gets the call and returns AWS's output: `call.go_on()` calls moto, `Refused` is raised for an
AWS error, and an output may be made without moto.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import wire
from moto.core.model import OperationModel

REFUSES = "AWS refuses, moto accepts"
ACCEPTS = "AWS accepts, moto refuses"
KEEPS = "AWS keeps, moto forgets"
SHAPE = "AWS answers in another shape"
KINDS = (REFUSES, ACCEPTS, KEEPS, SHAPE)


class Kept:
    """The state of an account and region."""

    account: str
    region: str
    memory: dict

    def backend(self, service: str) -> object:
        """moto's own state of a service in this account and region; for a global service, in the partition."""
        from moto.backends import get_backend

        regions = get_backend(service)[self.account]
        return regions[self.region] if self.region in regions.regions else regions["aws"]

    def kept(self, kind: str) -> dict:
        """State that moto does not store and rules therefore do, in this account and region, by kind."""
        return self.memory.setdefault((self.account, self.region, kind), {})


@dataclass
class Call(Kept):
    """A request on its way through the rules."""

    operation: OperationModel
    input: dict
    account: str
    region: str
    memory: dict
    send: Callable[[dict], dict] = field(repr=False)

    @property
    def name(self) -> str:
        return f"{self.operation.service_model.service_name}:{self.operation.name}"

    def go_on(self, changed: dict | None = None) -> dict:
        """The output of the next rule, finally of moto; with another input if one is given."""
        return self.send(self.input if changed is None else changed)


@dataclass
class Place(Kept):
    """The account and region of a test's command."""

    account: str
    region: str
    memory: dict
    send: Callable[[OperationModel, dict], dict] = field(repr=False)

    def ask(self, operation: str, given: dict, *absent_on: str) -> dict | None:
        """The operation's current output, through all rules and without a permission check; None if it fails with one of these errors."""
        try:
            return self.send(wire.operation_of_aws(operation), given)
        except wire.Refused as refused:
            if refused.code in absent_on:
                return None
            raise

    def every(self, operation: str, given: dict, listed: str) -> list:
        """The items on all pages of a list with a marker."""
        found, marker = [], {}
        while marker is not None:
            answer = self.ask(operation, {**given, **marker})
            found += answer.get(listed, [])
            marker = {"Marker": answer["Marker"]} if answer.get("Marker") else None
        return found


@dataclass(frozen=True)
class Rule:
    """A difference; its id is the module and the function."""

    id: str
    kind: str
    operations: tuple[str, ...]
    source: str
    says: str
    apply: Callable[[Call], dict] = field(repr=False)

    def told(self) -> dict:
        return {"id": self.id, "kind": self.kind, "operations": self.operations, "source": self.source, "says": self.says}


RULES: dict[str, Rule] = {}
SAID: dict[str, Callable[[Place, dict], dict]] = {}
BY_OPERATION: dict[str, list[Rule]] = {}
LOCK = threading.RLock()


def rule(*operations: str, kind: str, source: str) -> Callable:
    """Makes a function a rule; its docstring says what AWS does."""

    def register(function: Callable[[Call], dict]) -> Callable[[Call], dict]:
        service = function.__module__.rpartition(".")[2]
        name = f"{service}.{function.__name__.replace('_', '-')}"
        made = Rule(name, kind, operations, source, " ".join(function.__doc__.split()), function)
        RULES[made.id] = made
        for operation in operations:
            BY_OPERATION.setdefault(operation, []).append(made)
        return function

    return register


def said(what: str) -> Callable:
    """Makes a function handle what a test posts to /aws-like/<what> for an account and region."""

    def register(function: Callable[[Place, dict], dict]) -> Callable[[Place, dict], dict]:
        SAID[what] = function
        return function

    return register
