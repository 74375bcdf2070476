"""Requests and responses in each service's protocol, read and written by the same API models that the product's client uses.

Only the operations in those models are known here; every other request goes straight to moto.
"""

import base64
import datetime
import io
import json
import re
import warnings
from pathlib import Path
from urllib.parse import unquote, urlencode

import botocore.parsers
import botocore.serialize
from botocore.awsrequest import HeadersDict
from botocore.utils import parse_timestamp
from moto.core.exceptions import ServiceException
from moto.core.model import OperationModel, ServiceModel
from moto.core.parse import PROTOCOL_PARSERS
from moto.core.request import determine_request_protocol
from moto.core.serialize import get_serializer_class
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

MODELS = Path(__file__).resolve().parents[2] / "Remediator.Aws" / "Models" / "Data"
SCOPE = re.compile(r"Credential=([^/]+)/[0-9]+/([^/]+)/([^/]+)/aws4_request")
ACTION = re.compile(rb"(?:^|&)Action=([A-Za-z0-9]+)")
VERSION = re.compile(rb"(?:^|&)Version=([0-9-]+)")
LABEL = re.compile(r"\{([^}]+)\}")


class Refused(Exception):
    """A service's error, by its AWS code. Without a status, it has the one that the model gives that code."""

    def __init__(self, code: str, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.code, self.message, self.status = code, message, status


class Route:
    """The address of an operation of a REST protocol."""

    def __init__(self, operation: OperationModel) -> None:
        path, _, query = operation.http.get("requestUri", "/").partition("?")
        self.operation, self.method = operation, operation.http.get("method", "POST")
        self.query = [part for part in query.split("&") if part]
        self.labels = [name.rstrip("+") for name in LABEL.findall(path)]
        parts = (re.escape(literal) for literal in re.split(r"\{[^}]+\}", path.rstrip("/")))
        wild = [".+" if name.endswith("+") else "[^/]+" for name in LABEL.findall(path)] + [""]
        pattern = "".join(f"{literal}({label})" if label else literal for literal, label in zip(parts, wild))
        self.pattern = re.compile(f"{pattern}/?$")
        self.weight = 100 * len(self.query) + sum(1 for part in path.split("/") if part and "{" not in part)

    def match(self, method: str, path: str, query: list[str]) -> dict[str, str] | None:
        if method != self.method or not all(any(given in (key, f"{key}=") for given in query) for key in self.query):
            return None
        found = self.pattern.match(path)
        return dict(zip(self.labels, found.groups())) if found else None


class Models:
    """The services by signing name, each read at its first call."""

    def __init__(self, folder: Path = MODELS) -> None:
        self._files: dict[str, list[Path]] = {}
        self._services: dict[Path, ServiceModel] = {}
        self._routes: dict[Path, list[Route]] = {}
        for file in sorted(folder.glob("*.json")):
            metadata = json.JSONDecoder().raw_decode(file.read_text(), len('{"metadata":'))[0]
            signing = metadata.get("signingName", metadata["endpointPrefix"])
            # Neptune has some of RDS's operations under the same signing name; requests do not show the difference, so they count as RDS's.
            self._files.setdefault(signing, []).insert(0 if file.stem == signing else len(self._files.get(signing, [])), file)

    def find(self, environ: dict, body: bytes) -> tuple[OperationModel, dict[str, str], tuple[str, str, str]] | None:
        """The operation of a request, the labels in its path, and its access key, region and signing name."""
        scope = SCOPE.search(environ.get("HTTP_AUTHORIZATION", ""))
        files = self._files.get(scope.group(3), []) if scope else []
        target = environ.get("HTTP_X_AMZ_TARGET", "")
        action = ACTION.search(body) if environ.get("CONTENT_TYPE", "").startswith("application/x-www-form-urlencoded") else None
        if target or action:
            name = action.group(1).decode() if action else target.rpartition(".")[2]
            version = VERSION.search(body) if action else None
            for service in map(self._service, files):
                prefix = target.rpartition(".")[0]
                own = version.group(1).decode() == service.api_version if version else prefix == service.metadata.get("targetPrefix")
                if own and name in service.operation_names:
                    return service.operation_model(name), {}, scope.groups()
            return None
        raw, _, query = environ.get("RAW_URI", environ["PATH_INFO"]).partition("?")
        path = re.sub(r"^https?://[^/]+", "", raw)
        for route in sorted(self._routes_of(files), key=lambda r: -r.weight):
            labels = route.match(environ["REQUEST_METHOD"], path, query.split("&"))
            if labels is not None:
                return route.operation, labels, scope.groups()
        return None

    def operation(self, name: str) -> OperationModel:
        service, _, operation = name.partition(":")
        return self._service(MODELS / f"{service}.json").operation_model(operation)

    def _service(self, file: Path) -> ServiceModel:
        if file not in self._services:
            model = json.loads(file.read_text())
            for name, operation in model["operations"].items():
                operation["name"] = name
            self._services[file] = ServiceModel(model, file.stem)
        return self._services[file]

    def _routes_of(self, files: list[Path]) -> list[Route]:
        for file in files:
            if file not in self._routes:
                service = self._service(file)
                self._routes[file] = [Route(service.operation_model(name)) for name in service.operation_names]
        return [route for file in files for route in self._routes[file]]


def operation_of_aws(name: str) -> OperationModel:
    """An operation by AWS's whole model of its service, for the layer's own calls."""
    from moto.core.utils import get_service_model

    service, _, operation = name.partition(":")
    return get_service_model(service).operation_model(operation)


def request_of(operation: OperationModel, given: dict, account: str, region: str) -> tuple[dict, bytes]:
    """A new request, and its body."""
    metadata = operation.service_model.metadata
    scope = f"layer/20260101/{region}/{metadata.get('signingName', metadata['endpointPrefix'])}/aws4_request"
    return write_input(operation, given, {
        **EnvironBuilder(base_url="http://127.0.0.1").get_environ(),
        "HTTP_AUTHORIZATION": f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=0",
        "HTTP_X_MOTO_ACCOUNT_ID": account,
    })


def read_input(operation: OperationModel, environ: dict, body: bytes, labels: dict[str, str]) -> dict:
    request = Request({**environ, "wsgi.input": io.BytesIO(body)})
    parser = PROTOCOL_PARSERS[determine_request_protocol(operation.service_model, request.content_type)](operation)
    return parser.parse({
        "method": request.method, "values": request.values, "headers": request.headers,
        "body": body, "url_path": request.path, "url_params": {name: unquote(text) for name, text in labels.items()},
    })


def write_input(operation: OperationModel, given: dict, environ: dict) -> tuple[dict, bytes]:
    """The same request with another input, and its body."""
    serializer = botocore.serialize.create_serializer(operation.service_model.protocol, include_validation=False)
    request = serializer.serialize_to_request(given, operation)
    body = request["body"]
    if isinstance(body, dict):
        body = urlencode(body)
    raw = request["url_path"]
    query = urlencode(request["query_string"]) if isinstance(request["query_string"], dict) else request["query_string"]
    path, _, fixed = raw.partition("?")
    query = "&".join(part for part in (fixed, query) if part)
    headers = {f"HTTP_{name.upper().replace('-', '_')}": text for name, text in request["headers"].items()}
    if "Content-Type" in request["headers"]:
        headers["CONTENT_TYPE"] = request["headers"]["Content-Type"]
    address = {"PATH_INFO": unquote(path), "QUERY_STRING": query, "RAW_URI": raw, "REQUEST_METHOD": request["method"]}
    return {**environ, **headers, **address}, _bytes(body)


def read_output(operation: OperationModel, status: int, headers: dict[str, str], body: bytes) -> dict:
    """The output of a success; an error is raised."""
    parser = botocore.parsers.create_parser(operation.service_model.protocol)
    answer = {"status_code": status, "headers": HeadersDict(headers), "body": body, "context": {}}
    parsed = parser.parse(answer, operation.output_shape)
    if status >= 300:
        error = parsed.get("Error", {})
        raise Refused(error.get("Code", str(status)), error.get("Message", ""), status)
    parsed.pop("ResponseMetadata", None)
    return parsed


def write_output(operation: OperationModel, content_type: str, output: dict) -> tuple[int, dict[str, str], bytes]:
    written = _serializer(operation, content_type).serialize(output)
    return written["status_code"], written["headers"], _bytes(written["body"])


def write_error(operation: OperationModel, content_type: str, error: Refused) -> tuple[int, dict[str, str], bytes]:
    with warnings.catch_warnings():
        # Models leave out many codes that services return.
        warnings.simplefilter("ignore")
        written = _serializer(operation, content_type).serialize(_ServiceError(error.code, error.message))
    return error.status or written["status_code"], written["headers"], _bytes(written["body"])


def from_json(shape: object, value: object) -> object:
    """Converts a JSON value into the serializers' form, which has separate types for timestamps and bytes."""
    if value is None or shape is None:
        return value
    match shape.type_name:
        case "structure" if isinstance(value, dict) and not getattr(shape, "is_document_type", False):
            known = ((name, inside) for name, inside in value.items() if name in shape.members and inside is not None)
            return {name: from_json(shape.members[name], inside) for name, inside in known}
        case "list" if isinstance(value, list):
            return [from_json(shape.member, item) for item in value]
        case "map" if isinstance(value, dict):
            return {name: from_json(shape.value, inside) for name, inside in value.items()}
        case "timestamp":
            return parse_timestamp(value)
        case "blob" if isinstance(value, str):
            return base64.b64decode(value)
    return value


def to_json(value: object) -> object:
    """The reverse."""
    if isinstance(value, dict):
        return {name: to_json(inside) for name, inside in value.items()}
    if isinstance(value, list):
        return [to_json(item) for item in value]
    if isinstance(value, datetime.datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


class _ServiceError(ServiceException):
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


def _serializer(operation: OperationModel, content_type: str) -> object:
    protocol = determine_request_protocol(operation.service_model, content_type)
    return get_serializer_class(operation.service_model.service_name, protocol)(operation)


def _bytes(body: str | bytes) -> bytes:
    return body.encode() if isinstance(body, str) else body
