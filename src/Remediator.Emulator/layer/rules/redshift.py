"""Clusters of Redshift."""

from rule import SHAPE, Call, rule


@rule("redshift:DescribeClusters", kind=SHAPE, source="https://docs.aws.amazon.com/cli/latest/reference/redshift/describe-clusters.html")
def windows_are_in_small_letters(call: Call) -> dict:
    """Days of the maintenance window are told in small letters, however they were given."""
    output = call.go_on()
    for cluster in output.get("Clusters", []):
        cluster["PreferredMaintenanceWindow"] = cluster.get("PreferredMaintenanceWindow", "").lower()
    return {**output}
