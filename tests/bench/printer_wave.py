#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""printer_wave.py PROGRAM [ORDERS] [KILLS]: a wave to two printers that is killed on its way.

ORDERS (10000) are imported and printed as one wave that two folders share; the program is killed with SIGKILL KILLS (5)
times while it prints and started again with --resume. In the end the sheets of all documents in the folders are counted
by the links on them: every parcel has its sheet, none has two.
"""
import collections
import json
import pathlib
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    orders = int(sys.argv[2]) if len(sys.argv) > 2 else 10000
    kills = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)

        def verso(*words):
            return subprocess.run([program, "--home", str(folder / "home"), *words], capture_output=True, text=True)

        verso("init")
        with open(folder / "orders.csv", "w", encoding="utf-8") as out:
            subprocess.run(["python3", "-B", str(HERE / "serve_orders.py"), str(orders)], check=True, stdout=out)
        verso("orders", "import", str(folder / "orders.csv"))
        for printer in ("left", "right"):
            (folder / printer).mkdir()
            assert verso("printer", "add", printer, f"file:{folder / printer}").returncode == 0
        words = ["print", "--all", "--wave", "all", "--per-file", "100", "--template", "a4-fold", "--to", "left,right"]
        began = time.perf_counter()
        done = 0
        for kill in range(kills + 1):
            process = subprocess.Popen([program, "--home", str(folder / "home"), *words], stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL)
            if kill < kills:
                try:
                    process.wait(timeout=1.0 + 0.37 * kill)
                    break
                except subprocess.TimeoutExpired:
                    process.kill()
                    done += 1
            process.wait()
            words = ["print", "--resume", "all"]
        verso("printer", "run", "--once")
        took = time.perf_counter() - began
        jobs = [json.loads(line) for line in verso("--json", "printer", "jobs", "--all").stdout.splitlines()]
        files = [file for printer in ("left", "right") for file in (folder / printer).iterdir() if file.suffix == ".pdf"]
        sheets = sum(job["sheets"] for job in jobs if job["state"] == "done")
        states = collections.Counter(job["state"] for job in jobs)
        pages = 0
        for file in files:
            text = subprocess.run(["pdfinfo", str(file)], capture_output=True, text=True, check=True).stdout
            pages += int(next(line.split()[1] for line in text.splitlines() if line.startswith("Pages:")))
        print(f"wave of {orders} parcels, {done} kills: {len(files)} files, {pages} pages on paper, {sheets} sheets in done "
              f"documents, states {dict(states)}, {took:.1f} s")


main()
