#!/usr/bin/env python3
"""Measures the published function: python3 perf/function.py EXECUTABLE [EXECUTABLE ...]

The emulator runs in this process and counts the calls. For each executable it measures: the time from the start of the process until the
first event (a bucket without a public access block) is fixed and verified, with the process's CPU time and peak memory at that moment, as
the median of five cold starts; then 200 more events about 200 more buckets, one at a time, with wall time and CPU time per event; then one
of these events repeated 1000 times.
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

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
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
    fields = open(f"/proc/{pid}/stat", encoding="ascii").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def peak(pid):
    return next(int(line.split()[1]) / 1024 for line in open(f"/proc/{pid}/status", encoding="ascii") if line.startswith("VmHWM"))


def start(executable, emulator, account, runtime, policy, more=None):
    settings = {
        **KEYS, "AWS_LAMBDA_RUNTIME_API": runtime.address, "AWS_ENDPOINT_URL": emulator.url, "REMEDIATOR_HANDLER": "remediate",
        "REMEDIATOR_JOURNAL_TABLE": "journal", "REMEDIATOR_ESCALATION_TOPIC_ARN": account.topic, "REMEDIATOR_ACCOUNT_ID": ACCOUNT,
        "REMEDIATOR_JOURNAL_KEY": account.key, "REMEDIATOR_OWN_ROLE": account.role,
        "REMEDIATOR_POLICY": policy, "REMEDIATOR_PLAYBOOKS": os.path.join(ROOT, "playbooks")}
    return subprocess.Popen([executable], env={**os.environ, **settings, **(more or {})}, stdout=subprocess.DEVNULL)


def timed(events, process, emulator, runtime):
    emulator.calls.clear()
    begin, before = time.perf_counter(), cpu(process.pid)
    for event in events:
        runtime.send(event)
    wall, used = (time.perf_counter() - begin) * 1000, cpu(process.pid) - before
    return wall / len(events), used / len(events), dict(emulator.calls)


def measure(executable, number, emulator, account, policy):
    runtime, cold = Runtime(), []
    for i in range(COLD):
        bucket = f"cold-{number}-{i}"
        event = account.drift(bucket)
        begin = time.perf_counter()
        process = start(executable, emulator, account, runtime, policy)
        runtime.send(event)
        cold.append(((time.perf_counter() - begin) * 1000, cpu(process.pid), peak(process.pid)))
        account.prove(bucket)
        if i < COLD - 1:
            process.kill()
            process.wait()
            # The killed process may have left a request open.
            runtime = Runtime()
    events = [account.drift(f"warm-{number}-{i}") for i in range(WARM)]
    wall, used, calls = timed(events, process, emulator, runtime)
    account.prove(f"warm-{number}-{WARM - 1}")
    again, told, asked = timed(events[:1] * AGAIN, process, emulator, runtime)
    memory = peak(process.pid)
    process.kill()
    process.wait()
    first = [statistics.median(c[i] for c in cold) for i in range(3)]
    print(f"{executable}")
    print(f"  start to fix verified {first[0]:.0f} ms, own CPU {first[1]:.0f} ms, peak memory {first[2]:.1f} MiB")
    print(f"  warm, per event over {WARM}: {wall:.1f} ms, own CPU {used:.1f} ms; peak memory then {memory:.1f} MiB")
    print(f"  repeated, per event over {AGAIN}: {again:.1f} ms, own CPU {told:.2f} ms, calls {sum(asked.values()) / AGAIN:g}")
    print(f"  calls per fixed event: {sum(calls.values()) / WARM:g}: " + ", ".join(f"{n / WARM:g} {name}" for name, n in sorted(calls.items())))


def main():
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    emulator = Emulator()
    account = Account(emulator)
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as policy:
        policy.write(POLICY)
        policy.flush()
        for number, executable in enumerate(sys.argv[1:]):
            measure(os.path.abspath(executable), number, emulator, account, policy.name)


if __name__ == "__main__":
    main()
