# SPDX-License-Identifier: Apache-2.0
"""Which files of the checkout are ours to check: those git tracks, or in an archive all but build/."""
import os
import subprocess


def tracked(root, suffixes):
    """Relative paths, sorted, of the files that exist and end with one of the suffixes."""
    try:
        listing = subprocess.run(["git", "-C", root, "ls-files", "-z"], check=True,
                                 stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
        paths = [os.fsdecode(p) for p in listing.split(b"\0") if p]
    except (OSError, subprocess.CalledProcessError):
        paths = list(_walk(root))
    return sorted(p for p in paths
                  if p.endswith(tuple(suffixes)) and os.path.isfile(os.path.join(root, p)))


def _walk(root):
    for folder, folders, files in os.walk(root):
        folders[:] = [f for f in folders if not f.startswith(".") and f != "build"]
        for name in files:
            yield os.path.relpath(os.path.join(folder, name), root)


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8") as file:
        return file.read()
