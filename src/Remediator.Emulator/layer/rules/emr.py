"""EMR's block public access configuration."""

from rule import KEEPS, Call, rule

SOURCE = "https://docs.aws.amazon.com/emr/latest/APIReference/API_PutBlockPublicAccessConfiguration.html"


@rule("emr:PutBlockPublicAccessConfiguration", "emr:GetBlockPublicAccessConfiguration", kind=KEEPS, source=SOURCE)
def block_of_public_access(call: Call) -> dict:
    """The block can be turned off again. In an account that never set it, it is on, with port 22 permitted."""
    kept = call.kept("emr-block")
    if call.operation.name == "PutBlockPublicAccessConfiguration":
        kept["value"] = call.input["BlockPublicAccessConfiguration"]
        return {}
    usual = {"BlockPublicSecurityGroupRules": True, "PermittedPublicSecurityGroupRuleRanges": [{"MinRange": 22, "MaxRange": 22}]}
    metadata = {"CreationDateTime": "2026-01-01T00:00:00Z", "CreatedByArn": f"arn:aws:iam::{call.account}:root"}
    return {"BlockPublicAccessConfiguration": kept.get("value", usual), "BlockPublicAccessConfigurationMetadata": metadata}
