"""Keys."""

from rule import REFUSES, Call, rule
from wire import Refused


@rule("kms:EnableKeyRotation", kind=REFUSES, source="https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html")
def rotation_is_for_enabled_keys_of_kms_itself(call: Call) -> dict:
    """Only symmetric keys with KMS's own key material have automatic rotation, and only while they are enabled."""
    backend = call.backend("kms")
    key = backend.keys.get(backend.get_key_id(call.input["KeyId"]))
    if key is None:
        return call.go_on()
    if key.key_state == "PendingDeletion":
        raise Refused("KMSInvalidStateException", f"{key.arn} is pending deletion.")
    if key.key_state != "Enabled":
        raise Refused("DisabledException", f"{key.arn} is disabled.")
    if key.key_spec != "SYMMETRIC_DEFAULT" or key.origin != "AWS_KMS":
        raise Refused("UnsupportedOperationException", "The key does not support rotation.")
    return call.go_on()
