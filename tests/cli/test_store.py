# SPDX-License-Identifier: Apache-2.0
"""The database of a home from outside: SQLite, a real PostgreSQL, and moving between them."""
import glob
import os
import subprocess
import tempfile
import time
import unittest
from urllib.parse import quote

from test_cli import SOURCE, CliTest


class Postgres:
    """A server for one test class, kept by tests/support/postgres_keeper.sh."""

    def __init__(self):
        bins = sorted(glob.glob("/usr/lib/postgresql/*/bin"))
        if not bins:
            if "CI" in os.environ:
                raise RuntimeError("PostgreSQL is not installed: apt-get install postgresql")
            raise unittest.SkipTest("PostgreSQL is not installed: apt-get install postgresql")
        self.bin = bins[-1]
        self.folder = tempfile.mkdtemp(prefix="verso-postgres-", dir="/tmp")
        os.chmod(self.folder, 0o700)
        self.keeper = subprocess.Popen(
            ["/bin/sh", os.path.join(SOURCE, "tests/support/postgres_keeper.sh"), self.bin, self.folder, "-c", "fsync=off"],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.made = 0
        for _ in range(600):
            if self.is_ready():
                return
            time.sleep(0.1)
        self.stop()
        raise RuntimeError("PostgreSQL did not come up")

    def is_ready(self):
        try:
            with open(os.path.join(self.folder, "data/postmaster.pid"), encoding="utf-8") as file:
                return "ready" in file.read()
        except OSError:
            return False

    def stop(self):
        self.keeper.stdin.close()
        self.keeper.wait()

    def url(self, name, user="verso"):
        return f"postgresql://{user}@/{name}?host={quote(self.folder, safe='')}"

    def create(self):
        self.made += 1
        name = f"verso_{self.made}"
        subprocess.run([os.path.join(self.bin, "psql"), "-q", self.url("postgres"), "-c", f"CREATE DATABASE {name}"],
                       check=True)
        return self.url(name, "verso:geheim")


class Store(CliTest):
    @classmethod
    def setUpClass(cls):
        cls.server = Postgres()
        cls.addClassCleanup(cls.server.stop)

    def set_store(self, place):
        path = self.path("verso-home/verso.toml")
        with open(path, encoding="utf-8") as file:
            text = file.read().replace("\n[store]\n", f'\n[store]\nurl = "{place}"\n', 1)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    def orders(self, **options):
        return [order["order"] for order in self.lines("orders", "list", **options)]

    def test_there_and_back(self):
        self.make_home()
        self.verso("print", "--all", "--template", "a4-fold", "--out", "wave.pdf")
        known = self.orders()
        self.assertEqual(self.lines("store", "info")[0]["database"], "SQLite")
        url = self.server.create()
        moved = self.lines("store", "migrate", "--to", url)[0]
        tables = {table["table"]: table["rows"] for table in moved["tables"]}
        self.assertEqual((tables["customer_order"], tables["card"]), (3, 3))
        self.assertNotIn("geheim", self.out + self.err)

        self.set_store(url)
        self.assertEqual(self.orders(), known)
        info = self.lines("store", "info")[0]
        self.assertEqual(info["database"], "PostgreSQL")
        doctor = self.verso("doctor")
        self.assertIn("PostgreSQL " + info["version"], doctor)
        self.assertNotIn("geheim", doctor + self.err)
        # ids go on behind those that came
        with open(self.path("orders.csv"), encoding="utf-8") as file:
            self.write("more.csv", file.read().replace("#200", "#900"))
        self.verso("orders", "import", "more.csv")
        self.assertEqual(len(self.orders()), 6)

        self.verso("store", "migrate", "--to", "back.db")
        self.assertEqual(os.stat(self.path("back.db")).st_mode & 0o777, 0o600)
        self.assertEqual(len(self.orders(env={"VERSO_STORE_URL": self.path("back.db")})), 6)

    def test_a_target_with_data_is_left_alone(self):
        self.make_home()
        url = self.server.create()
        self.verso("store", "migrate", "--to", url)
        self.verso("store", "migrate", "--to", url, expect="already-exists")
        self.verso("store", "migrate", "--to", "verso-home/verso.db", expect="usage")

    def test_wrong_places(self):
        self.make_home()
        self.verso("store", "migrate", "--to", "mysql://host/shop", expect="value-invalid")
        self.verso("store", "migrate", "--to", self.server.url("none", "verso:geheim"), expect="database-failed")
        self.assertNotIn("geheim", self.err)
        self.verso("orders", "list", expect="value-invalid", env={"VERSO_STORE_URL": "mysql://host/shop"})
        self.set_store("mysql://host/shop")
        self.verso("orders", "list", expect="value-invalid")
