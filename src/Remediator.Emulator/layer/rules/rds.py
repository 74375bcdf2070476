"""Databases."""

import string
from collections.abc import Callable

from moto.moto_api._internal import mock_random
from rule import ACCEPTS, KEEPS, REFUSES, SHAPE, Call, rule
from wire import Refused

REFERENCE = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference"
INSTANCE = f"{REFERENCE}/API_DBInstance.html"
MODIFY_INSTANCE = f"{REFERENCE}/API_ModifyDBInstance.html"
MODIFY_CLUSTER = f"{REFERENCE}/API_ModifyDBCluster.html"


@rule("rds:DescribeDBClusters", kind=ACCEPTS, source=f"{REFERENCE}/API_DescribeDBClusters.html")
def clusters_are_found_by_resource_id(call: Call) -> dict:
    """The filter db-cluster-resource-id is supported."""
    own = [each for each in call.input.get("Filters", []) if each["Name"] == "db-cluster-resource-id"]
    if not own:
        return call.go_on()
    rest = [each for each in call.input["Filters"] if each not in own]
    output = call.go_on({**{n: v for n, v in call.input.items() if n != "Filters"}, **({"Filters": rest} if rest else {})})
    return {**output, "DBClusters": [c for c in output.get("DBClusters", []) if c.get("DbClusterResourceId") in own[0]["Values"]]}


@rule("rds:CreateDBInstance", kind=SHAPE, source=INSTANCE)
def each_instance_has_a_resource_id(call: Call) -> dict:
    """Each instance has its own resource id, and can be found by it."""
    output = call.go_on()
    database = call.backend("rds").databases[call.input["DBInstanceIdentifier"]]
    database.dbi_resource_id = "db-" + "".join(mock_random.choice(ALPHABET) for _ in range(26))
    return {**output, "DBInstance": {**output["DBInstance"], "DbiResourceId": database.dbi_resource_id}}


ALPHABET = string.ascii_uppercase + string.digits


@rule("rds:ModifyDBInstance", kind=ACCEPTS, source=MODIFY_INSTANCE)
def log_exports_of_instances(call: Call) -> dict:
    """Instances of every engine, including MariaDB, can turn log types on and off one by one."""
    given = call.input.get("CloudwatchLogsExportConfiguration")
    if given is None:
        return call.go_on()
    database = call.backend("rds").databases.get(call.input["DBInstanceIdentifier"])
    output = call.go_on({name: value for name, value in call.input.items() if name != "CloudwatchLogsExportConfiguration"})
    database.enabled_cloudwatch_logs_exports = _exports(database.enabled_cloudwatch_logs_exports, given)
    return output


@rule("rds:ModifyDBCluster", kind=KEEPS, source=MODIFY_CLUSTER)
def log_exports_of_clusters(call: Call) -> dict:
    """CloudwatchLogsExportConfiguration turns log types on and off, one by one."""
    return _and_then(call, "CloudwatchLogsExportConfiguration", _keep_exports)


@rule("rds:ModifyDBCluster", kind=KEEPS, source=MODIFY_CLUSTER)
def iam_authentication_of_clusters(call: Call) -> dict:
    """EnableIAMDatabaseAuthentication is stored."""
    return _and_then(call, "EnableIAMDatabaseAuthentication", _keep_authentication)


def _keep_exports(cluster: object, given: dict) -> None:
    cluster.enabled_cloudwatch_logs_exports = _exports(cluster.enabled_cloudwatch_logs_exports, given)


def _keep_authentication(cluster: object, given: bool) -> None:
    cluster.iam_auth = given


def _exports(before: list[str], given: dict) -> list[str]:
    wanted = [*before, *(kind for kind in given.get("EnableLogTypes", []) if kind not in before)]
    return [kind for kind in wanted if kind not in given.get("DisableLogTypes", [])]


def _and_then(call: Call, member: str, keep: Callable) -> dict:
    if member not in call.input:
        return call.go_on()
    output = call.go_on({name: value for name, value in call.input.items() if name != member})
    cluster = call.backend("rds").clusters[call.input["DBClusterIdentifier"]]
    keep(cluster, call.input[member])
    return output


@rule("rds:ModifyDBInstance", kind=REFUSES, source=MODIFY_INSTANCE)
def monitoring_needs_a_role(call: Call) -> dict:
    """Enhanced monitoring needs both an interval and a role."""
    interval, role = call.input.get("MonitoringInterval"), call.input.get("MonitoringRoleArn")
    if interval and not role:
        raise Refused("InvalidParameterCombination", "A MonitoringRoleARN is required with a MonitoringInterval other than 0.")
    if role and interval == 0:
        raise Refused("InvalidParameterCombination", "A MonitoringInterval other than 0 is required with a MonitoringRoleARN.")
    return call.go_on()


@rule("rds:ModifyDBInstance", "rds:DescribeDBInstances", kind=SHAPE, source=MODIFY_INSTANCE)
def iam_authentication_of_instances_waits(call: Call) -> dict:
    """Without ApplyImmediately a change waits for the maintenance window, and is listed as pending."""
    waiting = call.kept("rds-pending")
    if call.operation.name == "DescribeDBInstances":
        output = call.go_on()
        return {**output, "DBInstances": [_with_pending(each, waiting) for each in output.get("DBInstances", [])]}
    name = call.input["DBInstanceIdentifier"]
    if call.input.get("ApplyImmediately"):
        waiting.pop(name, None)
        return call.go_on()
    if AUTHENTICATION not in call.input:
        return call.go_on()
    waiting[name] = call.input[AUTHENTICATION]
    return call.go_on({member: value for member, value in call.input.items() if member != AUTHENTICATION})


AUTHENTICATION = "EnableIAMDatabaseAuthentication"


def _with_pending(instance: dict, waiting: dict) -> dict:
    value = waiting.get(instance["DBInstanceIdentifier"])
    if value is None:
        return instance
    return {**instance, "PendingModifiedValues": {**instance.get("PendingModifiedValues", {}), "IAMDatabaseAuthenticationEnabled": value}}


@rule("rds:CreateDBCluster", kind=ACCEPTS, source="https://docs.aws.amazon.com/documentdb/latest/developerguide/API_CreateDBCluster.html")
def clusters_of_documentdb_are_made(call: Call) -> dict:
    """A DocumentDB cluster is created by the same operation, and listed among RDS's clusters."""
    if call.input.get("Engine") != "docdb":
        return call.go_on()
    output = call.go_on({**call.input, "Engine": "neptune"})
    cluster = call.backend("rds").clusters[call.input["DBClusterIdentifier"]]
    cluster.engine = "docdb"
    return {**output, "DBCluster": {**output["DBCluster"], "Engine": "docdb"}}
