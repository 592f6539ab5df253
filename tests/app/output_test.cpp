// SPDX-License-Identifier: Apache-2.0
#include "app/output.h"

#include <gtest/gtest.h>

#include <sstream>

namespace verso::app {
namespace {

struct Streams {
    std::ostringstream results, remarks;
    Output with(OutputOptions options) { return {results, remarks, options}; }
};

const Error kError{ErrorCode::NotFound, "there is no \"a\"", "b.csv:3", "look again"};

TEST(Output, PeopleGetSentencesAndTables) {
    Streams streams;
    Output out = streams.with({});
    out.say("done");
    out.line("{}");
    Table table({"name", ">count"});
    table.add({"Été", "7"});
    table.add({"b", "12"});
    out.show(table);
    EXPECT_EQ(streams.results.str(), "done\nname  count\nÉté       7\nb        12\n");
}

TEST(Output, ProgramsGetLinesOfJson) {
    Streams streams;
    Output out = streams.with({true, false, false});
    out.say("done");
    out.line("{}");
    EXPECT_EQ(streams.results.str(), "{}\n");
}

TEST(Output, ErrorsAreOneLineInEitherForm) {
    Streams people, programs;
    people.with({}).fail(kError);
    EXPECT_EQ(people.remarks.str(), "verso: b.csv:3: there is no \"a\"; look again\n");
    programs.with({true, true, false}).fail(kError);
    EXPECT_EQ(programs.remarks.str(),
              "{\"error\":{\"code\":\"not-found\",\"message\":\"there is no \\\"a\\\"\","
              "\"where\":\"b.csv:3\",\"cure\":\"look again\"}}\n");
}

TEST(Output, QuietDropsWarningsAndVerboseAddsDetail) {
    Streams normal, quiet, verbose;
    for (auto [streams, options] : {std::pair{&normal, OutputOptions{}},
                                    {&quiet, OutputOptions{false, true, false}},
                                    {&verbose, OutputOptions{false, false, true}}}) {
        Output out = streams->with(options);
        out.warn("w");
        out.detail("d");
    }
    EXPECT_EQ(normal.remarks.str(), "verso: warning: w\n");
    EXPECT_EQ(quiet.remarks.str(), "");
    EXPECT_EQ(verbose.remarks.str(), "verso: warning: w\nverso: d\n");
}

TEST(Output, BytesThatAreNotUtf8DoNotBreakTheJson) {
    Streams streams;
    streams.with({true, false, false}).fail({ErrorCode::NotFound, "a\xff", "", ""});
    EXPECT_NE(streams.remarks.str().find("not-found"), std::string::npos);
}

}  // namespace
}  // namespace verso::app
