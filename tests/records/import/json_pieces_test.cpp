// SPDX-License-Identifier: Apache-2.0
#include "records/import/json_pieces.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/records/import/import_sources.h"

namespace verso::records {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> pieces(std::string text, std::string envelope = "", bool lines = false,
                                std::size_t most = 5) {
    testing::DribblingSource source(std::move(text), 3, most);
    JsonPieces cut(TextSource::open(source, TextEncoding::Utf8).value(), std::move(envelope),
                   lines);
    std::vector<std::string> out;
    for (auto piece = cut.next().value(); piece; piece = cut.next().value()) {
        out.push_back(std::to_string(piece->line) + ':' +
                      (piece->fault.empty() ? std::string(piece->text) : "!" + piece->fault));
    }
    return out;
}

TEST(JsonPieces, FindOrdersInEachShape) {
    EXPECT_THAT(pieces(" {\"a\":1} "), ElementsAre("1:{\"a\":1}"));
    EXPECT_THAT(pieces("[{\"a\":\"]}\"},\n{\"b\":[{}]}]"),
                ElementsAre("1:{\"a\":\"]}\"}", "2:{\"b\":[{}]}"));
    EXPECT_THAT(
        pieces("{\"n\":[1,{\"x\":2}],\"s\":\"o\\\"\",\"orders\":[{\"a\":1},{\"b\":2}],\"t\":3}",
               "orders"),
        ElementsAre("1:{\"a\":1}", "1:{\"b\":2}"));
    EXPECT_THAT(pieces("{\"order\":{\"a\":1}}\n{\"order\":{\"a\":2}}", "order"),
                ElementsAre("1:{\"a\":1}", "2:{\"a\":2}"));
    EXPECT_THAT(pieces("{\"a\":1}\n\n{\"a\":2}\r\n{\"a\":", "", true),
                ElementsAre("1:{\"a\":1}", "3:{\"a\":2}\r", "4:{\"a\":"));
    EXPECT_THAT(pieces("[]"), ElementsAre());
    EXPECT_THAT(pieces(""), ElementsAre());
}

TEST(JsonPieces, WhatIsCutOffIsTold) {
    EXPECT_THAT(pieces("[{\"a\":1},{\"a\":"),
                ElementsAre("1:{\"a\":1}", "1:!the file ends within an order"));
    EXPECT_THAT(pieces("[{\"a\":1}"),
                ElementsAre("1:{\"a\":1}", "1:!the file ends before its JSON does"));
    EXPECT_THAT(pieces("[{\"a\":1}, 7"),
                ElementsAre("1:{\"a\":1}", "1:!the text is no JSON from here on"));
}

TEST(JsonPieces, GoesOnBehindABrokenOrder) {
    EXPECT_THAT(pieces("[{\"a\":1},\n{\"a\":\"x}, \n{\"a\":3},\n{\"a\":4}]"),
                ElementsAre("1:{\"a\":1}", "2:!the file ends within an order", "3:{\"a\":3}",
                            "4:{\"a\":4}"));
}

TEST(JsonPieces, AnEndlessOrderIsRefused) {
    std::string text = "[{\"a\":\"";
    text.append(std::size_t{18} << 20, 'x');
    EXPECT_THAT(pieces(text, "", false, 1 << 20),
                ElementsAre("1:!the order is larger than 16 MiB"));
}

}  // namespace
}  // namespace verso::records
