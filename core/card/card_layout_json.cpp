// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/card/card_layout.h"
#include "core/crypto/crypto.h"

namespace verso {

namespace {

using Json = nlohmann::ordered_json;

constexpr int kAnyInt = std::numeric_limits<int>::max();
constexpr int kLastLayout = 1023;  // two Crockford digits

/// Micrometres are finer than any printer; rounding makes equal geometry equal bytes.
double micrometres(Mm length) { return std::round(length.value * 1000) / 1000; }

Json to_node(const MmBox& box) {
    return {{"x", micrometres(box.x)},
            {"y", micrometres(box.y)},
            {"w", micrometres(box.w)},
            {"h", micrometres(box.h)}};
}

Json to_node(const Question& question) {
    Json options = Json::array();
    for (const auto& option : question.options) {
        options.push_back({{"value", option.value},
                           {"shape", to_string(option.shape)},
                           {"box", to_node(option.box)}});
    }
    return {
        {"id", question.id}, {"kind", to_string(question.kind)}, {"options", std::move(options)}};
}

Json to_node(const ReadRegion& region) {
    Json node{{"id", region.id},
              {"page", region.page},
              {"box", to_node(region.box)},
              {"rotation", region.rotation}};
    for (const char* key : {"codes", "fiducials", "questions", "fields"}) node[key] = Json::array();
    for (const auto& code : region.codes) {
        node["codes"].push_back({{"kind", to_string(code.kind)}, {"box", to_node(code.box)}});
    }
    for (const auto& box : region.fiducials) node["fiducials"].push_back({{"box", to_node(box)}});
    for (const auto& question : region.questions) node["questions"].push_back(to_node(question));
    for (const auto& field : region.fields) {
        node["fields"].push_back(
            {{"id", field.id}, {"kind", "handwriting"}, {"box", to_node(field.box)}});
    }
    return node;
}

/// The geometry alone, in a fixed order of keys.
Json geometry(const Layout& layout) {
    Json pages = Json::array(), cards = Json::array(), returns = Json::array();
    for (const auto& page : layout.pages) {
        pages.push_back({{"width", micrometres(page.width)}, {"height", micrometres(page.height)}});
    }
    for (const auto& card : layout.cards) cards.push_back(to_node(card));
    for (const auto& sheet : layout.returns) returns.push_back(to_node(sheet));
    return {{"template", layout.template_name},
            {"pages", std::move(pages)},
            {"cards", std::move(cards)},
            {"returns", std::move(returns)}};
}

/// A whole number that fits. nlohmann's get<int> would convert any double, also one beyond int.
int int_at(const Json& node, const char* key, int least, int most) {
    const Json& value = node.at(key);
    if (!value.is_number_integer()) {
        throw std::invalid_argument(fmt::format("\"{}\" is not a whole number", key));
    }
    const auto number = value.get<std::int64_t>();
    if (number < least || number > most) {
        throw std::invalid_argument(fmt::format("\"{}\" is not from {} to {}", key, least, most));
    }
    return static_cast<int>(number);
}

Mm mm_at(const Json& node, const char* key) { return Mm{node.at(key).get<double>()}; }

MmBox box_of(const Json& node) {
    const Json& box = node.at("box");
    return {mm_at(box, "x"), mm_at(box, "y"), mm_at(box, "w"), mm_at(box, "h")};
}

/// The enumerator whose to_string is the node's text. Throws what the caller's catch reports.
template <class Enum>
Enum enum_of(const Json& node, std::initializer_list<Enum> all) {
    const auto text = node.get<std::string>();
    for (Enum value : all) {
        if (to_string(value) == text) return value;
    }
    throw std::invalid_argument("unknown word '" + text + "'");
}

Question question_of(const Json& node) {
    Question question{
        node.at("id").get<std::string>(),
        enum_of(node.at("kind"), {QuestionKind::One, QuestionKind::Tick, QuestionKind::Many}),
        {}};
    for (const auto& option : node.at("options")) {
        question.options.push_back(
            {int_at(option, "value", -kAnyInt, kAnyInt),
             enum_of(option.at("shape"), {MarkShape::Oval, MarkShape::Square}), box_of(option)});
    }
    return question;
}

ReadRegion region_of(const Json& node) {
    ReadRegion region;
    region.id = node.at("id").get<std::string>();
    region.page = int_at(node, "page", 1, kAnyInt);
    region.box = box_of(node);
    region.rotation = int_at(node, "rotation", 0, 359);
    for (const auto& code : node.at("codes")) {
        region.codes.push_back(
            {enum_of(code.at("kind"), {CodeKind::Qr, CodeKind::DataMatrix, CodeKind::Code128}),
             box_of(code)});
    }
    for (const auto& mark : node.at("fiducials")) region.fiducials.push_back(box_of(mark));
    for (const auto& question : node.at("questions"))
        region.questions.push_back(question_of(question));
    for (const auto& field : node.at("fields")) {
        region.fields.push_back({field.at("id").get<std::string>(), box_of(field)});
    }
    return region;
}

}  // namespace

std::string layout_sha256(const Layout& layout) { return sha256_hex(geometry(layout).dump()); }

std::string to_json(const Layout& layout) {
    Json node{{"template", layout.template_name},
              {"layout", layout.number.get()},
              {"sha256", layout_sha256(layout)}};
    node.update(geometry(layout));
    return node.dump();
}

Result<Layout> parse_layout(std::string_view json) {
    try {
        const Json node = Json::parse(json);
        Layout layout;
        layout.template_name = node.at("template").get<std::string>();
        layout.number = LayoutNumber(std::uint16_t(int_at(node, "layout", 0, kLastLayout)));
        for (const auto& page : node.at("pages")) {
            layout.pages.push_back({mm_at(page, "width"), mm_at(page, "height")});
        }
        for (const auto& card : node.at("cards")) layout.cards.push_back(region_of(card));
        for (const auto& sheet : node.at("returns")) layout.returns.push_back(region_of(sheet));
        if (node.at("sha256").get<std::string>() != layout_sha256(layout)) {
            return Error{ErrorCode::FormatInvalid, "the layout does not agree with its sha256",
                         "layout " + layout.template_name,
                         "a frozen layout was altered: restore it from a backup"};
        }
        return layout;
    } catch (const std::exception& e) {
        return Error{ErrorCode::FormatInvalid, fmt::format("not a layout: {}", e.what()), "layout",
                     ""};
    }
}

}  // namespace verso
