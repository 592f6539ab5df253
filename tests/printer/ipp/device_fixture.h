// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "printer/ipp/ipp_device.h"
#include "tests/support/child_program.h"
#include "tests/support/shared_notes.h"

namespace verso::printer::tests {

using End = Outcome::Kind;

/// Documents in a folder of their own, and a device by its address.
class DeviceTest : public ::testing::Test {
  protected:
    DeviceTest() {
        options.connect_timeout = std::chrono::milliseconds(2000);
        options.answer_timeout = std::chrono::milliseconds(2000);
        options.poll = std::chrono::milliseconds(20);
    }
    ~DeviceTest() override {
        std::error_code ignored;
        std::filesystem::remove_all(folder, ignored);
    }

    Document document(const std::string& name, std::size_t bytes = 20000) {
        Document document;
        document.name = name;
        document.pages = 1;
        document.file = folder / name;
        std::ofstream(document.file, std::ios::binary) << content(name, bytes);
        return document;
    }
    static std::string content(const std::string& name, std::size_t bytes = 20000) {
        std::string text = "%PDF-1.4\n" + name + "\n";
        while (text.size() < bytes) text += static_cast<char>('!' + text.size() * 7 % 90);
        return text;
    }
    std::unique_ptr<Device> open(const std::string& uri) const {
        auto parsed = parse_device_uri(uri);
        EXPECT_TRUE(parsed) << parsed.error().text();
        return make_ipp_device(*parsed, options);
    }
    Outcome print(Device& device, const Document& what) {
        SharedNotes notes;
        return device.hand_over(what, {}, notes);
    }
    static void expect_end(const Outcome& outcome, End kind, const std::string& words = "") {
        EXPECT_EQ(outcome.kind, kind) << outcome.reason.text();
        EXPECT_THAT(outcome.reason.text(), ::testing::HasSubstr(words));
        if (kind != End::Done && kind != End::Stopped) {
            EXPECT_FALSE(outcome.reason.cure.empty()) << outcome.reason.text();
        }
    }

    std::filesystem::path folder = verso::tests::make_test_folder("documents");
    DeviceOptions options;
};

}  // namespace verso::printer::tests
