"""File systems of FSx."""

from rule import REFUSES, Call, rule
from wire import Refused


@rule(
    "fsx:UpdateFileSystem", kind=REFUSES,
    source="https://docs.aws.amazon.com/fsx/latest/APIReference/API_WindowsAuditLogCreateConfiguration.html")
def auditing_that_is_off_has_no_destination(call: Call) -> dict:
    """Where neither files nor shares are audited, no destination of the log can be named."""
    audit = call.input.get("WindowsConfiguration", {}).get("AuditLogConfiguration", {})
    levels = {audit.get("FileAccessAuditLogLevel"), audit.get("FileShareAccessAuditLogLevel")}
    if levels == {"DISABLED"} and audit.get("AuditLogDestination"):
        raise Refused("BadRequest", "AuditLogDestination cannot be specified when auditing is disabled.")
    return call.go_on()
