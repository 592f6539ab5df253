// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "service/http/message.h"

namespace verso::service {

/// The fields of a form that the desk sent, by name; of several of one name the first.
using FormFields = std::map<std::string, std::string, std::less<>>;

FormFields fields_of(const HttpRequest& request);
/// Without spaces at both ends; empty when it was not sent.
std::string text_of(const FormFields& fields, std::string_view name);

}  // namespace verso::service
