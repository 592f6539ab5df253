// SPDX-License-Identifier: Apache-2.0
#include "app/wave_request.h"

#include <gtest/gtest.h>

namespace verso::app {
namespace {

WaveRequest sample() {
    WaveRequest request;
    request.print.orders = {"#1", "#é"};
    request.print.template_name = "a4-fold";
    request.print.manifest = "/a/m.jsonl";
    request.print.reprint = "paper jam";
    request.print.threads = 7;
    request.folder = "/a/out";
    request.name = "monday";
    request.per_file = 12;
    request.sequence = PrintSequence::Store;
    request.separators = true;
    return request;
}

TEST(WaveRequest, IsReadBack) {
    const std::string text = format_wave_request(sample());
    const auto read = parse_wave_request(text, "monday");
    ASSERT_TRUE(read) << read.error().text();
    EXPECT_EQ(format_wave_request(*read), text);
    EXPECT_EQ(read->print.orders, sample().print.orders);
    EXPECT_EQ(read->per_file, 12);
    EXPECT_EQ(read->sequence, PrintSequence::Store);
    EXPECT_TRUE(read->separators);
    EXPECT_EQ(read->file(2), "/a/out/wave-monday-002.pdf");
}

TEST(WaveRequest, ThreadsAndNameAreNoPartOfIt) {
    WaveRequest other = sample();
    other.print.threads = 1;
    other.name = "";
    EXPECT_EQ(format_wave_request(other), format_wave_request(sample()));
    other.print.reprint = "";
    EXPECT_NE(format_wave_request(other), format_wave_request(sample()));
}

TEST(WaveRequest, WhatVersoDidNotWriteIsRefused) {
    for (const char* text : {"", "{}", "[]", "{\"orders\":1}"}) {
        EXPECT_EQ(parse_wave_request(text, "x").error().code, ErrorCode::HomeInvalid) << text;
    }
}

TEST(WaveRequest, NamesArePartsOfFileNames) {
    WaveRequest request = sample();
    for (const char* name : {"", "1", "2026-10-05", "Monday_2.b"}) {
        request.name = name;
        EXPECT_TRUE(check_wave_request(request)) << name;
    }
    for (const std::string& name : {std::string(".."), std::string("-a"), std::string("a/b"),
                                    std::string("é"), std::string(41, 'a'), std::string("a\nb")}) {
        request.name = name;
        EXPECT_FALSE(check_wave_request(request)) << name;
    }
}

TEST(WaveRequest, AFileHoldsSomeInserts) {
    WaveRequest request = sample();
    for (const int count : {0, -1, 100'001}) {
        request.per_file = count;
        EXPECT_FALSE(check_wave_request(request)) << count;
    }
}

}  // namespace
}  // namespace verso::app
