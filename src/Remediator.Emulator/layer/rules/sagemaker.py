"""SageMaker."""

from rule import ACCEPTS, Call, rule


SOURCE = "https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ListTags.html"


@rule("sagemaker:ListTags", "sagemaker:AddTags", "sagemaker:DeleteTags", kind=ACCEPTS, source=SOURCE)
def tags_of_domains(call: Call) -> dict:
    """A domain's tags are read, added and removed by its ARN; moto lacks this."""
    if ":domain/" not in call.input["ResourceArn"]:
        return call.go_on()
    domain = call.backend("sagemaker").domains[call.input["ResourceArn"].rpartition("/")[2]]
    domain.tags = domain.tags or []
    if call.operation.name == "ListTags":
        return {"Tags": domain.tags}
    replaced = {tag["Key"] for tag in call.input.get("Tags", [])} | set(call.input.get("TagKeys", []))
    domain.tags = [tag for tag in domain.tags if tag["Key"] not in replaced] + call.input.get("Tags", [])
    return {"Tags": domain.tags} if call.operation.name == "AddTags" else {}
