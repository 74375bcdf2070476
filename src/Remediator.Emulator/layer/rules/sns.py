"""Topics."""

import re

from rule import KEEPS, Call, rule

FEEDBACK = re.compile(r"^(HTTP|Firehose|Lambda|Application|SQS)(Success|Failure)Feedback(RoleArn|SampleRate)$")


SOURCE = "https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html"


@rule("sns:SetTopicAttributes", "sns:GetTopicAttributes", kind=KEEPS, source=SOURCE)
def delivery_feedback(call: Call) -> dict:
    """The roles and sample rates of delivery logging are stored; an empty role removes the attribute."""
    kept = call.kept("sns-feedback").setdefault(call.input["TopicArn"], {})
    name = call.input.get("AttributeName", "")
    if call.operation.name == "GetTopicAttributes":
        output = call.go_on()
        return {**output, "Attributes": {**output["Attributes"], **kept}}
    if not FEEDBACK.match(name):
        return call.go_on()
    call.backend("sns").get_topic(call.input["TopicArn"])
    if call.input.get("AttributeValue"):
        kept[name] = call.input["AttributeValue"]
    else:
        kept.pop(name, None)
    return {}
