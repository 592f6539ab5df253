// SPDX-License-Identifier: Apache-2.0
#include "scratch_template.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <fstream>

#include "specimens.h"

namespace verso::generator {

const char* const kEnglishFormats =
    R"("format.decimal": ".", "format.group": ",", "format.money": "{symbol}{amount}",
       "format.date": "{day} {month} {year}", "format.first_day": "1",
       "format.months": "January|February|March|April|May|June|July|August|September|October|November|December")";

ScratchTemplates::ScratchTemplates() {
    static std::atomic<int> next{0};
    folder_ = std::filesystem::path(testing::TempDir()) /
              ("verso-templates-" + std::to_string(getpid()) + "-" + std::to_string(next++));
    std::filesystem::create_directories(folder_ / "insert");
    std::filesystem::create_directories(folder_ / "strings");
}

ScratchTemplates::~ScratchTemplates() { std::filesystem::remove_all(folder_); }

void ScratchTemplates::write(const std::string& path, const std::string& text) const {
    std::ofstream(folder_ / path) << text;
}

void ScratchTemplates::write_blocks(const std::string& blocks, const std::string& tables) const {
    write("strings/en.json",
          std::string("{") + kEnglishFormats + R"(, "hello": "Hello {{buyer.name}}",
        "order": "Order"})");
    write("insert/t.json",
          R"({"version": 1, "default_language": "en", "styles": {"body": {"size": 9}},
        "tables": )" +
              tables + R"(, "pages": [{"id": "one", "width": 210, "height": 297, "blocks": [)" +
              blocks + "]}]}");
}

Result<std::shared_ptr<const InsertTemplate>> ScratchTemplates::load(const std::string& name,
                                                                     const Shop* shop) const {
    return InsertTemplate::load(name, {folder()}, specimen_fonts(), shop);
}

std::string ScratchTemplates::complaint(const Shop* shop) const {
    const auto loaded = load("t", shop);
    return loaded ? "loaded" : loaded.error().text();
}

}  // namespace verso::generator
