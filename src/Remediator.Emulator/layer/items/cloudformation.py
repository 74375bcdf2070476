"""Types that Config records with CloudFormation's model, with Config's deviations: numbers as text, empty values for absent ones."""

import datetime

from items.shape import Described, parsed, tags_of
from rule import Place
from wire import Refused

COUNTED = "ApproximateNumber"
OF_SUBSCRIPTIONS = ("Subscriptions", "EffectiveDeliveryPolicy")


def queue(place: Place, identifier: str) -> Described:
    """Finds a queue by its URL, with any host."""
    name = identifier.rpartition("/")[2]
    url = place.ask("sqs:GetQueueUrl", {"QueueName": name})["QueueUrl"]
    attributes = place.ask("sqs:GetQueueAttributes", {"QueueUrl": url, "AttributeNames": ["All"]})["Attributes"]
    configuration = {key: _whole(key, value) for key, value in attributes.items() if not key.startswith(COUNTED)}
    tags = place.ask("sqs:ListQueueTags", {"QueueUrl": url}).get("Tags", {})
    created = datetime.datetime.fromtimestamp(int(configuration["CreatedTimestamp"]), datetime.timezone.utc)
    return Described(identifier, name, attributes["QueueArn"], configuration, {"Tags": tags}, tags, created=created)


def repository(place: Place, name: str) -> Described:
    by_name = {"repositoryName": name}
    found = place.ask("ecr:DescribeRepositories", {"repositoryNames": [name]})["repositories"][0]
    lifecycle = place.ask("ecr:GetLifecyclePolicy", by_name, "LifecyclePolicyNotFoundException")
    policy = place.ask("ecr:GetRepositoryPolicy", by_name, "RepositoryPolicyNotFoundException")
    pairs = place.ask("ecr:ListTagsForResource", {"resourceArn": found["repositoryArn"]})["tags"]
    encryption = found.get("encryptionConfiguration", {"encryptionType": "AES256"})
    configuration = {
        "Arn": found["repositoryArn"],
        "ImageScanningConfiguration": {"ScanOnPush": found["imageScanningConfiguration"]["scanOnPush"]},
        "ImageTagMutability": found["imageTagMutability"],
        "RepositoryName": name,
        "LifecyclePolicy": {"LifecyclePolicyText": lifecycle["lifecyclePolicyText"], "RegistryId": place.account} if lifecycle else {},
        "RepositoryPolicyText": parsed(policy and policy["policyText"]),
        "EncryptionConfiguration": {f"{key[:1].upper()}{key[1:]}": value for key, value in encryption.items()},
        "RepositoryUri": found["repositoryUri"],
        "Tags": pairs,
    }
    return Described(name, name, found["repositoryArn"], configuration, {}, tags_of(pairs), "Regional", created=found["createdAt"])


def topic(place: Place, arn: str) -> Described:
    attributes = place.ask("sns:GetTopicAttributes", {"TopicArn": arn})["Attributes"]
    name, tags = arn.rpartition(":")[2], tags_of(place.ask("sns:ListTagsForResource", {"ResourceArn": arn}).get("Tags"))
    given = {key: value for key, value in attributes.items() if not key.startswith(OF_SUBSCRIPTIONS)}
    configuration = {**given, "TopicName": name, "Tags": [{"Key": key, "Value": value} for key, value in tags.items()]}
    return Described(arn, name, arn, configuration, {}, tags)


def log_group(place: Place, name: str) -> Described:
    groups = place.ask("logs:DescribeLogGroups", {"logGroupNamePrefix": name})["logGroups"]
    found = next((each for each in groups if each["logGroupName"] == name), None)
    if found is None:
        raise Refused("ResourceNotFoundException", f"There is no log group {name} in {place.account} {place.region}.")
    arn = found["arn"]
    tags = place.ask("logs:ListTagsForResource", {"resourceArn": arn.removesuffix(":*")}).get("tags", {})
    names = ("logGroupName", "arn", "retentionInDays", "kmsKeyId", "logGroupClass")
    configuration = {f"{key[:1].upper()}{key[1:]}": found[key] for key in names if key in found}
    configuration["Tags"] = [{"Key": key, "Value": value} for key, value in tags.items()]
    created = datetime.datetime.fromtimestamp(found["creationTime"] / 1000, datetime.timezone.utc)
    return Described(name, name, arn, configuration, {}, tags, created=created)


def _whole(name: str, value: str) -> str:
    """moto's timestamps have fractions of a second, AWS's do not."""
    return value.partition(".")[0] if name.endswith("Timestamp") else value
