// SPDX-License-Identifier: Apache-2.0
#include "generator/template/template_file.h"

#include <fmt/format.h>

#include <fstream>
#include <set>

namespace verso::generator {

namespace {

constexpr std::size_t kLargestFile = 4 * 1024 * 1024;
/// Deeper nesting is no template; the limit keeps the recursive walk off the end of the stack.
constexpr int kDeepest = 40;

[[noreturn]] void fail(const std::string& path, std::string message, std::string cure = "") {
    throw TemplateFault{{ErrorCode::TemplateInvalid, std::move(message), path, std::move(cure)}};
}

std::string read_whole(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::string text;
    char chunk[65536];
    while (in.read(chunk, sizeof chunk) || in.gcount() > 0) {
        text.append(chunk, std::size_t(in.gcount()));
        if (text.size() > kLargestFile) fail(path, "the file is larger than 4 MB");
    }
    if (!in.eof()) fail(path, "the file cannot be read", "check its permissions");
    return text;
}

}  // namespace

TemplateFile TemplateFile::read(const std::string& path) {
    const std::string text = read_whole(path);
    std::vector<std::set<std::string>> keys;
    const auto watch = [&](int depth, nlohmann::json::parse_event_t event, nlohmann::json& value) {
        using Event = nlohmann::json::parse_event_t;
        if (depth > kDeepest) fail(path, "the file is nested too deeply");
        if (event == Event::object_start) keys.emplace_back();
        if (event == Event::object_end) keys.pop_back();
        if (event == Event::key && !keys.back().insert(value.get<std::string>()).second) {
            fail(path,
                 fmt::format("the key \"{}\" stands twice in one object", value.get<std::string>()),
                 "remove one");
        }
        return true;
    };
    TemplateFile file;
    file.path_ = path;
    try {
        file.json_ = std::make_unique<const nlohmann::json>(nlohmann::json::parse(
            text, watch, /*allow_exceptions=*/true, /*ignore_comments=*/true));
    } catch (const nlohmann::json::exception& e) {
        fail(path, fmt::format("not JSON: {}", e.what()));
    }
    return file;
}

}  // namespace verso::generator
