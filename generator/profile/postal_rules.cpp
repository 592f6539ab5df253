// SPDX-License-Identifier: Apache-2.0
#include "generator/profile/postal_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "generator/profile/rule_check.h"

namespace verso::generator {

std::string in_mm(Mm length) {
    std::string text = fmt::format("{:.2f}", length.value);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return (text == "-0" ? "0" : text) + " mm";
}

std::string in_mm(const MmRange& range) {
    if (!range.least) return range.most ? "at most " + in_mm(*range.most) : "any length";
    if (!range.most) return "at least " + in_mm(*range.least);
    const std::string least = in_mm(*range.least);
    return fmt::format("{} to {}", least.substr(0, least.size() - 3), in_mm(*range.most));
}

std::string subject_of(std::string_view role) {
    static const std::map<std::string_view, std::string> kWords = {{"franking", "the postage mark"},
                                                                   {"bars", "the set of bars"},
                                                                   {"fim", "the facing mark"},
                                                                   {"mark", "the product mark"},
                                                                   {"route", "the air mail mark"}};
    const auto it = kWords.find(role);
    return it == kWords.end() ? fmt::format("the {}", role) : it->second;
}

MmBox box_around(const std::vector<const SideItem*>& items) {
    MmBox all = items.at(0)->box;
    for (const auto* item : items) {
        const MmBox& box = item->box;
        const Mm right = std::max(all.right(), box.right());
        const Mm bottom = std::max(all.bottom(), box.bottom());
        all.x = std::min(all.x, box.x);
        all.y = std::min(all.y, box.y);
        all.w = right - all.x;
        all.h = bottom - all.y;
    }
    return all;
}

std::vector<const SideItem*> items_of(const PostalSide& side, std::string_view role) {
    std::vector<const SideItem*> items;
    for (const auto& item : side.items) {
        if (item.role == role) items.push_back(&item);
    }
    return items;
}

bool touches(const SideItem& item, const MmBox& zone) {
    if (!item.box.grown(-kSame).intersects(zone)) return false;
    return item.kind != SideItem::Kind::Outline ||
           !item.box.grown(-item.thickness).grown(kSame).contains(zone);
}

RuleCheck::RuleCheck(const PostalSide& side, const PostalRule& rule)
    : side_(side), rule_(rule), subject_(rule.role.empty() ? "the card" : subject_of(rule.role)) {
    for (const auto& item : side.items) {
        const bool kind = !rule.of || *rule.of == item.kind;
        if (kind && !rule.role.empty() && item.role == rule.role) items_.push_back(&item);
    }
}

MmBox RuleCheck::together() const { return box_around(items_); }

void RuleCheck::measure(std::string_view what, Mm found, const MmRange& range, const SideItem* item,
                        std::string cure) {
    const bool short_of = range.least && found < *range.least - kSame;
    const bool beyond = range.most && found > *range.most + kSame;
    if (!short_of && !beyond) return;
    find(fmt::format("{}, wanted {}", fmt::format(fmt::runtime(what), in_mm(found)), in_mm(range)),
         std::move(cure), item);
}

void RuleCheck::find(std::string sentence, std::string cure, const SideItem* item) {
    const std::string pointer = item == nullptr ? "" : item->pointer;
    sentence = fmt::format("{} {}", subject_, sentence);
    for (const auto& known : findings_) {
        // A block repeats its fault in each of its bars and lines.
        if (known.pointer == pointer && (!pointer.empty() || known.sentence == sentence) &&
            known.cure == cure)
            return;
    }
    findings_.push_back(
        {rule_.id, rule_.post, rule_.confirmed, std::move(sentence), pointer, std::move(cure)});
}

MmBox CornerBox::on(Mm width, Mm height) const {
    const bool right = corner == Corner::TopRight || corner == Corner::BottomRight;
    const bool low = corner == Corner::BottomLeft || corner == Corner::BottomRight;
    return {right ? width - box.x - box.w : box.x, low ? height - box.y - box.h : box.y, box.w,
            box.h};
}

std::vector<RuleFinding> check_postal_side(const PostalSide& side,
                                           const std::vector<PostalRule>& rules) {
    std::vector<RuleFinding> findings;
    for (const auto& rule : rules) {
        const MmRange& height = rule.card_height;
        if (height.least && side.height < *height.least) continue;
        if (height.most && side.height > *height.most) continue;
        RuleCheck one(side, rule);
        std::visit([&](const auto& measure) { check(measure, one); }, rule.measure);
        auto found = one.take_findings();
        findings.insert(findings.end(), std::make_move_iterator(found.begin()),
                        std::make_move_iterator(found.end()));
    }
    return findings;
}

}  // namespace verso::generator
