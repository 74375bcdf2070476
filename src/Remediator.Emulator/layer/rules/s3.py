"""Buckets: their tags, their lifecycle, their lock and their policy."""

import json
from fnmatch import fnmatchcase

from rule import ACCEPTS, KEEPS, REFUSES, SHAPE, Call, rule
from wire import Refused

TAGGING = "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketTagging.html"
LOCK = "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectLockConfiguration.html"
DENY = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_AccessPolicyLanguage_Interplay.html"
SYSTEM_TAGS = "https://github.com/cloud-custodian/cloud-custodian/issues/2834"


def tags_of(call: Call, bucket: str) -> dict[str, str]:
    backend = call.backend("s3")
    return backend.tagger.get_tag_dict_for_resource(backend.get_bucket(bucket).arn)


def given_tags(call: Call) -> dict[str, str]:
    return {tag["Key"]: tag.get("Value", "") for tag in call.input.get("Tagging", {}).get("TagSet", [])}


def of_aws(tags: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in tags.items() if key.startswith("aws:")}


@rule("s3:PutBucketTagging", "s3:DeleteBucketTagging", kind=REFUSES, source=SYSTEM_TAGS)
def system_tags_stay(call: Call) -> dict:
    """A write that would remove an AWS tag is rejected."""
    if of_aws(tags_of(call, call.input["Bucket"])).items() - given_tags(call).items():
        raise Refused("InvalidTag", "System tags cannot be removed by requester")
    return call.go_on()


@rule("s3:PutBucketTagging", kind=ACCEPTS, source="https://github.com/hashicorp/terraform-provider-aws/issues/7323")
def system_tags_come_back(call: Call) -> dict:
    """AWS tags may be in a write if they are unchanged."""
    sent, there = given_tags(call), of_aws(tags_of(call, call.input["Bucket"]))
    if not of_aws(sent) or of_aws(sent) != there:
        return call.go_on()
    call.backend("s3").put_bucket_tagging(call.input["Bucket"], sent)
    return {}


@rule("s3:PutBucketAbac", "s3:GetBucketAbac", kind=KEEPS, source="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAbac.html")
def abac_is_a_setting(call: Call) -> dict:
    """Attribute-based access control of a bucket is off until it is turned on."""
    kept = call.kept("s3-abac")
    if call.operation.name == "GetBucketAbac":
        return {"AbacStatus": {"Status": kept.get(call.input["Bucket"], "Disabled")}}
    call.backend("s3").get_bucket(call.input["Bucket"])
    kept[call.input["Bucket"]] = call.input["AbacStatus"]["Status"]
    return {}


@rule("s3:PutBucketTagging", "s3:DeleteBucketTagging", kind=REFUSES, source=TAGGING)
def tags_under_abac(call: Call) -> dict:
    """On a bucket with attribute-based access control, only TagResource and UntagResource change tags."""
    if call.kept("s3-abac").get(call.input["Bucket"]) == "Enabled":
        raise Refused("InvalidRequest", "Use TagResource and UntagResource for a bucket with attribute-based access control.")
    return call.go_on()


@rule("s3:PutBucketLifecycleConfiguration", kind=REFUSES, source="https://github.com/cloud-custodian/cloud-custodian/issues/5826")
def lifecycle_forms_do_not_mix(call: Call) -> dict:
    """Rules in the old form, with Prefix, and in the new one, with Filter, cannot be mixed."""
    rules = call.input.get("LifecycleConfiguration", {}).get("Rules", [])
    if any("Filter" in each for each in rules) and any("Filter" not in each for each in rules):
        raise Refused("InvalidRequest", "Filter element can only be used in Lifecycle V2.")
    return call.go_on()


@rule("s3:GetObjectLockConfiguration", kind=SHAPE, source=LOCK)
def retention_is_in_days_or_years(call: Call) -> dict:
    """The default retention is told in days or in years, as it was given."""
    output = call.go_on()
    retention = output.get("ObjectLockConfiguration", {}).get("Rule", {}).get("DefaultRetention", {})
    for unit in ("Days", "Years"):
        if retention.get(unit) == 0:
            del retention[unit]
    return {**output}


@rule("s3:PutBucketVersioning", kind=REFUSES, source=DENY)
def policy_denies_everybody(call: Call) -> dict:
    """A bucket's policy that denies an action to everybody refuses it, whatever the caller's own policies allow."""
    bucket, action = call.backend("s3").get_bucket(call.input["Bucket"]), f"s3:{call.operation.name}"
    statements = json.loads(bucket.policy)["Statement"] if bucket.policy else []
    for statement in [statements] if isinstance(statements, dict) else statements:
        everybody = statement.get("Principal") in ("*", {"AWS": "*"}) and statement["Effect"] == "Deny" and "Condition" not in statement
        if everybody and matches(statement.get("Action"), action) and matches(statement.get("Resource"), bucket.arn):
            raise Refused("AccessDenied", f"{action} is refused with an explicit deny in a resource-based policy", 403)
    return call.go_on()


def matches(patterns: str | list[str] | None, text: str) -> bool:
    return any(fnmatchcase(text, p) for p in ([patterns] if isinstance(patterns, str) else patterns or []))
