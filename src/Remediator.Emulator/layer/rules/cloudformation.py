"""The tags of stacks' resources."""

from rule import SHAPE, Call, rule


@rule(
    "cloudformation:CreateStack", kind=SHAPE,
    source="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-resource-tags.html")
def buckets_of_stacks_have_tags_of_aws(call: Call) -> dict:
    """A bucket that a stack creates has three AWS tags, which name the stack and the resource."""
    output = call.go_on()
    stack = call.backend("cloudformation").get_stack(output["StackId"])
    for name, resource in stack.resource_map.items():
        # A resource whose condition does not hold, or of a type that moto does not know, is None.
        if resource and resource.cloudformation_type() == "AWS::S3::Bucket":
            backend = call.backend("s3")
            tags = {"stack-name": stack.name, "stack-id": stack.stack_id, "logical-id": name}
            backend.tagger.tag_resource(
                backend.get_bucket(resource.physical_resource_id).arn,
                [{"Key": f"aws:cloudformation:{key}", "Value": value} for key, value in tags.items()])
    return output
