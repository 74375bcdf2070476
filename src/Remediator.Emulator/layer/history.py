"""The history of AWS Config: configuration items as its API returns them, with the API's pagination.

They are stored per account and region, by resource type and id, in the order of their capture.
"""

import base64
import binascii
import datetime
import hashlib
import itertools
import json
from dataclasses import dataclass

from botocore.utils import parse_timestamp
from items.shape import Described
from rule import LOCK, Kept
from wire import Refused

SPAN = datetime.timedelta(days=7)
COMPLIANCE = "AWS::Config::ResourceCompliance"
CARRIED = ("OK", "ResourceDiscovered")
STATUSES = (*CARRIED, "ResourceNotRecorded", "ResourceDeleted", "ResourceDeletedNotRecorded")

# Config's snapshots and events have other names for some members than its API.
API_NAMES = {
    "ARN": "arn",
    "awsAccountId": "accountId",
    "configurationItemVersion": "version",
    "configurationStateMd5Hash": "configurationItemMD5Hash",
}

MOMENTS = ("configurationItemCaptureTime", "resourceCreationTime", "configurationItemDeliveryTime")

_sequence = itertools.count()


@dataclass(frozen=True)
class Recorded:
    captured: datetime.datetime
    sequence: int
    item: dict

    @property
    def key(self) -> tuple[datetime.datetime, int]:
        return self.captured, self.sequence


@dataclass(frozen=True)
class Question:
    """The query, which is the same for all pages."""

    kind: str
    id: str
    forward: bool
    earlier: datetime.datetime | None
    later: datetime.datetime | None

    @property
    def digest(self) -> str:
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]


def of(place: Kept, kind: str, identifier: str) -> list[Recorded]:
    return place.kept("config-history").get((kind, identifier), [])


def item_of(place: Kept, kind: str, status: str, found: Described) -> dict:
    return {
        **base(place, kind, found.id, status),
        "arn": found.arn,
        "resourceName": found.name,
        "awsRegion": found.region or place.region,
        "availabilityZone": found.zone,
        "resourceCreationTime": found.created,
        "tags": found.tags,
        "relationships": list(found.relationships),
        "configuration": found.configuration,
        "supplementaryConfiguration": found.supplementary,
    }


def ended(place: Kept, kind: str, identifier: str, status: str) -> dict:
    """An item of a resource that is deleted or not recorded: it identifies the resource and has nothing else."""
    before = of(place, kind, identifier)
    last = before[-1].item if before else {}
    kept = ("arn", "resourceName", "awsRegion", "availabilityZone", "resourceCreationTime")
    return {**base(place, kind, identifier, status), **{name: last[name] for name in kept if name in last}}


def base(place: Kept, kind: str, identifier: str, status: str) -> dict:
    return {
        "version": "1.3",
        "accountId": place.account,
        "configurationItemStatus": status,
        "configurationItemMD5Hash": "",
        "resourceType": kind,
        "resourceId": identifier,
        "awsRegion": place.region,
        "tags": {},
        "relatedEvents": [],
        "relationships": [],
        "supplementaryConfiguration": {},
    }


def put(place: Kept, given: dict) -> Recorded:
    """Stores an item in the API's format, with JSON as text; an item in the format of snapshots is converted."""
    item = {API_NAMES.get(name, name): value for name, value in given.items() if value is not None}
    missing = [name for name in ("resourceType", "resourceId", "configurationItemCaptureTime") if not item.get(name)]
    if missing:
        raise Refused("ValidationException", f"A configuration item has a {' and a '.join(missing)}.")
    if item.get("configurationItemStatus") not in STATUSES:
        raise Refused("ValidationException", f"The configurationItemStatus of a configuration item is one of {', '.join(STATUSES)}.")
    item.update({name: moment(item[name]) for name in MOMENTS if name in item})
    # Config's timestamps have milliseconds, in its API too.
    captured = item["configurationItemCaptureTime"]
    captured = item["configurationItemCaptureTime"] = captured.replace(microsecond=captured.microsecond // 1000 * 1000)
    if "configuration" in item:
        item["configuration"] = _text(item["configuration"])
    item["supplementaryConfiguration"] = {name: _text(value) for name, value in item.get("supplementaryConfiguration", {}).items()}
    item["relationships"] = [
        {"relationshipName" if name == "name" else name: value for name, value in each.items()} for each in item.get("relationships", [])]
    with LOCK:
        item["configurationStateId"] = str(item.get("configurationStateId") or _state_id(place, captured))
        recorded = Recorded(captured, next(_sequence), item)
        # A new list: another thread may be reading the old one.
        kept, name = place.kept("config-history"), (item["resourceType"], item["resourceId"])
        kept[name] = sorted([*kept.get(name, []), recorded], key=lambda each: each.key)
    return recorded


def page(items: list[Recorded], question: Question, limit: int, token: str | None, now: datetime.datetime) -> tuple[list[dict], str | None]:
    """One call covers at most seven days: a page can be short, or empty, although more follows."""
    first, last = question.earlier or items[0].captured, question.later or max(now, items[-1].captured)
    edge, after = None, None
    if token:
        last, edge, after = _read(token, question)
    if question.forward:
        start = edge or first
        end = min(start + SPAN, last)
        is_last = end >= last
        inside = [each for each in items if start <= each.captured and (each.captured < end or is_last and each.captured == end)]
        inside = [each for each in inside if not after or each.key > after]
        next_edge = end
    else:
        end = edge or last
        start = max(end - SPAN, first)
        is_last = start <= first
        inside = [
            each for each in reversed(items) if each.captured <= end and (each.captured > start or is_last and each.captured == start)]
        inside = [each for each in inside if not after or each.key < after]
        next_edge = start
    answered = [each.item for each in inside[:limit]]
    if len(inside) > limit:
        return answered, _written(question, last, edge, inside[limit - 1].key)
    return answered, None if is_last else _written(question, last, next_edge, None)


def moment(value: object) -> datetime.datetime:
    found = value if isinstance(value, datetime.datetime) else parse_timestamp(value)
    return found if found.tzinfo else found.replace(tzinfo=datetime.timezone.utc)


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))


def _state_id(place: Kept, captured: datetime.datetime) -> int:
    """In Config it is the capture time in milliseconds, so it grows with time; it is unique in an account and region."""
    used = place.kept("config-state-ids")
    candidate = round(captured.timestamp() * 1000)
    while candidate in used:
        candidate += 1
    used[candidate] = True
    return candidate


def _written(question: Question, last: datetime.datetime, edge: datetime.datetime | None, after: tuple | None) -> str:
    place = [question.digest, last.isoformat(), edge and edge.isoformat(), after and [after[0].isoformat(), after[1]]]
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode()


def _read(token: str, question: Question) -> tuple:
    try:
        digest, last, edge, after = json.loads(base64.urlsafe_b64decode(token))
        if digest == question.digest:
            read = datetime.datetime.fromisoformat
            return read(last), edge and read(edge), after and (read(after[0]), after[1])
    except (ValueError, TypeError, binascii.Error):
        pass
    raise Refused("InvalidNextTokenException", "The nextToken provided is invalid")
