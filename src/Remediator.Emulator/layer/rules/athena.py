"""Catalogs of Athena."""

from rule import REFUSES, Call, rule
from wire import Refused


@rule("athena:UpdateDataCatalog", kind=REFUSES, source="https://docs.aws.amazon.com/athena/latest/APIReference/API_CreateDataCatalog.html")
def the_catalog_of_the_account_stays(call: Call) -> dict:
    """The catalog AwsDataCatalog, which every account has, cannot be changed."""
    if call.input["Name"] == "AwsDataCatalog":
        raise Refused("InvalidRequestException", "AwsDataCatalog cannot be modified.")
    return call.go_on()
