// SPDX-License-Identifier: Apache-2.0
#include "generator/template/template_node.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace verso::generator {

namespace {

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t changed = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({changed, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

/// "~" and "/" of a key as RFC 6901 wants them.
std::string pointer_token(std::string_view key) {
    std::string out;
    for (char c : key) {
        if (c == '~') {
            out += "~0";
        } else if (c == '/') {
            out += "~1";
        } else {
            out += c;
        }
    }
    return out;
}

}  // namespace

Mm micrometres(Mm length) { return Mm{std::round(length.value * 1000) / 1000}; }

MmBox micrometres(const MmBox& b) {
    return {micrometres(b.x), micrometres(b.y), micrometres(b.w), micrometres(b.h)};
}

std::string nearest_word(std::string_view word, const std::vector<std::string>& known) {
    std::string best;
    std::size_t least = std::max<std::size_t>(3, word.size() / 2) + 1;
    for (const auto& candidate : known) {
        const std::size_t distance = edit_distance(word, candidate);
        if (distance < least) {
            least = distance;
            best = candidate;
        }
    }
    return best;
}

void Node::fail(const std::string& message, const std::string& cure) const {
    const std::string place = pointer_.empty() ? "/" : pointer_;
    throw TemplateFault{{ErrorCode::TemplateInvalid, message, file_ + " " + place, cure}};
}

void Node::allow(std::initializer_list<const char*> keys) const {
    allow_only(std::vector<std::string>(keys.begin(), keys.end()));
}

void Node::allow_in_block(std::initializer_list<const char*> keys) const {
    std::vector<std::string> known{"block", "if", "role"};
    known.insert(known.end(), keys.begin(), keys.end());
    allow_only(known);
}

void Node::allow_only(const std::vector<std::string>& known) const {
    if (!json_->is_object()) fail("this must be an object {…}");
    for (const auto& [key, value] : json_->items()) {
        if (std::find(known.begin(), known.end(), key) != known.end()) continue;
        const std::string nearest = nearest_word(key, known);
        const std::string cure = nearest.empty()
                                     ? fmt::format("known here: {}", fmt::join(known, ", "))
                                     : fmt::format("did you mean \"{}\"?", nearest);
        Node(value, file_, pointer_ + "/" + pointer_token(key))
            .fail(fmt::format("unknown key \"{}\"", key), cure);
    }
}

bool Node::has(const char* key) const { return json_->is_object() && json_->contains(key); }

Node Node::at(const char* key) const {
    if (!has(key)) fail(fmt::format("the key \"{}\" is missing", key), "add it");
    return {(*json_)[key], file_, pointer_ + "/" + pointer_token(key), settings_};
}

std::vector<Node> Node::items() const {
    if (!json_->is_array()) fail("this must be a list […]");
    std::vector<Node> out;
    for (std::size_t i = 0; i < json_->size(); ++i) {
        out.emplace_back((*json_)[i], file_, fmt::format("{}/{}", pointer_, i), settings_);
    }
    return out;
}

std::vector<std::pair<std::string, Node>> Node::members() const {
    if (!json_->is_object()) fail("this must be an object {…}");
    std::vector<std::pair<std::string, Node>> out;
    for (const auto& [key, value] : json_->items()) {
        out.emplace_back(key, Node(value, file_, pointer_ + "/" + pointer_token(key), settings_));
    }
    return out;
}

std::string Node::text() const {
    if (!json_->is_string()) fail("this must be a text in quotes");
    return json_->get<std::string>();
}

double Node::number() const {
    constexpr double kFarthest = 5000;
    double value = 0;
    if (json_->is_string() && text().starts_with('=')) {
        const auto result =
            evaluate_number(text().substr(1), settings_ == nullptr ? Settings{} : *settings_);
        if (!result) fail(result.error().message, result.error().cure);
        value = *result;
    } else {
        if (!json_->is_number()) fail("this must be a number");
        value = json_->get<double>();
    }
    if (!(value >= -kFarthest && value <= kFarthest)) {
        fail(fmt::format("{} is out of range", value), "use a number between -5000 and 5000");
    }
    return value;
}

int Node::integer() const {
    const double value = number();
    if (value != std::floor(value)) fail("this must be a whole number");
    return int(value);
}

std::string Node::text_or(const char* key, const std::string& fallback) const {
    return has(key) ? at(key).text() : fallback;
}

Mm Node::mm(const char* key) const { return micrometres(Mm{at(key).number()}); }

Mm Node::mm_or(const char* key, Mm fallback) const { return has(key) ? mm(key) : fallback; }

bool Node::flag_or(const char* key, bool fallback) const {
    if (!has(key)) return fallback;
    const Node node = at(key);
    if (!node.json_->is_boolean()) node.fail("this must be true or false");
    return node.json_->get<bool>();
}

MmBox Node::box() const {
    const MmBox box{mm("x"), mm("y"), mm("w"), mm("h")};
    if (box.w < Mm{0}) at("w").fail("a width cannot be negative");
    if (box.h < Mm{0}) at("h").fail("a height cannot be negative");
    return box;
}

int Node::choice(const char* key, std::initializer_list<const char*> words, int fallback) const {
    if (!has(key)) return fallback;
    const std::string word = at(key).text();
    const std::vector<std::string> known(words.begin(), words.end());
    const auto it = std::find(known.begin(), known.end(), word);
    if (it != known.end()) return int(it - known.begin());
    at(key).fail(fmt::format("\"{}\" is not known here", word),
                 fmt::format("use one of {}", fmt::join(known, ", ")));
}

}  // namespace verso::generator
