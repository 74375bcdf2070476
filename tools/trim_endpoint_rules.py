#!/usr/bin/env python3
"""Writes the endpoint rules of AWS services in a compact form, from botocore's data.

    python3 tools/trim_endpoint_rules.py                 # tools/endpoint_services.txt and every service with a model
    python3 tools/trim_endpoint_rules.py s3 ec2          # only these; the others stay unchanged
    python3 tools/trim_endpoint_rules.py --check         # write nothing; exit 1 if a file would change

A rule set is a tree that repeats the same conditions and branches many times. The written file has each distinct
condition and each distinct rule once, on a line of its own, referred to by index: a line about the service as a whole
with the number of its conditions, the conditions, and the rules (children before parents). Expressions keep botocore's
syntax. Documentation is removed; the signing name from the service model is added.
"""
import argparse
import gzip
import json
import pathlib
import re
import sys

import botocore

DATA = pathlib.Path(botocore.__file__).parent / "data"
ROOT = pathlib.Path(__file__).resolve().parent.parent
MODELS = ROOT / "src/Remediator.Aws/Models/Data"
RULES = ROOT / "src/Remediator.Aws/Endpoints/Rules"
LIST = pathlib.Path(__file__).resolve().parent / "endpoint_services.txt"

FUNCTIONS = {
    "isSet", "not", "getAttr", "booleanEquals", "stringEquals", "aws.partition", "substring", "parseURL",
    "isValidHostLabel", "aws.parseArn", "aws.isVirtualHostableS3Bucket", "uriEncode",
}


def read_json(directory, name):
    packed = directory / (name + ".gz")
    return json.loads(gzip.decompress(packed.read_bytes()) if packed.exists() else (directory / name).read_bytes())


def compact(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=True)


class Pool:
    """Distinct values in the order of their first occurrence."""

    def __init__(self):
        self.index = {}

    def add(self, value):
        return self.index.setdefault(compact(value), len(self.index))


class Trimmer:
    def __init__(self, rule_set):
        if rule_set["version"] != "1.0":
            raise ValueError(f"version {rule_set['version']} of rule sets is not known")
        self.conditions, self.rules, self.assigned = Pool(), Pool(), {}
        self.parameters = {name: self.parameter(spec) for name, spec in rule_set["parameters"].items()}
        self.root = [self.rule(rule, set(self.parameters)) for rule in rule_set["rules"]]

    @staticmethod
    def parameter(spec):
        kept = {"type": spec["type"][0].lower() + spec["type"][1:]}
        if spec.get("required"):
            kept["required"] = True
        if spec.get("default") is not None:
            kept["default"] = spec["default"]
        return kept

    def expression(self, value):
        if not isinstance(value, dict) or "ref" in value:
            return value
        if value["fn"] not in FUNCTIONS:
            raise ValueError(f"the function {value['fn']} is not known")
        if "assign" in value:
            raise ValueError("an assignment inside an expression is not known")
        return {"fn": value["fn"], "argv": [self.expression(argument) for argument in value["argv"]]}

    def condition(self, condition, scope):
        """The reader clears what a rule assigned if it does not match, so no rule may assign a name that is already assigned."""
        expression = {key: value for key, value in condition.items() if key != "assign"}
        if "assign" not in condition:
            return self.conditions.add(self.expression(expression))
        if condition["assign"] in scope:
            raise ValueError(f"{condition['assign']} is assigned twice")
        scope.add(condition["assign"])
        self.assigned[condition["assign"]] = None
        return self.conditions.add(self.expression(expression) | {"assign": condition["assign"]})

    def rule(self, rule, scope):
        scope = set(scope)
        kept = {}
        if rule["conditions"]:
            kept["if"] = [self.condition(condition, scope) for condition in rule["conditions"]]
        if rule["type"] == "tree":
            kept["rules"] = [self.rule(child, scope) for child in rule["rules"]]
        elif rule["type"] == "error":
            kept["error"] = self.expression(rule["error"])
        elif rule["type"] == "endpoint":
            kept |= self.endpoint(rule["endpoint"])
        else:
            raise ValueError(f"the rule type {rule['type']} is not known")
        return self.rules.add(kept)

    def endpoint(self, endpoint):
        kept = {"url": self.expression(endpoint["url"])}
        properties = dict(endpoint.get("properties", {}))
        if schemes := properties.pop("authSchemes", None):
            kept["authSchemes"] = schemes
        if properties:
            kept["properties"] = {k: v if isinstance(v, list) else [v] for k, v in properties.items()}
        if endpoint.get("headers"):
            kept["headers"] = endpoint["headers"]
        return kept


def trim_service(service):
    versions = sorted(path.parent for path in (DATA / service).glob("*/endpoint-rule-set-1.json.gz"))
    if not versions:
        raise ValueError(f"botocore has no endpoint rule set for '{service}'")
    metadata = read_json(versions[-1], "service-2.json")["metadata"]
    trimmed = Trimmer(read_json(versions[-1], "endpoint-rule-set-1.json"))
    signing_name = metadata.get("signingName", metadata["endpointPrefix"])
    head = {
        "service": service,
        "signingName": signing_name,
        "parameters": trimmed.parameters,
        "assigned": list(trimmed.assigned),
        "conditions": len(trimmed.conditions.index),
        "root": trimmed.root,
    }
    return "".join(line + "\n" for line in (compact(head), *trimmed.conditions.index, *trimmed.rules.index))


# The hosts of the consoles, which botocore does not have: the sign-in endpoints in its rules for the service signin, with "console" for "signin".
CONSOLES = {
    "aws": "console.aws.amazon.com",
    "aws-cn": "console.amazonaws.cn",
    "aws-eusc": "console.amazonaws-eusc.eu",
    "aws-iso": "console.c2shome.ic.gov",
    "aws-iso-b": "console.sc2shome.sgov.gov",
    "aws-iso-e": "console.csphome.adc-e.uk",
    "aws-iso-f": "console.csphome.hci.ic.gov",
    "aws-us-gov": "console.amazonaws-us-gov.com",
}


def trim_partition(partition):
    """Converts the regular expression into the prefixes that it matches, so that no regular expressions are needed at the start."""
    shape = re.fullmatch(r"\^([\w\\-]*?)(?:\(([a-z|]+)\))?((?:\\-\\w\+\\-\\d\+)\$)", partition["regionRegex"])
    if not shape:
        raise ValueError(f"the regionRegex {partition['regionRegex']} is not of the known shape")
    if any(set(region) - {"description"} for region in partition["regions"].values()):
        raise ValueError(f"a region of {partition['id']} overrides outputs, which is not known")
    before = shape[1].replace("\\-", "-")
    outputs = {key: partition["outputs"][key] for key in (
        "dnsSuffix", "dualStackDnsSuffix", "implicitGlobalRegion", "supportsFIPS", "supportsDualStack")}
    return {
        "name": partition["id"],
        "consoleHost": CONSOLES[partition["id"]],
        "regionPrefixes": [before + choice for choice in (shape[2] or "").split("|")],
        "regions": sorted(partition["regions"]),
    } | outputs


def trim_partitions():
    partitions = json.loads((DATA / "partitions.json").read_bytes())["partitions"]
    if partitions[0]["id"] != "aws":
        raise ValueError("the default partition is expected to come first")
    return "[\n" + ",\n".join(compact(trim_partition(partition)) for partition in partitions) + "\n]\n"


def default_services():
    listed = [line for line in LIST.read_text().split("\n") if line and not line.startswith("#")]
    return sorted({*listed, *(path.name.split(".")[0] for path in MODELS.glob("*.json*"))})


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("services", nargs="*")
    parser.add_argument("--check", action="store_true", help="compare only")
    options = parser.parse_args()

    files = {RULES / f"{service}.jsonl": trim_service(service) for service in options.services or default_services()}
    files[RULES.parent / "partitions.json"] = trim_partitions()
    stale = set() if options.services else set(RULES.glob("*.jsonl")) - set(files)
    changed = {path for path, text in files.items() if not path.exists() or path.read_text() != text} | stale
    for path in sorted(changed):
        print(f"{'would change' if options.check else 'changed'}: {path.relative_to(ROOT)}")
        if not options.check:
            RULES.mkdir(parents=True, exist_ok=True)
            path.unlink() if path in stale else path.write_text(files[path], newline="\n")
    largest = max(files, key=lambda path: len(files[path]))
    print(f"{len(files) - 1} services, {sum(map(len, files.values())):,} bytes, largest {largest.stem} {len(files[largest]):,}")
    return 1 if options.check and changed else 0


if __name__ == "__main__":
    sys.exit(main())
