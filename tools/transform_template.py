"""Transforms a SAM template into the CloudFormation template that AWS would make from it, as JSON on standard output.

With --emulator it is reduced to what the emulator can create: alarms, aliases, deployments, queue policies, schedules and the event
source mapping are removed, and references to an alias become references to the function.
"""

import argparse
import json
import logging
import os
import sys
from pathlib import Path

os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")

from samtranslator.parser.parser import Parser
from samtranslator.public.exceptions import InvalidDocumentException
from samtranslator.translator.translator import Translator
from samtranslator.yaml_helper import yaml_parse

# The transform uses a feature toggle that only AWS's own service has.
logging.getLogger("samtranslator").setLevel(logging.ERROR)

EMULATED = {
    "AWS::DynamoDB::Table",
    "AWS::Events::EventBus",
    "AWS::Events::Rule",
    "AWS::IAM::ManagedPolicy",
    "AWS::IAM::Role",
    "AWS::Lambda::Function",
    "AWS::Logs::LogGroup",
    "AWS::SNS::Topic",
    "AWS::SQS::Queue",
}


def transform(path: Path, parameters: dict | None = None) -> dict:
    template = yaml_parse(path.read_text())
    # What `sam package` would insert: the location of the uploaded build.
    functions = template.get("Globals", {}).get("Function", {})
    if "CodeUri" in functions:
        functions["CodeUri"] = {"Bucket": "artifacts", "Key": "remediator.zip"}
    # The map would have AWS's managed policies by name; this template uses none.
    translator = Translator(managed_policy_map={}, sam_parser=Parser())
    return translator.translate(template, parameter_values=parameters or {})


def reduce(template: dict) -> dict:
    resources = template["Resources"]
    aliases = {
        name: resource["Properties"]["FunctionName"]["Ref"]
        for name, resource in resources.items()
        if resource["Type"] == "AWS::Lambda::Alias"
    }
    kept = {
        name: resource
        for name, resource in resources.items()
        if resource["Type"] in EMULATED
        # The emulator treats a rule without a pattern as one that matches every event, and would run the function in Docker.
        and "ScheduleExpression" not in resource.get("Properties", {})
    }
    for resource in kept.values():
        depends = resource.pop("DependsOn", [])
        depends = [name for name in ([depends] if isinstance(depends, str) else depends) if name in kept]
        if depends:
            resource["DependsOn"] = depends
        if resource["Type"] == "AWS::Lambda::Function":
            # Nothing was uploaded; the function is driven over the Runtime API.
            resource["Properties"]["Code"] = {"ZipFile": "none"}
    reduced = at_functions({**template, "Resources": kept}, aliases)
    reduced.pop("Metadata", None)
    known = set(kept) | set(template.get("Parameters", {}))
    reduced["Outputs"] = {name: output for name, output in reduced.get("Outputs", {}).items() if set(references(output)) <= known}
    missing = {name for name in references(reduced["Resources"]) if name not in known and not name.startswith("AWS::")}
    if missing:
        sys.exit(f"What the emulator can make refers to what it cannot: {', '.join(sorted(missing))}.")
    return reduced


def at_functions(node, aliases: dict):
    match node:
        case {"Ref": str(name)} if name in aliases:
            return {"Fn::GetAtt": [aliases[name], "Arn"]}
        case dict():
            return {key: at_functions(value, aliases) for key, value in node.items()}
        case list():
            return [at_functions(value, aliases) for value in node]
    return node


def references(node):
    match node:
        case {"Ref": str(name)}:
            yield name
        case {"Fn::GetAtt": [str(name), *_]}:
            yield name
        case dict():
            for value in node.values():
                yield from references(value)
        case list():
            for value in node:
                yield from references(value)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("template", type=Path)
    parser.add_argument("--emulator", action="store_true")
    parser.add_argument("--parameter", action="append", default=[], metavar="NAME=VALUE")
    arguments = parser.parse_args()
    try:
        template = transform(arguments.template, dict(parameter.split("=", 1) for parameter in arguments.parameter))
    except InvalidDocumentException as fault:
        sys.exit("\n".join(cause.message for cause in fault.causes))
    json.dump(reduce(template) if arguments.emulator else template, sys.stdout, indent=1)


if __name__ == "__main__":
    main()
