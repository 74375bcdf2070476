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


@rule("autoscaling:UpdateAutoScalingGroup", kind=KEEPS, source=SOURCE)
def template_or_configuration(call: Call) -> dict:
    """A group has a launch template or a launch configuration: the one that is given takes the place of the other."""
    output = call.go_on()
    group = call.backend("autoscaling").autoscaling_groups[call.input["AutoScalingGroupName"]]
    if "LaunchTemplate" in call.input:
        group.launch_configuration_name = group.launch_config = None
    elif "LaunchConfigurationName" in call.input:
        group.ec2_launch_template = None
    return output
