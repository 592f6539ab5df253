// SPDX-License-Identifier: Apache-2.0
#include "tests/support/ipp_printer.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace verso::tests {

namespace fs = std::filesystem;

namespace {

constexpr const char* kAttributes = R"(
ATTR textWithoutLanguage printer-make-and-model "Test Label Printer"
ATTR mimeMediaType document-format-supported application/pdf,application/vnd.zebra-zpl,application/octet-stream
ATTR mimeMediaType document-format-default application/pdf
ATTR keyword media-supported na_index-4x6_4x6in,om_100x150mm_100x150mm,iso_a4_210x297mm
ATTR keyword media-default iso_a4_210x297mm
ATTR keyword media-ready iso_a4_210x297mm,na_index-4x6_4x6in
ATTR resolution printer-resolution-supported 203dpi,300dpi
ATTR keyword sides-supported one-sided,two-sided-long-edge
ATTR keyword sides-default one-sided
)";

/// The list is written last: what it names is there.
constexpr const char* kCommand = R"sh(#!/bin/sh
cd "$(dirname "$0")" || exit 1
[ -e slow ] && sleep "$(cat slow)"
[ -e failing ] && exit 1
cp "$1" "out/$IPP_JOB_NAME" && echo "$IPP_JOB_NAME" >>printed
)sh";

std::string read_text(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

std::string IppPrinter::reason_to_skip() {
    if (!find_program("ippeveprinter").empty() || std::getenv("CI") != nullptr) return "";
    return "ippeveprinter is not installed: apt-get install cups-ipp-utils";
}

IppPrinter::IppPrinter(const std::string& command)
    : folder_(make_test_folder("ipp")), command_(command), port_(free_port()) {
    fs::create_directories(folder_ / "out");
    fs::create_directories(folder_ / "keys");
    std::ofstream(folder_ / "attributes.conf") << kAttributes;
    if (command_.empty()) {
        command_ = (folder_ / "print.sh").string();
        std::ofstream(command_) << kCommand;
        fs::permissions(command_, fs::perms(0755));
    }
    start();
}

IppPrinter::~IppPrinter() {
    program_.kill();
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

void IppPrinter::start() {
    fs::create_directories(folder_ / "spool");
    program_ =
        ChildProgram({find_program("ippeveprinter"), "-n", "localhost", "-p", std::to_string(port_),
                      "-d", (folder_ / "spool").string(), "-K", (folder_ / "keys").string(), "-a",
                      (folder_ / "attributes.conf").string(), "-c", command_, "Test"},
                     {"LD_PRELOAD=" VERSO_NO_DNS_SD}, folder_ / "log");
    if (!wait_for_port(port_)) throw std::runtime_error("ippeveprinter did not start: " + log());
}

void IppPrinter::kill() { program_.kill(); }

std::string IppPrinter::uri(const std::string& scheme) const {
    return scheme + "://localhost:" + std::to_string(port_) + "/ipp/print";
}

void IppPrinter::set_failing(bool is_failing) const {
    if (is_failing)
        std::ofstream(folder_ / "failing") << "yes";
    else
        fs::remove(folder_ / "failing");
}

void IppPrinter::set_slow(const std::string& seconds) const {
    std::ofstream(folder_ / "slow") << seconds;
}

std::vector<std::string> IppPrinter::printed() const {
    std::ifstream in(folder_ / "printed");
    std::vector<std::string> names;
    for (std::string line; std::getline(in, line);) names.push_back(line);
    return names;
}

std::string IppPrinter::document(const std::string& name) const {
    return read_text(folder_ / "out" / name);
}

std::string IppPrinter::log() const { return read_text(folder_ / "log"); }

}  // namespace verso::tests
