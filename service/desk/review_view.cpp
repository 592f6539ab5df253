// SPDX-License-Identifier: Apache-2.0
#include "service/desk/review_view.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace verso::service {

namespace {

constexpr double kPxPerMm = 8;    // about 200 dpi: a box of 5 mm has 40 pixels
constexpr int kWholePage = 1400;  // px of the longer side

int pixels(Mm length) { return static_cast<int>(std::lround(length.value * kPxPerMm)); }

}  // namespace

std::optional<Proposal> proposal_of(const Reading& reading, const Question& question) {
    const auto read =
        std::find_if(reading.answers.begin(), reading.answers.end(),
                     [&](const AnswerReading& one) { return one.question == question.id; });
    if (read == reading.answers.end()) return std::nullopt;
    Proposal out;
    out.is_doubtful = read->state == AnswerState::Ambiguous;
    if (!out.is_doubtful) {
        out.value = read->value;
        out.chance = read->confidence;
        // Without it there is no rating: somebody looks whether nothing is there.
        out.is_doubtful = !out.value && question.id == kOverallQuestion;
        return out;
    }
    const auto& scores = read->scores;
    if (scores.empty() || scores.size() != question.options.size()) return std::nullopt;
    // The darkest box against the others; where none is dark, that nothing is marked.
    constexpr double kMarked = 0.25;
    const auto best = std::max_element(scores.begin(), scores.end());
    if (*best < kMarked) {
        out.chance = 1 - *best;
        return out;
    }
    const double all = std::accumulate(scores.begin(), scores.end(), 0.0);
    out.value = question.options[static_cast<std::size_t>(best - scores.begin())].value;
    out.chance = std::clamp(*best * *best / all, 0.0, 1.0);
    return out;
}

MmBox on_card(const ReadRegion& region, const MmBox& box) {
    const MmBox& all = region.box;
    switch (region.rotation) {
        case 90:
            return {box.y - all.y, all.right() - box.right(), box.h, box.w};
        case 180:
            return {all.right() - box.right(), all.bottom() - box.bottom(), box.w, box.h};
        case 270:
            return {all.bottom() - box.bottom(), box.x - all.x, box.h, box.w};
        default:
            return {box.x - all.x, box.y - all.y, box.w, box.h};
    }
}

PageSize card_size(const ReadRegion& region) {
    const bool is_turned = region.rotation % 180 != 0;
    return is_turned ? PageSize{region.box.h, region.box.w} : PageSize{region.box.w, region.box.h};
}

MmBox cut_of(const ReadRegion& region, const Question& question) {
    constexpr Mm kAround{4};
    if (question.options.empty()) return {};
    const PageSize card = card_size(region);
    Mm left = card.width, top = card.height, right{}, bottom{};
    for (const MarkOption& option : question.options) {
        const MmBox box = on_card(region, option.box).grown(kAround);
        left = std::min(left, box.x);
        top = std::min(top, box.y);
        right = std::max(right, box.right());
        bottom = std::max(bottom, box.bottom());
    }
    left = std::max(left, Mm{});
    top = std::max(top, Mm{});
    return {left, top, std::min(right, card.width) - left, std::min(bottom, card.height) - top};
}

std::optional<PictureWish> card_picture(const ReviewView& view) {
    if (view.region == nullptr || view.reading.dpi <= 0 || !view.has_picture) return std::nullopt;
    const PageSize size = card_size(*view.region);
    PictureWish wish;
    wish.page = view.item.page;
    wish.corners = view.reading.corners;
    wish.width = pixels(size.width);
    wish.height = pixels(size.height);
    return wish;
}

PictureWish page_picture(const ReviewView& view) {
    PictureWish wish;
    wish.page = view.item.page;
    wish.width = wish.height = kWholePage;
    return wish;
}

}  // namespace verso::service
