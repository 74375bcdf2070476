"""Stages and tags of REST APIs."""

import re

from rule import ACCEPTS, KEEPS, Call, rule
from wire import Refused

OF_API = re.compile(r"^arn:[a-z-]+:apigateway:[a-z0-9-]+::/restapis/([^/]+)(?:/stages/([^/]+))?$")
TAGS = "https://docs.aws.amazon.com/apigateway/latest/api/API_TagResource.html"
CLIENT_CERTIFICATE = "https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateStage.html"


@rule("apigateway:TagResource", "apigateway:UntagResource", "apigateway:GetTags", kind=ACCEPTS, source=TAGS)
def tags_of_apis_and_stages(call: Call) -> dict:
    """A REST API and a stage are tagged by their ARNs."""
    found = OF_API.match(call.input["resourceArn"])
    if not found:
        return call.go_on()
    tags = _tags(call, *found.groups())
    if call.operation.name == "GetTags":
        return {"tags": dict(tags)}
    tags.update(call.input.get("tags", {}))
    for key in call.input.get("tagKeys", []):
        tags.pop(key, None)
    return {}


def _tags(call: Call, api_id: str, stage: str | None) -> dict[str, str]:
    api = call.backend("apigateway").apis.get(api_id)
    resource = api.stages.get(stage) if api and stage else api
    if resource is None:
        raise Refused("NotFoundException", "Invalid API identifier specified" if api is None else "Invalid stage identifier specified")
    if not isinstance(resource.tags, dict):
        resource.tags = {}
    return resource.tags


@rule("apigateway:UpdateStage", "apigateway:GetStage", kind=KEEPS, source=CLIENT_CERTIFICATE)
def client_certificates_of_stages(call: Call) -> dict:
    """A stage keeps its client certificate until it is removed, by an empty value or a remove operation."""
    kept = call.kept("apigateway-certificates")
    stage = f"{call.input['restApiId']}/{call.input['stageName']}"
    patches = call.input.get("patchOperations", [])
    own = [patch for patch in patches if patch.get("path") == "/clientCertificateId"]
    output = call.go_on({**call.input, "patchOperations": [patch for patch in patches if patch not in own]} if own else None)
    for patch in own:
        kept[stage] = patch.get("value") if patch.get("op") == "replace" else None
    return {**output, "clientCertificateId": kept[stage]} if kept.get(stage) else output
