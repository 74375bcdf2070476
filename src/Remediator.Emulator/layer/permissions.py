"""The caller's account and permissions, for calls that do not reach moto or reach it changed."""

import contextlib
import threading
from collections.abc import Iterator

from moto import settings
from moto.core.authorization import ActionAuthenticatorMixin
from moto.core.model import OperationModel
from wire import Refused

_checked = threading.local()
_original = ActionAuthenticatorMixin._authenticate_and_authorize_action


def account_of(access_key: str) -> str:
    from moto.iam.models import get_account_id_from

    return get_account_id_from(access_key)


def check(environ: dict, account: str, operation: OperationModel, given: dict) -> None:
    """Denies what the caller's policies do not allow, while moto's permission checks are on."""
    if ActionAuthenticatorMixin.request_count < settings.INITIAL_NO_AUTH_ACTION_COUNT:
        return
    from moto.iam.access_control import IAMRequest
    from werkzeug.datastructures import EnvironHeaders
    from werkzeug.exceptions import HTTPException

    resource = f"arn:aws:s3:::{given['Bucket']}" if operation.service_model.service_name == "s3" and "Bucket" in given else "*"
    headers = EnvironHeaders(environ)
    try:
        request = IAMRequest(account, environ["REQUEST_METHOD"], environ["PATH_INFO"], {}, b"", headers, operation.name)
        request.check_action_permitted(resource)
    except HTTPException as denied:
        raise Refused(_code(operation), "The caller may not do this.", 403) from denied


def _code(operation: OperationModel) -> str:
    match operation.service_model.protocol:
        case "ec2":
            return "UnauthorizedOperation"
        case "json" | "rest-json":
            return "AccessDeniedException"
    return "AccessDenied"


@contextlib.contextmanager
def checked_already(applies: bool) -> Iterator[None]:
    """Inside this context moto does not check permissions: the call has been checked, and no longer has the caller's signature."""
    _checked.now = applies
    try:
        yield
    finally:
        _checked.now = False


def _unless_checked(self: ActionAuthenticatorMixin, *args: object, **kwargs: object) -> None:
    if not getattr(_checked, "now", False):
        _original(self, *args, **kwargs)


ActionAuthenticatorMixin._authenticate_and_authorize_action = _unless_checked
