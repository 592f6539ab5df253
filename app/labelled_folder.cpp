// SPDX-License-Identifier: Apache-2.0
#include "app/labelled_folder.h"

#include <algorithm>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "app/files.h"
#include "core/domain/card_link.h"

namespace verso::app {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr std::uint64_t kLimit = 64 << 20;
constexpr const char* kAllLabels = "truth.jsonl";

Error misformed(std::string message) {
    return {ErrorCode::FormatInvalid, std::move(message), "",
            "see docs/formats/labelled-folder.md"};
}

Result<CardLabel> card_label(const json& entry) {
    if (!entry.is_object()) return misformed("a card is an object");
    CardLabel label;
    for (const auto& [key, value] : entry.items()) {
        if (key == "card" && value.is_string()) {
            auto card = parse_card(value.get<std::string>());
            if (!card) return card.error();
            label.card = *card;
        } else if (key == "answers" && value.is_object()) {
            for (const auto& [question, answer] : value.items()) {
                if (!answer.is_number_integer())
                    return misformed("the answer to \"" + question + "\" is not a whole number");
                label.answers[question] = answer.get<int>();
            }
        } else if (key == "refuse" && value.is_boolean()) {
            label.refuse = value.get<bool>();
        } else {
            return misformed("\"" + key + "\" is not what a card has");
        }
    }
    return label;
}

/// Each line that is not empty, with its number in errors.
Result<void> each_line(const fs::path& file,
                       const std::function<Result<void>(const std::string&)>& take) {
    auto text = read_file(file, kLimit);
    if (!text) return text.error();
    std::istringstream in(*text);
    int number = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        if (line.empty()) continue;
        if (auto taken = take(line); !taken)
            return taken.error().at(file.string() + ":" + std::to_string(number));
    }
    return {};
}

/// A label of its own for each picture: NAME.json beside NAME.jpg.
Result<std::vector<LabelledPicture>> load_single_labels(const fs::path& folder) {
    std::map<std::string, fs::path> pictures;
    std::vector<fs::path> labels;
    std::error_code failed;
    for (const auto& entry : fs::directory_iterator(folder, failed)) {
        const fs::path& file = entry.path();
        if (file.extension() == ".json") labels.push_back(file);
        if (file.extension() != ".json") pictures[file.stem().string()] = file.filename();
    }
    std::sort(labels.begin(), labels.end());
    std::vector<LabelledPicture> all;
    for (const fs::path& label : labels) {
        auto text = read_file(label, kLimit);
        if (!text) return text.error();
        json entry = json::parse(*text, nullptr, false);
        if (!entry.is_object()) return misformed("is no JSON object").at(label.string());
        const auto picture = pictures.find(label.stem().string());
        if (picture == pictures.end() && !entry.contains("file")) continue;  // another JSON
        if (!entry.contains("file")) entry["file"] = picture->second.string();
        auto parsed = parse_label(entry.dump(), folder);
        if (!parsed) return parsed.error().at(label.string());
        all.push_back(std::move(*parsed));
    }
    return all;
}

}  // namespace

Result<LabelledPicture> parse_label(std::string_view text, const fs::path& folder) {
    const json entry = json::parse(text, nullptr, false);
    if (!entry.is_object()) return misformed("is no JSON object");
    if (!entry.contains("file") || !entry["file"].is_string())
        return misformed("no \"file\" with the picture's name");
    if (!entry.contains("cards") || !entry["cards"].is_array())
        return misformed("no list \"cards\"");
    LabelledPicture picture{folder / entry["file"].get<std::string>(), {}};
    for (const auto& card : entry["cards"]) {
        auto label = card_label(card);
        if (!label) return label.error();
        picture.cards.push_back(std::move(*label));
    }
    return picture;
}

std::string to_json(const LabelledPicture& picture) {
    nlohmann::ordered_json entry{{"file", picture.file.filename().string()},
                                 {"cards", nlohmann::ordered_json::array()}};
    for (const CardLabel& label : picture.cards) {
        nlohmann::ordered_json card = nlohmann::ordered_json::object();
        if (label.card) card["card"] = format_card(*label.card);
        if (label.refuse) card["refuse"] = true;
        card["answers"] = nlohmann::ordered_json::object();
        for (const auto& [question, value] : label.answers) card["answers"][question] = value;
        entry["cards"].push_back(std::move(card));
    }
    return entry.dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<std::vector<LabelledPicture>> load_labels(const fs::path& folder) {
    std::error_code failed;
    if (!fs::is_directory(folder, failed))
        return Error{ErrorCode::NotFound, "there is no such folder", folder.string(), ""};
    std::vector<LabelledPicture> all;
    if (fs::exists(folder / kAllLabels, failed)) {
        auto done = each_line(folder / kAllLabels, [&](const std::string& line) -> Result<void> {
            auto picture = parse_label(line, folder);
            if (!picture) return picture.error();
            all.push_back(std::move(*picture));
            return {};
        });
        if (!done) return done.error();
    } else {
        auto single = load_single_labels(folder);
        if (!single) return single.error();
        all = std::move(*single);
    }
    if (all.empty())
        return Error{ErrorCode::NotFound, "holds no labels", folder.string(),
                     "see docs/formats/labelled-folder.md"};
    for (const auto& picture : all) {
        if (!fs::is_regular_file(picture.file, failed))
            return Error{ErrorCode::NotFound, "has a label, but is not there",
                         picture.file.string(), ""};
    }
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.file < b.file; });
    return all;
}

Result<std::vector<Layout>> load_layouts(const fs::path& file) {
    std::vector<Layout> layouts;
    auto done = each_line(file, [&](const std::string& line) -> Result<void> {
        auto layout = parse_layout(line);
        if (!layout) return layout.error();
        layouts.push_back(std::move(*layout));
        return {};
    });
    if (!done) return done.error();
    if (layouts.empty()) return misformed("holds no layout").at(file.string());
    return layouts;
}

}  // namespace verso::app
