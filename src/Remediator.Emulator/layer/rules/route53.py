"""Hosted zones."""

from rule import ACCEPTS, Call, rule
from wire import Refused


@rule(
    "route53:ListQueryLoggingConfigs", kind=ACCEPTS,
    source="https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListQueryLoggingConfigs.html")
def query_logging_is_listed_by_zone(call: Call) -> dict:
    """With the id of a zone only that zone's logging is listed."""
    given = dict(call.input)
    zone = _bare(given.pop("HostedZoneId", ""))
    output = call.go_on(given)
    if not zone:
        return output
    if zone not in {_bare(each.id) for each in call.backend("route53").zones.values()}:
        raise Refused("NoSuchHostedZone", f"No hosted zone found with ID: {zone}")
    return {**output, "QueryLoggingConfigs": [each for each in output["QueryLoggingConfigs"] if _bare(each["HostedZoneId"]) == zone]}


def _bare(zone: str) -> str:
    return zone.removeprefix("/hostedzone/")
