"""Data stores, and keys."""

from items.shape import Described, camel, milliseconds, named, only, pairs_of, related, tags_of
from rule import Place
from wire import Refused, operation_of_aws


def table(place: Place, name: str) -> Described:
    by_name = {"TableName": name}
    found = camel(place, "dynamodb:DescribeTable", by_name, moment=milliseconds)["table"]
    created = place.ask("dynamodb:DescribeTable", by_name)["Table"]["CreationDateTime"]
    backups = camel(place, "dynamodb:DescribeContinuousBackups", by_name)["continuousBackupsDescription"]
    point = only(backups["pointInTimeRecoveryDescription"], "pointInTimeRecoveryStatus")
    tags = tags_of(place.ask("dynamodb:ListTagsOfResource", {"ResourceArn": found["tableArn"]})["Tags"])
    names = (
        "attributeDefinitions tableName keySchema tableStatus creationDateTime provisionedThroughput tableArn tableId billingModeSummary "
        "deletionProtectionEnabled")
    indexes = {name: found[name] for name in ("localSecondaryIndexes", "globalSecondaryIndexes", "streamSpecification") if found.get(name)}
    configuration = {**only(found, names), **indexes, **_encryption(found.get("sSEDescription"))}
    if configuration.get("billingModeSummary", {}).get("billingMode") == "PROVISIONED":
        del configuration["billingModeSummary"]
    supplementary = {
        "ContinuousBackupsDescription": {**only(backups, "continuousBackupsStatus"), "pointInTimeRecoveryDescription": point},
        "Tags": pairs_of(tags),
    }
    return Described(name, name, found["tableArn"], configuration, supplementary, tags, created=created)


def instance(place: Place, identifier: str) -> Described:
    """Found by the resource id of RDS, which Config uses, or by its identifier."""
    answer = place.every("rds:DescribeDBInstances", {}, "DBInstances")
    given = next((each for each in answer if identifier in (each["DbiResourceId"], each["DBInstanceIdentifier"])), None)
    if given is None:
        raise Refused("DBInstanceNotFound", f"There is no DB instance {identifier} in {place.account} {place.region}.")
    shape = operation_of_aws("rds:DescribeDBInstances").output_shape.members["DBInstances"].member
    names = (
        "dBInstanceIdentifier dBInstanceClass engine dBInstanceStatus masterUsername dBName endpoint allocatedStorage instanceCreateTime "
        "preferredBackupWindow backupRetentionPeriod dBSecurityGroups vpcSecurityGroups dBParameterGroups availabilityZone dBSubnetGroup "
        "preferredMaintenanceWindow pendingModifiedValues latestRestorableTime multiAZ engineVersion autoMinorVersionUpgrade "
        "readReplicaSourceDBInstanceIdentifier readReplicaDBInstanceIdentifiers licenseModel iops optionGroupMemberships publiclyAccessible "
        "storageType dbInstancePort dBClusterIdentifier storageEncrypted kmsKeyId dbiResourceId cACertificateIdentifier copyTagsToSnapshot "
        "monitoringInterval enhancedMonitoringResourceArn monitoringRoleArn promotionTier dBInstanceArn timezone "
        "iAMDatabaseAuthenticationEnabled deletionProtection enabledCloudwatchLogsExports")
    configuration = only(named(shape, given), names)
    tags = tags_of(given.get("TagList"))
    around = tuple(
        related("AWS::EC2::SecurityGroup", each["VpcSecurityGroupId"], "Is associated with SecurityGroup")
        for each in given.get("VpcSecurityGroups", []))
    return Described(
        given["DbiResourceId"], given["DBInstanceIdentifier"], given["DBInstanceArn"], configuration, {"Tags": pairs_of(tags)}, tags,
        given.get("AvailabilityZone", "Not Applicable"), created=given.get("InstanceCreateTime"), relationships=around)


def key(place: Place, identifier: str) -> Described:
    by_id = {"KeyId": identifier}
    found = camel(place, "kms:DescribeKey", by_id, moment=milliseconds, empty_lists=True)["keyMetadata"]
    created = place.ask("kms:DescribeKey", by_id)["KeyMetadata"]["CreationDate"]
    tags = tags_of(place.ask("kms:ListResourceTags", by_id).get("Tags"), "TagKey", "TagValue")
    names = (
        "keyId arn creationDate enabled description keyUsage keyState deletionDate origin keyManager customerMasterKeySpec keySpec "
        "encryptionAlgorithms signingAlgorithms keyAgreementAlgorithms multiRegion macAlgorithms")
    configuration = {**only(found, names), "awsaccountId": found["aWSAccountId"]}
    supplementary = {"Policy": place.ask("kms:GetKeyPolicy", {**by_id, "PolicyName": "default"})["Policy"]}
    if found["keyManager"] == "CUSTOMER":
        supplementary["KeyRotationStatus"] = place.ask("kms:GetKeyRotationStatus", by_id)["KeyRotationEnabled"]
    return Described(found["keyId"], None, found["arn"], configuration, supplementary, tags, created=created)


def _encryption(given: dict | None) -> dict:
    """The only member whose acronyms Config writes in lower case."""
    names = {"status": "status", "sSEType": "ssetype", "kMSMasterKeyArn": "kmsmasterKeyArn"}
    return {"ssedescription": {to: given[name] for name, to in names.items() if name in given}} if given else {}
