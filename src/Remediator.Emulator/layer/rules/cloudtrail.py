"""The events of AWS CloudTrail, which moto does not record."""

import datetime
import json
import uuid

import history
from rule import ACCEPTS, LOCK, Call, Place, rule, said
from wire import Refused

SOURCE = "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html"
MOST = 50
LOOKED_UP_BY = ("EventId", "EventName", "ReadOnly", "Username", "EventSource", "AccessKeyId")
OF_RESOURCES = ("ResourceType", "ResourceName")


@rule("cloudtrail:LookupEvents", kind=ACCEPTS, source=SOURCE)
def events_are_looked_up(call: Call) -> dict:
    """Events are found by one attribute and a time range, newest first."""
    given = call.input
    start, end = (history.moment(given[name]) if given.get(name) is not None else None for name in ("StartTime", "EndTime"))
    if start and end and start > end:
        raise Refused("InvalidTimeRangeException", "Start time is after end time.")
    attribute = _attribute(given.get("LookupAttributes", []))
    found = [
        each for each in call.kept("trail-events").get("events", [])
        if (not start or each["EventTime"] >= start) and (not end or each["EventTime"] <= end) and attribute(each)]
    found.sort(key=lambda each: each["EventTime"], reverse=True)
    first, most = _first(given.get("NextToken"), len(found)), _most(given)
    token = {"NextToken": f"after-{first + most}"} if first + most < len(found) else {}
    return {"Events": found[first:first + most], **token}


@said("trail-events")
def put_event(place: Place, told: dict) -> dict:
    """{resource, principal, event, at, source?}: somebody made a call that changed the resource."""
    at, principal = history.moment(told["at"]), told["principal"]
    identifier, kind = str(uuid.uuid4()), principal.split(":")[5].partition("/")[0]
    event = {
        "EventId": identifier,
        "EventName": told["event"],
        "ReadOnly": "false",
        "EventTime": at,
        "EventSource": told.get("source", "s3.amazonaws.com"),
        "Username": principal.rpartition("/")[2] if "/" in principal else kind,
        "Resources": [{"ResourceName": told["resource"]}],
    }
    event["CloudTrailEvent"] = json.dumps({
        "eventVersion": "1.11",
        "userIdentity": {
            "type": {"assumed-role": "AssumedRole", "user": "IAMUser", "root": "Root"}.get(kind, "Unknown"),
            "arn": principal,
            "accountId": principal.split(":")[4],
        },
        "eventTime": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "eventSource": event["EventSource"],
        "eventName": told["event"],
        "awsRegion": place.region,
        "eventID": identifier,
        "readOnly": False,
        "eventType": "AwsApiCall",
        "managementEvent": True,
        "recipientAccountId": place.account,
        "eventCategory": "Management",
    })
    with LOCK:
        place.kept("trail-events").setdefault("events", []).append(event)
    return {"eventId": identifier}


def _attribute(given: list[dict]) -> object:
    if len(given) > 1:
        raise Refused("InvalidLookupAttributesException", "Only one lookup attribute can be specified.")
    if not given:
        return lambda _: True
    key, value = given[0].get("AttributeKey"), given[0].get("AttributeValue")
    if key in OF_RESOURCES:
        return lambda each: any(resource.get(key) == value for resource in each["Resources"])
    if key in LOOKED_UP_BY:
        return lambda each: each.get(key) == value
    raise Refused("InvalidLookupAttributesException", f"{key} is no attribute that events are looked up by.")


def _most(given: dict) -> int:
    most = given.get("MaxResults", MOST)
    if not 0 < most <= MOST:
        raise Refused("InvalidMaxResultsException", f"A page has from 1 to {MOST} events.")
    return most


def _first(token: str | None, events: int) -> int:
    if token is None:
        return 0
    number = token.removeprefix("after-")
    if number == token or not number.isdigit() or int(number) >= events:
        raise Refused("InvalidNextTokenException", "The token is not valid.")
    return int(number)
