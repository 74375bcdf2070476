"""Buckets. Config's supplementary configuration of a bucket has the names of an older SDK."""

import json

from items.shape import Described, lower, text
from rule import Place

GROUPS = {
    "http://acs.amazonaws.com/groups/global/AllUsers": "AllUsers",
    "http://acs.amazonaws.com/groups/global/AuthenticatedUsers": "AuthenticatedUsers",
    "http://acs.amazonaws.com/groups/s3/LogDelivery": "LogDelivery",
}
PERMISSIONS = {"FULL_CONTROL": "FullControl", "READ": "Read", "WRITE": "Write", "READ_ACP": "ReadAcp", "WRITE_ACP": "WriteAcp"}
NEVER = -1


def bucket(place: Place, name: str) -> Described:
    def ask(operation: str, *absent_on: str) -> dict | None:
        return place.ask(f"s3:{operation}", {"Bucket": name}, *absent_on)

    acl = ask("GetBucketAcl")
    region = place.backend("s3").get_bucket(name).region_name
    created = next(each["CreationDate"] for each in place.ask("s3:ListBuckets", {})["Buckets"] if each["Name"] == name)
    tags = {tag["Key"]: tag["Value"] for tag in (ask("GetBucketTagging", "NoSuchTagSet") or {}).get("TagSet", [])}
    versioning = ask("GetBucketVersioning")
    logging = ask("GetBucketLogging").get("LoggingEnabled", {})
    supplementary = {
        "AccessControlList": json.dumps(_acl(acl)),
        "BucketAccelerateConfiguration": {"status": ask("GetBucketAccelerateConfiguration").get("Status")},
        "BucketLoggingConfiguration": {"destinationBucketName": logging.get("TargetBucket"), "logFilePrefix": logging.get("TargetPrefix")},
        "BucketNotificationConfiguration": {"configurations": _notifications(ask("GetBucketNotificationConfiguration"))},
        "BucketPolicy": {"policyText": (ask("GetBucketPolicy", "NoSuchBucketPolicy") or {}).get("Policy")},
        "BucketVersioningConfiguration": {
            "status": versioning.get("Status", "Off"), "isMfaDeleteEnabled": _enabled(versioning.get("MFADelete"))},
        "IsRequesterPaysEnabled": ask("GetBucketRequestPayment").get("Payer") == "Requester",
    }
    if tags:
        supplementary["BucketTaggingConfiguration"] = {"tagSets": [{"tags": tags}]}
    if block := ask("GetPublicAccessBlock", "NoSuchPublicAccessBlockConfiguration"):
        supplementary["PublicAccessBlockConfiguration"] = {
            lower(key): value for key, value in block["PublicAccessBlockConfiguration"].items()}
    if encryption := ask("GetBucketEncryption", "ServerSideEncryptionConfigurationNotFoundError"):
        rules = encryption["ServerSideEncryptionConfiguration"]["Rules"]
        supplementary["ServerSideEncryptionConfiguration"] = {"rules": [_encryption(rule) for rule in rules]}
    if lifecycle := ask("GetBucketLifecycleConfiguration", "NoSuchLifecycleConfiguration"):
        supplementary["BucketLifecycleConfiguration"] = {"rules": [_lifecycle(rule) for rule in lifecycle["Rules"]]}
    if replication := ask("GetBucketReplication", "ReplicationConfigurationNotFoundError"):
        supplementary["BucketReplicationConfiguration"] = _replication(replication["ReplicationConfiguration"])
    configuration = {"name": name, "owner": _owner(acl["Owner"]), "creationDate": text(created), "region": region}
    return Described(name, name, f"arn:aws:s3:::{name}", configuration, supplementary, tags, "Regional", region, created)


def _owner(owner: dict) -> dict:
    return {"displayName": owner.get("DisplayName"), "id": owner["ID"]}


def _enabled(status: str | None) -> bool | None:
    return None if status is None else status == "Enabled"


def _acl(acl: dict) -> str:
    grants = [
        {"grantee": GROUPS[grant["Grantee"]["URI"]] if "URI" in grant["Grantee"] else
            {"id": grant["Grantee"]["ID"], "displayName": grant["Grantee"].get("DisplayName")},
         "permission": PERMISSIONS[grant["Permission"]]}
        for grant in acl["Grants"]]
    return json.dumps({"grantSet": None, "grantList": grants, "owner": _owner(acl["Owner"]), "isRequesterCharged": False})


def _notifications(given: dict) -> dict[str, dict]:
    kinds = (("Topic", "TopicArn", "topicARN"), ("Queue", "QueueArn", "queueARN"), ("LambdaFunction", "LambdaFunctionArn", "functionARN"))
    return {
        each["Id"]: {
            "type": f"{kind.removesuffix('Function')}Configuration",
            arn: each[member],
            "events": each["Events"],
            "objectPrefixes": [],
            **({"filter": {"s3KeyFilter": {"filterRules": [
                {"name": rule["Name"], "value": rule["Value"]} for rule in each["Filter"]["Key"]["FilterRules"]]}}}
                if "Filter" in each else {}),
        }
        for kind, member, arn in kinds for each in given.get(f"{kind}Configurations", [])}


def _encryption(rule: dict) -> dict:
    default = rule["ApplyServerSideEncryptionByDefault"]
    return {
        "applyServerSideEncryptionByDefault": {"sseAlgorithm": default["SSEAlgorithm"], "kmsMasterKeyID": default.get("KMSMasterKeyID")},
        "bucketKeyEnabled": rule.get("BucketKeyEnabled", False),
    }


def _lifecycle(rule: dict) -> dict:
    expiration, older = rule.get("Expiration", {}), rule.get("NoncurrentVersionExpiration", {})
    aborted = rule.get("AbortIncompleteMultipartUpload")
    return {
        "id": rule.get("ID"),
        "prefix": rule.get("Prefix"),
        "status": rule["Status"],
        "filter": None if rule.get("Prefix") else {"predicate": _predicate(rule.get("Filter") or {})},
        "expirationInDays": expiration.get("Days", NEVER),
        "expiredObjectDeleteMarker": expiration.get("ExpiredObjectDeleteMarker", False),
        "noncurrentVersionExpirationInDays": older.get("NoncurrentDays", NEVER),
        "expirationDate": text(expiration["Date"]) if "Date" in expiration else None,
        "transitions": [
            {"days": each.get("Days", NEVER), "date": text(each["Date"]) if "Date" in each else None, "storageClass": each["StorageClass"]}
            for each in rule.get("Transitions", [])] or None,
        "noncurrentVersionTransitions": [
            {"days": each.get("NoncurrentDays", NEVER), "storageClass": each["StorageClass"], **_newer(each)}
            for each in rule.get("NoncurrentVersionTransitions", [])] or None,
        "abortIncompleteMultipartUpload": {"daysAfterInitiation": aborted["DaysAfterInitiation"]} if aborted else None,
        **_newer(older),
    }


def _newer(given: dict) -> dict:
    return {"newerNoncurrentVersions": given["NewerNoncurrentVersions"]} if "NewerNoncurrentVersions" in given else {}


def _predicate(given: dict) -> dict | None:
    inside = given.get("And", given)
    parts = [{"type": "LifecyclePrefixPredicate", "prefix": inside["Prefix"]}] if inside.get("Prefix") else []
    parts += [
        {"type": "LifecycleTagPredicate", "tag": {"key": tag["Key"], "value": tag["Value"]}}
        for tag in inside.get("Tags", [inside["Tag"]] if "Tag" in inside else [])]
    parts += [
        {"type": f"Lifecycle{size}Predicate", lower(size): inside[size]}
        for size in ("ObjectSizeGreaterThan", "ObjectSizeLessThan") if size in inside]
    if "And" in given:
        return {"type": "LifecycleAndOperator", "operands": parts}
    return parts[0] if parts else None


def _replication(given: dict) -> dict:
    return {"roleARN": given["Role"], "rules": {rule["ID"]: _replicated(rule) for rule in given["Rules"]}}


def _replicated(rule: dict) -> dict:
    to = rule["Destination"]
    into = {"Account": to.get("Account"), "bucketARN": to["Bucket"], "storageClass": to.get("StorageClass")}
    more = ("AccessControlTranslation", "EncryptionConfiguration", "ReplicationTime", "Metrics")
    into |= _lowered({name: to[name] for name in more if name in to})
    same = {"status": rule["Status"], "destinationConfig": into}
    if "Filter" not in rule:
        return {"prefix": rule.get("Prefix", ""), **same}
    newer = {name: rule[name] for name in ("Priority", "DeleteMarkerReplication", "SourceSelectionCriteria") if name in rule}
    return {**_lowered(newer), "prefix": None, "filter": {"predicate": _predicate(rule["Filter"])}, **same}


def _lowered(value: object) -> object:
    return {lower(name): _lowered(inside) for name, inside in value.items()} if isinstance(value, dict) else value
