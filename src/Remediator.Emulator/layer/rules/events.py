"""Event buses."""

from rule import REFUSES, Call, rule
from wire import Refused


SOURCE = "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutPermission.html"


@rule("events:PutPermission", "events:RemovePermission", kind=REFUSES, source=SOURCE)
def names_of_partner_buses_are_not_valid(call: Call) -> dict:
    """The policy of a partner event bus cannot be changed: its name, with slashes, is not valid here."""
    if "/" in call.input.get("EventBusName", ""):
        raise Refused("ValidationException", "Value at 'eventBusName' failed to satisfy constraint: [\\.\\-_A-Za-z0-9]+")
    return call.go_on()
