// SPDX-License-Identifier: Apache-2.0
#include "printer/device/device_uri.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace verso::printer {
namespace {

using ::testing::HasSubstr;
using Options = std::map<std::string, std::string>;

struct Good {
    std::string text;
    DeviceKind kind;
    std::string host;
    int port;
    std::string resource, target;
    Options options = {};
};

TEST(DeviceUri, TakesApartWhatPeopleWrite) {
    using enum DeviceKind;
    const std::vector<Good> table{
        {"ipp://printer.example.com", Ipp, "printer.example.com", 631, "/ipp/print", ""},
        {"ipp://printer.example.com/", Ipp, "printer.example.com", 631, "/ipp/print", ""},
        {"IPP://Printer.Example.COM:8631/ipp/print", Ipp, "printer.example.com", 8631, "/ipp/print",
         ""},
        {"ipp://printer:/printers/a%20b", Ipp, "printer", 631, "/printers/a%20b", ""},
        {"ipps://192.0.2.7/ipp/print/tray", Ipps, "192.0.2.7", 631, "/ipp/print/tray", ""},
        {"ipp://[2001:db8::7]:6310/ipp", Ipp, "2001:db8::7", 6310, "/ipp", ""},
        {"ipps://[fe80::1%25eth0]", Ipps, "fe80::1%eth0", 631, "/ipp/print", ""},
        {"ipp://printer.local./ipp", Ipp, "printer.local.", 631, "/ipp", ""},
        {"ipp://label_printer-2", Ipp, "label_printer-2", 631, "/ipp/print", ""},
        {"cups:labels", Cups, "", 0, "", "labels"},
        {"cups:%C3%A9tiquettes", Cups, "", 0, "", "\xC3\xA9tiquettes"},
        {"cups:labels?server=cups.example.com:8631",
         Cups,
         "",
         0,
         "",
         "labels",
         {{"server", "cups.example.com:8631"}}},
        {"cups:labels?server=/run/cups/cups.sock",
         Cups,
         "",
         0,
         "",
         "labels",
         {{"server", "/run/cups/cups.sock"}}},
        {"socket://192.0.2.9", Socket, "192.0.2.9", 9100, "", ""},
        {"socket://zebra:6101/?status=zebra", Socket, "zebra", 6101, "", "", {{"status", "zebra"}}},
        {"socket://[::1]?status=none", Socket, "::1", 9100, "", "", {{"status", "none"}}},
        {"file:/srv/labels", Folder, "", 0, "", "/srv/labels"},
        {"file:///srv/la%20bels/", Folder, "", 0, "", "/srv/la bels"},
        {"file://localhost/srv/./x/../labels", Folder, "", 0, "", "/srv/labels"},
        {"command:/usr/bin/lp -d labels -o fit=%20?#", Command, "", 0, "",
         "/usr/bin/lp -d labels -o fit=%20?#"},
        {"command:  tee '/tmp/a b'", Command, "", 0, "", "tee '/tmp/a b'"},
    };
    for (const auto& row : table) {
        const auto uri = parse_device_uri(row.text);
        ASSERT_TRUE(uri) << row.text << ": " << uri.error().text();
        EXPECT_EQ(uri->kind, row.kind) << row.text;
        EXPECT_EQ(uri->text, row.text);
        EXPECT_EQ(uri->host, row.host) << row.text;
        EXPECT_EQ(uri->port, row.port) << row.text;
        EXPECT_EQ(uri->resource, row.resource) << row.text;
        EXPECT_EQ(uri->target, row.target) << row.text;
        EXPECT_EQ(uri->options, row.options) << row.text;
    }
}

TEST(DeviceUri, RefusesWithACureWhatCannotBeMeant) {
    const std::vector<std::pair<std::string, std::string>> table{
        {"", "ipp://HOST"},
        {"printer.example.com", "ipp://HOST"},
        {"192.0.2.7:9100", "socket://HOST"},
        {"printer:9100", "socket://HOST"},
        {"fax://printer", "command:PROGRAM"},
        {"http://printer/", "write ipp://HOST/ipp/print"},
        {"https://printer/", "write ipps://HOST/ipp/print"},
        {"lpd://printer/queue", "cups:QUEUE"},
        {"usb://Zebra/ZD421", "cups:QUEUE"},
        {"ipp:printer", "write ipp://HOST"},
        {"ipp:/printer", "write ipp://HOST"},
        {"ipp://", "write a name"},
        {"ipp:///ipp/print", "write a name"},
        {"ipp://:631/ipp/print", "write a name"},
        {"ipp://user:secret@printer/ipp/print", "leave out everything up to the @"},
        {"socket://user@printer", "leave out everything up to the @"},
        {"ipp://printer:0", "1 to 65535"},
        {"ipp://printer:65536", "1 to 65535"},
        {"ipp://printer:-1", "1 to 65535"},
        {"ipp://printer:6e3", "1 to 65535"},
        {"ipp://printer:99999999999999999999", "1 to 65535"},
        {"ipp://2001:db8::7/ipp", "IPv6 address in [ ]"},
        {"ipp://[2001:db8::7/ipp", "IPv6 address in [ ]"},
        {"ipp://[2001:zz::7]/ipp", "IPv6 address in [ ]"},
        {"ipp://[::1]631", "IPv6 address in [ ]"},
        {"ipp://[fe80::1%25e%2Fh]/", "IPv6 address in [ ]"},
        {"ipp://300.1.1.1", "IPv4 address"},
        {"ipp://1.2.3", "IPv4 address"},
        {"ipp://-printer", "write a name"},
        {"ipp://a..b", "write a name"},
        {"ipp://pri nter/", "write a name"},
        {"ipp://" + std::string(64, 'a'), "write a name"},
        {"ipp://printer/ipp/a b", "%20"},
        {"ipp://printer/ipp/%zz", "%25"},
        {"ipp://printer/ipp/%0d%0aEvil:", "control"},
        {"ipp://printer/ipp/print?waitjob=false", "from the ? on"},
        {"ipp://printer/ipp/print#top", "%23"},
        {"cups:", "lpstat -e"},
        {"cups:two words", "lpstat -e"},
        {"cups:%20", "lpstat -e"},
        {"cups://server/queue", "lpstat -e"},
        {"cups:" + std::string(128, 'q'), "lpstat -e"},
        {"cups:labels?server=", "write a name"},
        {"cups:labels?server=a:b:c", "IPv6 address in [ ]"},
        {"cups:labels?host=a", "the options here: server"},
        {"cups:labels?server=a&server=b", "leave one of them out"},
        {"socket://printer/queue", "no more"},
        {"socket://printer?status=maybe", "status=zebra"},
        {"file:", "the whole path"},
        {"file:labels", "the whole path"},
        {"file://server/labels", "the whole path"},
        {"file:/", "the whole path"},
        {"file:/srv/..", "the whole path"},
        {"file:/srv/a%00b", "control"},
        {"file:/srv/a?b=1", "%3F"},
        {"command:", "arguments"},
        {"command:   x\n", "copied along"},
        {" ipp://printer", "copied along"},
        {"ipp://printer/ipp/print\n", "copied along"},
        {"file:/" + std::string(1100, 'a'), "at most 1023"},
    };
    for (const auto& [text, cure] : table) {
        const auto uri = parse_device_uri(text);
        ASSERT_FALSE(uri) << text;
        EXPECT_EQ(uri.error().code, ErrorCode::ValueInvalid) << text;
        EXPECT_FALSE(uri.error().cure.empty()) << text;
        EXPECT_THAT(uri.error().text(), HasSubstr(cure)) << text;
    }
}

TEST(DeviceUri, TellsNobodyAPassword) {
    for (const std::string text :
         {"ipp://emma:secret@printer/ipp", "socket://emma:secret@printer:x",
          "ipp://printer/ipp?user=emma:secret@here"}) {
        const auto uri = parse_device_uri(text);
        ASSERT_FALSE(uri) << text;
        EXPECT_THAT(uri.error().text(), Not(HasSubstr("secret"))) << text;
    }
}

TEST(DeviceUri, NamesItsKinds) {
    EXPECT_EQ(to_string(DeviceKind::Ipps), "ipps");
    EXPECT_EQ(to_string(DeviceKind::Command), "command");
}

// Whatever is written, the answer is an address that is sound, or a sentence.
TEST(DeviceUri, SurvivesNoise) {
    constexpr std::uint32_t kSeed = 70701;
    std::mt19937 random(kSeed);
    const std::vector<std::string> pieces{
        "ipp", "ipps",   "cups",   "socket", "file", "command",   ":",    "//",   "/",
        "[",   "]",      "%",      "%41",    "%00",  "@",         "host", "?",    "=",
        "&",   "server", "status", "631",    "::1",  ".",         "-",    "\xC3", "a",
        "..",  "#",      "zebra",  " ",      "\x01", "9999999999"};
    for (int round = 0; round < 50000; ++round) {
        std::string text;
        for (auto count = random() % 12; count > 0; --count)
            text += pieces.at(random() % pieces.size());
        const auto uri = parse_device_uri(text);
        if (!uri) {
            EXPECT_FALSE(uri.error().cure.empty()) << "seed " << kSeed << ": " << text;
            continue;
        }
        EXPECT_TRUE(!uri->host.empty() || !uri->target.empty()) << "seed " << kSeed << ": " << text;
        for (const char letter : uri->host + uri->resource + uri->target)
            EXPECT_GE(static_cast<unsigned char>(letter), 0x20) << "seed " << kSeed << ": " << text;
    }
}

}  // namespace
}  // namespace verso::printer
