"""AWS Config's format for what a service's API returns."""

import datetime
import json
from collections.abc import Callable
from dataclasses import dataclass, field

import wire
from rule import Place


@dataclass(frozen=True)
class Described:
    """A resource's current state, in the format in which Config records its type."""

    id: str
    name: str | None
    arn: str
    configuration: dict
    supplementary: dict[str, object] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    zone: str = "Not Applicable"
    region: str | None = None
    created: datetime.datetime | None = None
    relationships: tuple[dict, ...] = ()


def text(moment: datetime.datetime) -> str:
    """2026-02-13T05:56:08.000Z"""
    return moment.astimezone(datetime.timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def milliseconds(moment: datetime.datetime) -> int:
    return round(moment.timestamp() * 1000)


def camel(place: Place, operation: str, given: dict, moment: Callable = text, empty_lists: bool = False) -> dict:
    """An operation's output with member names in lower camel case, like those of the SDK that Config uses."""
    return named(wire.operation_of_aws(operation).output_shape, place.ask(operation, given), moment, empty_lists)


def named(shape: object, value: object, moment: Callable = text, empty_lists: bool = False) -> object:
    match shape.type_name:
        case "structure":
            empty = {lower(name): [] for name, member in shape.members.items() if empty_lists and member.type_name == "list"}
            there = {name: inside for name, inside in value.items() if name in shape.members}
            return {**empty, **{lower(name): named(shape.members[name], inside, moment, empty_lists) for name, inside in there.items()}}
        case "list":
            return [named(shape.member, item, moment, empty_lists) for item in value]
        case "map":
            return {name: named(shape.value, inside, moment, empty_lists) for name, inside in value.items()}
        case "timestamp":
            return moment(value)
    return value


def lower(name: str) -> str:
    return name[:1].lower() + name[1:]


def only(value: dict, names: str) -> dict:
    """The members that Config records; the API has more."""
    return {name: value[name] for name in names.split() if name in value}


def tags_of(pairs: list[dict] | None, key: str = "Key", value: str = "Value") -> dict[str, str]:
    return {pair[key]: pair.get(value, "") for pair in pairs or []}


def pairs_of(tags: dict[str, str]) -> list[dict]:
    return [{"key": key, "value": value} for key, value in tags.items()]


def parsed(document: str | None) -> object:
    """A policy in CloudFormation's form: an object, empty if there is none."""
    return json.loads(document) if document else {}


def related(kind: str, identifier: str, name: str) -> dict:
    return {"resourceType": kind, "resourceId": identifier, "relationshipName": name}
