"""Tags of buckets, through S3 Control."""

from rule import ACCEPTS, Call, rule
from rules.s3 import of_aws, tags_of
from wire import Refused

SOURCE = "https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_TagResource.html"


@rule("s3control:TagResource", "s3control:UntagResource", "s3control:ListTagsForResource", kind=ACCEPTS, source=SOURCE)
def tags_of_buckets(call: Call) -> dict:
    """Tags of a bucket are added and removed one by one; all others stay, including AWS's."""
    bucket = call.input["ResourceArn"].partition(":::")[2]
    if not bucket or "/" in bucket:
        return call.go_on()
    _bucket_or_error(call, bucket)
    tags = tags_of(call, bucket)
    if call.operation.name == "ListTagsForResource":
        return {"Tags": [{"Key": key, "Value": value} for key, value in tags.items()]}
    added = {tag["Key"]: tag["Value"] for tag in call.input.get("Tags", [])}
    removed = call.input.get("TagKeys", [])
    if of_aws(dict.fromkeys([*added, *removed], "")):
        raise Refused("InvalidTag", "System tags cannot be changed by requester")
    left = {key: value for key, value in {**tags, **added}.items() if key not in removed}
    call.backend("s3").put_bucket_tagging(bucket, left)
    return {}


def _bucket_or_error(call: Call, bucket: str) -> None:
    from moto.s3.exceptions import MissingBucket

    try:
        call.backend("s3").get_bucket(bucket)
    except MissingBucket as missing:
        raise Refused("NoSuchBucket", "The specified bucket does not exist", 404) from missing
