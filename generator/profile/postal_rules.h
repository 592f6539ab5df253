// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/geometry/shapes.h"

namespace verso::generator {

// The rules of the posts for the address side of a reply card, as kinds of measurements. Which
// post wants which numbers stands in templates/profile alone. Pure functions of values, any thread.

/// One thing printed on the address side, upright as the post sees the card.
struct SideItem {
    enum class Kind { Text, Fill, Line, Outline, Modules, Picture };
    /// mm from the side's top left. Of a text: its line from the top of the capitals to the lowest
    /// descender. Of lines and outlines: with half of their thickness around.
    MmBox box;
    Kind kind = Kind::Text;
    std::string role;     ///< "franking", "address" …; empty: no rule asks for it by role
    Mm cap_height{};      ///< of a text
    Mm thickness{};       ///< of lines and outlines
    std::string pointer;  ///< JSON pointer of the block that made it
    std::string text;     ///< of a text
};

/// The address side with everything on it; an item of the role "specimen" is left aside.
struct PostalSide {
    Mm width{}, height{};
    std::vector<SideItem> items;
};

/// From one number to another, both included; an end that is missing is open.
struct MmRange {
    std::optional<Mm> least, most;
    bool is_open() const { return !least && !most; }
};

/// A rectangle that hangs on a corner of the side: x and y are its distances inwards from there.
struct CornerBox {
    enum class Corner { TopLeft, TopRight, BottomLeft, BottomRight };
    Corner corner = Corner::TopLeft;
    MmBox box;
    MmBox on(Mm width, Mm height) const;  ///< from the side's top left
};

/// The card itself; `ratio` is width to height.
struct CardSizeRule {
    MmRange width, height;
    std::optional<double> ratio_least, ratio_most;
};
/// Nothing but these roles touches the zone.
struct ClearRule {
    CornerBox zone;
    std::vector<std::string> except;
};
/// All items of the role lie in the zone.
struct InsideRule {
    CornerBox zone;
};
/// Distances of the role's items together from the edges of the card.
struct EdgesRule {
    MmRange left, right, top, bottom;
    MmRange left_from_right;  ///< of their left end from the right edge
    MmRange bottom_from_top;  ///< of their lower end from the top edge
};
/// Size of the role's items together, or of each.
struct SizeRule {
    bool each = false;
    MmRange width, height;
    bool upright = false;  ///< higher than wide
};
/// Bars, rules and frames: of a filled rectangle the shorter side is the thickness.
struct StrokeRule {
    MmRange thickness, length;
    MmRange gap;         ///< white between one and the next
    bool equal = false;  ///< all of one length, and evenly spaced
};
/// The words.
struct TextRule {
    MmRange cap_height;
    std::optional<int> lines_least, lines_most, characters_most;
    int capitals_last = 0;      ///< so many of the last lines are without small letters
    bool left_aligned = false;  ///< all lines begin at one x
    std::string contains;       ///< all lines together, with spaces between
};
/// White around each of the role's items; roles in `except` may come nearer.
struct QuietRule {
    Mm left{}, right{}, above{}, below{};
    std::vector<std::string> except;
};
/// How the role's items lie to those of another role.
struct RelationRule {
    enum class Where { Above, Below, LeftOf, RightOf, NotLower };
    std::string other;
    Where where = Where::Above;
    int lines_left_out = 0;  ///< so many of the other's last items do not count
    MmRange gap;             ///< between the two, not for NotLower
};
/// There must be so many of them.
struct PresentRule {
    int least = 1;
};
/// The bars of a code of four states.
struct FourStateRule {
    MmRange bar, pitch, full, tracker;
    std::optional<int> bars;
};
/// Bars in equal places, '1' is a bar: a Facing Identification Mark.
struct PatternRule {
    Mm pitch{};
    std::string bits;
};

using RuleMeasure =
    std::variant<CardSizeRule, ClearRule, InsideRule, EdgesRule, SizeRule, StrokeRule, TextRule,
                 QuietRule, RelationRule, PresentRule, FourStateRule, PatternRule>;

/// One rule of a post.
struct PostalRule {
    std::string id;         ///< unique in its profile: "reading-zone"
    std::string post;       ///< whose rule it is
    std::string about;      ///< the rule in the post's words, with its source
    bool confirmed = true;  ///< false: general knowledge, to be asked of the post
    std::string role;       ///< the items that it measures; empty where it measures the card
    std::optional<SideItem::Kind> of;  ///< only items of this kind
    MmRange card_height;               ///< the rule is for cards of this height
    RuleMeasure measure;
    std::string pointer;  ///< of the rule itself, in the profile's file
};

/// A rule that a side breaks.
struct RuleFinding {
    std::string rule;  ///< PostalRule::id
    std::string post;
    bool confirmed = true;  ///< of the rule: false is a warning, not a refusal
    std::string sentence;   ///< what was found and what is wanted, in mm
    std::string pointer;  ///< of the block at fault; empty when it is the card or nothing is there
    std::string cure;
};

/// Every broken rule, in the order of the rules; one finding for each rule and block at fault.
/// A rule about a role of which nothing is on the side finds nothing: PresentRule asks for it.
std::vector<RuleFinding> check_postal_side(const PostalSide& side,
                                           const std::vector<PostalRule>& rules);

}  // namespace verso::generator
