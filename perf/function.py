#!/usr/bin/env python3
"""Measures the published function: python3 perf/function.py EXECUTABLE [EXECUTABLE ...]

The emulator runs in this process and counts the calls. Each executable is measured beside perf/peer.py, the function that a user would
write by hand with boto3, all taking turns: the time from the start of the process until the first event (a bucket without a public access
block) is fixed, with the process's CPU time and peak memory at that moment, as the median of COLD cold starts; then 200 more events about
200 more buckets, one at a time, with wall time and CPU time per event; then one of these events repeated 1000 times. CPU time is counted
by the scheduler, in nanoseconds, for all threads of the process, those that ended included.
"""

import collections
import http.server
import json
import os
import queue
import statistics
import subprocess
import sys
import tempfile
import threading
import time

os.environ.setdefault("AWS_EC2_METADATA_DISABLED", "true")

import boto3

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(ROOT, "src", "Remediator.Emulator", "layer"))

import emulator as moto_emulator

ACCOUNT, REGION, WARM, COLD, AGAIN = "123456789012", "us-east-1", 200, 5, 1000
# The default budgets limit floods, and 200 events in a minute would be one.
POLICY = "defaults: {mode: auto}\nbudgets: {per-hour: 100000, per-account: 100000, per-playbook: 100000}\n"
KEYS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_REGION": REGION}


class Emulator:
    def __init__(self):
        self.calls = collections.Counter()

        def counting(application):
            def counted(environ, start):
                target = environ.get("HTTP_X_AMZ_TARGET", "").split(".")
                name = target[-1] if target[0] else f"s3 {environ['REQUEST_METHOD']} ?{environ['QUERY_STRING'].rstrip('=')}"
                self.calls[name] += 1
                return application(environ, start)

            return counted

        server = moto_emulator.listen(counting, keeps=True)
        self.url = f"http://127.0.0.1:{server.port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()

    def client(self, service):
        return boto3.client(service, endpoint_url=self.url, region_name=REGION, aws_access_key_id="test", aws_secret_access_key="test")


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        # A process that is ended leaves the request for its next event.
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class Runtime:
    """Lambda's Runtime API for one process."""

    def __init__(self):
        waiting, self.answers = queue.Queue(), queue.Queue()
        self.waiting = waiting
        answers = self.answers

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def log_message(self, *args):
                pass

            def do_GET(self):
                body = waiting.get().encode()
                self.send_response(200)
                self.send_header("Lambda-Runtime-Aws-Request-Id", "request")
                self.send_header("Lambda-Runtime-Deadline-Ms", str(int(time.time() * 1000) + 120_000))
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self):
                answers.put((self.path, self.rfile.read(int(self.headers.get("Content-Length") or 0))))
                self.send_response(202)
                self.send_header("Content-Length", "0")
                self.end_headers()

        server = Server(("127.0.0.1", 0), Handler)
        self.address = f"127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()

    def send(self, event):
        record = {"messageId": "1", "body": json.dumps(event), "attributes": {"ApproximateReceiveCount": "1"}, "eventSource": "aws:sqs"}
        self.waiting.put(json.dumps({"Records": [record]}))
        path, body = self.answers.get(timeout=60)
        if not path.endswith("/response") or json.loads(body) != {"batchItemFailures": []}:
            raise SystemExit(f"{path}: {body.decode()}")


class Account:
    def __init__(self, emulator):
        self.s3 = emulator.client("s3")
        emulator.client("dynamodb").create_table(
            TableName="journal", BillingMode="PAY_PER_REQUEST",
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
            AttributeDefinitions=[{"AttributeName": a, "AttributeType": "S"} for a in ("pk", "sk", "open", "due")],
            GlobalSecondaryIndexes=[{"IndexName": "due", "Projection": {"ProjectionType": "ALL"},
                                     "KeySchema": [{"AttributeName": "open", "KeyType": "HASH"}, {"AttributeName": "due", "KeyType": "RANGE"}]}])
        self.topic = emulator.client("sns").create_topic(Name="escalations")["TopicArn"]
        self.key = emulator.client("kms").create_key(KeySpec="HMAC_256", KeyUsage="GENERATE_VERIFY_MAC")["KeyMetadata"]["Arn"]
        self.role = emulator.client("iam").create_role(RoleName="Remediator", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
        config = emulator.client("config")
        config.put_config_rule(ConfigRule={
            "ConfigRuleName": "block", "Source": {"Owner": "AWS", "SourceIdentifier": "S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED"}})
        self.rule = config.describe_config_rules()["ConfigRules"][0]["ConfigRuleArn"]

    def drift(self, bucket):
        self.s3.create_bucket(Bucket=bucket)
        now = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime())
        return {
            "version": "0", "id": bucket, "detail-type": "Config Rules Compliance Change", "source": "aws.config", "account": ACCOUNT,
            "time": now, "region": REGION, "resources": [],
            "detail": {"resourceId": bucket, "resourceType": "AWS::S3::Bucket", "awsRegion": REGION, "awsAccountId": ACCOUNT,
                       "configRuleName": "block", "configRuleARN": self.rule, "messageType": "ComplianceChangeNotification",
                       "newEvaluationResult": {"complianceType": "NON_COMPLIANT", "resultRecordedTime": now}}}

    def prove(self, bucket):
        if not all(self.s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"].values()):
            raise SystemExit(f"{bucket} is not fixed")


def cpu(pid):
    """The milliseconds that the scheduler gave to a process: the clock that Linux has for each."""
    return time.clock_gettime_ns((~pid << 3) | 2) / 1e6


def peak(pid):
    return next(int(line.split()[1]) / 1024 for line in open(f"/proc/{pid}/status", encoding="ascii") if line.startswith("VmHWM"))


def start(command, emulator, account, runtime, policy, more=None):
    settings = {
        **KEYS, "AWS_LAMBDA_RUNTIME_API": runtime.address, "AWS_ENDPOINT_URL": emulator.url, "REMEDIATOR_HANDLER": "remediate",
        "REMEDIATOR_JOURNAL_TABLE": "journal", "REMEDIATOR_ESCALATION_TOPIC_ARN": account.topic, "REMEDIATOR_ACCOUNT_ID": ACCOUNT,
        "REMEDIATOR_JOURNAL_KEY": account.key, "REMEDIATOR_OWN_ROLE": account.role,
        "REMEDIATOR_POLICY": policy, "REMEDIATOR_PLAYBOOKS": os.path.join(ROOT, "playbooks")}
    command = [command] if isinstance(command, str) else command
    return subprocess.Popen(command, env={**os.environ, **settings, **(more or {})}, stdout=subprocess.DEVNULL)


class Subject:
    """One of those that are measured beside each other."""

    def __init__(self, name, command, settings=None):
        self.name, self.command, self.settings = name, command, settings
        self.process, self.runtime, self.cold, self.figures = None, None, [], {}

    def start(self, event, emulator, account, policy):
        """Ends the process of before, which may have left a request open: the next one has a runtime of its own."""
        self.stop()
        self.runtime = Runtime()
        begin = time.perf_counter()
        self.process = start(self.command, emulator, account, self.runtime, policy, self.settings)
        self.runtime.send(event)
        self.cold.append(((time.perf_counter() - begin) * 1000, cpu(self.process.pid), peak(self.process.pid)))

    def send(self, kind, event, emulator):
        emulator.calls.clear()
        begin, before = time.perf_counter(), cpu(self.process.pid)
        self.runtime.send(event)
        wall, used = (time.perf_counter() - begin) * 1000, cpu(self.process.pid) - before
        walls, cpus, calls = self.figures.setdefault(kind, ([], [], collections.Counter()))
        walls.append(wall)
        cpus.append(used)
        calls.update(emulator.calls)

    def stop(self):
        if self.process:
            self.process.kill()
            self.process.wait()

    def report(self):
        first = [statistics.median(c[i] for c in self.cold) for i in range(3)]
        (walls, cpus, calls), (again, told, asked) = self.figures["warm"], self.figures["again"]
        print(self.name)
        print(f"  start to fix verified {first[0]:.0f} ms, own CPU {first[1]:.1f} ms, peak memory {first[2]:.1f} MiB")
        print(f"  warm, per event over {WARM}: {statistics.median(walls):.1f} ms, own CPU {statistics.mean(cpus):.2f} ms; "
              f"peak memory then {self.memory:.1f} MiB")
        print(f"  repeated, per event over {AGAIN}: {statistics.median(again):.1f} ms, own CPU {statistics.mean(told):.2f} ms, "
              f"calls {asked.total() / AGAIN:g}")
        print(f"  calls per fixed event: {calls.total() / WARM:g}: " + ", ".join(f"{n / WARM:g} {name}" for name, n in sorted(calls.items())))


def measure(subjects, emulator, account, policy):
    for i in range(COLD):
        for number, subject in enumerate(subjects):
            bucket = f"cold-{number}-{i}"
            subject.start(account.drift(bucket), emulator, account, policy)
            account.prove(bucket)
    for i in range(WARM):
        for number, subject in enumerate(subjects):
            subject.send("warm", account.drift(f"warm-{number}-{i}"), emulator)
            account.prove(f"warm-{number}-{i}")
    for subject in subjects:
        subject.memory = peak(subject.process.pid)
    events = [account.drift(f"again-{number}") for number in range(len(subjects))]
    for _ in range(AGAIN):
        for subject, event in zip(subjects, events):
            subject.send("again", event, emulator)


def main():
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    emulator = Emulator()
    account = Account(emulator)
    subjects = [Subject(os.path.relpath(path), os.path.abspath(path)) for path in sys.argv[1:]]
    subjects.append(Subject("perf/peer.py, by hand with boto3", [sys.executable, os.path.join(ROOT, "perf", "peer.py")]))
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as policy:
        policy.write(POLICY)
        policy.flush()
        try:
            measure(subjects, emulator, account, policy.name)
        finally:
            for subject in subjects:
                subject.stop()
    for subject in subjects:
        subject.report()


if __name__ == "__main__":
    main()
