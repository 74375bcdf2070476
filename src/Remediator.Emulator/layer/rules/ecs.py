"""ECS."""

from rule import SHAPE, Call, rule


@rule("ecs:DescribeTaskDefinition", kind=SHAPE,
      source="https://docs.aws.amazon.com/cli/latest/reference/ecs/describe-task-definition.html")
def families_are_their_newest_active_revision(call: Call) -> dict:
    """A family without a number is its newest revision that is active, not the newest of all."""
    named = call.input["taskDefinition"].split("/")[-1]
    revisions = call.backend("ecs").task_definitions.get(named, {})
    active = [number for number, made in revisions.items() if made.status == "ACTIVE"]
    return call.go_on({**call.input, "taskDefinition": f"{named}:{max(active)}"} if active else None)
