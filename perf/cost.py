#!/usr/bin/env python3
"""Computes what the service costs from measured calls and units, stated assumptions and prices (cost.json).

Prints the table of docs/operating.md; with --write, writes it into the page; with --check, fails if the page's table differs.
"""
import argparse
import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
PAGE = os.path.join(HERE, "..", "docs", "operating.md")
TEMPLATE = os.path.join(HERE, "..", "template.yaml")
BEGIN, END = "<!-- cost -->", "<!-- /cost -->"
ACCOUNTS = (1, 50, 500)


def lambda_dollars(price: dict, assumed: dict, milliseconds: float, count: float) -> float:
    gigabyte_seconds = count * milliseconds / 1000 * assumed["memoryMegabytes"] / 1024
    return count / 1e6 * price["lambdaPerMillionRequests"] + gigabyte_seconds * price["lambdaPerGigabyteSecond"]


def of_events(data: dict, kind: str, count: float) -> dict[str, float]:
    """The cost of a number of events of one kind, by service."""
    measured, assumed, price = data["measured"], data["assumed"], data["prices"]
    units = measured.get(kind, {"writeUnits": measured["fixed"]["writeUnits"] / 2, "readUnits": measured["fixed"]["readUnits"] / 2})
    return {
        "Lambda": lambda_dollars(price, assumed, assumed["lambdaMilliseconds"][kind], count),
        "DynamoDB": count / 1e6 * (units["writeUnits"] * price["dynamoPerMillionWriteUnits"]
                                   + units["readUnits"] * price["dynamoPerMillionReadUnits"]),
        # Sent, received, deleted.
        "SQS": 3 * count / 1e6 * price["sqsPerMillionRequests"],
        "CloudWatch": count * assumed["logKilobytesPerEvent"] / 1e6 * price["logsPerGigabyte"],
    }


def standing(data: dict, alarms: int) -> dict[str, float]:
    """The cost of a month without events."""
    measured, assumed, price = data["measured"], data["assumed"], data["prices"]
    sweeps = assumed["sweepsPerMonth"]
    return {
        "Lambda": lambda_dollars(price, assumed, assumed["lambdaMilliseconds"]["sweep"], sweeps),
        "DynamoDB": sweeps * measured["sweep"]["queries"] * 0.5 / 1e6 * price["dynamoPerMillionReadUnits"],
        "CloudWatch": alarms * price["alarmPerMonth"] + assumed["customMetrics"] * price["metricPerMonth"],
        "KMS": price["kmsKeyPerMonth"],
    }


def month(data: dict, accounts: int, alarms: int) -> dict[str, float]:
    assumed, price = data["assumed"], data["prices"]
    events = accounts * assumed["eventsPerAccountAndMonth"]
    total = standing(data, alarms)
    for kind, share in assumed["shares"].items():
        for service, dollars in of_events(data, kind, events * share).items():
            total[service] = total.get(service, 0) + dollars
    incidents = events * (1 - assumed["shares"]["closed"]) * assumed["incidentsKeptMonths"]
    total["DynamoDB"] += incidents * assumed["journalKilobytesPerIncident"] / 1e6 * price["dynamoPerGigabyteMonth"]
    total["SNS"] = accounts * assumed["noticesPerAccountAndMonth"] / 1e6 * price["snsPerMillionPublished"]
    total["EventBridge"] = (accounts - 1) * assumed["eventsPerAccountAndMonth"] / 1e6 * price["eventBridgePerMillionForwarded"]
    return total


def dollars(value: float) -> str:
    return "0" if value < 0.005 else f"{value:,.2f}"


def table(data: dict, alarms: int) -> str:
    columns = {f"a million events, all *{kind}*": of_events(data, kind, 1e6) for kind in ("fixed", "observed", "closed")}
    columns |= {f"a month, {n} {'account' if n == 1 else 'accounts'}": month(data, n, alarms) for n in ACCOUNTS}
    services = ["Lambda", "DynamoDB", "SQS", "SNS", "EventBridge", "CloudWatch", "KMS"]
    rows = [f"| {name} | " + " | ".join(dollars(column.get(name, 0)) for column in columns.values()) + " |" for name in services]
    total = "| **all** | " + " | ".join(f"**{dollars(sum(column.values()))}**" for column in columns.values()) + " |"
    head = "| dollars | " + " | ".join(columns) + " |\n|---" + "|---:" * len(columns) + "|"
    return "\n".join([head, *rows, total])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the table into docs/operating.md")
    parser.add_argument("--check", action="store_true", help="fail if the table in docs/operating.md differs")
    arguments = parser.parse_args()
    with open(os.path.join(HERE, "cost.json"), encoding="utf-8") as file:
        data = json.load(file)
    with open(TEMPLATE, encoding="utf-8") as file:
        template = file.read()
        # An anomaly alarm is billed as three alarms: for the metric, and for both edges of its band.
        alarms = len(re.findall(r"^    Type: AWS::CloudWatch::Alarm$", template, re.MULTILINE)) + 2 * template.count("ANOMALY_DETECTION_BAND")
    computed = table(data, alarms)
    with open(PAGE, encoding="utf-8") as file:
        page = file.read()
    written = re.sub(f"{BEGIN}.*{END}", lambda _: f"{BEGIN}\n{computed}\n{END}", page, flags=re.DOTALL)
    if arguments.write:
        with open(PAGE, "w", encoding="utf-8") as file:
            file.write(written)
    elif arguments.check and written != page:
        sys.exit("docs/operating.md has another table of costs: python3 perf/cost.py --write")
    else:
        print(computed)


if __name__ == "__main__":
    main()
