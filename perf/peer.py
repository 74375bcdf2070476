"""The remediation as a user would write it by hand: no journal, no undo, no policy, no notice. perf/function.py measures it beside ours."""
import http.client
import json
import os

import boto3
from botocore.exceptions import ClientError

BLOCK = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
s3 = boto3.client("s3", endpoint_url=os.environ["AWS_ENDPOINT_URL"])


def handle(event):
    for record in event["Records"]:
        bucket = json.loads(record["body"])["detail"]["resourceId"]
        if not is_blocked(bucket):
            s3.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration=dict.fromkeys(BLOCK, True))
            if not is_blocked(bucket):
                raise RuntimeError(f"{bucket} is still public")
    return {"batchItemFailures": []}


def is_blocked(bucket):
    try:
        return all(s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"].values())
    except ClientError as error:
        if error.response["Error"]["Code"] == "NoSuchPublicAccessBlockConfiguration":
            return False
        raise


def main():
    runtime = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
    while True:
        runtime.request("GET", "/2018-06-01/runtime/invocation/next")
        answer = runtime.getresponse()
        event, request = json.loads(answer.read()), answer.headers["Lambda-Runtime-Aws-Request-Id"]
        runtime.request("POST", f"/2018-06-01/runtime/invocation/{request}/response", json.dumps(handle(event)))
        runtime.getresponse().read()


if __name__ == "__main__":
    main()
