"""The findings of Security Hub: moto neither filters nor updates them."""

from moto.securityhub.models import Finding
from rule import ACCEPTS, LOCK, SHAPE, Call, Kept, Place, rule, said
from wire import Refused

API = "https://docs.aws.amazon.com/securityhub/1.0/APIReference/"
FORMAT = "https://docs.aws.amazon.com/securityhub/latest/userguide/asff-top-level-attributes.html#asff-note"
MOST, ATTRIBUTES, VALUES, LONGEST_NOTE = 100, 10, 20, 512

# What a filter of this name is about; of every other name the layer knows nothing.
TEXTS = {
    "AwsAccountId": lambda f: [f.get("AwsAccountId")],
    "ComplianceStatus": lambda f: [f.get("Compliance", {}).get("Status")],
    "GeneratorId": lambda f: [f.get("GeneratorId")],
    "Id": lambda f: [f.get("Id")],
    "ProductArn": lambda f: [f.get("ProductArn")],
    "RecordState": lambda f: [f.get("RecordState")],
    "ResourceId": lambda f: [each.get("Id") for each in f.get("Resources", [])],
    "ResourceType": lambda f: [each.get("Type") for each in f.get("Resources", [])],
    "WorkflowStatus": lambda f: [f.get("Workflow", {}).get("Status")],
}
# CONTAINS is for automation rules, and CONTAINS_WORD for GetFindingsV2: https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_StringFilter.html
COMPARED = {
    "EQUALS": lambda text, value: text == value,
    "PREFIX": lambda text, value: text.startswith(value),
}
MESSAGES = {
    "ConcurrentUpdateError": "Concurrent finding updates detected",
    "DuplicatedFindingIdentifier": "Finding Identifier is duplicated",
    "FindingNotFound": "Finding Not Found",
    "InternalFailure": "Internal service failure",
}


@rule("securityhub:GetFindings", kind=SHAPE, source=f"{API}API_GetFindings.html")
def findings_are_filtered(call: Call) -> dict:
    """Where Security Hub is on, the findings that match every filter are returned, in pages of at most 100; one of a filter's values is enough."""
    _subscribed(call)
    filters, most = call.input.get("Filters") or {}, call.input.get("MaxResults") or MOST
    if len(filters) > ATTRIBUTES or any(len(values) > VALUES for values in filters.values()):
        raise _invalid(f"A request filters by at most {ATTRIBUTES} attributes with {VALUES} values each.")
    if not 0 < most <= MOST:
        raise _invalid(f"A page has from 1 to {MOST} findings.")
    found = [each.data for each in call.backend("securityhub").findings if all(_matches(each.data, *one) for one in filters.items())]
    first = _first(call.input.get("NextToken"), len(found))
    token = {"NextToken": f"after-{first + most}"} if first + most < len(found) else {}
    return {"Findings": found[first:first + most], **token}


@rule("securityhub:BatchUpdateFindings", kind=ACCEPTS, source=f"{API}API_BatchUpdateFindings.html")
def findings_are_updated(call: Call) -> dict:
    """Up to 100 findings get what is given; a note has at most 512 characters; what is not updated is listed, and the request succeeds."""
    _subscribed(call)
    given = call.input
    identifiers, note = given.get("FindingIdentifiers") or [], given.get("Note")
    if not 0 < len(identifiers) <= MOST:
        raise _invalid(f"A request updates from 1 to {MOST} findings.")
    if note and not (note.get("Text", "").strip() and note.get("UpdatedBy", "").strip() and len(note["Text"]) <= LONGEST_NOTE):
        raise _invalid(f"A note has an author and a text of at most {LONGEST_NOTE} characters: {FORMAT}")
    ended = [(each, _updated(call, each, identifiers, given)) for each in identifiers]
    return {
        "ProcessedFindings": [each for each, code in ended if code is None],
        "UnprocessedFindings": [
            {"FindingIdentifier": each, "ErrorCode": code, "ErrorMessage": MESSAGES[code]} for each, code in ended if code],
    }


@said("findings")
def put_findings(place: Place, told: dict) -> dict:
    """{findings, unprocessed?}: Security Hub is on and has these findings; the next updates end in the codes of `unprocessed`."""
    hub = place.backend("securityhub")
    hub.enabled = True
    with LOCK:
        hub.findings.extend(Finding(each["Id"], {"RecordState": "ACTIVE", "AwsAccountId": place.account, **each}) for each in told["findings"])
        place.kept("unprocessed-findings").setdefault("codes", []).extend(told.get("unprocessed", []))
    return {}


def _updated(call: Call, identifier: dict, identifiers: list[dict], given: dict) -> str | None:
    """The code of the error; None where the finding was updated."""
    found = next((each.data for each in call.backend("securityhub").findings if _is(each.data, identifier)), None)
    if found is None:
        return "FindingNotFound"
    if identifiers.count(identifier) > 1:
        return "DuplicatedFindingIdentifier"
    with LOCK:
        if codes := call.kept("unprocessed-findings").get("codes"):
            return codes.pop(0)
        found.update({name: given[name] for name in ("Note", "Workflow") if name in given})
    return None


def _is(finding: dict, identifier: dict) -> bool:
    return all(finding.get(name) == identifier.get(name) for name in ("Id", "ProductArn"))


def _matches(finding: dict, name: str, values: list[dict]) -> bool:
    if name == "ProductFields":
        fields = finding.get("ProductFields", {})
        return any(_compared(fields.get(each["Key"]), each) for each in values)
    if name not in TEXTS:
        raise _invalid(f"The layer does not know what a filter by {name} is about.")
    return any(_compared(text, each) for text in TEXTS[name](finding) for each in values)


def _compared(text: str | None, given: dict) -> bool:
    if given["Comparison"] not in COMPARED:
        raise _invalid(f"The layer does not know the comparison {given['Comparison']}.")
    return text is not None and COMPARED[given["Comparison"]](text, given["Value"])


def _subscribed(call: Kept) -> None:
    if not call.backend("securityhub").enabled:
        raise Refused("InvalidAccessException", f"Account {call.account} is not subscribed to AWS Security Hub", 401)


def _first(token: str | None, findings: int) -> int:
    if token is None:
        return 0
    number = token.removeprefix("after-")
    if number == token or not number.isdigit() or int(number) >= findings:
        raise _invalid("The token is not valid.")
    return int(number)


def _invalid(message: str) -> Refused:
    return Refused("InvalidInputException", message, 400)
