#!/usr/bin/env python3
"""Draws where the function's time goes: python3 perf/flame.py EXECUTABLE [--trace-tool DOTNET_TRACE] [--out FOLDER]

EXECUTABLE is the ready-to-run build: the runtime samples its own threads there, which the native build cannot do. For the cold start the
process is started ten times, and each time fixes one event; for warm events one process fixes 300 more. `dotnet-trace` reads the samples
(`dotnet tool install dotnet-trace --tool-path artifacts/tools`). Writes flame-cold.svg and flame-warm.svg, and prints whose code the time
was spent in. Only shares mean anything: the sampler stops all threads for each sample, so that nothing here says how long an event takes.
"""

import argparse
import collections
import html
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time

import function

COLD, WARM = 10, 300
SAMPLES = "Microsoft-DotNETCore-SampleProfiler:0:5,Microsoft-Windows-DotNETRuntime:0x14C14FCCBD:4"

# A thread that waits is sampled too, and so is the sampler's own work in a thread.
WAITS = re.compile(
    r"LowLevelLifoSemaphore|WaitHandle\.Wait|Monitor\.Wait\(|PollGC|WorkerThreadStart|Thread\.Sleep|GateThread|SocketAsyncEngine\.EventLoop"
    r"|Monitor\.(Enter|Exit)_Slowpath")
FINALIZERS = re.compile(r"GC\.RunFinalizers")
KINDS = ("CPU_TIME", "UNMANAGED_CODE_TIME")
PLUMBING = re.compile(
    r"^(Threads|\(Non-Activities\)|Activity |Thread \(|Process|\?)"
    r"|System\.Runtime\.CompilerServices\.(Async|Task|Configured|Value|Pooling)"
    r"|System\.Threading\.(ExecutionContext|Tasks\.|Thread\.Start|ThreadPool|PortableThreadPool|QueueUserWorkItem|UnmanagedThreadPool)")
GROUPS = (
    ("exceptions", r"System\.Runtime\.EH\.|System\.Exception\.|ExceptionDispatchInfo|StackTrace"),
    ("HTTP, sockets, TLS", r"System\.Net\."),
    ("cryptography", r"System\.Security\.Cryptography"),
    ("AWS SDK", r"Amazon\."),
    ("JSON", r"System\.Text\.Json"),
    ("YAML", r"YamlDotNet"),
    ("JMESPath", r"Remediator\.JmesPath"),
    ("AWS client of our own", r"Remediator\.Aws\."),
    ("playbooks and policy, reading", r"Remediator\.(Playbooks|Decide\.Policy)"),
    ("journal", r"Remediator\.Record\."),
    ("the rest of Remediator", r"Remediator"),
)


def sample(executable, folder, emulator, account, policy):
    """The traces of cold starts, and of one process with many events, with the time at which its first was fixed."""
    traced = {"DOTNET_EnableEventPipe": "1", "DOTNET_EventPipeOutputStreaming": "1", "DOTNET_EventPipeConfig": SAMPLES}
    cold, warm = [], ("", 0.0)
    for run in range(COLD + 1):
        runtime, trace = function.Runtime(), os.path.join(folder, f"{run}.nettrace")
        events = [account.drift(f"flame-{run}-{i}") for i in range(1 if run < COLD else WARM + 1)]
        begin = time.perf_counter()
        process = function.start(executable, emulator, account, runtime, policy, {**traced, "DOTNET_EventPipeOutputPath": trace})
        runtime.send(events[0])
        first = (time.perf_counter() - begin) * 1000
        for event in events[1:]:
            runtime.send(event)
        # Ended by itself, the process writes the names of its methods into the trace.
        process.send_signal(signal.SIGTERM)
        process.wait(30)
        if run < COLD:
            cold.append(trace)
        else:
            warm = (trace, first)
    return cold, warm


def stacks(tool, trace, since):
    """The time by stack, in milliseconds, without what waits; from `since` on."""
    subprocess.run([tool, "convert", trace, "--format", "Speedscope"], check=True, stdout=subprocess.DEVNULL)
    with open(trace.removesuffix(".nettrace") + ".speedscope.json", encoding="utf-8") as file:
        read = json.load(file)
    names = [frame["name"] for frame in read["shared"]["frames"]]
    found = collections.Counter()
    for profile in read["profiles"]:
        open_, last = [], None
        for event in profile["events"]:
            if open_ and names[open_[-1]] in KINDS and len(open_) > 2 and last >= since:
                stack = tuple(names[i] for i in open_[:-1])
                if not (WAITS.search(stack[-1]) or stack[-1] == "?!?" or any(map(FINALIZERS.search, stack))):
                    found[stack] += event["at"] - last
            last = event["at"]
            if event["type"] == "O":
                open_.append(event["frame"])
            else:
                open_.pop()
    return found


def plain(frame):
    """Module!Namespace.Type+<Method>d__1.MoveNext(…) as Namespace.Type.Method."""
    name = re.sub(r"\(.*$", "", frame.split("!", 1)[-1])
    name = re.sub(r"\+<+(\w+)>.*?\.MoveNext$", r".\1", name)
    name = re.sub(r"`\d+|\[.*?\]|<>c(__DisplayClass\w+)?", "", name)
    name = re.sub(r"\.?<(\W?\w+)>[gb]__(\w*).*$", r".\1", name)
    return re.sub(r"<Main>\$?", "Main", name).replace("+", ".").replace("..", ".").strip(".")


def tree(found):
    root = {"time": 0.0, "in": {}}
    for stack, spent in found.items():
        node = root
        node["time"] += spent
        earlier = None
        for frame in stack:
            if PLUMBING.search(frame.split("!", 1)[-1]) or PLUMBING.search(frame):
                continue
            name = plain(frame)
            if name in ("", earlier):
                continue
            earlier = name
            node = node["in"].setdefault(name, {"time": 0.0, "in": {}})
            node["time"] += spent
    return root


def shares(found):
    """Whose code was at the innermost of each stack: of the runtime's own the code that called it."""
    total, by = sum(found.values()), collections.Counter()
    for stack, spent in found.items():
        whose = (group for frame in reversed(stack) for group, pattern in GROUPS if re.search(pattern, frame))
        by[next(whose, "start of the runtime")] += spent
    return [(group, spent / total) for group, spent in by.most_common()]


def colour(name):
    return ("#e8853d" if name.startswith("Remediator") else "#5b8fd9" if name.startswith("Amazon")
            else "#6bb07a" if name.startswith("System.Net") else "#c9b458" if "EH." in name or "Exception" in name else "#b9b9b9")


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
    parser.add_argument("--trace-tool", default=os.path.join(function.ROOT, "artifacts", "tools", "dotnet-trace"))
    parser.add_argument("--out", default=os.path.join(function.ROOT, "perf"))
    given = parser.parse_args()
    emulator = function.Emulator()
    account = function.Account(emulator)
    with tempfile.TemporaryDirectory() as folder:
        policy = os.path.join(folder, "policy.yaml")
        with open(policy, "w", encoding="utf-8") as file:
            file.write(function.POLICY)
        cold, (warm, first) = sample(os.path.abspath(given.executable), folder, emulator, account, policy)
        starts = sum((stacks(given.trace_tool, trace, 0) for trace in cold), collections.Counter())
        events = stacks(given.trace_tool, warm, first)
    for name, title, found in (("cold", f"Cold start to the first fix, {COLD} starts", starts), ("warm", f"{WARM} warm events", events)):
        draw(tree(found), title, os.path.join(given.out, f"flame-{name}.svg"))
        print(f"{title}:\n" + "\n".join(f"  {share:6.1%} {group}" for group, share in shares(found)))


if __name__ == "__main__":
    sys.exit(main())
