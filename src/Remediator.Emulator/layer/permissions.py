"""The caller's account and permissions, for calls that moto does not see or sees changed, and the policies of sessions, which it does not know."""

import contextlib
import fnmatch
import json
import re
import threading
from collections.abc import Callable, Iterator

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


def check_session(key: str, operation: OperationModel, given: Callable[[], dict], actions: list[str]) -> None:
    """Refuses what the policy does not allow with which the caller's role was assumed.

    A resource is held by its name: some value of the input must be it, or be an ARN or an address that is within it.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session
    """
    from moto.sts.models import sts_backends

    account = account_of(key)
    role = next((r for backend in sts_backends[account].values() for r in reversed(backend.assumed_roles) if r.access_key_id == key), None)
    if role is None or not role.policy:
        return
    statements, values = json.loads(role.policy)["Statement"], list(_texts(given()))
    for action in actions:
        if not any(action in _list(s["Action"]) and any(_holds(r, values) for r in _list(s["Resource"])) for s in statements):
            message = f"User: {role.arn} is not authorized to perform: {action} because no session policy allows the {action} action"
            raise Refused(_code(operation), message, 403)


def _holds(resource: str, values: list[str]) -> bool:
    """A limit that ends in a star is for all of a kind, unless what stands before it is a name: of a bucket, or the second of two."""
    if resource == "*":
        return True
    what = resource.split(":", 5)[5]
    names = [name for name in re.split("[:/]", what) if name.strip("*?")]
    is_of_kind = what.endswith("*") and ":s3:::" not in resource and not (what.endswith(":*") and len(names) > 1)
    if not names or is_of_kind:
        return True
    if ":apigateway:" in resource:
        # A path: every second part of it is a name.
        return all(name in values for name in names[1::2])
    name = re.split("-[?]+$", names[-1])[0]
    return any(v == name or v.endswith((f"/{name}", f":{name}")) or fnmatch.fnmatchcase(v, resource) for v in values)


def _texts(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for member in value.values():
                yield from _texts(member)
        case list():
            for item in value:
                yield from _texts(item)


def _list(value: object) -> list:
    return value if isinstance(value, list) else [value]


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
