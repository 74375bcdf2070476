"""Auto Scaling groups."""

from rule import KEEPS, Call, rule

SOURCE = "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_UpdateAutoScalingGroup.html"


@rule("autoscaling:UpdateAutoScalingGroup", kind=KEEPS, source=SOURCE)
def capacity_rebalancing(call: Call) -> dict:
    """An update of capacity rebalancing takes effect."""
    output = call.go_on()
    if "CapacityRebalance" in call.input:
        group = call.backend("autoscaling").autoscaling_groups[call.input["AutoScalingGroupName"]]
        group.capacity_rebalance = call.input["CapacityRebalance"]
    return output
