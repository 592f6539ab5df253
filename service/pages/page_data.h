// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace verso::service {

/// What a page template is filled with: names and their texts, conditions or lists. Texts are
/// escaped when they are set in a page; `Markup` alone is not, for pieces that are HTML already.
class PageData {
  public:
    struct Markup {
        std::string html;
    };
    using Value = std::variant<std::string, bool, std::vector<PageData>, Markup>;

    PageData& set(std::string name, std::string text);
    PageData& set(std::string name, const char* text) {
        return set(std::move(name), std::string(text));
    }
    PageData& set(std::string name, bool holds);
    PageData& set(std::string name, std::vector<PageData> list);
    PageData& set(std::string name, Markup markup);
    /// A condition and its text in one: the section is shown only when there is text.
    PageData& set_if(const std::string& name, const std::string& text);

    const std::map<std::string, Value, std::less<>>& values() const { return values_; }

  private:
    std::map<std::string, Value, std::less<>> values_;
};

}  // namespace verso::service
