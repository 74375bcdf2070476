"""AWS Batch."""

from rule import REFUSES, Call, rule
from wire import Refused


@rule(
    "batch:TagResource", "batch:UntagResource", "batch:ListTagsForResource", kind=REFUSES,
    source="https://docs.aws.amazon.com/batch/latest/APIReference/API_TagResource.html")
def tags_are_of_arns(call: Call) -> dict:
    """A resource's tags are addressed by its ARN, not by its name."""
    if not call.input.get("resourceArn", "").startswith("arn:"):
        raise Refused("ClientException", "Error executing request, Exception : ARN is invalid")
    return call.go_on()
