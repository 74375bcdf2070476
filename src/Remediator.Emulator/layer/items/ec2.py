"""Resources of EC2."""

from collections.abc import Iterable

from items.shape import Described, camel, only, related, tags_of
from rule import Place
from wire import Refused

CONTAINED = "Is contained in Vpc"


def security_group(place: Place, identifier: str) -> Described:
    group = _one(place, "SecurityGroup", "GroupIds", identifier)
    for direction in ("ipPermissions", "ipPermissionsEgress"):
        group[direction] = [_permission(each) for each in group[direction]]
    names = "description groupName ipPermissions ownerId groupId ipPermissionsEgress tags vpcId"
    return _described(place, identifier, "security-group", only(group, names), name=group["groupName"])


def network_acl(place: Place, identifier: str) -> Described:
    acl = _one(place, "NetworkAcl", "NetworkAclIds", identifier)
    attached = [related("AWS::EC2::Subnet", each["subnetId"], "Is attached to Subnet") for each in acl["associations"]]
    names = "associations entries isDefault networkAclId tags vpcId ownerId"
    return _described(place, identifier, "network-acl", only(acl, names), attached, "Multiple Availability Zones")


def route_table(place: Place, identifier: str) -> Described:
    table = _one(place, "RouteTable", "RouteTableIds", identifier)
    inside = [related("AWS::EC2::Subnet", each["subnetId"], "Contains Subnet") for each in table["associations"] if "subnetId" in each]
    names = "associations propagatingVgws routeTableId routes tags vpcId ownerId"
    return _described(place, identifier, "route-table", only(table, names), inside)


def subnet(place: Place, identifier: str) -> Described:
    found = _one(place, "Subnet", "SubnetIds", identifier)
    names = (
        "availabilityZone availabilityZoneId availableIpAddressCount cidrBlock defaultForAz mapPublicIpOnLaunch mapCustomerOwnedIpOnLaunch "
        "state subnetId vpcId ownerId assignIpv6AddressOnCreation ipv6CidrBlockAssociationSet tags subnetArn enableDns64 ipv6Native "
        "privateDnsNameOptionsOnLaunch")
    return _described(place, identifier, "subnet", only(found, names), zone=found["availabilityZone"])


def instance(place: Place, identifier: str) -> Described:
    answer = camel(place, "ec2:DescribeInstances", {"InstanceIds": [identifier]})
    found = answer["reservations"][0]["instances"][0]
    around = [
        *(related("AWS::EC2::NetworkInterface", each["networkInterfaceId"], "Contains NetworkInterface")
          for each in found["networkInterfaces"]),
        *(related("AWS::EC2::SecurityGroup", each["groupId"], "Is associated with SecurityGroup") for each in found["securityGroups"]),
        related("AWS::EC2::Subnet", found["subnetId"], "Is contained in Subnet"),
        *(related("AWS::EC2::Volume", each["ebs"]["volumeId"], "Is attached to Volume") for each in found["blockDeviceMappings"]),
    ]
    found.setdefault("tags", [])
    # moto returns these where AWS returns nothing.
    found.pop("sriovNetSupport", None)
    if not found.get("stateReason", {}).get("code"):
        found.pop("stateReason", None)
    launched = place.ask("ec2:DescribeInstances", {"InstanceIds": [identifier]})["Reservations"][0]["Instances"][0]["LaunchTime"]
    return _described(place, identifier, "instance", found, around, found["placement"]["availabilityZone"], created=launched)


def _one(place: Place, kind: str, by: str, identifier: str) -> dict:
    found = camel(place, f"ec2:Describe{kind}s", {by: [identifier]}, empty_lists=True)[f"{kind[:1].lower()}{kind[1:]}s"]
    if not found:
        raise Refused("ResourceNotFound", f"There is no {kind} {identifier} in {place.account} {place.region}.")
    return found[0]


def _permission(given: dict) -> dict:
    """Config has addresses twice: with descriptions, and as plain texts in its earlier format."""
    given["ipv4Ranges"] = given.pop("ipRanges")
    given["ipRanges"] = [each["cidrIp"] for each in given["ipv4Ranges"]]
    names = "description groupId userId vpcId vpcPeeringConnectionId peeringStatus"
    given["userIdGroupPairs"] = [only(each, names) for each in given["userIdGroupPairs"]]
    return given


def _described(
        place: Place, identifier: str, kind: str, configuration: dict, around: Iterable[dict] = (), zone: str = "Not Applicable",
        **others: object) -> Described:
    inside = [related("AWS::EC2::VPC", configuration["vpcId"], CONTAINED)] if "vpcId" in configuration else []
    arn = f"arn:aws:ec2:{place.region}:{place.account}:{kind}/{identifier}"
    tags = tags_of(configuration["tags"], "key", "value")
    return Described(
        identifier, others.pop("name", None), arn, configuration, tags=tags, zone=zone, relationships=(*around, *inside), **others)
