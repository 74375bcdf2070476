"""The history of AWS Config; moto has only the current state, and only of few types."""

import datetime

import history
import items
from moto.config.models import SourceDetail
from items.shape import related
from rule import ACCEPTS, Call, Place, rule, said
from wire import Refused

SOURCE = "https://docs.aws.amazon.com/config/latest/APIReference/API_GetResourceConfigHistory.html"
DEFAULT, MOST = 10, 100


@rule("config:GetResourceConfigHistory", kind=ACCEPTS, source=SOURCE)
def history_is_recorded(call: Call) -> dict:
    """A resource's recorded items are returned newest first; each call covers at most seven days."""
    given = call.input
    question, limit = _question(given), _limit(given)
    recorded = history.of(call, question.kind, question.id)
    if not recorded:
        message = f"Resource {question.id} of resourceType:{question.kind} is unknown or has not been discovered"
        raise Refused("ResourceNotDiscoveredException", message)
    found, token = history.page(recorded, question, limit, given.get("nextToken"), datetime.datetime.now(datetime.timezone.utc))
    return {"configurationItems": found, **({"nextToken": token} if token else {})}


@rule("config:BatchGetResourceConfig", kind=ACCEPTS, source="https://docs.aws.amazon.com/config/latest/APIReference/API_BatchGetResourceConfig.html")
def recorded_items_are_found(call: Call) -> dict:
    """What was recorded of a resource is returned without tags and relationships; moto describes only what it has itself, of four types."""
    found = [of[-1].item for each in call.input["resourceKeys"] if (of := history.of(call, each["resourceType"], each["resourceId"]))]
    if not found:
        return call.go_on()
    return {
        "baseConfigurationItems": [{name: value for name, value in item.items() if name not in ("tags", "relationships")} for item in found],
        "unprocessedResourceKeys": [],
    }


@rule("config:PutConfigRule", kind=ACCEPTS, source="https://docs.aws.amazon.com/config/latest/APIReference/API_Source.html")
def rules_may_be_policies(call: Call) -> dict:
    """A custom rule may be a Guard policy; moto knows only managed rules and rules with functions."""
    given = call.input["ConfigRule"]
    source = given["Source"]
    if source["Owner"] != "CUSTOM_POLICY":
        return call.go_on()
    if not (details := source.get("SourceDetails")) or "CustomPolicyDetails" not in source:
        raise Refused("InvalidParameterValueException", "SourceDetails and CustomPolicyDetails must be provided if the owner is CUSTOM_POLICY.")
    known = {"Owner": "AWS", "SourceIdentifier": "S3_BUCKET_VERSIONING_ENABLED"}
    output = call.go_on({**call.input, "ConfigRule": {**given, "Source": known}})
    kept = call.backend("config").config_rules[given["ConfigRuleName"]].source
    kept.owner, kept.source_identifier = source["Owner"], ""
    kept.source_details = [SourceDetail(detail["EventSource"], detail["MessageType"]) for detail in details]
    return output


@said("record")
def record(place: Place, told: dict) -> dict:
    """{type, id, at, status?}: records the resource as it is now."""
    kind, identifier, status = told["type"], told["id"], told.get("status", "OK")
    item = (
        history.item_of(place, kind, status, items.describe(place, kind, identifier)) if status in history.CARRIED
        else history.ended(place, kind, identifier, status))
    return _answer(history.put(place, {**item, "configurationItemCaptureTime": told["at"]}))


@said("items")
def put_item(place: Place, told: dict) -> dict:
    """{item}: adds a whole item, unchanged."""
    return _answer(history.put(place, {"accountId": place.account, "awsRegion": place.region, **told["item"]}))


@said("compliance")
def record_compliance(place: Place, told: dict) -> dict:
    """{type, id, at, rules: [{name, arn, compliance}]}: adds an item to the resource's compliance timeline."""
    kind, identifier = told["type"], told["id"]
    results = [
        {"configRuleArn": each["arn"], "configRuleId": each["arn"].rpartition("/")[2], "configRuleName": each["name"],
         "complianceType": each["compliance"]}
        for each in told["rules"]]
    failed = any(each["complianceType"] == "NON_COMPLIANT" for each in results)
    return _answer(history.put(place, {
        **history.base(place, history.COMPLIANCE, f"{kind}/{identifier}", "OK"),
        "configurationItemCaptureTime": told["at"],
        "relationships": [related(kind, identifier, "Is associated with ")],
        "configuration": {
            "complianceType": "NON_COMPLIANT" if failed else "COMPLIANT",
            "targetResourceId": identifier,
            "targetResourceType": kind,
            "configRuleList": results,
        },
    }))


def _answer(recorded: history.Recorded) -> dict:
    return {"at": recorded.captured.isoformat(), "stateId": recorded.item["configurationStateId"], "id": recorded.item["resourceId"]}


def _question(given: dict) -> history.Question:
    for name in ("resourceType", "resourceId"):
        if not given.get(name):
            raise _invalid(f"Value at '{name}' failed to satisfy constraint: Member must not be null")
    order = given.get("chronologicalOrder", "Reverse")
    if order not in ("Reverse", "Forward"):
        raise _invalid(
            f"Value '{order}' at 'chronologicalOrder' failed to satisfy constraint: Member must satisfy enum value set: [Forward, Reverse]")
    earlier, later = (history.moment(given[name]) if given.get(name) is not None else None for name in ("earlierTime", "laterTime"))
    if earlier and later and earlier >= later:
        message = "The specified time range is not valid. The earlier time is not chronologically before the later time."
        raise Refused("InvalidTimeRangeException", message)
    return history.Question(given["resourceType"], given["resourceId"], order == "Forward", earlier, later)


def _invalid(message: str) -> Refused:
    return Refused("ValidationException", f"1 validation error detected: {message}")


def _limit(given: dict) -> int:
    limit = given.get("limit") or DEFAULT
    if not 0 < limit <= MOST:
        raise Refused(
            "InvalidLimitException",
            f"Value '{limit}' at 'limit' failed to satisfy constraint: Member must have value less than or equal to {MOST}")
    return limit
