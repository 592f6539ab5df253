# SPDX-License-Identifier: Apache-2.0
"""The queue, the events of carriers and the webhooks out, from outside."""
import base64
import hashlib
import hmac
import http.server
import json
import os
import signal
import subprocess
import threading
import time

from test_cli import PROGRAM, CliTest


class Events(CliTest):
    def test_a_csv_and_webhooks(self):
        self.make_home()
        self.write("events.csv", "tracking;status;at\n6A1;in-transit;2026-10-08T08:00:00+02:00\n"
                                 "6A1;delivered;2026-10-09T10:02:00+02:00\n6A2;teleported;2026-10-08\n"
                                 "6A3;delivered;2126-10-08\n")
        report = self.lines("events", "import", "events.csv", expect="partly")[0]
        self.assertEqual((report["new"], report["unknown"], report["rejected_events"]), (3, 1, 1))
        self.assertIn("future", report["rejected"][0]["reason"])
        again = self.lines("events", "import", "events.csv", expect="partly")[0]
        self.assertEqual((again["new"], again["known"]), (0, 3))
        self.write("hooks.jsonl", json.dumps({
            "ts": 1791464400, "event": "tracking_update", "event_id": "x",
            "msg": {"tracking_number": "6A1", "slug": "la-poste", "tag": "OutForDelivery",
                    "checkpoints": [{"checkpoint_time": "2026-10-09T12:00:00", "tag": "OutForDelivery"}]}}) + "\n")
        self.verso("events", "import", "hooks.jsonl")
        shown = self.verso("events", "show", "6a 1")
        self.assertIn("the parcel is: delivered, on 2026-10-09", shown)
        self.assertEqual([e["status"] for e in self.lines("events", "show", "6A1")],
                         ["in-transit", "delivered", "out-for-delivery"])
        self.verso("events", "show", "nobody", expect="not-found")

    def test_files_that_are_none(self):
        self.make_home()
        self.write("a.bin", b"\x00\x01\x02")
        self.verso("events", "import", "a.bin", expect="format-invalid")
        self.verso("events", "import", "missing.csv", expect="not-found")
        self.write("e.csv", "tracking,status,at\nX1,delivered,2026-10-08\n")
        self.verso("events", "import", "missing.csv", "e.csv", expect="partly")
        self.verso("events", "import", "e.csv", "--format", "pigeon", expect="value-invalid")


class Work(CliTest):
    def jobs(self, state):
        return self.lines("jobs", "list", "--state", state)

    def test_print_once_for_each_order(self):
        self.make_home(2)
        orders = [order["order"] for order in self.lines("orders", "list")]
        put = self.lines("jobs", "add", "print", "--order", orders[0], "--order", orders[1], "--template", "a4-fold")
        self.assertEqual([p["new"] for p in put], [True, True])
        put = self.lines("jobs", "add", "print", "--order", orders[0], "--template", "a4-fold")
        self.assertEqual([p["new"] for p in put], [False])
        self.verso("work", "--once", "--kinds", "print")
        self.assertEqual(len(self.jobs("done")), 2)
        sheets = os.listdir(self.path("verso-home/spool/jobs"))
        self.assertEqual(len([s for s in sheets if s.endswith(".pdf")]), 2, sheets)
        self.verso("jobs", "add", "print", "--order", "#404", "--template", "a4-fold", expect="partly")
        self.assertIn("0 jobs done", self.verso("work", "--once"))

    def test_what_cannot_be_read_goes_to_a_person(self):
        self.make_home()
        self.write("broken.tif", b"no picture at all")
        self.verso("jobs", "add", "scan", "broken.tif")
        out = self.verso("work", "--once", expect="partly")
        self.assertIn("waits for a person", out)
        dead = self.jobs("dead")
        self.assertEqual(len(dead), 1)
        self.assertIn("broken.tif", dead[0]["last_error"])
        number = str(dead[0]["job"])
        self.verso("jobs", "retry", number)
        self.assertEqual(len(self.jobs("waiting")), 1)
        self.verso("work", "--once", expect="partly")
        self.verso("jobs", "drop", "--all")
        self.assertIn("the queue is empty", self.verso("jobs", "list"))
        self.verso("jobs", "drop", number, expect="not-found")
        self.verso("jobs", "retry", expect="usage")

    def test_wrong_calls(self):
        self.make_home()
        self.verso("work", "--once", "--kinds", "mail", expect="usage")
        self.verso("work", "--once", "--limit", "scan", expect="usage")
        self.verso("jobs", "list", "--state", "sleeping", expect="value-invalid")

    def test_several_workers_end_when_asked(self):
        self.make_home()
        worker = subprocess.Popen([PROGRAM, "work", "--jobs", "2"], cwd=self.folder, stdin=subprocess.DEVNULL,
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.addCleanup(worker.stdout.close)
        self.addCleanup(worker.stderr.close)
        order = self.lines("orders", "list")[0]["order"]
        self.verso("jobs", "add", "print", "--order", order, "--template", "a4-fold")
        for _ in range(200):
            if self.jobs("done"):
                break
            time.sleep(0.1)
        self.assertEqual(len(self.jobs("done")), 1)
        worker.send_signal(signal.SIGTERM)
        self.assertEqual(worker.wait(timeout=20), 0, worker.stderr.read())


class Receiver(http.server.BaseHTTPRequestHandler):
    """Takes what is posted; the server's `status` is the answer."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.seen.append((dict(self.headers), body))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_):
        pass


class Hooks(CliTest):
    def setUp(self):
        super().setUp()
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
        self.server.seen, self.server.status = [], 204
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.url = f"http://127.0.0.1:{self.server.server_port}/verso"

    def allow(self):
        with open(self.path("verso-home/verso.toml"), "a", encoding="utf-8") as file:
            file.write("\n[hooks]\nallow_private = true\n")

    def test_a_print_is_told_signed_and_once(self):
        self.make_home(1)
        self.allow()
        hook = self.lines("hooks", "add", self.url, "--kinds", "print.done,review.waiting")[0]
        self.assertEqual([h["kinds"] for h in self.lines("hooks", "list")], [["review.waiting", "print.done"]])
        self.assertNotIn("whsec_", self.verso("hooks", "list"))
        self.verso("print", "--all", "--template", "a4-fold", "--out", "wave.pdf")
        self.server.status = 500
        self.verso("work", "--once", "--kinds", "webhook", expect="partly")
        self.assertEqual(len(self.server.seen), 1)
        self.assertIn("500", self.lines("jobs", "list", "--state", "waiting")[0]["last_error"])
        headers, body = self.server.seen[0]
        told = json.loads(body)
        self.assertEqual((told["type"], told["data"]["order"]), ("print.done", self.lines("orders", "list")[0]["order"]))
        key = base64.b64decode(hook["secret"].removeprefix("whsec_"))
        text = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        code = base64.b64encode(hmac.new(key, text, hashlib.sha256).digest()).decode()
        self.assertEqual(headers["webhook-signature"], "v1," + code)

    def test_inside_is_not_called_unless_it_may_be(self):
        self.make_home()
        self.verso("hooks", "add", self.url, "--kinds", "all")
        self.verso("hooks", "test", "1", expect="not-allowed")
        self.assertEqual(self.server.seen, [])
        self.allow()
        self.verso("hooks", "test", "1")
        self.assertEqual(json.loads(self.server.seen[0][1])["type"], "test")
        self.verso("hooks", "remove", "1")
        self.verso("hooks", "remove", "1", expect="not-found")
        self.verso("hooks", "test", "1", expect="not-found")

    def test_wrong_hooks(self):
        self.make_home()
        self.verso("hooks", "add", "ftp://shop.example.com", "--kinds", "all", expect="value-invalid")
        self.verso("hooks", "add", "https://shop.example.com", "--kinds", "rating.praised", expect="value-invalid")
        self.verso("hooks", "add", "https://shop.example.com", "--kinds", "all", "--secret", "x", expect="value-invalid")
