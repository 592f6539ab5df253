// SPDX-License-Identifier: Apache-2.0
#include "service/api/body_reader.h"

#include <algorithm>
#include <deque>
#include <set>

namespace verso::service {

namespace {

constexpr int kDeepest = 16;

/// Refuses names that stand twice and what is nested too deep while it is parsed.
class Strict {
  public:
    bool operator()(int depth, Json::parse_event_t event, const Json& value) {
        if (depth > kDeepest) fault_ = "it is nested too deep";
        if (event == Json::parse_event_t::object_start) names_.emplace_back();
        if (event == Json::parse_event_t::object_end && !names_.empty()) names_.pop_back();
        if (event == Json::parse_event_t::key && !names_.empty()) {
            const auto& name = value.get_ref<const std::string&>();
            if (!names_.back().insert(name).second) fault_ = "the name " + name + " stands twice";
        }
        return true;
    }
    const std::string& fault() const { return fault_; }

  private:
    std::vector<std::set<std::string>> names_;
    std::string fault_;
};

Error not_json(const std::string& what) {
    return {ErrorCode::Usage, what, "body", "send one JSON object in UTF-8"};
}

bool is_plain(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](unsigned char c) {
        return (c < 0x20 && c != '\n' && c != '\r' && c != '\t') || c == 0x7f;
    });
}

}  // namespace

Result<Json> parse_body(std::string_view body) {
    // The depth first: what is nested deeper is never built.
    int depth = 0, deepest = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < body.size(); ++i) {
        const char c = body[i];
        if (quoted && c == '\\') ++i;
        if (c == '"') quoted = !quoted;
        if (!quoted && (c == '{' || c == '[')) deepest = std::max(deepest, ++depth);
        if (!quoted && (c == '}' || c == ']')) --depth;
    }
    if (deepest > kDeepest) return not_json("the body is nested too deep");
    Strict strict;
    try {
        Json json = Json::parse(body, std::ref(strict));
        if (!strict.fault().empty()) return not_json("the body is ambiguous: " + strict.fault());
        if (!json.is_object()) return not_json("the body is no JSON object");
        return json;
    } catch (const Json::parse_error& error) {
        return not_json("the body is not JSON at byte " + std::to_string(error.byte));
    } catch (const Json::exception&) {
        return not_json("the body holds a number that is too large");
    }
}

struct BodyReader::Shared {
    struct Seen {
        const Json* object;
        std::string pointer;
        std::set<std::string, std::less<>> names;
    };
    std::deque<Seen> readers;
    std::optional<Error> fault;
};

BodyReader::BodyReader(const Json& object) : BodyReader(object, "", std::make_shared<Shared>()) {}

BodyReader::BodyReader(const Json& object, std::string pointer, std::shared_ptr<Shared> shared)
    : object_(&object),
      pointer_(std::move(pointer)),
      shared_(std::move(shared)),
      self_(shared_->readers.size()) {
    shared_->readers.push_back({object_, pointer_, {}});
}

void BodyReader::refuse(std::string_view name, const std::string& what, const std::string& cure) {
    if (shared_->fault) return;
    const std::string where = pointer_ + "/" + std::string(name);
    shared_->fault = Error{ErrorCode::ValueInvalid, what, where, cure};
}

const Json* BodyReader::member(std::string_view name) {
    shared_->readers.at(self_).names.emplace(name);
    const auto found = object_->find(std::string(name));
    return found == object_->end() || found->is_null() ? nullptr : &*found;
}

const Json* BodyReader::required(std::string_view name) {
    const Json* found = member(name);
    if (found == nullptr) refuse(name, std::string(name) + " is missing");
    return found;
}

std::string BodyReader::text(std::string_view name, std::size_t most) {
    if (required(name) == nullptr) return "";
    return text_if_any(name, most).value_or("");
}

std::optional<std::string> BodyReader::text_if_any(std::string_view name, std::size_t most) {
    const Json* found = member(name);
    if (found == nullptr) return std::nullopt;
    if (!found->is_string()) {
        refuse(name, std::string(name) + " is no text");
        return std::nullopt;
    }
    auto text = found->get<std::string>();
    if (text.size() > most) {
        refuse(name, std::string(name) + " is longer than " + std::to_string(most) + " bytes");
    } else if (!is_plain(text)) {
        refuse(name, std::string(name) + " holds control characters");
    }
    return text;
}

int BodyReader::whole(std::string_view name, int least, int most) {
    return required(name) == nullptr ? least : whole_or(name, least, most, least);
}

int BodyReader::whole_or(std::string_view name, int least, int most, int fallback) {
    const Json* found = member(name);
    if (found == nullptr) return fallback;
    const bool sound = found->is_number_integer() && *found >= least && *found <= most;
    if (sound) return found->get<int>();
    refuse(name, std::string(name) + " is no whole number from " + std::to_string(least) + " to " +
                     std::to_string(most));
    return fallback;
}

bool BodyReader::flag_or(std::string_view name, bool fallback) {
    const Json* found = member(name);
    if (found == nullptr) return fallback;
    if (found->is_boolean()) return found->get<bool>();
    refuse(name, std::string(name) + " is neither true nor false");
    return fallback;
}

std::vector<std::string> BodyReader::texts(std::string_view name, std::size_t most_items) {
    std::vector<std::string> out;
    const Json* found = required(name);
    if (found == nullptr) return out;
    if (!found->is_array() || found->empty() || found->size() > most_items) {
        refuse(name, std::string(name) + " is no list of 1 to " + std::to_string(most_items));
        return out;
    }
    for (const Json& one : *found) {
        if (!one.is_string()) refuse(name, std::string(name) + " holds something that is no text");
        if (one.is_string()) out.push_back(one.get<std::string>());
    }
    return out;
}

std::vector<BodyReader> BodyReader::objects(std::string_view name, std::size_t most_items) {
    std::vector<BodyReader> out;
    const Json* found = required(name);
    if (found == nullptr) return out;
    if (!found->is_array() || found->empty() || found->size() > most_items) {
        refuse(name, std::string(name) + " is no list of 1 to " + std::to_string(most_items));
        return out;
    }
    for (std::size_t i = 0; i < found->size(); ++i) {
        const std::string place = std::string(name) + "/" + std::to_string(i);
        if (!found->at(i).is_object()) {
            refuse(place, "this is no object");
            continue;
        }
        out.push_back(BodyReader(found->at(i), pointer_ + "/" + place, shared_));
    }
    return out;
}

Result<void> BodyReader::end() {
    if (shared_->fault) return *shared_->fault;
    for (const auto& reader : shared_->readers) {
        for (const auto& [name, value] : reader.object->items()) {
            if (reader.names.contains(name)) continue;
            return Error{ErrorCode::ValueInvalid, "there is no member " + name,
                         reader.pointer + "/" + name, "leave it out; see /api/v1/openapi.json"};
        }
    }
    return {};
}

}  // namespace verso::service
