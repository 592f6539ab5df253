// SPDX-License-Identifier: Apache-2.0
#include "service/desk/form_fields.h"

#include "service/http/web_text.h"

namespace verso::service {

FormFields fields_of(const HttpRequest& request) {
    FormFields fields;
    for (auto& [name, value] : parse_form(request.body)) fields.emplace(name, std::move(value));
    return fields;
}

std::string text_of(const FormFields& fields, std::string_view name) {
    const auto it = fields.find(name);
    return it == fields.end() ? "" : std::string(trimmed(it->second));
}

}  // namespace verso::service
