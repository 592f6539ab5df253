#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fails when clang-format would change a tracked source. check_format.py ROOT CLANG_FORMAT | --self-test CLANG_FORMAT"""
import os
import subprocess
import sys
import tempfile

from sources import tracked


def passes(clang_format, root, paths):
    call = [clang_format, "--dry-run", "-Werror", "--style=file", *paths]
    return subprocess.run(call, cwd=root, check=False).returncode == 0


def self_test(clang_format):
    with tempfile.TemporaryDirectory() as root:
        for name, text in [(".clang-format", "BasedOnStyle: Google\n"), ("good.cpp", "int a;\n"),
                           ("bad.cpp", "int   a ;\n")]:
            with open(os.path.join(root, name), "w", encoding="utf-8") as file:
                file.write(text)
        assert passes(clang_format, root, ["good.cpp"])
        assert not passes(clang_format, root, ["bad.cpp"])
    print("self-test: the ill-formatted sample was found")


def main():
    if sys.argv[1] == "--self-test":
        return self_test(sys.argv[2])
    root, clang_format = sys.argv[1:3]
    paths = tracked(root, [".h", ".cpp"])
    if not paths or not passes(clang_format, root, paths):
        print("run: clang-format-14 -i FILE…")
        return 1
    print(f"{len(paths)} files are formatted")
    return 0


if __name__ == "__main__":
    sys.exit(main())
