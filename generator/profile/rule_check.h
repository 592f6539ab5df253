// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "generator/profile/postal_rules.h"

namespace verso::generator {

/// Lengths nearer than this are equal: a hundredth of a millimetre is not printed anywhere.
inline constexpr Mm kSame{0.011};

/// "36.2 mm", at most two decimals.
std::string in_mm(Mm length);
/// "at least 40 mm", "at most 33 mm", "15 to 25 mm".
std::string in_mm(const MmRange& range);

/// One rule against one side: the items that it measures, and what it finds. Side and rule must
/// outlive it.
class RuleCheck {
  public:
    RuleCheck(const PostalSide& side, const PostalRule& rule);

    const PostalSide& side() const { return side_; }
    const PostalRule& rule() const { return rule_; }
    /// Those of the rule's role and kind, in the order of the side.
    const std::vector<const SideItem*>& items() const { return items_; }
    /// "the address", "the bars".
    const std::string& subject() const { return subject_; }
    /// Around all items. Requires: there is one.
    MmBox together() const;

    /// Finds something when `found` is out of the range; `what` has one place for what was found:
    /// "is {} from the top edge". `item` may be null.
    void measure(std::string_view what, Mm found, const MmRange& range, const SideItem* item,
                 std::string cure);
    /// `sentence` goes on after the subject. One finding for each block is enough.
    void find(std::string sentence, std::string cure, const SideItem* item);
    std::vector<RuleFinding> take_findings() { return std::move(findings_); }

  private:
    const PostalSide& side_;
    const PostalRule& rule_;
    std::vector<const SideItem*> items_;
    std::string subject_;
    std::vector<RuleFinding> findings_;
};

/// Words for a role: "the address".
std::string subject_of(std::string_view role);
/// Around the items. Requires: there is one.
MmBox box_around(const std::vector<const SideItem*>& items);
std::vector<const SideItem*> items_of(const PostalSide& side, std::string_view role);
/// Whether ink of the item is in the zone: of a frame only its line counts.
bool touches(const SideItem& item, const MmBox& zone);

// Where things lie: zone_rules.cpp.
void check(const CardSizeRule& measure, RuleCheck& check);
void check(const ClearRule& measure, RuleCheck& check);
void check(const InsideRule& measure, RuleCheck& check);
void check(const EdgesRule& measure, RuleCheck& check);
void check(const QuietRule& measure, RuleCheck& check);
void check(const RelationRule& measure, RuleCheck& check);
// What they look like: mark_rules.cpp.
void check(const SizeRule& measure, RuleCheck& check);
void check(const StrokeRule& measure, RuleCheck& check);
void check(const TextRule& measure, RuleCheck& check);
void check(const PresentRule& measure, RuleCheck& check);
void check(const FourStateRule& measure, RuleCheck& check);
void check(const PatternRule& measure, RuleCheck& check);

}  // namespace verso::generator
