// SPDX-License-Identifier: Apache-2.0
#include "app/print_verify.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

#include "scanner/codes/code_reader.h"
#include "scanner/grade/ink_extent.h"
#include "scanner/render/page_renderer.h"

namespace verso::app {

namespace {

// Paper that stays white around a code and around a box; blocks keep 1.5 mm. Above and below bars
// there is no quiet zone: the number for people may stand close.
constexpr Mm kCodeMargin{0.9}, kAboveBars{0.3}, kBoxMargin{0.7};

MmBox code_window(const ExpectedCode& code) {
    if (code.kind != CodeKind::Code128) return code.box.grown(kCodeMargin);
    const bool level = code.drawn.turn % 180 == 0;
    const Mm across = level ? kCodeMargin : kAboveBars, down = level ? kAboveBars : kCodeMargin;
    const MmBox& box = code.box;
    return {box.x - across, box.y - down, box.w + across * 2, box.h + down * 2};
}

std::string_view name_of(CodeKind kind) {
    switch (kind) {
        case CodeKind::Qr:
            return "QR";
        case CodeKind::DataMatrix:
            return "Data Matrix";
        case CodeKind::Code128:
            return "Code 128";
    }
    return "code";
}

std::string words_for(const MmBox& box) {
    return fmt::format("{:.2f},{:.2f} {:.2f} x {:.2f} mm", box.x.value, box.y.value, box.w.value,
                       box.h.value);
}

/// Ink that reaches the end of the window is not the thing's own.
std::string found_words(const MmBox& extent, const MmBox& window) {
    const Mm rim{0.01};
    const bool alone = window.grown(-rim).contains(extent);
    return alone ? words_for(extent) : "other ink close to it, or itself far off";
}

std::string quoted(const std::string& text) { return fmt::format("\"{}\"", text); }

/// The farthest that one edge stands from where it should.
Mm distance(const MmBox& a, const MmBox& b) {
    return Mm{std::max({std::abs((a.x - b.x).value), std::abs((a.y - b.y).value),
                        std::abs((a.right() - b.right()).value),
                        std::abs((a.bottom() - b.bottom()).value)})};
}

/// Looks at one page's picture.
class PageProver {
  public:
    PageProver(const ExpectedPage& page, const scanner::GrayImage& image,
               const VerifyOptions& options)
        : page_(page),
          image_(image),
          options_(options),
          per_mm_(options.dpi / kMmPerInch),
          // Pixel (0, 0) is centred half a pixel inside the page.
          map_({per_mm_, 0, -0.5, 0, per_mm_, -0.5, 0, 0, 1}),
          allowed_(options.tolerance + Mm{0.5 / per_mm_}) {
        proof_.page = page.page;
        proof_.insert = page.insert;
    }

    PageProof prove() {
        compare_size();
        for (const auto& code : page_.codes) prove(code);
        for (const auto& box : page_.boxes) prove(box);
        return std::move(proof_);
    }

  private:
    void differ(std::string place, std::string expected, std::string found) {
        proof_.differences.push_back(
            {page_.page, page_.insert, std::move(place), std::move(expected), std::move(found)});
    }

    void compare_size() {
        const double w = page_.size.width.value * per_mm_, h = page_.size.height.value * per_mm_;
        if (std::abs(w - image_.width) <= 1.5 && std::abs(h - image_.height) <= 1.5) return;
        differ("the page",
               fmt::format("{:.1f} x {:.1f} mm", page_.size.width.value, page_.size.height.value),
               fmt::format("{:.1f} x {:.1f} mm", image_.width / per_mm_, image_.height / per_mm_));
    }

    scanner::PxRect pixels(const MmBox& box) const {
        const auto px = [&](Mm length) { return int(std::floor(length.value * per_mm_)); };
        return {px(box.x), px(box.y), px(box.w) + 1, px(box.h) + 1};
    }

    void prove(const ExpectedCode& code) {
        const std::string place = fmt::format("{} at {:.1f},{:.1f} mm", name_of(code.kind),
                                              code.box.x.value, code.box.y.value);
        ProvedCode proved{code, {}, {}};
        const auto found =
            scanner::read_code(image_, pixels(code.box.grown(Mm{2})), code.kind, true);
        if (!found) {
            differ(place, quoted(code.text), "nothing that decodes");
            proof_.codes.push_back(std::move(proved));
            return;
        }
        if (found->text != code.text) differ(place, quoted(code.text), quoted(found->text));
        const auto extent = scanner::ink_extent(image_, map_, code_window(code));
        if (extent) {
            proved.off = distance(*extent, code.box);
            if (proved.off > allowed_)
                differ(place, words_for(code.box), found_words(*extent, code_window(code)));
            compare_turn(code, *found, place);
            grade(code, *extent, place, proved);
        }
        proof_.codes.push_back(std::move(proved));
    }

    /// The decoder tells the symbol's own corners.
    void compare_turn(const ExpectedCode& code, const scanner::FoundCode& found,
                      const std::string& place) {
        if (code.kind == CodeKind::Code128) return;
        const MmPoint corner = map_.to_page(found.corners[0]);
        const auto corners = code.box.corners();
        const auto away = [&](MmPoint p) {
            return std::hypot((p.x - corner.x).value, (p.y - corner.y).value);
        };
        const auto nearest = std::min_element(corners.begin(), corners.end(),
                                              [&](auto a, auto b) { return away(a) < away(b); });
        // The decoder's own idea of a corner is a module's width wide; only the turn is judged.
        const int turn = int(nearest - corners.begin()) * 90;
        const int wanted = ((code.drawn.turn % 360) + 360) % 360;
        if (turn == wanted) return;
        differ(place, fmt::format("turned by {} degrees", wanted), fmt::format("by {}", turn));
    }

    void grade(const ExpectedCode& code, const MmBox& extent, const std::string& place,
               ProvedCode& proved) {
        // A symbol that is off its place is graded where it is.
        const scanner::SymbolPlace symbol{extent, code.drawn.columns, code.drawn.rows,
                                          code.drawn.turn};
        proved.estimate = code.drawn.rows == 1
                              ? scanner::grade_linear(image_, map_, symbol)
                              : scanner::grade_matrix(image_, map_, symbol, code.drawn.modules);
        if (proved.estimate.grade >= options_.least_grade) return;
        const auto weakest = proved.estimate.weakest();
        differ(place, fmt::format("an estimated grade of {:.1f} or better", options_.least_grade),
               fmt::format("{:.1f} ({})", proved.estimate.grade, weakest));
    }

    void prove(const ExpectedBox& expected) {
        ++proof_.boxes;
        const MmBox window = expected.box.grown(kBoxMargin);
        const auto extent = scanner::ink_extent(image_, map_, window);
        if (!extent) return differ(expected.name, words_for(expected.box), "nothing printed");
        const Mm off = distance(*extent, expected.box);
        proof_.worst_box = std::max(proof_.worst_box, off);
        if (off > allowed_)
            differ(expected.name, words_for(expected.box), found_words(*extent, window));
    }

    const ExpectedPage& page_;
    const scanner::GrayImage& image_;
    const VerifyOptions& options_;
    double per_mm_;
    Homography map_;
    Mm allowed_;
    PageProof proof_;
};

void sum_up(const PageProof& page, PrintProof& proof) {
    ++proof.pages;
    proof.boxes += page.boxes;
    proof.codes += int(page.codes.size());
    proof.worst_off = std::max(proof.worst_off, page.worst_box);
    for (const auto& code : page.codes) {
        proof.worst_off = std::max(proof.worst_off, code.off);
        proof.lowest_grade = std::min(proof.lowest_grade, code.estimate.grade);
    }
    proof.differences.insert(proof.differences.end(), page.differences.begin(),
                             page.differences.end());
}

nlohmann::ordered_json code_json(const ProvedCode& code) {
    nlohmann::ordered_json values = nlohmann::ordered_json::object();
    for (const auto& value : code.estimate.values) {
        values[std::string(value.name)] = std::round(value.value * 1000) / 1000;
    }
    const MmBox& box = code.code.box;
    return {
        {"kind", to_string(code.code.kind)},
        {"box", {{"x", box.x.value}, {"y", box.y.value}, {"w", box.w.value}, {"h", box.h.value}}},
        {"off_mm", std::round(code.off.value * 1000) / 1000},
        {"estimated_grade", std::round(code.estimate.grade * 10) / 10},
        {"values", values}};
}

}  // namespace

std::string Difference::text() const {
    return fmt::format("page {}, {}, {}: expected {}, found {}", page, insert, place, expected,
                       found);
}

Result<PrintProof> verify_print(const std::string& pdf, std::span<const ExpectedPage> expected,
                                const VerifyOptions& options, const ProofSink& sink) {
    if (options.dpi < 72 || options.dpi > 1200) {
        return Error{ErrorCode::ValueInvalid,
                     fmt::format("a proof at {} dpi makes no sense", options.dpi), "--verify",
                     "give the printer's resolution, 72 to 1200"};
    }
    PrintProof proof;
    if (expected.empty()) return proof;
    const scanner::RenderJob job{.pdf = pdf,
                                 .dpi = options.dpi,
                                 .first_page = expected.front().page,
                                 .last_page = expected.back().page};
    auto next = expected.begin();
    const auto rendered = scanner::render_pages(job, [&](int page, scanner::GrayImage image) {
        for (; next != expected.end() && next->page == page; ++next) {
            const PageProof one = PageProver(*next, image, options).prove();
            sum_up(one, proof);
            if (sink) sink(one);
        }
        return next != expected.end();
    });
    if (!rendered) return rendered.error();
    for (; next != expected.end(); ++next) {
        proof.differences.push_back(
            {next->page, next->insert, "the page", "a page", "no such page in the file"});
    }
    return proof;
}

std::string proof_line(const PageProof& proof) {
    auto codes = nlohmann::ordered_json::array();
    for (const auto& code : proof.codes) codes.push_back(code_json(code));
    auto differences = nlohmann::ordered_json::array();
    for (const auto& one : proof.differences) {
        differences.push_back(
            {{"place", one.place}, {"expected", one.expected}, {"found", one.found}});
    }
    return nlohmann::ordered_json{{"verified_page", proof.page},
                                  {"insert", proof.insert},
                                  {"codes", codes},
                                  {"boxes", proof.boxes},
                                  {"worst_box_mm", std::round(proof.worst_box.value * 1000) / 1000},
                                  {"differences", differences}}
        .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string proof_sentence(const PrintProof& proof, const VerifyOptions& options) {
    const std::string looked = fmt::format("{} codes and {} boxes on {} pages at {} dpi",
                                           proof.codes, proof.boxes, proof.pages, options.dpi);
    if (!proof.sound()) {
        return fmt::format("Verified {}: {} differences.", looked, proof.differences.size());
    }
    return fmt::format(
        "Verified {}: all as they should be; nothing more than {:.2f} mm off, lowest estimated "
        "grade {:.1f}.",
        looked, proof.worst_off.value, proof.lowest_grade);
}

}  // namespace verso::app
