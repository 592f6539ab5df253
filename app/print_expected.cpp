// SPDX-License-Identifier: Apache-2.0
#include "app/print_expected.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "scanner/codes/code_reader.h"

namespace verso::app {

namespace {

/// Layouts are written in hundredths of a mm.
bool same_place(const MmBox& a, const MmBox& b) {
    constexpr double kRounding = 0.02;
    return std::abs((a.x - b.x).value) < kRounding && std::abs((a.y - b.y).value) < kRounding &&
           std::abs((a.w - b.w).value) < kRounding && std::abs((a.h - b.h).value) < kRounding;
}

template <class Kind>
bool is_drawn(const DrawList& list, const MmBox& box) {
    return std::any_of(list.marks.begin(), list.marks.end(), [&](const Mark& mark) {
        const auto* one = std::get_if<Kind>(&mark);
        return one != nullptr && same_place(one->box, box);
    });
}

bool is_dark(const ModulesMark& mark, int row, int column) {
    return mark.modules[std::size_t(row) * std::size_t(mark.columns) + std::size_t(column)] == '1';
}

/// The rings of a QR's finder, its top left at (row, column).
bool has_finder(const ModulesMark& mark, int row, int column) {
    constexpr int kSide = 7;
    for (int y = 0; y < kSide; ++y) {
        for (int x = 0; x < kSide; ++x) {
            const int ring = std::max(std::abs(x - 3), std::abs(y - 3));
            if (is_dark(mark, row + y, column + x) != (ring != 2)) return false;
        }
    }
    return true;
}

/// Code 128 begins with one of three characters and ends with its stop (ISO/IEC 15417, table 1).
bool is_code128(const ModulesMark& mark) {
    const std::string_view bars = mark.modules;
    constexpr std::array<std::string_view, 3> kStarts{"11010000100", "11010010000", "11010011100"};
    const bool starts = std::any_of(kStarts.begin(), kStarts.end(),
                                    [&](auto start) { return bars.starts_with(start); });
    return starts && bars.ends_with("1100011101011");
}

std::optional<CodeKind> kind_of(const ModulesMark& mark) {
    if (mark.rows == 1) {
        return is_code128(mark) ? std::optional(CodeKind::Code128) : std::nullopt;
    }
    constexpr int kSmallestQr = 21;
    if (mark.columns == mark.rows && mark.columns >= kSmallestQr && has_finder(mark, 0, 0) &&
        has_finder(mark, 0, mark.columns - 7) && has_finder(mark, mark.rows - 7, 0)) {
        return CodeKind::Qr;
    }
    for (int row = 0; row < mark.rows; ++row) {
        if (!is_dark(mark, row, 0)) return std::nullopt;
    }
    for (int column = 0; column < mark.columns; ++column) {
        if (!is_dark(mark, mark.rows - 1, column)) return std::nullopt;
    }
    return CodeKind::DataMatrix;
}

/// What the symbol says when it is drawn without fault.
std::string text_of(const ModulesMark& mark, CodeKind kind) {
    constexpr int kPixels = 4, kQuiet = 10, kBarHeight = 16;
    const int tall = mark.rows == 1 ? kBarHeight : 1;
    scanner::GrayImage image{
        (mark.columns + 2 * kQuiet) * kPixels, (mark.rows * tall + 2 * kQuiet) * kPixels, 0, {}};
    image.pixels.assign(std::size_t(image.width) * std::size_t(image.height), 255);
    for (int y = 0; y < mark.rows * tall * kPixels; ++y) {
        std::uint8_t* row = image.row(y + kQuiet * kPixels) + kQuiet * kPixels;
        for (int x = 0; x < mark.columns * kPixels; ++x) {
            if (is_dark(mark, y / (tall * kPixels), x / kPixels)) row[x] = 0;
        }
    }
    const auto found = scanner::read_code(image, {0, 0, image.width, image.height}, kind, true);
    return found ? found->text : "";
}

int drawn_fiducials(const DrawList& list, const ReadRegion& region) {
    return int(std::count_if(region.fiducials.begin(), region.fiducials.end(),
                             [&](const MmBox& box) { return is_drawn<FillMark>(list, box); }));
}

std::vector<const ReadRegion*> regions_on(const Layout& layout, int layout_page) {
    std::vector<const ReadRegion*> regions;
    for (const auto* kind : {&layout.cards, &layout.returns}) {
        for (const auto& region : *kind) {
            if (region.page == layout_page) regions.push_back(&region);
        }
    }
    return regions;
}

/// Which page of the layout a draw list shows: the one most of whose fiducials it has; 0 when it
/// has none of any.
int layout_page_of(const Layout& layout, const DrawList& list) {
    int best = 0, page = 0;
    for (int i = 1; i <= int(layout.pages.size()); ++i) {
        int drawn = 0;
        for (const auto* region : regions_on(layout, i)) drawn += drawn_fiducials(list, *region);
        if (drawn <= best) continue;
        best = drawn;
        page = i;
    }
    return page;
}

/// Works out one page; keeps what it cannot find.
class PagePlan {
  public:
    PagePlan(const DrawList& list, ExpectedPage& page, const InsertTexts& texts)
        : list_(list), page_(page), texts_(texts) {}

    void add(const ReadRegion& region, bool is_card) {
        int number = 0;
        for (const auto& box : region.fiducials) {
            const std::string name = fmt::format("fiducial {} of {}", ++number, region.id);
            if (!is_drawn<FillMark>(list_, box)) missing(name, box);
            page_.boxes.push_back({name, box});
        }
        for (const auto& question : region.questions) {
            for (const auto& option : question.options) add(question, option, is_card);
        }
        for (const auto& code : region.codes) add(code, is_card);
    }

    const std::optional<Error>& fault() const { return fault_; }

  private:
    void add(const Question& question, const MarkOption& option, bool is_card) {
        const std::string name = fmt::format("box {} of {}", option.value, question.id);
        if (is_drawn<OutlineMark>(list_, option.box)) {
            page_.boxes.push_back({name, option.box.grown(kMarkOutline / 2)});
        } else if (is_card) {  // a return sheet prints the boxes that its articles need
            missing(name, option.box);
        }
    }

    void add(const CodeRegion& region, bool is_card) {
        const auto code =
            std::find_if(page_.codes.begin(), page_.codes.end(), [&](const ExpectedCode& one) {
                const bool bars = region.kind == CodeKind::Code128;
                return one.kind == region.kind &&
                       (bars ? region.box.intersects(one.box) : same_place(region.box, one.box));
            });
        if (code == page_.codes.end()) {
            return missing(std::string(to_string(region.kind)), region.box);
        }
        const bool link = is_card && region.kind == CodeKind::Qr && !texts_.link.empty();
        const bool mark = is_card && region.kind == CodeKind::DataMatrix && !texts_.mark.empty();
        if (link) code->text = texts_.link;
        if (mark) code->text = texts_.mark;
    }

    void missing(const std::string& name, const MmBox& box) {
        if (fault_) return;
        fault_ = Error{ErrorCode::ValueInvalid,
                       fmt::format("the page does not draw {} at {:.2f},{:.2f} mm, where its "
                                   "layout has it",
                                   name, box.x.value, box.y.value),
                       fmt::format("{}, page {}", page_.insert, page_.page),
                       "print it with the template that its layout is of"};
    }

    const DrawList& list_;
    ExpectedPage& page_;
    const InsertTexts& texts_;
    std::optional<Error> fault_;
};

}  // namespace

std::vector<ExpectedCode> codes_drawn(const DrawList& list, int page) {
    std::vector<ExpectedCode> codes;
    for (const Mark& mark : list.marks) {
        const auto* modules = std::get_if<ModulesMark>(&mark);
        if (modules == nullptr || modules->columns <= 0 || modules->rows <= 0) continue;
        const auto kind = kind_of(*modules);
        if (kind) codes.push_back({page, *kind, modules->box, text_of(*modules, *kind), *modules});
    }
    return codes;
}

Result<std::vector<ExpectedPage>> expected_pages(const Layout& layout,
                                                 std::span<const DrawList> pages, int first_page,
                                                 const std::string& insert,
                                                 const InsertTexts& texts) {
    std::vector<ExpectedPage> expected;
    std::vector<int> shown;
    for (const DrawList& list : pages) {
        const int number = first_page + int(expected.size());
        ExpectedPage page{number, insert, list.page, codes_drawn(list, number), {}};
        const int layout_page = layout_page_of(layout, list);
        shown.push_back(layout_page);
        PagePlan plan(list, page, texts);
        for (const auto& region : layout.cards) {
            if (region.page == layout_page) plan.add(region, true);
        }
        for (const auto& region : layout.returns) {
            if (region.page == layout_page) plan.add(region, false);
        }
        if (plan.fault()) return *plan.fault();
        expected.push_back(std::move(page));
    }
    for (const auto& card : layout.cards) {
        if (std::find(shown.begin(), shown.end(), card.page) != shown.end()) continue;
        return Error{ErrorCode::ValueInvalid,
                     fmt::format("none of its pages shows {} where its layout has it", card.id),
                     insert, "print it with the template that its layout is of"};
    }
    return expected;
}

}  // namespace verso::app
