"""Classic load balancers."""

from rule import KEEPS, SHAPE, Call, rule

ATTACH = "https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_AttachLoadBalancerToSubnets.html"
ATTRIBUTES = "https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_AdditionalAttribute.html"


@rule("elb:DescribeLoadBalancers", kind=KEEPS, source=ATTACH)
def zones_are_those_of_the_subnets(call: Call) -> dict:
    """A load balancer in a VPC is in the zones of its subnets; attaching or detaching a subnet attaches or detaches its zone."""
    output = call.go_on()
    zones = {subnet.id: subnet.availability_zone for each in call.backend("ec2").subnets.values() for subnet in each.values()}
    for balancer in output.get("LoadBalancerDescriptions", []):
        if balancer.get("Subnets"):
            balancer["AvailabilityZones"] = sorted({zones[subnet] for subnet in balancer["Subnets"] if subnet in zones})
    return {**output}


@rule("elb:DescribeLoadBalancerAttributes", kind=SHAPE, source=ATTRIBUTES)
def desync_mitigation_is_told(call: Call) -> dict:
    """The desync mitigation mode is always returned; it is defensive until it is set."""
    output = call.go_on()
    attributes = output.get("LoadBalancerAttributes", {})
    there = {each["Key"]: each for each in attributes.get("AdditionalAttributes", [])}
    there.setdefault(DESYNC, {"Key": DESYNC, "Value": "defensive"})
    return {**output, "LoadBalancerAttributes": {**attributes, "AdditionalAttributes": list(there.values())}}


DESYNC = "elb.http.desyncmitigationmode"
