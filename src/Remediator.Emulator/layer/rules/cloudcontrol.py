"""Cloud Control, which moto lacks: resources that a test registers, updated by a patch of the whole model."""

import copy
import json
import uuid

from rule import ACCEPTS, Call, Place, rule, said
from wire import Refused

SOURCE = "https://docs.aws.amazon.com/cloudcontrolapi/latest/userguide/resource-operations-update.html"


@rule("cloudcontrol:GetResource", kind=ACCEPTS, source="https://docs.aws.amazon.com/cloudcontrolapi/latest/APIReference/API_GetResource.html")
def resources_are_read(call: Call) -> dict:
    """A resource is returned with its model as text, without write-only members."""
    found = _find(call)
    return {"TypeName": call.input["TypeName"], "ResourceDescription": {"Identifier": call.input["Identifier"], "Properties": json.dumps(_read(found))}}


@rule("cloudcontrol:UpdateResource", kind=ACCEPTS, source=SOURCE)
def updates_are_requests(call: Call) -> dict:
    """An update is asynchronous; the same token is the same request, and a resource has one request at a time."""
    tokens, requests = call.kept("cloudcontrol-tokens"), call.kept("cloudcontrol-requests")
    token, patch = call.input.get("ClientToken") or str(uuid.uuid4()), call.input["PatchDocument"]
    if token in tokens:
        request, earlier = tokens[token]
        if earlier != patch:
            raise Refused("ClientTokenConflictException", "The token was used for another request.")
        return {"ProgressEvent": _progress(request, requests[request])}
    found = _find(call)
    if found["refuses"]:
        raise Refused(found["refuses"].pop(0), "said on demand")
    name = (call.input["TypeName"], call.input["Identifier"])
    if any(request["of"] == name and request["status"] == "IN_PROGRESS" for request in requests.values()):
        raise Refused("ConcurrentOperationException", "Another request for the resource is in progress.")
    patched(_read(found), patch)
    request = str(uuid.uuid4())
    tokens[token] = (request, patch)
    requests[request] = {"of": name, "patch": patch, "status": "IN_PROGRESS", "looks": found["looks"]}
    return {"ProgressEvent": _progress(request, requests[request])}


@rule(
    "cloudcontrol:GetResourceRequestStatus", kind=ACCEPTS,
    source="https://docs.aws.amazon.com/cloudcontrolapi/latest/APIReference/API_GetResourceRequestStatus.html")
def requests_end(call: Call) -> dict:
    """A request is in progress until its handler ends; a failure has the handler's error code."""
    token = call.input["RequestToken"]
    request = call.kept("cloudcontrol-requests").get(token)
    if request is None:
        raise Refused("RequestTokenNotFoundException", f"Request {token} was not found")
    if request["status"] == "IN_PROGRESS" and request["looks"] <= 0:
        _end(call.kept("cloudcontrol")[request["of"]], request)
    request["looks"] -= 1
    return {"ProgressEvent": _progress(token, request)}


@said("registered")
def register(place: Place, told: dict) -> dict:
    """{type, identifier, model, stays?, writeOnly?, ends?, refuses?, looks?}: adds this resource, with its known faults."""
    place.kept("cloudcontrol")[told["type"], told["identifier"]] = {
        "model": told["model"],
        "stays": told.get("stays", []),
        "writeOnly": told.get("writeOnly", []),
        "ends": list(told.get("ends", [])),
        "refuses": list(told.get("refuses", [])),
        "looks": told.get("looks", 0),
    }
    return {}


def _end(resource: dict, request: dict) -> None:
    if resource["ends"]:
        request["status"], request["error"] = "FAILED", resource["ends"].pop(0)
        return
    before = resource["model"]
    # The whole model is rewritten: write-only members are lost, and some handlers ignore removals.
    model = patched(_read(resource), request["patch"])
    resource["model"] = {**{name: before[name] for name in resource["stays"] if name in before}, **model}
    request["status"] = "SUCCESS"


def _find(call: Call) -> dict:
    found = call.kept("cloudcontrol").get((call.input["TypeName"], call.input["Identifier"]))
    if found is None:
        message = f"Resource of type '{call.input['TypeName']}' with identifier '{call.input['Identifier']}' was not found."
        raise Refused("ResourceNotFoundException", message)
    return found


def _read(resource: dict) -> dict:
    return {name: value for name, value in resource["model"].items() if name not in resource["writeOnly"]}


def _progress(token: str, request: dict) -> dict:
    kind, identifier = request["of"]
    failed = {"ErrorCode": request["error"], "StatusMessage": "said on demand"} if "error" in request else {}
    return {
        "TypeName": kind, "Identifier": identifier, "RequestToken": token, "Operation": "UPDATE", "OperationStatus": request["status"], **failed,
    }


def patched(model: dict, patch: str) -> dict:
    """The model after the operations of a patch (RFC 6902); lists are replaced whole."""
    result = copy.deepcopy(model)
    for operation in json.loads(patch):
        *path, last = [name.replace("~1", "/").replace("~0", "~") for name in operation["path"].split("/")[1:]]
        parent = result
        for name in path:
            parent = parent.get(name) if isinstance(parent, dict) else None
        known = isinstance(parent, dict) and last in parent
        if not isinstance(parent, dict) or (operation["op"] != "add" and not known) or operation["op"] not in ("add", "replace", "remove"):
            raise Refused("InvalidRequestException", f"Invalid patch update: {operation['op']} {operation['path']}")
        if operation["op"] == "remove":
            del parent[last]
        else:
            parent[last] = operation["value"]
    return result
