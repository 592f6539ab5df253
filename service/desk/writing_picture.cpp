// SPDX-License-Identifier: Apache-2.0
#include "service/desk/writing_picture.h"

#include <algorithm>
#include <cmath>

#include "service/desk/review_view.h"

namespace verso::service {

namespace {

constexpr double kPxPerMm = 6;
constexpr Mm kAround{2};

const FieldReading* written_field(const Reading& reading) {
    const auto it = std::find_if(reading.fields.begin(), reading.fields.end(),
                                 [](const FieldReading& field) { return field.inked; });
    return it == reading.fields.end() ? nullptr : &*it;
}

/// Where a place of the card lies in the image, between its corners. A card that is seen at a slant
/// is off by less than what is cut out around the field.
PxPoint in_image(const std::array<PxPoint, 4>& corners, double along, double down) {
    const auto between = [](const PxPoint& a, const PxPoint& b, double t) {
        return PxPoint{a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t};
    };
    return between(between(corners[0], corners[1], along), between(corners[3], corners[2], along),
                   down);
}

}  // namespace

bool has_writing(const Reading& reading) { return written_field(reading) != nullptr; }

std::optional<PictureWish> writing_picture(const ReadRegion& region, const Reading& reading) {
    const FieldReading* written = written_field(reading);
    if (written == nullptr || reading.dpi <= 0) return std::nullopt;
    const auto field =
        std::find_if(region.fields.begin(), region.fields.end(),
                     [&](const HandwritingField& one) { return one.id == written->field; });
    if (field == region.fields.end()) return std::nullopt;
    const PageSize card = card_size(region);
    const MmBox box = on_card(region, field->box).grown(kAround);
    const auto place = [&](Mm x, Mm y) {
        return in_image(reading.corners, std::clamp(x.value / card.width.value, 0.0, 1.0),
                        std::clamp(y.value / card.height.value, 0.0, 1.0));
    };
    PictureWish wish;
    wish.corners = std::array{place(box.x, box.y), place(box.right(), box.y),
                              place(box.right(), box.bottom()), place(box.x, box.bottom())};
    wish.width = static_cast<int>(std::lround(box.w.value * kPxPerMm));
    wish.height = static_cast<int>(std::lround(box.h.value * kPxPerMm));
    return wish;
}

}  // namespace verso::service
