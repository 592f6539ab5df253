// SPDX-License-Identifier: Apache-2.0
#include "generator/pdf/set_page.h"

#include <fmt/format.h>

#include <span>
#include <utility>

#include "generator/pdf/deflate.h"
#include "generator/pdf/page_painter.h"
#include "generator/picture/picture_objects.h"

namespace verso::generator {
namespace {

// What PDF readers and libharu take: 3 to 14,400 points.
constexpr Mm kSmallestSide{2}, kLargestSide{5000};

bool is_printable(Mm side) { return side >= kSmallestSide && side <= kLargestSide; }

Error unprintable(PageSize size) {
    return {
        ErrorCode::ValueInvalid,
        fmt::format("a page of {} x {} mm cannot be written", size.width.value, size.height.value),
        "PDF writer",
        fmt::format("a side is {} to {} mm long", kSmallestSide.value, kLargestSide.value)};
}

// A ground is painted once for a file and then often: it may take its time.
constexpr int kGroundLevel = 9;

// A template has a ground for each page and language.
constexpr std::size_t kGroundsKept = 32;

constexpr std::size_t kPicturesKept = 4;

// The painter's memory is worth keeping: a page's operators are some ten kilobytes.
OperatorBuffer& buffer_of_this_thread() {
    thread_local OperatorBuffer kept;
    return kept;
}

// A logo stands on every page. Each thread keeps the few pictures that it met last.
class PictureShelf {
  public:
    Result<SetPicture> set(const Picture& picture) {
        std::string resource = picture_resource(picture);
        for (const SetPicture& kept : kept_) {
            if (kept.resource == resource) return kept;
        }
        auto objects = picture_objects(picture);
        if (!objects) return objects.error();
        if (kept_.size() == kPicturesKept) kept_.erase(kept_.begin());
        kept_.push_back(
            {std::move(resource), std::make_shared<const PdfObjects>(std::move(objects).value())});
        return kept_.back();
    }

  private:
    std::vector<SetPicture> kept_;
};

PictureShelf& pictures_of_this_thread() {
    thread_local PictureShelf kept;
    return kept;
}

enum class State { Left, Restored };

Result<SetMarks> set_marks(const FontBook& fonts, PageSize size, std::span<const Mark> marks,
                           int level, State state) {
    PagePainter painter(fonts, buffer_of_this_thread());
    const auto painted = painter.paint(size, marks);
    if (!painted) return painted.error();
    std::string restoring;
    if (state == State::Restored) restoring = fmt::format("q {}Q\n", painted->operators);
    SetMarks out{
        deflate(restoring.empty() ? painted->operators : restoring, level), painted->fonts, {}};
    for (const auto& picture : painted->pictures) {
        auto set = pictures_of_this_thread().set(*picture);
        if (!set) return set.error();
        out.pictures.push_back(std::move(set).value());
    }
    return out;
}

// Documents of one page each would paint the same ground again and again; each thread therefore
// keeps those that it painted last, while their marks live.
class GroundShelf {
  public:
    Result<std::shared_ptr<const SetGround>> ground(const FontBook& fonts, const DrawList& page) {
        for (const Place& place : places_) {
            if (place.ground->marks == page.ground && place.fonts == &fonts &&
                place.ground->size == page.page) {
                return place.ground;
            }
        }
        auto painted = set_marks(fonts, page.page, *page.ground, kGroundLevel, State::Restored);
        if (!painted) return painted.error();
        auto made = std::make_shared<const SetGround>(
            SetGround{page.page, page.ground, std::move(painted).value()});
        if (places_.size() == kGroundsKept) places_.erase(places_.begin());
        places_.push_back({made, &fonts});
        return std::shared_ptr<const SetGround>(std::move(made));
    }

  private:
    struct Place {
        std::shared_ptr<const SetGround>
            ground;  // keeps the marks, so that no other takes their place
        const FontBook* fonts;
    };
    std::vector<Place> places_;
};

}  // namespace

Result<SetPage> set_page(const FontBook& fonts, const DrawList& page, int deflate_level) {
    if (!is_printable(page.page.width) || !is_printable(page.page.height)) {
        return unprintable(page.page);
    }
    SetPage out{page.page, {}, nullptr};
    std::span<const Mark> own(page.marks);
    if (page.ground) {
        thread_local GroundShelf shelf;
        auto ground = shelf.ground(fonts, page);
        if (!ground) return ground.error();
        out.ground = std::move(ground).value();
        own = own.subspan(page.ground->size());
    }
    auto painted = set_marks(fonts, page.page, own, deflate_level, State::Left);
    if (!painted) return painted.error();
    out.own = std::move(painted).value();
    return out;
}

}  // namespace verso::generator
