"""Load balancers of the second kind."""

from rule import SHAPE, Call, rule

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
    """Every attribute of the load balancer's type is listed, with its default where nobody set it."""
    output = call.go_on()
    balancer = call.backend("elbv2").load_balancers[call.input["LoadBalancerArn"]]
    set_ones = {each["Key"]: each.get("Value", "") for each in output["Attributes"]}
    return {"Attributes": [{"Key": key, "Value": value} for key, value in {**BY_TYPE[balancer.loadbalancer_type or "application"], **set_ones}.items()]}
