// SPDX-License-Identifier: Apache-2.0
// Rules about where things lie on the address side.
#include <fmt/format.h>

#include <algorithm>

#include "generator/profile/rule_check.h"

namespace verso::generator {

namespace {

bool names(const std::vector<std::string>& roles, const std::string& role) {
    return std::find(roles.begin(), roles.end(), role) != roles.end();
}

std::string place_of(const MmBox& box) {
    return fmt::format("{} x {} at {}, {}", in_mm(box.w), in_mm(box.h), in_mm(box.x), in_mm(box.y));
}

std::string words_of(const SideItem& item) {
    if (!item.text.empty()) return fmt::format("“{}”", item.text);
    return item.role.empty() ? "a block" : subject_of(item.role);
}

}  // namespace

void check(const CardSizeRule& measure, RuleCheck& check) {
    const Mm width = check.side().width, height = check.side().height;
    const std::string cure = "print this profile on a card of another size";
    check.measure("is {} wide", width, measure.width, nullptr, cure);
    check.measure("is {} high", height, measure.height, nullptr, cure);
    if (height <= Mm{0}) return;
    const double ratio = width / height;
    const bool short_of = measure.ratio_least && ratio < *measure.ratio_least;
    const bool beyond = measure.ratio_most && ratio > *measure.ratio_most;
    if (!short_of && !beyond) return;
    const double bound = short_of ? *measure.ratio_least : *measure.ratio_most;
    check.find(fmt::format("is {} wide and {} high, {:.3f} to 1, wanted at {} {:g} to 1",
                           in_mm(width), in_mm(height), ratio, short_of ? "least" : "most", bound),
               fmt::format("at this width the card is at {} {} high", short_of ? "most" : "least",
                           in_mm(width / bound)),
               nullptr);
}

void check(const ClearRule& measure, RuleCheck& check) {
    const MmBox zone = measure.zone.on(check.side().width, check.side().height);
    for (const auto& item : check.side().items) {
        if (item.role == "specimen" || names(measure.except, item.role)) continue;
        if (!touches(item, zone)) continue;
        check.find(
            fmt::format("has {} in the zone of {} that stays free", words_of(item), place_of(zone)),
            "move it out of the zone", &item);
    }
}

void check(const InsideRule& measure, RuleCheck& check) {
    const MmBox zone = measure.zone.on(check.side().width, check.side().height);
    for (const auto* item : check.items()) {
        if (zone.grown(kSame).contains(item->box)) continue;
        check.find(
            fmt::format("is {}, outside of its zone of {}", place_of(item->box), place_of(zone)),
            "move it into the zone, or make it smaller", item);
    }
}

void check(const EdgesRule& measure, RuleCheck& check) {
    if (check.items().empty()) return;
    const MmBox box = check.together();
    // The block to blame is the one that reaches furthest.
    const auto furthest = [&](auto value) {
        return *std::max_element(check.items().begin(), check.items().end(),
                                 [&](auto* a, auto* b) { return value(*a) < value(*b); });
    };
    const SideItem* left = furthest([](const SideItem& i) { return -i.box.x; });
    const SideItem* right = furthest([](const SideItem& i) { return i.box.right(); });
    const SideItem* top = furthest([](const SideItem& i) { return -i.box.y; });
    const SideItem* bottom = furthest([](const SideItem& i) { return i.box.bottom(); });
    const Mm width = check.side().width, height = check.side().height;
    const std::string sideways = "move it sideways, or make it narrower";
    const std::string upwards = "move it up or down, or make it lower";
    check.measure("is {} from the left edge", box.x, measure.left, left, sideways);
    check.measure("is {} from the right edge", width - box.right(), measure.right, right, sideways);
    check.measure("begins {} from the right edge", width - box.x, measure.left_from_right, left,
                  sideways);
    check.measure("is {} from the top edge", box.y, measure.top, top, upwards);
    check.measure("is {} from the bottom edge", height - box.bottom(), measure.bottom, bottom,
                  upwards);
    check.measure("ends {} from the top edge", box.bottom(), measure.bottom_from_top, bottom,
                  upwards);
}

void check(const QuietRule& measure, RuleCheck& check) {
    for (const auto& other : check.side().items) {
        if (other.role == "specimen" || other.role == check.rule().role) continue;
        if (names(measure.except, other.role)) continue;
        const bool near =
            std::any_of(check.items().begin(), check.items().end(), [&](const SideItem* item) {
                const MmBox& box = item->box;
                return touches(other, {box.x - measure.left + kSame, box.y - measure.above + kSame,
                                       box.w + measure.left + measure.right - kSame * 2,
                                       box.h + measure.above + measure.below - kSame * 2});
            });
        if (!near) continue;
        check.find(fmt::format("has {} in its white: left {}, right {}, above {}, below {}",
                               words_of(other), in_mm(measure.left), in_mm(measure.right),
                               in_mm(measure.above), in_mm(measure.below)),
                   "move one of them away", &other);
    }
}

void check(const RelationRule& measure, RuleCheck& check) {
    auto others = items_of(check.side(), measure.other);
    const auto left_out = std::size_t(measure.lines_left_out);
    if (others.size() > left_out) others.resize(others.size() - left_out);
    if (check.items().empty() || others.empty()) return;
    const MmBox box = check.together(), other = box_around(others);
    const std::string words = subject_of(measure.other);
    const SideItem* item = check.items().front();
    if (measure.where == RelationRule::Where::NotLower) {
        check.measure(fmt::format("reaches {{}} below {}", words), box.bottom() - other.bottom(),
                      {{}, Mm{0}}, item, "make it end higher");
        return;
    }
    const auto [gap, where] = [&]() -> std::pair<Mm, const char*> {
        switch (measure.where) {
            case RelationRule::Where::Above:
                return {other.y - box.bottom(), "above"};
            case RelationRule::Where::Below:
                return {box.y - other.bottom(), "below"};
            case RelationRule::Where::LeftOf:
                return {other.x - box.right(), "left of"};
            default:
                return {box.x - other.right(), "right of"};
        }
    }();
    MmRange range = measure.gap;
    if (!range.least) range.least = Mm{0};
    check.measure(fmt::format("is {{}} {} {}", where, words), gap, range, item,
                  fmt::format("move it {} {}", where, words));
}

}  // namespace verso::generator
