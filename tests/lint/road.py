#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The road: who may include what, and what only some layers may do.

Usage: road.py ROOT.  The table of engine/README.md, enforced from the sources.
"""
import pathlib
import re
import sys

from source import c_files, code_only, line_of, report, without_comments

# Each layer may include itself and these; "x+" is x with all that x may include.
ROAD = {
    "base": [],
    "kernel": ["base"],
    "scenario": ["base"],
    "model": ["base", "kernel", "scenario"],
    "world": ["base", "kernel", "model"],
    "policy": ["world+"],
    "process": ["policy+"],
    "outcome": ["base"],
    "observe": ["outcome", "world+"],
    "replicate": ["process+", "observe+"],
    "study": ["replicate+", "outcome", "kernel"],
    "store": ["base", "outcome"],
    "cli": ["study+", "store+", "scenario"],
}

# Of these layers others see only the named headers.
PARTS = {
    ("model", "kernel"): {"kernel/dist.h", "kernel/pert.h", "kernel/sun.h"},
    ("model", "scenario"): {"scenario/tree.h"},
}

# Libraries and the layers that may use them; nothing else may be included.
LIBRARIES = [
    (r"xxhash\.h|openssl/.*", {"base"}),
    (r"gsl/.*", {"kernel"}),
    (r"libconfig\.h", {"scenario"}),
    (r"hdf5(_hl)?\.h|H5\w*\.h", {"store"}),
    (r"libsmartcols(/.*)?\.h", {"cli"}),
    (r"jansson\.h", {"cli", "store"}),
    (r"pthread\.h|threads\.h|semaphore\.h|mpi\.h|dlfcn\.h", {"study"}),
]

LIBC = set(
    """assert.h complex.h ctype.h errno.h fenv.h float.h inttypes.h iso646.h limits.h
    locale.h math.h signal.h stdalign.h stdarg.h stdatomic.h stdbool.h stddef.h stdint.h
    stdio.h stdlib.h stdnoreturn.h string.h time.h
    dirent.h fcntl.h getopt.h langinfo.h libgen.h poll.h sched.h strings.h termios.h unistd.h
    sys/file.h sys/ioctl.h sys/mman.h sys/resource.h sys/stat.h sys/statvfs.h sys/time.h
    sys/types.h sys/uio.h sys/utsname.h sys/wait.h""".split()
)

# What only some layers may do: (pattern, layers, why).
DEEDS = [
    (
        r"\b(v?printf|puts|putchar|perror|psignal|v?dprintf)\s*\("
        r"|\b(stdout|stderr|STDOUT_FILENO|STDERR_FILENO)\b",
        {"cli"},
        "only cli prints",
    ),
    (r"\b(exit|_exit|_Exit|quick_exit)\s*\(", {"cli"}, "only cli ends the program"),
    (
        r"\b(rand|srand|random|srandom|rand_r|[dlm]rand48|getrandom)\s*\(",
        set(),
        "random numbers come from kernel/stream.h",
    ),
    (
        r"\b(time|clock|clock_gettime|gettimeofday)\s*\(",
        {"study", "store", "cli"},
        "a replication doesn't know the time of day",
    ),
    (r"\b(_Thread_local|thread_local|__thread)\b", set(), "no thread-local state"),
]

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?:"([^"]+)"|<([^>]+)>)', re.MULTILINE)


def allowed(layer):
    """The layers that `layer` may include, itself among them."""
    found = {layer}
    for name in ROAD[layer]:
        found |= allowed(name[:-1]) if name.endswith("+") else {name}
    return found


def problem_with(layer, own, name, angled):
    """What is wrong with the file `own` of `layer` including `name`, or None."""
    first, _, rest = name.partition("/")
    if first == "isssim":
        return None
    if angled:
        for pattern, users in LIBRARIES:
            if re.fullmatch(pattern, name):
                return None if layer in users else f"only {' and '.join(sorted(users))} may"
        return None if name in LIBC else "neither libc nor a library of the table"
    if not rest:  # a neighbour
        first, name = layer, f"{layer}/{name}"
    if layer == "include":
        return "a public header includes only public headers"
    if first not in ROAD:
        return "no such layer"
    if first not in allowed(layer):
        return f"{layer} may include {', '.join(sorted(allowed(layer)))}"
    part = PARTS.get((layer, first))
    if part is not None and name not in part:
        return f"{layer} sees only {', '.join(sorted(part))} of {first}"
    if name == "kernel/stream.h" and layer in ("policy", "observe"):
        return "policies and observers draw nothing"
    if first == "process" and name != "process/process.h":
        stem = pathlib.PurePath(name).stem
        if layer != "process" or (own.stem != stem and not own.stem.startswith(stem + "_")):
            return "processes meet only through the world"
    return None


def check(root):
    problems = []
    users_of_mpi = set()
    for _, path, text in c_files(root):
        layer = path.parts[1] if path.parts[0] == "engine" else "include"
        if layer != "include" and layer not in ROAD:
            problems.append(f"{path}: a layer that the road doesn't know")
            continue
        plain = without_comments(text)
        for match in INCLUDE.finditer(plain):
            name = match[1] or match[2]
            if name == "mpi.h":
                users_of_mpi.add(str(path))
            wrong = problem_with(layer, path, name, match[2] is not None)
            if wrong:
                problems.append(f"{path}:{line_of(plain, match.start())}: {name}: {wrong}")
        code = re.sub(r"\bformat\s*\(\s*printf\b", "format(", code_only(text))
        for pattern, layers, why in DEEDS:
            if layer not in layers:
                for match in re.finditer(pattern, code):
                    line = line_of(code, match.start())
                    problems.append(f"{path}:{line}: {match[0].strip(' (')}: {why}")
    if len(users_of_mpi) > 1:
        problems.append(f"mpi.h in more than one file: {', '.join(sorted(users_of_mpi))}")
    return problems


if __name__ == "__main__":
    report(check(sys.argv[1]))
