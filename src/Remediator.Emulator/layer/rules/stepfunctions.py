"""State machines."""

from rule import REFUSES, Call, rule
from wire import Refused


@rule(
    "stepfunctions:UpdateStateMachine", kind=REFUSES,
    source="https://docs.aws.amazon.com/step-functions/latest/apireference/API_UpdateStateMachine.html")
def update_needs_definition_or_role(call: Call) -> dict:
    """An update without definition and role is rejected, even if it has other members."""
    if not (call.input.get("definition") or call.input.get("roleArn")):
        raise Refused("MissingRequiredParameter", "Either the definition, the role ARN, or both must be specified")
    return call.go_on()
