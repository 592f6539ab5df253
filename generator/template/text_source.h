// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "generator/template/catalogue.h"
#include "generator/template/insert_context.h"
#include "generator/template/template_node.h"

namespace verso::generator {

/// A text of a template in one language, taken apart: `t:key` and `{{t:key}}` already replaced by
/// the catalogue's string, what remains is literals and `{{path|filter}}`. Immutable.
class TextSource {
  public:
    /// `node` is where the text stands. Throws TemplateFault: unknown path, filter or key, a filter
    /// that does not suit its path, a row's path outside a row.
    static TextSource compile(const Node& node, const Language& language, bool in_row);

    /// Nothing in it depends on the order.
    bool is_static() const;
    /// The whole text; control characters become spaces and letters are composed (NFC).
    std::string evaluate(const InsertContext& context) const;
    /// The literal text of a static source.
    std::string literal() const;

    /// One part and the text that it gives, for telling which field holds a bad character.
    struct Piece {
        std::string_view path;  ///< empty for a literal
        std::string text;
    };
    std::vector<Piece> pieces(const InsertContext& context) const;
    /// The first path in it; empty without one.
    std::string_view first_path() const;

  private:
    enum class Filter { Plain, Money, Date };
    struct Segment {
        std::string literal;  ///< when path is null
        const DataPath* path = nullptr;
        Filter filter = Filter::Plain;
        bool upper = false;
        std::string fallback;  ///< for an empty value
    };
    class Parser;

    std::string value_of(const Segment& segment, const InsertContext& context) const;

    std::vector<Segment> segments_;
};

/// NFC, and every control character a space: what a TextMark may hold. Malformed UTF-8 stays as it
/// is and is reported by the fonts.
std::string printable(std::string text);

}  // namespace verso::generator
