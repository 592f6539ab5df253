// SPDX-License-Identifier: Apache-2.0
#include "records/import/json_value.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace verso::records {

namespace {

using Kind = JsonValue::Kind;

/// Builds a JsonValue from what the parser tells.
class Builder : public nlohmann::json_sax<nlohmann::json> {
  public:
    explicit Builder(JsonValue& root) : root_(root) {}
    const std::string& fault() const { return fault_; }

    bool null() override { return put({}); }
    bool boolean(bool value) override { return put({Kind::Boolean, value ? "true" : "false"}); }
    bool number_integer(number_integer_t value) override {
        return put({Kind::Number, std::to_string(value)});
    }
    bool number_unsigned(number_unsigned_t value) override {
        return put({Kind::Number, std::to_string(value)});
    }
    bool number_float(number_float_t, const string_t& written) override {
        return put({Kind::Number, written});
    }
    bool string(string_t& value) override { return put({Kind::Text, std::move(value)}); }
    bool binary(binary_t&) override { return false; }
    bool key(string_t& value) override {
        key_ = std::move(value);
        return true;
    }
    bool start_object(std::size_t) override { return open(Kind::Object); }
    bool end_object() override { return close(); }
    bool start_array(std::size_t) override { return open(Kind::Array); }
    bool end_array() override { return close(); }
    bool parse_error(std::size_t place, const std::string&,
                     const nlohmann::detail::exception&) override {
        fault_ = fmt::format("this is no JSON at byte {} of the order", place);
        return false;
    }

  private:
    bool put(JsonValue value) { return place(std::move(value)) != nullptr; }
    JsonValue* place(JsonValue value) {
        if (open_.empty()) {
            root_ = std::move(value);
            return &root_;
        }
        JsonValue& parent = *open_.back();
        if (parent.kind == Kind::Array) return &parent.items.emplace_back(std::move(value));
        return &parent.members.emplace_back(std::move(key_), std::move(value)).second;
    }
    bool open(Kind kind) {
        if (open_.size() == kDeepestJson) {
            fault_ = fmt::format("the JSON is nested deeper than {}", kDeepestJson);
            return false;
        }
        JsonValue value;
        value.kind = kind;
        open_.push_back(place(std::move(value)));
        return true;
    }
    bool close() {
        open_.pop_back();
        return true;
    }

    JsonValue& root_;
    std::vector<JsonValue*> open_;  // stay valid: only the innermost one grows
    std::string key_, fault_;
};

}  // namespace

const JsonValue& JsonValue::at(std::string_view key) const {
    static const JsonValue nothing;
    for (const auto& [name, value] : members) {
        if (name == key) return value;
    }
    return nothing;
}

Result<JsonValue> parse_json(std::string_view text) {
    JsonValue root;
    Builder builder(root);
    if (nlohmann::json::sax_parse(text.begin(), text.end(), &builder)) return root;
    return Error{ErrorCode::FormatInvalid,
                 builder.fault().empty() ? "this is no JSON" : builder.fault(), "", ""};
}

}  // namespace verso::records
