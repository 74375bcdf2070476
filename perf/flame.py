#!/usr/bin/env python3
"""Draws where the function's time goes: python3 perf/flame.py EXECUTABLE [--out FOLDER]

EXECUTABLE is a native build with its symbols: dotnet publish src/Remediator.Function -c Release -p:StripSymbols=false -o FOLDER. For the cold
start the process is started ten times, and each time fixes one event; for warm events one process fixes 300 more. Linux's `perf` (Debian's
package linux-perf) samples what runs, so that nobody who waits is counted. Writes flame-cold.svg and flame-warm.svg, and prints whose code
the time was spent in. Only shares mean anything.
"""

import argparse
import collections
import html
import os
import re
import signal
import subprocess
import sys
import tempfile

import function

COLD, WARM, RATE = 10, 300, 5000
RECORD = ["perf", "record", "-q", "-e", "cpu-clock", "-F", str(RATE), "-g"]

PLUMBING = re.compile(
    r"^System\.Runtime\.CompilerServices\.(Async|Task|Configured|Value|Pooling)|\?|^\[unknown\]$|^__libc_start|^_start$|^clone|^start_thread$"
    r"|^System\.Threading\.(ExecutionContext|ContextCallback|Tasks\.|Thread\.|ThreadPool|PortableThreadPool)|InvokeOpenStaticThunk")
# Of the innermost frames the first that has a group says whose the time is.
FAULTS, KERNEL = re.compile(r"^kernel .*(page_fault|mm_fault)"), "kernel "
GROUPS = (
    ("memory: allocation and collection", r"WKS::|^Rhp?New|^Rhp?Gc|GcInfo|^RhAllocate"),
    ("generic methods and interfaces, looked up at run time", r"TypeLoader|DispatchResolve|CacheMiss|InterfaceDispatch|GVMLookup|TypeCast"),
    ("exceptions", r"libunwind|System\.Runtime\.EH|ExceptionDispatchInfo|StackTrace|RhThrow|RhpThrow"),
    ("start of the runtime and of libraries", r"_dl_|StartupCode|RhInitialize|ClassConstructorRunner|InitializeGC|OPENSSL_init"),
    ("HTTP, sockets, TLS", r"System\.Net\."),
    ("cryptography", r"System\.Security\.Cryptography|EVP_|HMAC|SHA|ERR_|OSSL"),
    ("AWS SDK", r"^Amazon\."),
    ("JSON", r"System\.Text\.Json"),
    ("YAML", r"YamlDotNet"),
    ("JMESPath", r"Remediator\.JmesPath"),
    ("AWS client of our own", r"Remediator\.Aws\."),
    ("playbooks and policy, reading", r"Remediator\.(Playbooks|Decide\.Policy)"),
    ("journal", r"Remediator\.Record\."),
    ("the rest of Remediator", r"Remediator"),
)
FRAME = re.compile(r"^\s+[0-9a-f]+ (.+) \((.*)\)$")


def child(process):
    with open(f"/proc/{process.pid}/task/{process.pid}/children", encoding="ascii") as file:
        return int(file.read().split()[0])


def sample(executable, folder, emulator, account, policy):
    """The samples of cold starts, and of one process with many events after its first."""
    cold = []
    for run in range(COLD):
        runtime, samples = function.Runtime(), os.path.join(folder, f"cold-{run}")
        recorder = function.start([*RECORD, "-o", samples, "--", executable], emulator, account, runtime, policy)
        runtime.send(account.drift(f"flame-{run}"))
        os.kill(child(recorder), signal.SIGKILL)
        recorder.wait(60)
        cold.append(samples)
    runtime, warm = function.Runtime(), os.path.join(folder, "warm")
    process = function.start(executable, emulator, account, runtime, policy)
    runtime.send(account.drift("flame-first"))
    recorder = subprocess.Popen([*RECORD, "-o", warm, "-p", str(process.pid)])
    for i in range(WARM):
        runtime.send(account.drift(f"flame-warm-{i}"))
    process.kill()
    process.wait()
    recorder.wait(60)
    return cold, warm


def stacks(samples):
    """How often each stack was found, its outermost frame first."""
    script = subprocess.run(["perf", "script", "-i", samples, "-F", "ip,sym,dso"], check=True, capture_output=True, text=True).stdout
    found = collections.Counter()
    for stack in script.split("\n\n"):
        frames = [plain(*match.groups()) for match in map(FRAME.match, stack.splitlines()) if match]
        if frames:
            found[tuple(reversed(frames))] += 1
    return found


def plain(symbol, file):
    """Assembly_Namespace_Type__Method_d__1__MoveNext as Namespace.Type.Method."""
    if file.startswith("["):
        return f"kernel {symbol}"
    name = re.sub(r"<.*>", "", symbol)
    if "::" in name or "__" not in name or not re.match(r"(Remediator|AWSSDK|S_P_|System_|YamlDotNet|Microsoft_)", name):
        return name
    name = re.sub(r"_d__\d+(_\d+)?__MoveNext(_\d+)?$", "", name)
    name = re.sub(r"_+c(__DisplayClass\w+?)?__+_?(\w+?)_[bg]__.*$", r"__\2", name)
    name = re.sub(r"^(\w+?)_(?=\1_)|^AWSSDK_\w+?_(?=Amazon_)|^S_P_\w+?_(?=System_|Internal_)", "", name)
    kind, _, method = name.rpartition("__")
    return f"{kind.strip('_').replace('_', '.')}.{re.sub(r'_[0-9]+$', '', method)}"


def tree(found):
    root = {"time": 0.0, "in": {}}
    for stack, spent in found.items():
        node = root
        node["time"] += spent
        earlier = None
        for name in stack:
            if name == earlier or PLUMBING.search(name):
                continue
            earlier = name
            node = node["in"].setdefault(name, {"time": 0.0, "in": {}})
            node["time"] += spent
    return root


def shares(found):
    """Whose code was at the innermost of each stack: of the libraries' own the code that called it."""
    total, by = sum(found.values()), collections.Counter()
    for stack, spent in found.items():
        if stack[-1].startswith(KERNEL):
            by["page faults" if any(map(FAULTS.search, stack)) else "other work of the kernel"] += spent
            continue
        whose = (group for frame in reversed(stack) for group, pattern in GROUPS if re.search(pattern, frame))
        by[next(whose, "other")] += spent
    return [(group, spent / total) for group, spent in by.most_common()]


def colour(name):
    return ("#e8853d" if name.startswith("Remediator") else "#5b8fd9" if name.startswith("Amazon") else "#6bb07a" if name.startswith("System.Net")
            else "#c46b6b" if name.startswith("kernel") else "#c9b458" if "WKS::" in name or "TypeLoader" in name else "#b9b9b9")


def draw(root, title, path, width=1400, row=17, least=0.004):
    boxes = []

    def place(node, x, depth):
        for name, child in sorted(node["in"].items(), key=lambda item: -item[1]["time"]):
            share = child["time"] / root["time"]
            if share < least:
                continue
            boxes.append((x, depth, share * width, name, share))
            place(child, x, depth + 1)
            x += share * width

    place(root, 0.0, 0)
    height = (max(depth for _, depth, *_ in boxes) + 1) * row + 30
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="11">',
        f'<rect width="{width}" height="{height}" fill="#fff"/><text x="6" y="17" font-size="13">{html.escape(title)}</text>',
    ]
    for x, depth, wide, name, share in boxes:
        y = height - (depth + 1) * row
        room = int(wide / 6.2)
        shown = ".".join(name.split(".")[-2:])
        text = shown if len(shown) <= room else shown[: room - 1] + "…" if room > 4 else ""
        lines.append(
            f'<g><title>{html.escape(name)}: {share:.1%}</title><rect x="{x:.1f}" y="{y}" width="{max(wide - 0.5, 0.5):.1f}" '
            f'height="{row - 1}" fill="{colour(name)}"/><text x="{x + 3:.1f}" y="{y + 12}">{html.escape(text)}</text></g>')
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join([*lines, "</svg>", ""]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("executable")
    parser.add_argument("--out", default=os.path.join(function.ROOT, "perf"))
    given = parser.parse_args()
    emulator = function.Emulator()
    account = function.Account(emulator)
    with tempfile.TemporaryDirectory() as folder:
        policy = os.path.join(folder, "policy.yaml")
        with open(policy, "w", encoding="utf-8") as file:
            file.write(function.POLICY)
        cold, warm = sample(os.path.abspath(given.executable), folder, emulator, account, policy)
        starts, events = sum(map(stacks, cold), collections.Counter()), stacks(warm)
    for name, title, found in (("cold", f"Cold start to the first fix, {COLD} starts", starts), ("warm", f"{WARM} warm events", events)):
        draw(tree(found), title, os.path.join(given.out, f"flame-{name}.svg"))
        print(f"{title}:\n" + "\n".join(f"  {share:6.1%} {group}" for group, share in shares(found)))


if __name__ == "__main__":
    sys.exit(main())
