// SPDX-License-Identifier: Apache-2.0
// The numbers are compared with the table in docs/errors.md, which scripts are written from.
#include "app/exit_code.h"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <regex>
#include <string>

namespace verso::app {
namespace {

std::map<int, std::string> documented_codes() {
    std::ifstream page(VERSO_SOURCE_DIR "/docs/errors.md");
    const std::regex row("\\| ([0-9]+) \\| `([a-z-]+)` \\|.*");
    std::map<int, std::string> codes;
    std::smatch match;
    for (std::string line; std::getline(page, line);) {
        if (std::regex_match(line, match, row)) codes[std::stoi(match[1])] = match[2];
    }
    return codes;
}

TEST(ExitCode, IsDocumentedByNumberAndName) {
    std::map<int, std::string> ours;
    for (const ExitCode code : kExitCodes) ours[static_cast<int>(code)] = to_string(code);
    EXPECT_EQ(documented_codes(), ours);
}

TEST(ExitCode, HasASectionForEachFailure) {
    std::ifstream page(VERSO_SOURCE_DIR "/docs/errors.md");
    const std::string text((std::istreambuf_iterator<char>(page)), {});
    for (const ExitCode code : kExitCodes) {
        if (code == ExitCode::Ok) continue;
        const std::string heading =
            "\n## " + std::to_string(static_cast<int>(code)) + " " + std::string(to_string(code));
        EXPECT_NE(text.find(heading), std::string::npos) << heading;
    }
}

TEST(ExitCode, HasTheNameOfItsErrorCode) {
    for (int i = 0; i <= static_cast<int>(ErrorCode::Internal); ++i) {
        const auto code = static_cast<ErrorCode>(i);
        // a step of the loader, drawn by the program: seen outside only when that failed too
        if (code == ErrorCode::PageNotImage) continue;
        EXPECT_EQ(to_string(exit_code(code)), to_string(code));
    }
}

TEST(ExitCode, APageThatIsNoImageIsAFormatFault) {
    EXPECT_EQ(exit_code(ErrorCode::PageNotImage), ExitCode::FormatInvalid);
}

}  // namespace
}  // namespace verso::app
