"""Classic load balancers."""

from rule import KEEPS, SHAPE, Call, rule

ATTACH = "https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_AttachLoadBalancerToSubnets.html"
ATTRIBUTES = "https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_ModifyLoadBalancerAttributes.html"


@rule("elb:DescribeLoadBalancers", kind=KEEPS, source=ATTACH)
def zones_are_those_of_the_subnets(call: Call) -> dict:
    """A load balancer in subnets is in their zones; attaching or detaching a subnet attaches or detaches its zone."""
    output = call.go_on()
    zones = {subnet.id: subnet.availability_zone for each in call.backend("ec2").subnets.values() for subnet in each.values()}
    for balancer in output.get("LoadBalancerDescriptions", []):
        if balancer.get("Subnets"):
            balancer["AvailabilityZones"] = sorted({zones[subnet] for subnet in balancer["Subnets"] if subnet in zones})
    return {**output}


@rule("elb:ModifyLoadBalancerAttributes", "elb:DescribeLoadBalancerAttributes", kind=SHAPE, source=ATTRIBUTES)
def an_additional_attribute_is_there_once(call: Call) -> dict:
    """An additional attribute that is written again replaces what was there."""
    output = call.go_on()
    attributes = output.get("LoadBalancerAttributes", {})
    once = {each["Key"]: each for each in attributes.get("AdditionalAttributes", [])}
    return {**output, "LoadBalancerAttributes": {**attributes, "AdditionalAttributes": list(once.values())}} if once else output
