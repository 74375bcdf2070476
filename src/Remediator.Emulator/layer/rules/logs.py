"""Log groups."""

from rule import KEEPS, REFUSES, Call, rule
from wire import Refused

REFERENCE = "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference"
CLASSES = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch_Logs_Log_Classes.html"


@rule("logs:CreateLogGroup", "logs:DescribeLogGroups", kind=KEEPS, source=f"{REFERENCE}/API_LogGroup.html")
def log_groups_have_a_class(call: Call) -> dict:
    """Each log group has the class that it was created with, STANDARD by default."""
    kept = call.kept("logs-class")
    output = call.go_on()
    if call.operation.name == "CreateLogGroup":
        kept[call.input["logGroupName"]] = call.input.get("logGroupClass", "STANDARD")
        return output
    groups = [{**group, "logGroupClass": kept.get(group["logGroupName"], "STANDARD")} for group in output.get("logGroups", [])]
    return {**output, "logGroups": [_with_fixed_retention(group) for group in groups]}


@rule("logs:PutRetentionPolicy", "logs:DeleteRetentionPolicy", kind=REFUSES, source=CLASSES)
def retention_of_delivery_groups_is_fixed(call: Call) -> dict:
    """The retention of a log group of class DELIVERY cannot be changed."""
    if call.kept("logs-class").get(call.input["logGroupName"]) == "DELIVERY":
        raise Refused("InvalidParameterException", "The retention of a log group of class DELIVERY cannot be changed.")
    return call.go_on()


@rule("logs:PutRetentionPolicy", kind=REFUSES, source=f"{REFERENCE}/API_PutRetentionPolicy.html")
def retention_is_one_of_a_list(call: Call) -> dict:
    """Only certain numbers of days are accepted."""
    if call.input["retentionInDays"] not in DAYS:
        raise Refused("InvalidParameterException", f"Value at 'retentionInDays' must be one of {sorted(DAYS)}")
    return call.go_on()


DAYS = {1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653}


def _with_fixed_retention(group: dict) -> dict:
    return {**group, "retentionInDays": 1} if group["logGroupClass"] == "DELIVERY" else group
