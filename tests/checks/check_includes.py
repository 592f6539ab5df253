#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fails on an include that crosses the arrows between the rooms, or on a third-party header outside
its place. The rules are the two tables below; docs/architecture.md explains them.

check_includes.py ROOT       checks the tracked sources
check_includes.py --self-test  shows that bad includes are found and good ones are not
"""
import fnmatch
import re
import sys

from sources import read, tracked

# Room -> rooms that it may include. tests/ may include all.
ARROWS = {
    "core": {"core"},
    "records": {"core", "records"},
    "generator": {"core", "generator"},
    "printer": {"core", "printer"},
    "scanner": {"core", "scanner"},
    "service": {"core", "records", "generator", "printer", "scanner", "service"},
    "app": {"core", "records", "generator", "printer", "scanner", "service", "app"},
}
ROOMS = set(ARROWS) | {"tests"}

# Third party: what its headers look like -> where they may stand. First match counts.
THIRD_PARTIES = [
    (r"hpdf", ["generator/pdf/*"]),
    (r"(qrencode|zint)\.h", ["generator/barcode/*", "tests/support/*"]),
    (r"ZXing/", ["scanner/codes/*.cpp", "tests/*"]),
    (r"opencv2/", ["scanner/*.cpp", "tests/*"]),
    (r"(soci/|sqlite3)", ["records/store/*", "tests/records/*", "tests/contract/*", "tests/support/*",
                            "tests/bench/store_bench.cpp"]),
    (r"libpq-fe", ["records/store/row_stream.cpp"]),
    (r"nlohmann/", ["*.cpp", "generator/template/*", "records/carriers/*", "service/api/*",
                    "tests/service/api/*"]),
    (r"expat\.h", ["records/import/xml_stream.cpp"]),
    (r"sodium", ["core/crypto/*.cpp"]),
    (r"(turbojpeg|jpeglib)", ["scanner/image/*.cpp", "scanner/lab/*.cpp", "tests/*"]),
    (r"freetype/", ["generator/zpl/*.cpp"]),
    (r"png\.h", ["generator/picture/png_picture.cpp", "generator/zpl/*.cpp", "scanner/image/*", "scanner/lab/*.cpp",
                  "tests/*"]),
    (r"webp/", ["scanner/image/*", "tests/*"]),
    (r"libheif/", ["scanner/image/*", "tests/*"]),
    (r"tiff", ["scanner/image/*", "scanner/lab/*.cpp", "tests/*"]),
    (r"qpdf/", ["generator/picture/foreign_page.cpp", "generator/calibration/corrected_pdf.cpp", "scanner/image/*", "tests/*"]),
    (r"hb(-|\.h)", ["generator/fonts/*.cpp", "generator/pdf/*.cpp", "tests/generator/*"]),
    (r"seccomp\.h", ["scanner/worker/sandbox.cpp"]),
    (r"boost/asio/", ["service/http/*", "printer/socket/raw_connection.cpp"]),
    (r"openssl/", ["service/http/*", "printer/ipp/ipp_certificate.cpp"]),
    (r"boost/", ["service/http/*"]),
    (r"cups/", ["printer/ipp/*", "tests/bench/ipp_bench.cpp"]),
    (r"curl/", ["service/outbound/http_post.cpp"]),
    (r"kainjow/", ["service/pages/page_book.cpp"]),
    (r"libdeflate", ["generator/pdf/*.cpp", "scanner/image/*.cpp", "tests/*"]),
    (r"unicode/", ["generator/*.cpp", "records/import/*.cpp", "records/lifecycle/order_words.cpp",
                    "service/webhooks/signature.cpp"]),
    (r"(CLI/|toml\+\+|toml\.hpp|spdlog/)", ["app/*"]),
    (r"(gtest/|gmock/|benchmark/)", ["tests/*"]),
    (r"fmt/", ["*"]),
]
# The machine's own headers besides the standard library: files, processes, terminals.
SYSTEM = r"(sys/|netinet/(in|tcp)\.h|arpa/inet\.h|sched\.h|unistd\.h|fcntl\.h|time\.h|poll\.h|signal\.h|spawn\.h|termios\.h|grp\.h)"
STANDARD = r"[a-z0-9_]+$"
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def faults_in(path, text):
    """One sentence for each forbidden include of a file."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        match = INCLUDE.match(line)
        fault = match and judge(path, match.group(1), match.group(2))
        if fault:
            found.append(f"{path}:{number}: {fault}")
    return found


def judge(path, bracket, header):
    """What is wrong with one include, or nothing."""
    room = path.split("/")[0]
    if bracket == '"':
        target = header.split("/")[0]
        if room == "tests" and "/" not in header:
            return None  # a fixture's header, seen by the tests of its room alone
        if target not in ROOMS:
            return f'"{header}": write our headers by their path from the root'
        if room in ARROWS and target not in ARROWS[room]:
            return f"{room} must not include {target} ({header})"
        return None
    for pattern, places in THIRD_PARTIES:
        if re.match(pattern, header):
            if any(fnmatch.fnmatch(path, place) for place in places):
                return None
            return f"<{header}> belongs only in {', '.join(places)}"
    if re.match(STANDARD, header) or re.match(SYSTEM, header):
        return None
    return f"<{header}> is of no library that tests/checks/check_includes.py knows"


def self_test():
    bad = [
        ("core/util/a.h", '#include "records/store/store.h"', "core must not include records"),
        ("generator/pdf/a.cpp", '#include "scanner/image/gray_image.h"', "generator must not"),
        ("scanner/marks/a.cpp", '#include "generator/barcode/barcode.h"', "scanner must not"),
        ("records/store/a.cpp", '#include "app/home.h"', "records must not include app"),
        ("generator/layout/a.cpp", "#include <hpdf.h>", "belongs only in generator/pdf"),
        ("scanner/marks/a.h", "#include <opencv2/core.hpp>", "belongs only in"),
        ("core/domain/a.h", " # include <nlohmann/json.hpp>", "belongs only in *.cpp,"),
        ("app/a.cpp", "#include <soci/soci.h>", "belongs only in records/store"),
        ("scanner/codes/a.h", "#include <ZXing/ReadBarcode.h>", "belongs only in"),
        ("core/a.cpp", "#include <grpc/grpc.h>", "no library"),
        ("service/buyer/a.cpp", "#include <boost/asio.hpp>", "belongs only in service/http/*"),
        ("printer/socket/a.cpp", "#include <cups/cups.h>", "belongs only in printer/ipp/*"),
        ("core/a.cpp", '#include "error.h"', "from the root"),
    ]
    good = [
        ("app/a.cpp", '#include "scanner/image/gray_image.h"'),
        ("core/a.cpp", "#include <vector>"),
        ("core/a.cpp", '// #include "app/home.h"'),
        ("scanner/marks/a.cpp", "#include <opencv2/core.hpp>"),
        ("generator/pdf/pdf_writer_haru.cpp", "#include <hpdf.h>"),
        ("tests/roundtrip/a_test.cpp", '#include "generator/insert_template.h"'),
    ]
    for path, line, expected in bad:
        faults = faults_in(path, line)
        assert len(faults) == 1 and expected in faults[0], (path, line, faults)
    for path, line in good:
        assert not faults_in(path, line), (path, line)
    print(f"self-test: {len(bad)} bad includes found, {len(good)} good ones passed")


def main():
    if sys.argv[1] == "--self-test":
        return self_test()
    root = sys.argv[1]
    paths = [p for p in tracked(root, [".h", ".cpp"]) if p.split("/")[0] in ROOMS]
    faults = [fault for path in paths for fault in faults_in(path, read(root, path))]
    print("\n".join(faults) or f"{len(paths)} files, no forbidden include")
    return 1 if faults or not paths else 0


if __name__ == "__main__":
    sys.exit(main())
