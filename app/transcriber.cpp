// SPDX-License-Identifier: Apache-2.0
#include "app/transcriber.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <sstream>
#include <utility>

#include "scanner/render/child_output.h"

namespace verso::app {

namespace {

constexpr std::string_view kSeconds = "20";  // a full card takes less than one
constexpr std::size_t kMostBytes = 2000;

Error missing(std::string what, std::string package) {
    return {ErrorCode::DependencyMissing, std::move(what), "tesseract",
            "apt install " + std::move(package)};
}

/// What the program writes; nothing when it cannot be started or fails.
Result<std::string> output_of(const std::vector<std::string>& arguments) {
    constexpr std::size_t kMostOutput = 64 * 1024;
    auto child = scanner::ChildOutput::start(arguments);
    if (!child) return child.error();
    std::string text(kMostOutput, '\0');
    text.resize(child->read(text.data(), text.size()));
    if (const int status = child->finish(); status != 0) {
        return Error{ErrorCode::Internal, child->complaint(), arguments.at(0), ""};
    }
    return text;
}

/// ISO 639-2 as Tesseract names its languages, of the languages that the sheets are printed in.
std::string_view tesseract_name(std::string_view language) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kNames{
        {{"de", "deu"},
         {"en", "eng"},
         {"es", "spa"},
         {"fr", "fra"},
         {"it", "ita"},
         {"nl", "nld"},
         {"pl", "pol"}}};
    for (const auto& [two, three] : kNames) {
        if (language.substr(0, 2) == two) return three;
    }
    return "";
}

/// Its own list: a heading, then one name a line. "osd" finds directions and reads nothing.
Result<std::vector<std::string>> installed_languages() {
    auto text = output_of({"tesseract", "--list-langs"});
    if (!text) {
        return missing("no machine's guess at handwriting: Tesseract is not installed",
                       "tesseract-ocr");
    }
    std::vector<std::string> names;
    std::istringstream lines(*text);
    for (std::string line; std::getline(lines, line);) {
        if (!line.empty() && line != "osd" && line.find(' ') == std::string::npos)
            names.push_back(line);
    }
    if (names.empty()) {
        return missing("no machine's guess at handwriting: Tesseract has no language",
                       "tesseract-ocr-eng");
    }
    return names;
}

bool holds(const std::vector<std::string>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// The first of the languages in "fra+eng" that is not installed; empty when all are.
std::string first_missing(const std::string& languages, const std::vector<std::string>& names) {
    std::istringstream parts(languages);
    for (std::string part; std::getline(parts, part, '+');) {
        if (!holds(names, part)) return part;
    }
    return "";
}

/// How many bytes the UTF-8 letter at the front has; 0 when it is none.
std::size_t letter_size(std::string_view text) {
    const auto first = static_cast<unsigned char>(text.front());
    const std::size_t size = first < 0x80                    ? 1
                             : first >= 0xC2 && first < 0xE0 ? 2
                             : (first & 0xF0) == 0xE0        ? 3
                             : first >= 0xF0 && first < 0xF5 ? 4
                                                             : 0;
    if (size == 0 || size > text.size()) return 0;
    const bool whole = std::all_of(text.begin() + 1, text.begin() + std::ptrdiff_t(size),
                                   [](char c) { return (c & 0xC0) == 0x80; });
    return whole ? size : 0;
}

}  // namespace

std::string one_line(std::string_view text, std::size_t most_bytes) {
    std::string out;
    bool gap = false;
    while (!text.empty()) {
        const std::size_t size = letter_size(text);
        const auto first = static_cast<unsigned char>(text.front());
        if (size == 1 && (first <= ' ' || first == 0x7F)) {
            gap = true;
        } else if (size > 0) {
            const std::size_t blank = gap && !out.empty() ? 1 : 0;
            if (out.size() + blank + size > most_bytes) break;
            if (blank > 0) out += ' ';
            out += text.substr(0, size);
            gap = false;
        }
        text.remove_prefix(std::max<std::size_t>(size, 1));
    }
    return out;
}

Result<Transcriber> Transcriber::start(const std::string& languages,
                                       std::string_view shop_language) {
    auto installed = installed_languages();
    if (!installed) return installed.error();
    if (!languages.empty()) {
        const std::string lacking = first_missing(languages, *installed);
        if (lacking.empty()) return Transcriber(languages);
        return missing(
            "no machine's guess at handwriting: Tesseract has no language '" + lacking + "'",
            "tesseract-ocr-" + lacking + ", or name others with --transcribe-languages");
    }
    const std::string_view own = tesseract_name(shop_language);
    std::string chosen = holds(*installed, own) ? std::string(own) : "";
    if (own != "eng" && holds(*installed, "eng")) chosen += chosen.empty() ? "eng" : "+eng";
    return Transcriber(chosen.empty() ? installed->front() : chosen);
}

std::string Transcriber::guess(const std::string& picture) const {
    std::error_code failed;
    const std::string path = std::filesystem::absolute(picture, failed).string();
    // its threads fight for processors over so small a picture
    auto text =
        output_of({"env", "OMP_THREAD_LIMIT=1", "timeout", "--kill-after=1", std::string(kSeconds),
                   "tesseract", path, "stdout", "-l", languages_, "--psm", "6"});
    return text && !failed ? one_line(*text, kMostBytes) : "";
}

void Transcriber::guess_at(Reading& reading) const {
    for (auto& field : reading.fields) {
        if (field.inked && !field.crop.empty()) field.guess = guess(field.crop);
    }
}

}  // namespace verso::app
