#!/usr/bin/env python3
"""What an event costs with more playbooks, accounts and policy entries: python3 perf/flat.py EXECUTABLE

The published function fixes buckets on the emulator, under policies and with playbooks of each size, all taking turns. Printed are the calls
of a fixed event, and the own CPU time of a cold start with its first event and of a warm event: medians of COLD and WARM.
"""
import os
import shutil
import statistics
import sys
import tempfile

import function

COLD, WARM = 7, 20
PLAYBOOK = "s3/bucket-public-access-block"


def entries(count):
    return "rules:\n" + "".join(
        f"  - {{match: {{account: '{200_000_000_000 + n}', rule: S3_*}}, owner: team-{n}}}\n" for n in range(count))


def accounts(count):
    return "accounts:\n" + "".join(
        f"  '{200_000_000_000 + n}': {{name: account-{n}, team: team-{n}, environment: test}}\n" for n in range(count))


def playbooks(folder, count):
    """The playbook that answers, copies of it under other names, and lines of the index for all."""
    source = os.path.join(function.ROOT, "playbooks", PLAYBOOK + ".yaml")
    os.makedirs(os.path.join(folder, "s3"))
    shutil.copy(source, os.path.join(folder, PLAYBOOK + ".yaml"))
    with open(os.path.join(function.ROOT, "playbooks", "index.txt"), encoding="utf-8") as index:
        lines = [line for line in index if line.rstrip().endswith(" " + PLAYBOOK)]
    for n in range(count - 1):
        shutil.copy(source, os.path.join(folder, "s3", f"copy-{n}.yaml"))
        lines.append(f"RULE_{n:04} AWS::S3::Bucket s3/copy-{n}\n")
    with open(os.path.join(folder, "index.txt"), "w", encoding="utf-8") as index:
        index.writelines(sorted(lines))
    return folder


def subjects(executable, folder):
    def policy(name, more):
        path = os.path.join(folder, f"{name}.yaml")
        with open(path, "w", encoding="utf-8") as file:
            file.write(function.POLICY + more)
        return {"REMEDIATOR_POLICY": path}

    sizes = [(f"{n:,} policy entries", policy(f"entries-{n}", entries(n))) for n in (10, 100, 1_000, 4_000)]
    sizes += [(f"{n:,} accounts", policy(f"accounts-{n}", accounts(n))) for n in (1, 100, 1_000)]
    sizes += [(f"{n:,} playbooks", {"REMEDIATOR_PLAYBOOKS": playbooks(os.path.join(folder, f"playbooks-{n}"), n)}) for n in (10, 100, 1_000)]
    return [function.Subject(name, executable, settings) for name, settings in sizes]


def main():
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    emulator = function.Emulator()
    account = function.Account(emulator)
    with tempfile.TemporaryDirectory() as folder:
        policy = os.path.join(folder, "policy.yaml")
        with open(policy, "w", encoding="utf-8") as file:
            file.write(function.POLICY)
        all_of_them = subjects(os.path.abspath(sys.argv[1]), folder)
        try:
            for i in range(COLD):
                for n, subject in enumerate(all_of_them):
                    subject.start(account.drift(f"cold-{n}-{i}"), emulator, account, policy)
            for i in range(WARM):
                for n, subject in enumerate(all_of_them):
                    subject.send("warm", account.drift(f"warm-{n}-{i}"), emulator)
        finally:
            for subject in all_of_them:
                subject.stop()
    print(f"{'with':>22} {'calls':>6} {'cold, ms of CPU':>16} {'warm':>6}")
    for subject in all_of_them:
        _, cpus, calls = subject.figures["warm"]
        cold = statistics.median(c[1] for c in subject.cold)
        print(f"{subject.name:>22} {calls.total() / WARM:>6g} {cold:>16.1f} {statistics.median(cpus):>6.1f}")


if __name__ == "__main__":
    main()
