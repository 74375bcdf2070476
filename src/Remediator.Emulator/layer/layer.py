"""Runs in front of moto, in its process, and makes it answer like AWS: rules, stand-ins of a test, and errors on demand.

Tests control it with JSON requests under /aws-like/:
  GET  rules       the rules, with their sources
  POST off         {account, rule}: this account is without the rule
  POST stand-ins   {account, operations, answers}: these operations of the account are answered by the address `answers`
  POST errors      {account, operation, code, message?, status?, times}: the next calls of the operation end in this error
  POST sessions    {actions}: calls are held against the policies of their sessions; `actions` has for each operation what IAM calls it
and, about an account and a region, what the modules of the rules name with `said`:
  POST record, items, compliance (rules/config.py), trail-events (rules/cloudtrail.py)
"""

import http.client
import io
import json
from collections.abc import Callable
from urllib.parse import urlsplit

import permissions
import rules
import wire
from rule import BY_OPERATION, LOCK, REFUSES, RULES, SAID, Call, Place, Rule
from wire import Refused

CONTROL = "/aws-like/"


class Layer:
    """A WSGI application around moto's."""

    def __init__(self, moto: Callable) -> None:
        rules.load()
        self._moto = moto
        self._models = wire.Models()
        self._memory: dict = {}
        self._off: set[tuple[str, str]] = set()
        self._stand_ins: dict[tuple[str, str], str] = {}
        self._errors: dict[tuple[str, str], list[dict]] = {}
        self._actions: dict[str, list[str]] = {}

    def __call__(self, environ: dict, start: Callable) -> object:
        path = environ["PATH_INFO"]
        if path.startswith(CONTROL):
            return self._control(path.removeprefix(CONTROL), _body_of(environ), start)
        if path == "/moto-api/reset":
            self._forget()
        if path.startswith("/moto-api/") or "Credential=" not in environ.get("HTTP_AUTHORIZATION", ""):
            return self._moto(environ, start)
        body = _body_of(environ)
        environ["wsgi.input"] = io.BytesIO(body)
        found = self._models.find(environ, body)
        return self._answer(environ, body, found, start) if found else self._moto(environ, start)

    def _answer(self, environ: dict, body: bytes, found: tuple, start: Callable) -> object:
        operation, labels, (key, region, _) = found
        name = f"{operation.service_model.service_name}:{operation.name}"
        applicable = BY_OPERATION.get(name, [])
        if not (applicable or self._stand_ins or self._errors or self._actions):
            return self._moto(environ, start)
        account = permissions.account_of(key)
        address, errors = self._stand_ins.get((account, name)), self._errors.get((account, name))
        applicable = [rule for rule in applicable if (account, rule.id) not in self._off and (not address or rule.kind == REFUSES)]
        content_type = environ.get("CONTENT_TYPE", "")
        if self._actions.get(name):
            try:
                permissions.check_session(key, operation, lambda: wire.read_input(operation, environ, body, labels), self._actions[name])
            except Refused as refused:
                return _answered(environ, start, *wire.write_error(operation, content_type, refused))
        if not (applicable or address or errors):
            return self._moto(environ, start)
        last = Last(self._moto, environ, body, operation)
        try:
            given = wire.read_input(operation, environ, body, labels)
            permissions.check(environ, account, operation, given)
            self._raise_next(errors)
            last.given = given

            def end(changed: dict) -> dict:
                return self._ask(address, account, region, operation, changed) if address else last(changed)

            call = Call(operation, given, account, region, self._memory, end)
            status, headers, answer = last.raw_or(_through(applicable, call), wire.write_output, content_type)
        except Refused as refused:
            status, headers, answer = wire.write_error(operation, content_type, refused)
        return _answered(environ, start, status, headers, answer)

    def _raise_next(self, errors: list[dict] | None) -> None:
        with LOCK:
            if errors:
                error = errors[0]
                error["times"] -= 1
                if error["times"] <= 0:
                    errors.pop(0)
                raise Refused(error["code"], error.get("message", "said on demand"), error.get("status"))

    def _ask(self, address: str, account: str, region: str, operation: object, given: dict) -> dict:
        parts = urlsplit(address)
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)
        name = f"{operation.service_model.service_name}:{operation.name}"
        question = {"account": account, "region": region, "operation": name, "input": wire.to_json(given)}
        try:
            connection.request("POST", parts.path or "/", json.dumps(question), {"Content-Type": "application/json"})
            answer = json.loads(connection.getresponse().read())
        finally:
            connection.close()
        if "error" in answer:
            error = answer["error"]
            raise Refused(error["code"], error.get("message", ""), error.get("status"))
        return wire.from_json(operation.output_shape, answer["output"]) or {}

    def _here(self, account: str, region: str) -> Place:
        def send(operation: object, given: dict) -> dict:
            def end(changed: dict) -> dict:
                with permissions.checked_already(True):
                    return wire.read_output(operation, *_run(self._moto, *wire.request_of(operation, changed, account, region)))

            name = f"{operation.service_model.service_name}:{operation.name}"
            applicable = [rule for rule in BY_OPERATION.get(name, []) if (account, rule.id) not in self._off]
            return _through(applicable, Call(operation, given, account, region, self._memory, end))

        return Place(account, region, self._memory, send)

    def _control(self, what: str, body: bytes, start: Callable) -> object:
        said = json.loads(body) if body else {}
        if what in SAID:
            try:
                return _reply("200 OK", SAID[what](self._here(said["account"], said["region"]), said), start)
            except Refused as refused:
                return _reply("400 Bad Request", {"code": refused.code, "message": refused.message}, start)
        with LOCK:
            match what:
                case "rules":
                    answer = [rule.told() for rule in RULES.values()]
                case "off":
                    self._off.add((said["account"], RULES[said["rule"]].id))
                    answer = {}
                case "stand-ins":
                    self._stand_ins.update({(said["account"], operation): said["answers"] for operation in said["operations"]})
                    answer = {}
                case "errors":
                    self._errors.setdefault((said["account"], said["operation"]), []).append(said)
                    answer = {}
                case "sessions":
                    self._actions = said["actions"]
                    answer = {}
                case _:
                    start("404 Not Found", [("Content-Length", "0")])
                    return [b""]
        return _reply("200 OK", answer, start)

    def _forget(self) -> None:
        with LOCK:
            for kept in (self._memory, self._off, self._stand_ins, self._errors, self._actions):
                kept.clear()


class Last:
    """The end of the chain: moto. A response that no rule changed is returned unchanged."""

    def __init__(self, moto: Callable, environ: dict, body: bytes, operation: object) -> None:
        self._moto, self._environ, self._body, self._operation = moto, environ, body, operation
        self._raw: tuple | None = None
        self._output: dict | None = None
        self.given: dict | None = None

    def __call__(self, given: dict) -> dict:
        request = (self._environ, self._body) if given is self.given else wire.write_input(self._operation, given, self._environ)
        with permissions.checked_already(given is not self.given):
            self._raw = _run(self._moto, *request)
        self._output = wire.read_output(self._operation, *self._raw)
        return self._output

    def raw_or(self, output: dict, write: Callable, content_type: str) -> tuple[int, dict, bytes]:
        return self._raw if self._raw and output is self._output else write(self._operation, content_type, output)


def _through(applicable: list[Rule], call: Call) -> dict:
    if not applicable:
        return call.go_on()
    rule, *rest = applicable
    return rule.apply(Call(
        call.operation, call.input, call.account, call.region, call.memory,
        lambda given: _through(rest, Call(call.operation, given, call.account, call.region, call.memory, call.send))))


def _answered(environ: dict, start: Callable, status: int, headers: dict, answer: bytes) -> list[bytes]:
    start(f"{status} ", [*((n, t) for n, t in headers.items() if n.lower() != "content-length"), ("Content-Length", str(len(answer)))])
    return [b"" if environ["REQUEST_METHOD"] == "HEAD" else answer]


def _reply(status: str, answer: object, start: Callable) -> list[bytes]:
    text = json.dumps(answer).encode()
    start(status, [("Content-Type", "application/json"), ("Content-Length", str(len(text)))])
    return [text]


def _run(application: Callable, environ: dict, body: bytes) -> tuple[int, dict[str, str], bytes]:
    answered: list = []

    def start(status: str, headers: list, exc_info: object = None) -> None:
        answered.append((status, headers))

    text = b"".join(application({**environ, "wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body))}, start))
    return int(answered[0][0].split()[0]), dict(answered[0][1]), text


def _body_of(environ: dict) -> bytes:
    return environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
