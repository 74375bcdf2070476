"""Compute, load balancers and trails."""

import json

from items.shape import Described, camel, only, pairs_of, related, tags_of
from rule import Place

HIDDEN = "HIDDEN_DUE_TO_SECURITY_REASONS"


def function(place: Place, name: str) -> Described:
    by_name = {"FunctionName": name}
    found = camel(place, "lambda:GetFunctionConfiguration", by_name)
    tags = place.ask("lambda:ListTags", {"Resource": found["functionArn"]}).get("Tags", {})
    policy = place.ask("lambda:GetPolicy", by_name, "ResourceNotFoundException")
    names = (
        "functionName functionArn runtime role handler codeSize description timeout memorySize lastModified codeSha256 version "
        "deadLetterConfig tracingConfig revisionId layers state lastUpdateStatus fileSystemConfigs packageType architectures "
        "ephemeralStorage snapStart loggingConfig")
    configuration = {"layers": [], "fileSystemConfigs": [], **only(found, names)}
    if found.get("vpcConfig", {}).get("subnetIds"):
        configuration["vpcConfig"] = only(found["vpcConfig"], "subnetIds securityGroupIds ipv6AllowedForDualStack")
    if variables := found.get("environment", {}).get("variables"):
        configuration["environment"] = {"variables": dict.fromkeys(variables, HIDDEN)}
    if "kMSKeyArn" in found:
        configuration["kmskeyArn"] = found["kMSKeyArn"]
    reserved = place.ask("lambda:GetFunctionConcurrency", by_name, "ResourceNotFoundException")
    supplementary = {"Tags": tags, **({"Policy": json.dumps(policy["Policy"])} if policy else {})}
    if reserved and "ReservedConcurrentExecutions" in reserved:
        supplementary["Concurrency"] = {"reservedConcurrentExecutions": float(reserved["ReservedConcurrentExecutions"])}
    role = {"resourceType": "AWS::IAM::Role", "resourceName": found["role"].rpartition("/")[2], "relationshipName": "Is associated with "}
    name = found["functionName"]
    return Described(name, name, found["functionArn"], configuration, supplementary, tags, relationships=(role,))


def load_balancer(place: Place, arn: str) -> Described:
    given = {"LoadBalancerArns": [arn]}
    found = camel(place, "elbv2:DescribeLoadBalancers", given)["loadBalancers"][0]
    created = place.ask("elbv2:DescribeLoadBalancers", given)["LoadBalancers"][0]["CreatedTime"]
    attributes = camel(place, "elbv2:DescribeLoadBalancerAttributes", {"LoadBalancerArn": arn})["attributes"]
    tags = tags_of(place.ask("elbv2:DescribeTags", {"ResourceArns": [arn]})["TagDescriptions"][0].get("Tags"))
    names = (
        "loadBalancerArn dNSName canonicalHostedZoneId createdTime loadBalancerName scheme vpcId state type availabilityZones "
        "securityGroups ipAddressType")
    configuration = only(found, names)
    configuration["availabilityZones"] = [
        {**only(zone, "zoneName subnetId"), "loadBalancerAddresses": zone.get("loadBalancerAddresses", [])}
        for zone in found["availabilityZones"]]
    around = (
        *(related("AWS::EC2::SecurityGroup", each, "Is associated with SecurityGroup") for each in found.get("securityGroups", [])),
        *(related("AWS::EC2::Subnet", each["subnetId"], "Is attached to Subnet") for each in found["availabilityZones"]),
        related("AWS::EC2::VPC", found["vpcId"], "Is contained in Vpc"),
    )
    return Described(
        arn, found["loadBalancerName"], arn, configuration, {"LoadBalancerAttributes": attributes, "Tags": pairs_of(tags)}, tags,
        "Multiple Availability Zones", created=created, relationships=around)


def trail(place: Place, name: str) -> Described:
    """Config records neither its event selectors nor whether it is logging."""
    found = camel(place, "cloudtrail:GetTrail", {"Name": name})["trail"]
    pairs = place.ask("cloudtrail:ListTags", {"ResourceIdList": [found["trailARN"]]})["ResourceTagList"]
    tags = tags_of(pairs[0].get("TagsList") if pairs else None)
    names = (
        "name s3BucketName s3KeyPrefix snsTopicName snsTopicARN includeGlobalServiceEvents isMultiRegionTrail homeRegion trailARN "
        "logFileValidationEnabled cloudWatchLogsLogGroupArn cloudWatchLogsRoleArn kmsKeyId hasCustomEventSelectors hasInsightSelectors "
        "isOrganizationTrail")
    return Described(found["name"], None, found["trailARN"], only(found, names), {"Tags": pairs_of(tags)}, tags, "Regional")
