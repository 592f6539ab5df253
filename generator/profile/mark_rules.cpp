// SPDX-License-Identifier: Apache-2.0
// Rules about what the things on the address side look like.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "generator/profile/rule_check.h"

namespace verso::generator {

namespace {

/// Lengths of bars that shall be equal may differ by what no eye sees.
constexpr Mm kEven{0.1};

void check_size(const SizeRule& measure, const MmBox& box, const SideItem* item, RuleCheck& check) {
    const std::string cure = "change its size in the profile";
    check.measure("is {} wide", box.w, measure.width, item, cure);
    check.measure("is {} high", box.h, measure.height, item, cure);
    if (measure.upright && box.h <= box.w) {
        check.find(fmt::format("is {} wide and {} high, wanted higher than wide", in_mm(box.w),
                               in_mm(box.h)),
                   cure, item);
    }
}

struct Stroke {
    const SideItem* item;
    bool lies;
    Mm start, thickness, length;
};

Stroke stroke_of(const SideItem& item) {
    const MmBox& box = item.box;
    const bool lies = box.w > box.h;
    const bool drawn = item.kind == SideItem::Kind::Line || item.kind == SideItem::Kind::Outline;
    return {&item, lies, lies ? box.y : box.x, drawn ? item.thickness : std::min(box.w, box.h),
            std::max(box.w, box.h)};
}

/// White between bars that lie side by side.
void check_gaps(const StrokeRule& measure, std::vector<Stroke> strokes, RuleCheck& check) {
    std::sort(strokes.begin(), strokes.end(),
              [](const Stroke& a, const Stroke& b) { return a.start < b.start; });
    std::optional<Mm> first;
    for (std::size_t i = 1; i < strokes.size(); ++i) {
        const Mm gap = strokes[i].start - strokes[i - 1].start - strokes[i - 1].thickness;
        check.measure("has strokes {} apart", gap, measure.gap, strokes[i].item, "space them anew");
        if (!first) first = gap;
        if (measure.equal && std::abs((gap - *first).value) > kEven.value) {
            check.find(fmt::format("has strokes {} and {} apart, wanted evenly spaced",
                                   in_mm(*first), in_mm(gap)),
                       "space them evenly", strokes[i].item);
        }
    }
}

/// Without ICU: the small letters of ASCII and of Latin-1, which is what the posts' rules are
/// about.
bool has_small_letter(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] >= 'a' && text[i] <= 'z') return true;
        const auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0U;
        if (text[i] == '\xC3' && next >= 0x9F && next != 0xB7) return true;
    }
    return false;
}

int count_characters(std::string_view text) {
    return int(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

void check_lines(const TextRule& measure, RuleCheck& check) {
    const auto& lines = check.items();
    const int count = int(lines.size());
    if (measure.lines_least && count < *measure.lines_least) {
        check.find(fmt::format("has {} lines, wanted at least {}", count, *measure.lines_least),
                   "give the lines that the post allotted", lines.front());
    }
    if (measure.lines_most && count > *measure.lines_most) {
        check.find(fmt::format("has {} lines, wanted at most {}", count, *measure.lines_most),
                   "shorten it", lines.front());
    }
    for (int i = std::max(0, count - measure.capitals_last); i < count; ++i) {
        const SideItem& line = *lines.at(std::size_t(i));
        if (!has_small_letter(line.text)) continue;
        check.find(fmt::format("has small letters in “{}”, wanted capitals", line.text),
                   "write this line in capitals", &line);
    }
}

}  // namespace

void check(const SizeRule& measure, RuleCheck& check) {
    if (check.items().empty()) return;
    if (!measure.each) return check_size(measure, check.together(), check.items().front(), check);
    for (const auto* item : check.items()) check_size(measure, item->box, item, check);
}

void check(const StrokeRule& measure, RuleCheck& check) {
    std::vector<Stroke> strokes;
    for (const auto* item : check.items()) strokes.push_back(stroke_of(*item));
    for (const auto& stroke : strokes) {
        const std::string cure = "change its size in the profile";
        check.measure("has a stroke {} thick", stroke.thickness, measure.thickness, stroke.item,
                      cure);
        check.measure("has a stroke {} long", stroke.length, measure.length, stroke.item, cure);
        const Mm first = strokes.front().length;
        if (measure.equal && std::abs((stroke.length - first).value) > kEven.value) {
            check.find(fmt::format("has strokes {} and {} long, wanted one length", in_mm(first),
                                   in_mm(stroke.length)),
                       cure, stroke.item);
        }
    }
    check_gaps(measure, std::move(strokes), check);
}

void check(const TextRule& measure, RuleCheck& check) {
    if (check.items().empty()) return;
    check_lines(measure, check);
    std::string all;
    for (const auto* line : check.items()) {
        check.measure("has capitals of {}", line->cap_height, measure.cap_height, line,
                      "change the size of the type");
        const int characters = count_characters(line->text);
        if (measure.characters_most && characters > *measure.characters_most) {
            check.find(fmt::format("has {} characters in “{}”, wanted at most {} a line",
                                   characters, line->text, *measure.characters_most),
                       "shorten this line", line);
        }
        const Mm off = line->box.x - check.items().front()->box.x;
        if (measure.left_aligned && std::abs(off.value) > kEven.value) {
            check.find(
                fmt::format("has “{}” {} out of line, wanted left-aligned", line->text, in_mm(off)),
                "begin all lines at one x", line);
        }
        if (!all.empty()) all += ' ';
        all += line->text;
    }
    if (all.find(measure.contains) == std::string::npos) {
        check.find(fmt::format("says “{}”, wanted “{}”", all, measure.contains),
                   "put in the words of the post", check.items().front());
    }
}

void check(const PresentRule& measure, RuleCheck& check) {
    const int count = int(check.items().size());
    if (count >= measure.least) return;
    check.find(fmt::format("is there {} times, wanted at least {}", count, measure.least),
               "put it on the side; see docs/formats/profile.md", nullptr);
}

void check(const FourStateRule& measure, RuleCheck& check) {
    auto bars = check.items();
    if (bars.empty()) return;
    std::sort(bars.begin(), bars.end(), [](auto* a, auto* b) { return a->box.x < b->box.x; });
    const Mm full = check.together().h;
    const SideItem* first = bars.front();
    const std::string cure = "draw it with a four_state block, which has the post's sizes";
    check.measure("is {} high", full, measure.full, first, cure);
    for (std::size_t i = 0; i < bars.size(); ++i) {
        const MmBox& box = bars[i]->box;
        check.measure("has bars of {}", box.w, measure.bar, bars[i], cure);
        // Ascenders and descenders are higher than half of the code; trackers are not.
        if (box.h < full / 2) {
            check.measure("has short bars of {}", box.h, measure.tracker, bars[i], cure);
        }
        if (i == 0) continue;
        check.measure("has a bar every {}", box.x - bars[i - 1]->box.x, measure.pitch, bars[i],
                      cure);
    }
    if (measure.bars && int(bars.size()) != *measure.bars) {
        check.find(fmt::format("has {} bars, wanted {}", bars.size(), *measure.bars), cure, first);
    }
}

void check(const PatternRule& measure, RuleCheck& check) {
    const auto& bars = check.items();
    if (bars.empty()) return;
    const MmBox all = check.together();
    std::set<long> places;
    for (const auto* bar : bars) places.insert(std::lround((bar->box.x - all.x) / measure.pitch));
    std::string found(std::size_t(*places.rbegin()) + 1, '0');
    for (const long place : places) found.at(std::size_t(place)) = '1';
    if (found == measure.bits) return;
    check.find(fmt::format("has bars at {}, wanted {}", found, measure.bits),
               "choose the letter that the post asks for", bars.front());
}

}  // namespace verso::generator
