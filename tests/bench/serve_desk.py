#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""serve_desk.py PROGRAM [SCANS] [ORDERS]: the bench and the start of the service.

SCANS orders (500) are scanned one after the other; from the request to the answer, the sheet is in its folder by then.
Then as many with a printer (file:), to the moment when the sheet lies in the printer's folder.
With ORDERS (1000000) a home of that many is made and the time from the start to the first answer of /readyz is taken.
Prints a line for each number.
"""
import http.client
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import urllib.parse

HERE = pathlib.Path(__file__).parent


def verso(program, home, *words):
    return subprocess.run([program, "--home", str(home), *words], check=True, capture_output=True, text=True).stdout


def import_orders(program, home, count):
    verso(program, home, "init")
    file = home.parent / "orders.csv"
    with open(file, "w", encoding="utf-8") as out:
        subprocess.run(["python3", "-B", str(HERE / "serve_orders.py"), str(count)], check=True, stdout=out)
    verso(program, home, "orders", "import", str(file))


class Service:
    def __init__(self, program, home):
        self.began = time.perf_counter()
        self.process = subprocess.Popen([program, "--home", str(home), "--json", "serve", "--listen", "127.0.0.1:0"],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.host = urllib.parse.urlparse(json.loads(self.process.stdout.readline())["listening"]).netloc

    def ready(self):
        connection = http.client.HTTPConnection(self.host)
        connection.request("GET", "/readyz")
        assert connection.getresponse().status == 200
        return time.perf_counter() - self.began

    def stop(self):
        self.process.terminate()
        self.process.wait()


def scan(program, folder, scans, with_printer=False):
    home = folder / ("printer" if with_printer else "bench") / "home"
    home.parent.mkdir()
    import_orders(program, home, scans + 20)
    paper = home.parent / "paper"
    if with_printer:
        paper.mkdir()
        verso(program, home, "printer", "add", "bench", f"file:{paper}")
    service = Service(program, home)
    connection = http.client.HTTPConnection(service.host)

    def post(path, fields, **headers):
        connection.request("POST", path, urllib.parse.urlencode(fields),
                           {"Content-Type": "application/x-www-form-urlencoded", **headers})
        answer = connection.getresponse()
        return answer, answer.read()

    link = verso(program, home, "user", "link").strip()
    answer, _ = post(link, {"login": "alix", "password": "a sentence is long"})
    cookie = answer.getheader("Set-Cookie").split(";")[0]
    connection.request("GET", "/desk/main/bench", headers={"Cookie": cookie})
    page = connection.getresponse().read().decode()
    csrf = page.split('name="csrf" content="')[1].split('"')[0]
    took = []
    for number in range(1, scans + 21):
        began = time.perf_counter()
        _, body = post("/desk/main/bench", {"scan": f"#{number}", "csrf": csrf}, Cookie=cookie, Accept="application/json")
        while with_printer and sum(1 for file in os.scandir(paper) if file.name.endswith(".pdf")) < number:
            pass
        if number > 20:
            took.append(1000 * (time.perf_counter() - began))
        verdict = json.loads(body)
        assert verdict["verdict"] == "printed", verdict
    service.stop()
    took.sort()
    print(f"bench{' with a printer' if with_printer else ''}: {scans} orders scanned, p50 {took[len(took) // 2]:.1f} ms, p99 {took[int(len(took) * 0.99)]:.1f} ms, "
          f"most {took[-1]:.1f} ms")


def start(program, folder, orders):
    home = folder / "large"
    import_orders(program, home, orders)
    times = []
    for _ in range(3):
        service = Service(program, home)
        times.append(service.ready())
        service.stop()
    print(f"start: ready after {1000 * min(times):.0f} to {1000 * max(times):.0f} ms with {orders} orders")


def main():
    program = sys.argv[1]
    scans = int(sys.argv[2]) if len(sys.argv) > 2 else 500
    orders = int(sys.argv[3]) if len(sys.argv) > 3 else 1_000_000
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        scan(program, folder, scans)
        scan(program, folder, scans, with_printer=True)
        if orders:
            start(program, folder, orders)


main()
