"""Instances, endpoints and snapshots."""

from rule import KEEPS, REFUSES, SHAPE, Call, rule
from wire import Refused

CODES = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html"
ENDED = ("terminated", "shutting-down")


@rule(
    "ec2:ModifyInstanceMetadataOptions", "ec2:MonitorInstances", "ec2:UnmonitorInstances", "ec2:AssociateIamInstanceProfile",
    kind=REFUSES, source=CODES)
def terminated_instances_are_not_changed(call: Call) -> dict:
    """An instance that is terminated or shutting down cannot be changed; it is listed for about an hour more."""
    for instance_id in call.input.get("InstanceIds", [call.input.get("InstanceId")]):
        instance = next((i for i in call.backend("ec2").all_instances() if i.id == instance_id), None)
        if instance and instance.state in ENDED:
            raise Refused("IncorrectInstanceState", f"The instance '{instance_id}' is not in a valid state for this operation.")
    return call.go_on()


@rule(
    "ec2:ModifyInstanceMetadataOptions", kind=REFUSES,
    source="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html")
def metadata_options_need_the_service(call: Call) -> dict:
    """Tokens and hops are set only where the metadata service is on."""
    if call.input.get("HttpEndpoint") == "disabled" and {"HttpTokens", "HttpPutResponseHopLimit"} & call.input.keys():
        raise Refused("InvalidParameterCombination", "HttpTokens and HttpPutResponseHopLimit need an HttpEndpoint that is enabled.")
    return call.go_on()


@rule(
    "ec2:ModifyInstanceMetadataOptions", kind=KEEPS,
    source="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceMetadataOptions.html")
def metadata_options_that_are_not_sent_stay(call: Call) -> dict:
    """An option that is not in the request keeps its value."""
    instance = call.backend("ec2").get_instance(call.input["InstanceId"])
    before = {name: getattr(instance.metadata_options, member) for name, member in OPTIONS.items()}
    return call.go_on({**{name: value for name, value in before.items() if value is not None}, **call.input})


OPTIONS = {
    "HttpTokens": "http_tokens", "HttpPutResponseHopLimit": "http_put_response_hop_limit", "HttpEndpoint": "http_endpoint",
    "HttpProtocolIpv6": "http_protocol_ipv6", "InstanceMetadataTags": "instance_metadata_tags",
}


@rule(
    "ec2:DescribeSecurityGroupRules", kind=SHAPE,
    source="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRule.html")
def security_group_rules_name_their_owner(call: Call) -> dict:
    """A security group rule has the account of the group's owner."""
    output = call.go_on()
    return {**output, "SecurityGroupRules": [{"GroupOwnerId": call.account, **found} for found in output.get("SecurityGroupRules", [])]}


@rule("ec2:DescribeVpcEndpoints", kind=SHAPE, source="https://docs.aws.amazon.com/vpc/latest/privatelink/delete-vpc-endpoints.html")
def deleted_endpoints_are_gone(call: Call) -> dict:
    """A deleted endpoint is no longer listed, and a query by its id gives a not-found error."""
    output = call.go_on()
    left = [endpoint for endpoint in output.get("VpcEndpoints", []) if endpoint.get("State", "").lower() != "deleted"]
    missing = set(call.input.get("VpcEndpointIds", [])) - {endpoint["VpcEndpointId"] for endpoint in left}
    if missing:
        raise Refused("InvalidVpcEndpointId.NotFound", f"The Vpc Endpoint Id '{min(missing)}' does not exist")
    return {**output, "VpcEndpoints": left}


@rule("ec2:DescribeSnapshots", kind=SHAPE, source="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSnapshots.html")
def restorable_by_is_a_filter(call: Call) -> dict:
    """RestorableByUserIds filters for snapshots that those accounts may use; `all` for public ones."""
    asked = call.input.get("RestorableByUserIds")
    output = call.go_on()
    return {**output, "Snapshots": [s for s in output.get("Snapshots", []) if _may_restore(call, s, asked)]} if asked else output


def _may_restore(call: Call, snapshot: dict, asked: list[str]) -> bool:
    made = call.backend("ec2").get_snapshot(snapshot["SnapshotId"])
    owner = snapshot.get("OwnerId") == call.account and ("self" in asked or call.account in asked)
    everybody = "all" in asked and "all" in made.create_volume_permission_groups
    return owner or everybody or bool(set(asked) & set(made.create_volume_permission_userids))
