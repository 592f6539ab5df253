// SPDX-License-Identifier: Apache-2.0
#include "records/store/erasure_body.h"

#include <nlohmann/json.hpp>

namespace verso::records {

namespace {

using Json = nlohmann::ordered_json;

Json parsed(std::string_view text) {
    Json json = Json::parse(text, nullptr, false);
    return json.is_object() ? json : Json::object();
}

std::string dump(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string redacted_reading(std::string_view json) {
    Json reading = parsed(json);
    if (reading.contains("source")) reading["source"] = "";
    if (reading.contains("fields")) reading["fields"] = Json::object();
    if (reading.contains("reasons")) reading["reasons"] = Json::array();
    return dump(reading);
}

std::vector<std::string> pictures_of(std::string_view json) {
    std::vector<std::string> files;
    const Json reading = parsed(json);
    const auto fields = reading.find("fields");
    if (fields == reading.end() || !fields->is_object()) return files;
    for (const Json& field : *fields) {
        for (const char* name : {"crop", "original"}) {
            if (field.is_object() && field.contains(name) && field[name].is_string()) {
                files.push_back(field[name].get<std::string>());
            }
        }
    }
    return files;
}

}  // namespace verso::records
