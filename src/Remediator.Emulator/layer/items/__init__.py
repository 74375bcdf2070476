"""Configuration items: what AWS Config records of a resource, made from moto's current state of it.

Member names and places are those of real items, without a known exception. For a type that is not in the table, a test adds a whole
item.
"""

from collections.abc import Callable

from items import cloudformation, compute, data, ec2, iam, s3
from items.shape import Described
from rule import Place
from wire import Refused

TYPES: dict[str, Callable[[Place, str], Described]] = {
    "AWS::S3::Bucket": s3.bucket,
    "AWS::EC2::SecurityGroup": ec2.security_group,
    "AWS::IAM::Role": iam.role,
    "AWS::SQS::Queue": cloudformation.queue,
    "AWS::ECR::Repository": cloudformation.repository,
    "AWS::EC2::NetworkAcl": ec2.network_acl,
    "AWS::EC2::RouteTable": ec2.route_table,
    "AWS::EC2::Subnet": ec2.subnet,
    "AWS::EC2::Instance": ec2.instance,
    "AWS::Lambda::Function": compute.function,
    "AWS::KMS::Key": data.key,
    "AWS::RDS::DBInstance": data.instance,
    "AWS::DynamoDB::Table": data.table,
    "AWS::CloudTrail::Trail": compute.trail,
    "AWS::SNS::Topic": cloudformation.topic,
    "AWS::Logs::LogGroup": cloudformation.log_group,
    "AWS::ElasticLoadBalancingV2::LoadBalancer": compute.load_balancer,
}


def describe(place: Place, kind: str, identifier: str) -> Described:
    if kind not in TYPES:
        raise Refused("TypeNotRecorded", f"The layer writes no items of {kind}: put whole ones. It knows {', '.join(TYPES)}.")
    return TYPES[kind](place, identifier)
