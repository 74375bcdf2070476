"""Tables."""

from rule import KEEPS, Call, rule

SOURCE = "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_SSEDescription.html"


@rule("dynamodb:CreateTable", "dynamodb:UpdateTable", "dynamodb:DescribeTable", kind=KEEPS, source=SOURCE)
def encryption_of_tables(call: Call) -> dict:
    """A table with an AWS owned key has no SSEDescription; with a KMS key it has one, with that key, until that is turned off."""
    output = call.go_on()
    kept = call.kept("dynamodb-sse")
    name = call.input["TableName"].rpartition("/")[2]
    if "SSESpecification" in call.input:
        given = call.input["SSESpecification"]
        kept[name] = _description(call, given) if given.get("Enabled") else None
    member = "Table" if call.operation.name == "DescribeTable" else "TableDescription"
    table = {key: value for key, value in output.get(member, {}).items() if key != "SSEDescription"}
    return {**output, member: {**table, "SSEDescription": kept[name]} if kept.get(name) else table}


def _description(call: Call, given: dict) -> dict:
    key = given.get("KMSMasterKeyId", "alias/aws/dynamodb")
    arn = key if key.startswith("arn:") else f"arn:aws:kms:{call.region}:{call.account}:{'' if key.startswith('alias/') else 'key/'}{key}"
    return {"Status": "ENABLED", "SSEType": "KMS", "KMSMasterKeyArn": arn}
