# SPDX-License-Identifier: Apache-2.0
"""Printers from outside: queues, refusals, a person's word, and what a killed program leaves."""
import os
import signal
import subprocess
import time
import unittest

from test_cli import PROGRAM, CliTest


class PrinterTest(CliTest):
    def setUp(self):
        super().setUp()
        self.make_home()
        os.mkdir(self.path("paper"))

    def fails(self, *arguments, expect):
        self.verso(*arguments, expect=expect)
        return self.err

    def folder_printer(self, name="bench"):
        os.makedirs(self.path(name), exist_ok=True)
        self.verso("printer", "add", name, "file:" + self.path(name))

    def program_printer(self, script, name="program"):
        """A printer that is a shell script; it finds the folder of the test in $OUT."""
        self.write("print.sh", "#!/bin/sh\nOUT='" + self.folder + "'\n" + script)
        os.chmod(self.path("print.sh"), 0o755)
        self.verso("printer", "add", name, "command:" + self.path("print.sh"))

    def print_to(self, printer, *orders, expect="ok", more=()):
        which = [word for order in orders for word in ("--order", order)] or ["--all"]
        return self.verso("print", *which, "--template", "a4-fold", "--to", printer, *more, expect=expect)

    def papers(self, name="bench"):
        return sorted(os.listdir(self.path(name)))

    def jobs(self, *more):
        return self.lines("printer", "jobs", *more)

    def spooled(self):
        return os.listdir(self.path("verso-home/spool/jobs"))


class Printers(PrinterTest):
    def test_are_added_listed_and_removed(self):
        self.folder_printer()
        printer, = self.lines("printer", "list")
        self.assertEqual((printer["printer"], printer["waiting"], printer["need_person"]), ("bench", 0, 0))
        self.verso("printer", "add", "Bench", "file:" + self.path("paper"), expect="already-exists")
        self.verso("printer", "status", "attic", expect="not-found")
        self.verso("printer", "remove", "bench")
        self.assertEqual(self.lines("printer", "list"), [])

    def test_what_cannot_be_a_printer_is_refused_with_a_cure(self):
        for uri, words in [("ftp://a", "ipp://"), ("socket://", "host"), ("bench", "ipp://")]:
            self.assertIn(words, self.fails("printer", "add", "x", uri, expect="value-invalid"))
        self.assertEqual(self.lines("printer", "list"), [])

    def test_a_test_page_comes_to_paper(self):
        self.folder_printer()
        self.verso("printer", "test", "bench")
        self.assertEqual(len(self.papers()), 1)


class PaperQueue(PrinterTest):
    def test_sheets_come_to_paper_and_their_links_leave_the_spool(self):
        self.folder_printer()
        out = self.print_to("bench", "#2001", "#2002")
        self.assertIn("Printed on bench: 2 orders, 2 sheets", out)
        self.assertEqual(len(self.papers()), 1)
        self.assertEqual(self.spooled(), [])
        job, = self.jobs("--all")
        self.assertEqual((job["state"], job["sheets"]), ("done", 2))
        self.print_to("bench", "#2001", expect="already-exists")

    def test_what_waits_is_printed_in_its_order_by_whoever_comes(self):
        self.folder_printer()
        for order in ("#2001", "#2002", "#2003"):
            self.print_to("bench", order, more=["--no-wait"])
        self.assertEqual([job["state"] for job in self.jobs()], ["queued"] * 3)
        self.assertEqual(self.papers(), [])
        self.verso("printer", "run", "--once")
        self.assertEqual(self.jobs(), [])
        names = {job["name"] + ".pdf": job["job"] for job in self.jobs("--all")}
        by_time = sorted(self.papers(), key=lambda name: os.stat(os.path.join(self.path("bench"), name)).st_mtime_ns)
        self.assertEqual([names[name] for name in by_time], sorted(names.values()))

    def test_a_paused_printer_gets_nothing(self):
        self.folder_printer()
        self.verso("printer", "pause", "bench")
        self.print_to("bench", "#2001", more=["--no-wait"])
        self.verso("printer", "run", "--once")
        self.assertEqual(self.papers(), [])
        self.verso("printer", "resume", "bench")
        self.verso("printer", "run", "--once")
        self.assertEqual(len(self.papers()), 1)

    def test_a_queue_moves_to_another_printer(self):
        self.folder_printer()
        self.folder_printer("attic")
        self.print_to("bench", "#2001", more=["--no-wait"])
        self.verso("printer", "remove", "bench", expect="not-allowed")
        self.assertIn("1 documents wait for attic", self.verso("printer", "move", "bench", "attic"))
        self.verso("printer", "run", "--once")
        self.assertEqual((len(self.papers()), len(self.papers("attic"))), (0, 1))

    def test_two_printers_share_a_wave_and_every_sheet_comes_once(self):
        self.folder_printer("left")
        self.folder_printer("right")
        out = self.verso("print", "--all", "--wave", "morning", "--per-file", "1", "--template", "a4-fold",
                         "--to", "left,right")
        self.assertIn("Printed on left", out)
        self.assertIn("Printed on right", out)
        self.assertEqual(len(self.papers("left")) + len(self.papers("right")), 3)
        self.assertLessEqual(abs(len(self.papers("left")) - len(self.papers("right"))), 1)
        self.assertEqual({job["wave"] for job in self.jobs("--all")}, {"morning"})


class PersonsWord(PrinterTest):
    def test_a_refusing_printer_holds_its_queue_until_a_person_spoke(self):
        self.program_printer('[ -e "$OUT/mended" ] && cat > "$OUT/paper/$VERSO_JOB" && exit 0\necho jammed >&2\nexit 65\n')
        error = self.fails("print", "--order", "#2001", "--template", "a4-fold", "--to", "program",
                           expect="printer-failed")
        self.assertIn("jammed", error)
        self.print_to("program", "#2002", expect="printer-failed")
        first, second = self.jobs()
        self.assertEqual((first["state"], second["state"]), ("failed", "queued"))
        self.verso("jobs", "retry", str(first["job"]), expect="not-allowed")
        self.write("mended", "")
        self.verso("printer", "settle", str(first["job"]), "again")
        self.verso("printer", "run", "--once")
        self.assertEqual(self.jobs(), [])
        self.assertEqual(len(self.papers("paper")), 2)

    def test_what_may_be_on_paper_is_not_printed_again_unasked(self):
        self.program_printer('cat > "$OUT/paper/$VERSO_JOB"\nexit 1\n')
        self.print_to("program", "#2001", expect="printer-failed")
        job, = self.jobs()
        self.assertEqual(job["state"], "unknown")
        self.verso("printer", "run", "--once")
        self.assertEqual(len(self.papers("paper")), 1)
        self.verso("printer", "settle", str(job["job"]), "printed")
        self.assertEqual(self.jobs(), [])
        self.assertEqual(self.spooled(), [])
        self.assertEqual(len(self.papers("paper")), 1)

    def test_a_cancelled_document_voids_its_cards(self):
        self.program_printer("exit 65\n")
        self.print_to("program", "#2001", expect="printer-failed")
        job, = self.jobs()
        self.verso("printer", "settle", str(job["job"]), "cancel", "--reason", "paper jam")
        self.assertEqual(self.jobs(), [])
        self.assertEqual(self.spooled(), [])
        self.folder_printer()
        self.print_to("bench", "#2001")
        self.assertEqual(len(self.papers()), 1)

    def test_a_busy_printer_is_waited_for(self):
        self.program_printer('[ -e "$OUT/ready" ] || { touch "$OUT/ready"; exit 75; }\ncat > "$OUT/paper/$VERSO_JOB"\n')
        self.assertIn("Printed on program", self.print_to("program", "#2001"))
        self.assertEqual(len(self.papers("paper")), 1)


class KilledPrinting(PrinterTest):
    def test_a_killed_program_leaves_a_question_not_a_second_sheet(self):
        self.program_printer('cat > "$OUT/paper/$VERSO_JOB"\ntouch "$OUT/begun"\nsleep 30\n')
        process = subprocess.Popen([PROGRAM, "print", "--order", "#2001", "--template", "a4-fold", "--to", "program"],
                                   cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 20
        while not os.path.exists(self.path("begun")) and time.monotonic() < end:
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
        process.wait()
        self.verso("printer", "run", "--once")
        job, = self.jobs()
        self.assertEqual(job["state"], "unknown")
        self.assertEqual(len(self.papers("paper")), 1)


if __name__ == "__main__":
    unittest.main()
