"""GraphQL APIs."""

from rule import KEEPS, Call, rule


@rule("appsync:UpdateGraphqlApi", kind=KEEPS, source="https://docs.aws.amazon.com/appsync/latest/APIReference/API_UpdateGraphqlApi.html")
def logging_that_is_not_sent_is_gone(call: Call) -> dict:
    """An update replaces the API's settings: without logConfig, logging ends."""
    output = call.go_on()
    if "logConfig" in call.input:
        return output
    call.backend("appsync").graphql_apis[call.input["apiId"]].log_config = None
    return {**output, "graphqlApi": {name: value for name, value in output["graphqlApi"].items() if name != "logConfig"}}
