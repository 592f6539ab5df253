// SPDX-License-Identifier: Apache-2.0
#include "generator/profile/rule_parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace verso::generator {

namespace {

MmRange range(const Node& node, const char* least, const char* most) {
    MmRange out;
    if (node.has(least)) out.least = node.mm(least);
    if (node.has(most)) out.most = node.mm(most);
    if (out.least && out.most && *out.least > *out.most) {
        node.at(most).fail("the most is less than the least", "exchange them");
    }
    return out;
}

std::optional<int> integer(const Node& node, const char* key) {
    return node.has(key) ? std::optional(node.at(key).integer()) : std::nullopt;
}

std::vector<std::string> roles(const Node& node, const char* key) {
    std::vector<std::string> out;
    if (!node.has(key)) return out;
    for (const auto& role : node.at(key).items()) out.push_back(parse_role(role));
    return out;
}

CornerBox corner_box(const Node& node) {
    node.allow({"corner", "x", "y", "w", "h"});
    const int corner =
        node.choice("corner", {"top-left", "top-right", "bottom-left", "bottom-right"}, 0);
    return {CornerBox::Corner(corner), node.box()};
}

RuleMeasure parse_card(const Node& node) {
    node.allow(
        {"width_least", "width_most", "height_least", "height_most", "ratio_least", "ratio_most"});
    CardSizeRule rule{range(node, "width_least", "width_most"),
                      range(node, "height_least", "height_most"),
                      {},
                      {}};
    if (node.has("ratio_least")) rule.ratio_least = node.at("ratio_least").number();
    if (node.has("ratio_most")) rule.ratio_most = node.at("ratio_most").number();
    return rule;
}

RuleMeasure parse_clear(const Node& node) {
    node.allow({"zone", "except"});
    return ClearRule{corner_box(node.at("zone")), roles(node, "except")};
}

RuleMeasure parse_inside(const Node& node) {
    node.allow({"zone"});
    return InsideRule{corner_box(node.at("zone"))};
}

RuleMeasure parse_edges(const Node& node) {
    node.allow({"left_least", "left_most", "right_least", "right_most", "top_least", "top_most",
                "bottom_least", "bottom_most", "begins_from_right_least", "begins_from_right_most",
                "ends_from_top_least", "ends_from_top_most"});
    return EdgesRule{range(node, "left_least", "left_most"),
                     range(node, "right_least", "right_most"),
                     range(node, "top_least", "top_most"),
                     range(node, "bottom_least", "bottom_most"),
                     range(node, "begins_from_right_least", "begins_from_right_most"),
                     range(node, "ends_from_top_least", "ends_from_top_most")};
}

RuleMeasure parse_size(const Node& node) {
    node.allow({"each", "width_least", "width_most", "height_least", "height_most", "upright"});
    return SizeRule{node.flag_or("each", false), range(node, "width_least", "width_most"),
                    range(node, "height_least", "height_most"), node.flag_or("upright", false)};
}

RuleMeasure parse_stroke(const Node& node) {
    node.allow({"thickness_least", "thickness_most", "length_least", "length_most", "gap_least",
                "gap_most", "equal"});
    return StrokeRule{range(node, "thickness_least", "thickness_most"),
                      range(node, "length_least", "length_most"),
                      range(node, "gap_least", "gap_most"), node.flag_or("equal", false)};
}

RuleMeasure parse_text(const Node& node) {
    node.allow({"cap_height_least", "cap_height_most", "lines_least", "lines_most",
                "characters_most", "capitals_last", "left_aligned", "contains"});
    return TextRule{range(node, "cap_height_least", "cap_height_most"),
                    integer(node, "lines_least"),
                    integer(node, "lines_most"),
                    integer(node, "characters_most"),
                    integer(node, "capitals_last").value_or(0),
                    node.flag_or("left_aligned", false),
                    node.text_or("contains", "")};
}

RuleMeasure parse_quiet(const Node& node) {
    node.allow({"left", "right", "above", "below", "except"});
    return QuietRule{node.mm_or("left", Mm{0}), node.mm_or("right", Mm{0}),
                     node.mm_or("above", Mm{0}), node.mm_or("below", Mm{0}), roles(node, "except")};
}

RuleMeasure parse_relation(const Node& node) {
    node.allow({"to", "where", "lines_left_out", "gap_least", "gap_most"});
    const int where =
        node.choice("where", {"above", "below", "left-of", "right-of", "not-lower"}, 0);
    const int left_out = integer(node, "lines_left_out").value_or(0);
    if (left_out < 0) node.at("lines_left_out").fail("a number of lines is not negative");
    return RelationRule{parse_role(node.at("to")), RelationRule::Where(where), left_out,
                        range(node, "gap_least", "gap_most")};
}

RuleMeasure parse_present(const Node& node) {
    node.allow({"least"});
    return PresentRule{integer(node, "least").value_or(1)};
}

RuleMeasure parse_four_state(const Node& node) {
    node.allow({"bar_least", "bar_most", "pitch_least", "pitch_most", "full_least", "full_most",
                "tracker_least", "tracker_most", "bars"});
    return FourStateRule{range(node, "bar_least", "bar_most"),
                         range(node, "pitch_least", "pitch_most"),
                         range(node, "full_least", "full_most"),
                         range(node, "tracker_least", "tracker_most"), integer(node, "bars")};
}

RuleMeasure parse_pattern(const Node& node) {
    node.allow({"pitch", "bits"});
    const PatternRule rule{node.mm("pitch"), node.text("bits")};
    if (rule.pitch < Mm{0.1}) node.at("pitch").fail("a pitch is at least 0.1 mm");
    return rule;
}

using ParseMeasure = RuleMeasure (*)(const Node&);

struct MeasureKind {
    const char* name;
    ParseMeasure parse;
    bool needs_role;
};

// A new kind of rule is one line here, one function above and one check.
constexpr MeasureKind kMeasures[] = {
    {"card", parse_card, false},        {"clear", parse_clear, false},
    {"inside", parse_inside, true},     {"edges", parse_edges, true},
    {"size", parse_size, true},         {"stroke", parse_stroke, true},
    {"text", parse_text, true},         {"quiet", parse_quiet, true},
    {"relation", parse_relation, true}, {"present", parse_present, true},
    {"bars", parse_four_state, true},   {"pattern", parse_pattern, true},
};

PostalRule parse_rule(const Node& node, const std::string& post) {
    node.allow({"id", "about", "confirmed", "role", "of", "card_height_least", "card_height_most",
                "card", "clear", "inside", "edges", "size", "stroke", "text", "quiet", "relation",
                "present", "bars", "pattern"});
    PostalRule rule;
    rule.id = node.text("id");
    rule.post = post;
    rule.about = node.text("about");
    rule.confirmed = node.flag_or("confirmed", true);
    rule.pointer = node.pointer();
    rule.card_height = range(node, "card_height_least", "card_height_most");
    if (node.has("role")) rule.role = parse_role(node.at("role"));
    if (node.has("of")) {
        rule.of = SideItem::Kind(
            node.choice("of", {"text", "fill", "line", "outline", "modules", "picture"}, 0));
    }
    int measures = 0;
    for (const auto& kind : kMeasures) {
        if (!node.has(kind.name)) continue;
        ++measures;
        rule.measure = kind.parse(node.at(kind.name));
        if (kind.needs_role != !rule.role.empty()) {
            node.fail(fmt::format("a rule of \"{}\" {}", kind.name,
                                  kind.needs_role ? "needs a role" : "has no role"),
                      kind.needs_role ? "add \"role\"" : "remove \"role\"");
        }
    }
    if (measures != 1) {
        node.fail(fmt::format("a rule has one measure; this one has {}", measures),
                  "measures are card, clear, inside, edges, size, stroke, text, quiet, relation, "
                  "present, bars, pattern");
    }
    return rule;
}

}  // namespace

const std::vector<std::string>& known_roles() {
    static const std::vector<std::string> kRoles = {"franking",    "address", "sender", "legend",
                                                    "endorsement", "bars",    "fim",    "barcode",
                                                    "mark",        "route",   "free"};
    return kRoles;
}

std::string parse_role(const Node& node) {
    const std::string role = node.text();
    const auto& known = known_roles();
    if (std::find(known.begin(), known.end(), role) != known.end()) return role;
    const std::string nearest = nearest_word(role, known);
    node.fail(fmt::format("there is no role \"{}\"", role),
              nearest.empty() ? fmt::format("roles are {}", fmt::join(known, ", "))
                              : fmt::format("did you mean \"{}\"?", nearest));
}

std::vector<PostalRule> parse_rules(const Node& list, const std::string& post) {
    std::vector<PostalRule> rules;
    std::set<std::string> ids;
    for (const auto& node : list.items()) {
        rules.push_back(parse_rule(node, post));
        if (!ids.insert(rules.back().id).second) {
            node.at("id").fail(fmt::format("the rule \"{}\" stands twice", rules.back().id),
                               "give each its own id");
        }
    }
    return rules;
}

}  // namespace verso::generator
