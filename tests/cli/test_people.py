# SPDX-License-Identifier: Apache-2.0
"""What people send to the service and change at it, through the whole program."""
import http.client
import json
import os
import pathlib
import re
import shutil
import subprocess
import time
import unittest
import urllib.parse

from test_serve import SOURCE, ServeTest, Service, verso

IMAGES = SOURCE / "tests/data/images"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def multipart(fields, files):
    """A form as a browser sends it."""
    body = b""
    for name, value in fields:
        body += f'--bnd\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
    for name, file_name, data in files:
        body += (f'--bnd\r\nContent-Disposition: form-data; name="{name}"; filename="{file_name}"\r\n'
                 "Content-Type: application/octet-stream\r\n\r\n").encode() + data + b"\r\n"
    return body + b"--bnd--\r\n", {"Content-Type": "multipart/form-data; boundary=bnd"}


class PeopleTest(ServeTest):
    def setUp(self):
        super().setUp()
        verso(self.home, "orders", "import", str(SOURCE / "app/demo/orders.csv"))
        self.manifest = pathlib.Path(self.folder.name) / "wave.jsonl"

    def print_cards(self):
        verso(self.home, "print", "--all", "--template", "a4-fold", "--out", str(self.manifest.with_suffix(".pdf")),
              "--manifest", str(self.manifest))
        return [json.loads(line) for line in self.manifest.read_text(encoding="utf-8").splitlines()]

    def serve(self):
        self.service = Service(self.home)
        self.addCleanup(self.service.stop)
        return self.service

    def ask(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection(self.service.host, timeout=30)
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        answer.data = answer.read()
        connection.close()
        return answer

    def log_in(self):
        """As the first admin, over a link."""
        link = re.search(r"/desk/link/\S+", verso(self.home, "user", "link")).group(0)
        path = urllib.parse.urlparse(link).path
        answer = self.ask("POST", path, "login=alix&password=a+sentence+is+long", FORM)
        self.assertEqual(answer.status, 303, answer.data)
        cookie = answer.getheader("Set-Cookie").split(";")[0]
        page = self.ask("GET", "/desk/main/shop", headers={"Cookie": cookie}).data.decode()
        self.csrf = re.search(r'name="csrf" (?:value|content)="([0-9a-f]+)"', page).group(1)
        self.staff = {"Cookie": cookie, "X-Verso-Csrf": self.csrf}

    def until(self, what, seconds=30):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            found = what()
            if found:
                return found
            time.sleep(0.1)
        self.fail("it did not come to pass")

    def photos(self):
        return sorted((self.home / "images/photos").rglob("*.jpg"))


class Photos(PeopleTest):
    def test_they_are_kept_upright_and_bare_and_go_with_their_buyer(self):
        card = self.print_cards()[0]
        self.serve()
        self.log_in()
        place = urllib.parse.urlparse(card["link"]).path
        jpeg = (IMAGES / "color420.jpg").read_bytes()
        exif = (b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0secret place")
        turned = jpeg[:2] + b"\xff\xe1" + (len(exif) + 2).to_bytes(2, "big") + exif + jpeg[2:]
        body, kind = multipart([("q.overall", "2"), ("kind", "scores"), ("comment", "cracked")],
                               [("photo", "a.jpg", turned), ("photo", "b.heic", (IMAGES / "base.heic").read_bytes()),
                                ("photo", "c.jpg", b"no photo at all")])
        answer = self.ask("POST", place, body, kind)
        self.assertEqual((answer.status, answer.getheader("Location")), (303, place + "?photo=bad"))
        rating = [json.loads(line) for line in verso(self.home, "--json", "ratings", "list").splitlines()][0]
        self.assertEqual(rating["comment"], "cracked")
        kept = self.photos()
        self.assertEqual(len(kept), 2)
        for file in kept:
            self.assertNotIn(b"secret place", file.read_bytes())
            self.assertEqual(file.stat().st_mode & 0o077, 0)
        sizes = {subprocess.run(["identify", "-format", "%wx%h", str(file)], capture_output=True, text=True,
                                check=True).stdout for file in kept} if shutil.which("identify") else None
        self.assertIn(sizes, ({"120x80", "80x120"}, None))
        page = self.ask("GET", "/desk/main/ratings", headers=self.staff).data.decode()
        shown = re.search(r"/desk/main/photos/\d+", page).group(0)
        photo = self.ask("GET", shown, headers=self.staff)
        self.assertEqual((photo.status, photo.data[:2]), (200, b"\xff\xd8"))
        self.assertEqual(self.ask("GET", shown).status, 303)
        self.assertEqual(list((self.home / "spool").glob("photo-*")), [])
        verso(self.home, "privacy", "erase", "--order", card["order"], "--by", "Zoé", "--reason", "asked")
        self.assertEqual(self.photos(), [])
        self.assertEqual(self.ask("GET", shown, headers=self.staff).status, 404)

    def test_who_has_no_card_sends_no_megabytes(self):
        self.print_cards()
        self.serve()
        connection = http.client.HTTPConnection(self.service.host, timeout=10)
        connection.putrequest("POST", "/C/" + "0" * 35)
        connection.putheader("Content-Type", "multipart/form-data; boundary=x")
        connection.putheader("Content-Length", str(20 << 20))
        connection.endheaders()
        # Nothing of the body was sent, and the answer is here.
        self.assertEqual(connection.getresponse().status, 404)
        connection.close()


class Importing(PeopleTest):
    def test_a_file_is_looked_through_then_taken_in(self):
        self.serve()
        self.log_in()
        text = (SOURCE / "app/demo/orders.csv").read_text(encoding="utf-8")
        more = text.replace("#20", "#90")
        more += more.splitlines()[1].replace("#90", "#91").replace(",", ";", 3) + "\n"
        sent = self.ask("PUT", "/desk/main/import/july.csv", more.encode(), self.staff)
        self.assertEqual(sent.status, 202, sent.data)
        place = sent.data.decode()
        self.until(lambda: self.ask("GET", place + "/state", headers=self.staff).data == b"checked")
        before = len(verso(self.home, "--json", "orders", "list").splitlines())
        page = self.ask("GET", place, headers=self.staff).data.decode()
        self.assertIn("july.csv", page)
        self.assertEqual(self.ask("POST", place, "csrf=" + self.csrf, {**self.staff, **FORM}).status, 303)
        self.until(lambda: self.ask("GET", place + "/state", headers=self.staff).data == b"imported")
        after = len(verso(self.home, "--json", "orders", "list").splitlines())
        self.assertGreater(after, before)
        self.assertEqual(list((self.home / "spool/imports").rglob("orders")), [])
        page = self.ask("GET", place, headers=self.staff).data.decode()
        self.assertIn(str(after - before), page)

    def test_what_is_no_export_is_told(self):
        self.serve()
        self.log_in()
        place = self.ask("PUT", "/desk/main/import/x.csv", b"nothing,of,this\n1,2,3\n", self.staff).data.decode()
        self.until(lambda: self.ask("GET", place + "/state", headers=self.staff).data == b"failed")
        self.assertIn("role=\"alert\"", self.ask("GET", place, headers=self.staff).data.decode())

    def test_a_trial_keeps_nothing(self):
        home = pathlib.Path(self.folder.name) / "other"
        verso(home, "init")
        report = json.loads(verso(home, "--json", "orders", "import", "--dry-run", str(SOURCE / "app/demo/orders.csv")))
        self.assertGreater(report["new"], 10)
        self.assertEqual(verso(home, "--json", "orders", "list"), "")
        again = json.loads(verso(home, "--json", "orders", "import", str(SOURCE / "app/demo/orders.csv")))
        self.assertEqual(again["new"], report["new"])


class Settings(PeopleTest):
    def test_a_running_service_sees_them(self):
        card = self.print_cards()[0]
        place = urllib.parse.urlparse(card["link"]).path
        self.serve()
        self.log_in()
        self.assertIn(b'type="file"', self.ask("GET", place).data)
        verso(self.home, "shop", "set", "pages.photos", "false")
        self.until(lambda: b'type="file"' not in self.ask("GET", place).data)
        self.assertIn("# Stands at the head", (self.home / "verso.toml").read_text(encoding="utf-8"))
        body = "csrf=" + self.csrf + "&set.pages.photos=true&set.privacy.images_days=60"
        answer = self.ask("POST", "/desk/main/shop/settings", body, {**self.staff, **FORM})
        self.assertEqual(answer.status, 303, answer.data)
        self.assertIn(b'type="file"', self.ask("GET", place).data, "at once")
        listed = dict((one["key"], one["value"]) for one in
                      map(json.loads, verso(self.home, "--json", "shop", "settings").splitlines()))
        self.assertEqual(listed["privacy.images_days"], "60")
        self.assertIn("privacy.images_days", verso(self.home, "--json", "audit"))
        wrong = subprocess.run([os.environ["VERSO_PROGRAM"], "--home", str(self.home), "shop", "set",
                                "privacy.images_days", "-3"], capture_output=True, text=True, timeout=60)
        self.assertNotEqual(wrong.returncode, 0)
        self.assertIn("privacy.images_days", wrong.stderr)


class OwnPages(PeopleTest):
    def test_each_shop_has_its_own_and_a_broken_one_is_told(self):
        card = self.print_cards()[0]
        verso(self.home, "shop", "add", "second")
        own = self.home / "shops/second/templates/web"
        own.mkdir(parents=True)
        (own / "card.html").write_text("{{>head}}SECOND{{>foot}}", encoding="utf-8")
        (own / "done.html").write_text("line\n{{#open}}", encoding="utf-8")
        self.serve()
        page = self.ask("GET", urllib.parse.urlparse(card["link"]).path).data
        self.assertNotIn(b"SECOND", page)
        words = self.service.stop()
        self._cleanups.pop()
        self.assertIn("done.html:2", words)


class Labels(PeopleTest):
    def test_a_return_s_label_is_a_pdf(self):
        cards = self.print_cards()
        verso(self.home, "shop", "settings")
        orders = (SOURCE / "app/demo/orders.csv").read_text(encoding="utf-8").replace(",open,", ",shipped,")
        file = pathlib.Path(self.folder.name) / "shipped.csv"
        file.write_text(orders, encoding="utf-8")
        verso(self.home, "orders", "import", str(file))
        self.serve()
        place = urllib.parse.urlparse(cards[0]["link"]).path
        self.assertEqual(self.ask("POST", place + "/return", "pieces.1=1&reason.1=damaged", FORM).status, 303)
        page = self.ask("GET", place + "/return").data.decode()
        label = self.ask("GET", re.search(r'href="(/C/[^"]+\.pdf)"', page).group(1))
        self.assertEqual((label.status, label.data[:5]), (200, b"%PDF-"))
        pdf = pathlib.Path(self.folder.name) / "label.pdf"
        pdf.write_bytes(label.data)
        text = subprocess.run(["pdftotext", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
        self.assertIn("RMA", text)
        pages = subprocess.run(["pdfinfo", str(pdf)], check=True, capture_output=True, text=True).stdout
        self.assertRegex(pages, r"Pages:\s+1\n")


class Devices(PeopleTest):
    def key(self):
        return json.loads(verso(self.home, "--json", "user", "key", "add", "scanner", "--scopes", "scans:write"))["key"]

    @unittest.skipUnless(shutil.which("cadaver"), "cadaver is not here")
    def test_a_client_of_webdav_puts_a_scan(self):
        self.serve()
        key = self.key()
        home = pathlib.Path(self.folder.name)
        netrc = home / ".netrc"
        netrc.write_text(f"machine 127.0.0.1\nlogin scanner\npassword {key}\n", encoding="utf-8")
        netrc.chmod(0o600)
        picture = home / "card.png"
        picture.write_bytes((IMAGES / "base.png").read_bytes())
        said = subprocess.run(["cadaver", f"http://{self.service.host}/scan-in/main/"], input=f"put {picture}\nquit\n",
                              capture_output=True, text=True, timeout=60, env={**os.environ, "HOME": str(home)}).stdout
        self.assertIn("succeeded", said)
        self.until(lambda: "card.png" in verso(self.home, "--json", "jobs", "list", "--state", "done")
                   or list((self.home / "images").glob("*.png")))
        self.until(lambda: not list((self.home / "spool/uploads").rglob("*.png")))

    @unittest.skipUnless(shutil.which("scanimage"), "scanimage is not here")
    def test_a_scanner_of_sane_is_read(self):
        config = pathlib.Path(self.folder.name) / "sane"
        config.mkdir()
        (config / "dll.conf").write_text("test\n", encoding="utf-8")
        (config / "test.conf").write_text("number_of_devices 1\n", encoding="utf-8")
        os.environ["SANE_CONFIG_DIR"] = str(config)
        self.addCleanup(os.environ.pop, "SANE_CONFIG_DIR")
        call = [os.environ["VERSO_PROGRAM"], "--home", str(self.home), "scan", "--scanner"]
        done = subprocess.run([*call, "test:0", "--scanner-dpi", "100"], capture_output=True, text=True, timeout=120)
        self.assertIn("1 pages scanned", done.stdout + done.stderr)
        self.assertEqual(len(list((self.home / "images").glob("*.tif"))), 1)
        wrong = subprocess.run([*call, "nobody:7"], capture_output=True, text=True, timeout=120)
        self.assertNotEqual(wrong.returncode, 0)
        self.assertIn("scanimage -L", wrong.stderr)
