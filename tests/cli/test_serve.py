# SPDX-License-Identifier: Apache-2.0
"""The service as a program: killed under load, its first admin, its jobs."""
import http.client
import json
import os
import pathlib
import re
import signal
import subprocess
import tempfile
import threading
import time
import unittest
import urllib.parse

PROGRAM = os.environ["VERSO_PROGRAM"]
SOURCE = pathlib.Path(os.environ["VERSO_SOURCE"])


class Service:
    """`verso serve` over a home of its own."""

    def __init__(self, home):
        self.home = str(home)
        self.process = subprocess.Popen(
            [PROGRAM, "--home", self.home, "--json", "serve", "--listen", "127.0.0.1:0"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        self.host = urllib.parse.urlparse(json.loads(line)["listening"]).netloc

    def stop(self, with_signal=signal.SIGTERM):
        self.process.send_signal(with_signal)
        self.process.wait(30)
        words = self.process.stderr.read()
        self.process.stdout.close()
        self.process.stderr.close()
        return words


def verso(home, *words):
    return subprocess.run([PROGRAM, "--home", str(home), *words], check=True, capture_output=True, text=True,
                          timeout=120).stdout


class ServeTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.home = pathlib.Path(self.folder.name) / "home"
        verso(self.home, "init")


class ServeKilled(ServeTest):
    def test_no_rating_that_was_acknowledged_is_lost_when_the_service_is_killed(self):
        orders = subprocess.run(["python3", "-B", str(SOURCE / "tests/bench/serve_orders.py"), "1500"], check=True,
                                capture_output=True, text=True).stdout
        file = pathlib.Path(self.folder.name) / "orders.csv"
        file.write_text(orders, encoding="utf-8")
        verso(self.home, "orders", "import", str(file))
        manifest = pathlib.Path(self.folder.name) / "wave.jsonl"
        verso(self.home, "print", "--all", "--template", "a6-card", "--out", str(file.with_suffix(".pdf")), "--manifest",
              str(manifest))
        cards = [json.loads(line) for line in manifest.read_text(encoding="utf-8").splitlines()]
        acknowledged = []
        for kill in range(3):
            part = cards[kill * 500:(kill + 1) * 500]
            service = Service(self.home)
            threads = [threading.Thread(target=self.answer, args=(service.host, part[i::8], acknowledged))
                       for i in range(8)]
            for thread in threads:
                thread.start()
            # In the middle of it: what was answered so far must have been kept.
            enough = len(acknowledged) + 100
            deadline = time.monotonic() + 20
            while len(acknowledged) < enough and time.monotonic() < deadline:
                time.sleep(0.002)
            service.stop(signal.SIGKILL)
            for thread in threads:
                thread.join()
        kept = {json.loads(line)["order"] for line in verso(self.home, "--json", "ratings", "list").splitlines()}
        self.assertGreaterEqual(len(acknowledged), 300)
        self.assertEqual([order for order in acknowledged if order not in kept], [])

    @staticmethod
    def answer(host, cards, acknowledged):
        connection = http.client.HTTPConnection(host, timeout=20)
        for card in cards:
            try:
                connection.request("POST", urllib.parse.urlparse(card["link"]).path, "kind=scores&q.overall=4",
                                   {"Content-Type": "application/x-www-form-urlencoded"})
                answer = connection.getresponse()
                answer.read()
            except (OSError, http.client.HTTPException):
                return
            if answer.status == 303:
                acknowledged.append(card["order"])


class ServeFirstAdmin(ServeTest):
    def test_the_first_admin_s_link_is_told_until_there_is_one(self):
        service = Service(self.home)
        words = service.stop()
        self.assertRegex(words, r"/desk/link/[0-9A-Z]{32}")
        path = re.search(r"/desk/link/[0-9A-Z]{32}", words).group(0)
        service = Service(self.home)
        try:
            connection = http.client.HTTPConnection(service.host, timeout=20)
            connection.request("POST", path, "login=alix&password=a+sentence+is+long",
                               {"Content-Type": "application/x-www-form-urlencoded"})
            answer = connection.getresponse()
            answer.read()
            # Links of an earlier start are void from the next one on.
            self.assertEqual(answer.status, 404)
            link = verso(self.home, "user", "link").strip()
            connection.request("POST", link, "login=alix&password=a+sentence+is+long",
                               {"Content-Type": "application/x-www-form-urlencoded"})
            answer = connection.getresponse()
            answer.read()
            self.assertEqual(answer.status, 303)
            self.assertIn("HttpOnly", answer.getheader("Set-Cookie"))
        finally:
            service.stop()
        service = Service(self.home)
        self.assertNotIn("/desk/link/", service.stop())


if __name__ == "__main__":
    unittest.main()
