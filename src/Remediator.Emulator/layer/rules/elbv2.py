"""Load balancers of Elastic Load Balancing v2."""

from rule import REFUSES, SHAPE, Call, rule
from wire import Refused

SOURCE = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html"
ALL = {"deletion_protection.enabled": "false", "access_logs.s3.enabled": "false", "access_logs.s3.bucket": "", "access_logs.s3.prefix": ""}
BY_TYPE = {
    "application": {
        **ALL,
        "load_balancing.cross_zone.enabled": "true",
        "idle_timeout.timeout_seconds": "60",
        "client_keep_alive.seconds": "3600",
        "connection_logs.s3.enabled": "false",
        "connection_logs.s3.bucket": "",
        "connection_logs.s3.prefix": "",
        "routing.http.desync_mitigation_mode": "defensive",
        "routing.http.drop_invalid_header_fields.enabled": "false",
        "routing.http.preserve_host_header.enabled": "false",
        "routing.http.x_amzn_tls_version_and_cipher_suite.enabled": "false",
        "routing.http.xff_client_port.enabled": "false",
        "routing.http.xff_header_processing.mode": "append",
        "routing.http2.enabled": "true",
        "waf.fail_open.enabled": "false",
        "zonal_shift.config.enabled": "false",
    },
    "network": {
        **ALL,
        "load_balancing.cross_zone.enabled": "false",
        "dns_record.client_routing_policy": "any_availability_zone",
        "ipv6.deny_all_igw_traffic": "false",
        "zonal_shift.config.enabled": "false",
    },
    "gateway": {"deletion_protection.enabled": "false", "load_balancing.cross_zone.enabled": "false"},
}


@rule("elbv2:DescribeLoadBalancerAttributes", kind=SHAPE, source=SOURCE)
def default_attributes_are_listed(call: Call) -> dict:
    """Every attribute of the load balancer's type is listed, with its default if it was never set."""
    output = call.go_on()
    usual = BY_TYPE[_type(call)]
    there = {**usual, **{each["Key"]: each.get("Value", "") for each in output["Attributes"] if each["Key"] in usual}}
    if _type(call) == "application":
        # moto returns "off", but it cannot be turned off.
        there["load_balancing.cross_zone.enabled"] = "true"
    return {"Attributes": [{"Key": key, "Value": value} for key, value in there.items()]}


@rule("elbv2:ModifyLoadBalancerAttributes", kind=REFUSES, source=SOURCE)
def attributes_are_of_a_type(call: Call) -> dict:
    """An attribute that this type of load balancer does not have is rejected."""
    for each in call.input["Attributes"]:
        if each["Key"] not in BY_TYPE[_type(call)]:
            raise Refused("InvalidConfigurationRequest", f"Key '{each['Key']}' is not supported on this load balancer type")
    return call.go_on()


@rule("elbv2:ModifyLoadBalancerAttributes", kind=REFUSES, source="https://github.com/terraform-aws-modules/terraform-aws-alb/issues/7")
def buckets_of_logs_have_a_name(call: Call) -> dict:
    """The bucket of logs cannot be emptied, also where the logs are turned off."""
    for each in call.input["Attributes"]:
        if each["Key"].endswith(".s3.bucket") and not each.get("Value"):
            raise Refused("ValidationError", f"The value of '{each['Key']}' cannot be empty")
    return call.go_on()


def _type(call: Call) -> str:
    balancer = call.backend("elbv2").load_balancers.get(call.input["LoadBalancerArn"])
    if balancer is None:
        raise Refused("LoadBalancerNotFound", f"One or more load balancers not found: {call.input['LoadBalancerArn']}")
    return balancer.type
