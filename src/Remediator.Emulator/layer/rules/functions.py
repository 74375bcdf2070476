"""Lambda functions. (The service's name is a keyword of Python.)"""

import json

from rule import KEEPS, REFUSES, SHAPE, Call, rule
from wire import Refused

CONFIGURATION = "https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html"
LOGGING = "https://docs.aws.amazon.com/lambda/latest/api/API_LoggingConfig.html"
KEPT = {
    "TracingConfig": {"Mode": "PassThrough"},
    "DeadLetterConfig": None,
    "LoggingConfig": {"LogFormat": "Text", "LogGroup": "/aws/lambda/{name}"},
}


@rule(
    "lambda:CreateFunction", "lambda:UpdateFunctionConfiguration", "lambda:GetFunctionConfiguration", "lambda:GetFunction",
    kind=KEEPS, source=CONFIGURATION)
def tracing_dead_letters_and_logging(call: Call) -> dict:
    """A function stores its settings for tracing, dead letters and logging; with an empty target, dead letters are off."""
    output = call.go_on()
    name = _name(call.input["FunctionName"])
    kept = call.kept("lambda-configuration").setdefault(name, {})
    if call.operation.name in ("CreateFunction", "UpdateFunctionConfiguration"):
        kept.update({member: call.input[member] for member in KEPT if member in call.input})
    if call.operation.name == "GetFunction":
        return {**output, "Configuration": _with(output.get("Configuration", {}), kept, name)}
    return _with(output, kept, name)


@rule("lambda:CreateFunction", "lambda:UpdateFunctionConfiguration", kind=REFUSES, source=LOGGING)
def levels_go_with_json_only(call: Call) -> dict:
    """Log levels with the format Text are rejected."""
    logging = call.input.get("LoggingConfig", {})
    if logging.get("LogFormat") == "Text" and (logging.get("ApplicationLogLevel") or logging.get("SystemLogLevel")):
        raise Refused("InvalidParameterValueException", "Log levels can be set with the log format JSON only.")
    return call.go_on()


@rule("lambda:GetPolicy", kind=SHAPE, source="https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html")
def permissions_of_urls_have_a_condition(call: Call) -> dict:
    """A permission added with FunctionUrlAuthType has it as a condition."""
    output = call.go_on()
    kinds = call.kept("lambda-url-permissions")
    policy = json.loads(output["Policy"])
    for statement in policy["Statement"]:
        kind = kinds.get(f"{_name(call.input['FunctionName'])} {statement.get('Sid')}")
        if kind:
            statement.setdefault("Condition", {}).setdefault("StringEquals", {})["lambda:FunctionUrlAuthType"] = kind
    return {**output, "Policy": json.dumps(policy)}


@rule("lambda:AddPermission", kind=KEEPS, source="https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html")
def the_kind_of_a_url_is_kept(call: Call) -> dict:
    """The response to adding a permission for a URL has the statement with its condition, like the policy afterwards."""
    output = call.go_on()
    kind = call.input.get("FunctionUrlAuthType")
    if not kind:
        return output
    call.kept("lambda-url-permissions")[f"{_name(call.input['FunctionName'])} {call.input['StatementId']}"] = kind
    statement = json.loads(output["Statement"])
    statement.setdefault("Condition", {}).setdefault("StringEquals", {})["lambda:FunctionUrlAuthType"] = kind
    return {**output, "Statement": json.dumps(statement)}


def _with(configuration: dict, kept: dict, name: str) -> dict:
    members = {}
    for member, usual in KEPT.items():
        value = kept.get(member, usual)
        if member == "DeadLetterConfig" and not (value or {}).get("TargetArn"):
            continue
        if member == "LoggingConfig":
            value = {"LogFormat": "Text", "LogGroup": f"/aws/lambda/{name}", **{n: v for n, v in (value or {}).items() if v}}
            value["LogGroup"] = value["LogGroup"].replace("{name}", name)
            if value["LogFormat"] == "JSON":
                value = {"ApplicationLogLevel": "INFO", "SystemLogLevel": "INFO", **value}
        members[member] = value
    return {**{n: v for n, v in configuration.items() if n not in KEPT}, **members}


def _name(given: str) -> str:
    return given.split(":")[6] if given.startswith("arn:") else given
