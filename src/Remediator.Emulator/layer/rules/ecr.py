"""Repositories of ECR."""

import json

from rule import SHAPE, Call, rule


@rule("ecr:GetLifecyclePolicy", kind=SHAPE, source="https://www.pulumi.com/registry/packages/aws/api-docs/ecr/lifecyclepolicy/")
def lifecycle_rules_come_by_priority(call: Call) -> dict:
    """The text of a lifecycle policy comes back written anew, its rules in the order of their priority."""
    output = call.go_on()
    policy = json.loads(output["lifecyclePolicyText"])
    policy["rules"] = sorted(policy["rules"], key=lambda each: each["rulePriority"])
    return {**output, "lifecyclePolicyText": json.dumps(policy, separators=(",", ":"))}
