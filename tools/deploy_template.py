"""Deploys a SAM template on the emulator and prints the result as JSON: the stack's outputs, the physical ids of its resources,
and the environment of each function."""

import argparse
import json
import re
import sys
from pathlib import Path

import boto3
from botocore.exceptions import ClientError
from transform_template import reduce, transform


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("template", type=Path)
    parser.add_argument("--endpoint", required=True)
    parser.add_argument("--region", required=True)
    parser.add_argument("--stack", required=True)
    parser.add_argument("--account", help="another account than the emulator's own")
    parser.add_argument("--parameter", action="append", default=[], metavar="NAME=VALUE")
    arguments = parser.parse_args()
    session = boto3.Session(
        # boto3 must not find credentials of a real account here.
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
        aws_session_token="testing",
        region_name=arguments.region,
    )
    try:
        deploy(entered(session, arguments) if arguments.account else session, arguments)
    except ClientError as fault:
        sys.exit(str(fault))


def entered(session, arguments):
    role = f"arn:aws:iam::{arguments.account}:role/deployment"
    taken = session.client("sts", endpoint_url=arguments.endpoint).assume_role(RoleArn=role, RoleSessionName="deployment")["Credentials"]
    return boto3.Session(
        aws_access_key_id=taken["AccessKeyId"],
        aws_secret_access_key=taken["SecretAccessKey"],
        aws_session_token=taken["SessionToken"],
        region_name=arguments.region,
    )


def deploy(session, arguments) -> None:
    cloudformation = session.client("cloudformation", endpoint_url=arguments.endpoint)
    template, keys = with_keys(transform(arguments.template), session.client("kms", endpoint_url=arguments.endpoint))
    cloudformation.create_stack(
        StackName=arguments.stack,
        TemplateBody=json.dumps(reduce(template), separators=(",", ":")),
        Parameters=[
            {"ParameterKey": name, "ParameterValue": value}
            for name, _, value in (parameter.partition("=") for parameter in arguments.parameter)
        ],
        Capabilities=["CAPABILITY_NAMED_IAM"],
    )
    stack = cloudformation.describe_stacks(StackName=arguments.stack)["Stacks"][0]
    if stack["StackStatus"] != "CREATE_COMPLETE":
        sys.exit(f"The stack is {stack['StackStatus']}: {stack.get('StackStatusReason', '')}")
    report = {
        "outputs": {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])},
        "resources": {**dict(resources(cloudformation, arguments.stack)), **keys},
        "environments": dict(environments(cloudformation, session.client("lambda", endpoint_url=arguments.endpoint), arguments.stack)),
    }
    # The emulator gives queue URLs the host that they would have at AWS.
    json.dump(at_endpoint(report, arguments.endpoint), sys.stdout)


def with_keys(template, kms):
    """The emulator ignores KeySpec and makes every key of a stack symmetric: so keys are created before the stack, and referred to by it."""
    keys = {
        name: kms.create_key(KeySpec=resource["Properties"]["KeySpec"], KeyUsage=resource["Properties"]["KeyUsage"])["KeyMetadata"]["Arn"]
        for name, resource in template["Resources"].items()
        if resource["Type"] == "AWS::KMS::Key"
    }
    rest = {name: resource for name, resource in template["Resources"].items() if name not in keys}
    return at_keys({**template, "Resources": rest}, keys), keys


def at_keys(node, keys):
    match node:
        case {"Ref": str(name)} if name in keys:
            return keys[name]
        case {"Fn::GetAtt": [str(name), *_]} if name in keys:
            return keys[name]
        case dict():
            return {key: at_keys(value, keys) for key, value in node.items()}
        case list():
            return [at_keys(value, keys) for value in node]
    return node


def resources(cloudformation, stack):
    for resource in cloudformation.describe_stack_resources(StackName=stack)["StackResources"]:
        if "PhysicalResourceId" in resource:
            yield resource["LogicalResourceId"], resource["PhysicalResourceId"]


def environments(cloudformation, functions, stack):
    for resource in cloudformation.describe_stack_resources(StackName=stack)["StackResources"]:
        # A resource that a condition leaves out is listed without a type.
        if resource.get("ResourceType") == "AWS::Lambda::Function":
            function = functions.get_function_configuration(FunctionName=resource["PhysicalResourceId"])
            yield resource["LogicalResourceId"], function["Environment"]["Variables"]


def at_endpoint(node, endpoint):
    match node:
        case str():
            return re.sub(r"^https://sqs\.[a-z0-9-]+\.amazonaws\.com(\.cn)?(?=/)", endpoint, node)
        case dict():
            return {key: at_endpoint(value, endpoint) for key, value in node.items()}
    return node


if __name__ == "__main__":
    main()
