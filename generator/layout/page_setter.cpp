// SPDX-License-Identifier: Apache-2.0
#include "generator/layout/page_setter.h"

#include <fmt/format.h>

#include <algorithm>

#include "generator/layout/code_place.h"
#include "generator/layout/picture_place.h"
#include "generator/layout/table_rows.h"
#include "generator/layout/text_setting.h"

namespace verso::generator {

namespace {

/// Enough for a full page without growing.
constexpr std::size_t kUsualMarks = 256;

bool has_no_place(const Address& address) {
    return address.line1.empty() && address.line2.empty() && address.city.empty() &&
           address.postcode.empty();
}

struct MoveMark {
    MmPoint by;
    void operator()(TextMark& mark) const { mark.at = mark.at + by; }
    void operator()(LineMark& mark) const {
        mark.from = mark.from + by;
        mark.to = mark.to + by;
    }
    template <class BoxMark>
    void operator()(BoxMark& mark) const {
        mark.box.x += by.x;
        mark.box.y += by.y;
    }
};

}  // namespace

void PageSetter::warn(std::string sentence) {
    warnings_.push_back(
        fmt::format("order {}: {}", context_.input.order.number.get(), std::move(sentence)));
}

void PageSetter::fail(ErrorCode code, std::string message, const std::string& field) {
    if (error_) return;
    error_ = Error{code, std::move(message),
                   fmt::format("order {}, {}", context_.input.order.number.get(), field),
                   "correct it in the shop and import the order again"};
}

void PageSetter::add(Mark mark) {
    if (offset_ != MmPoint{}) std::visit(MoveMark{offset_}, mark);
    page_.marks.push_back(std::move(mark));
    if (trace_ != nullptr) trace_->pages.back().blocks.push_back(block_);
}

Result<DrawList> PageSetter::set(const PageDesign& design) {
    const PageGround& ground = design.grounds.at(language_);
    page_ = {design.size, {}};
    page_.marks.reserve(ground.marks->size() + kUsualMarks);
    page_.marks.insert(page_.marks.end(), ground.marks->begin(), ground.marks->end());
    if (!ground.marks->empty()) page_.ground = ground.marks;
    if (trace_ != nullptr) trace_->pages.push_back({design.number, ground.blocks});
    run(design.operations);
    if (error_) return *error_;
    return std::move(page_);
}

std::size_t PageSetter::rows_left(const std::string& flow) const {
    const auto done = rows_done_.find(flow);
    return done == rows_done_.end() ? 0 : context_.lines.size() - done->second;
}

void PageSetter::run(const Operations& operations) {
    for (std::size_t i = 0; i < operations.size() && !error_; ++i) {
        const Operation& operation = operations[i];
        if (const auto* skip = std::get_if<SkipOperation>(&operation.kind)) {
            if (!skip->condition.holds(context_)) i += skip->count;
            continue;
        }
        block_ = operation.block;
        std::visit([this](const auto& kind) { run(kind); }, operation.kind);
    }
}

void PageSetter::run(const MarkOperation& operation) { add(operation.mark); }

void PageSetter::run(const StaticTextOperation& operation) {
    for (const auto& mark : operation.marks.at(language_)) add(mark);
}

bool PageSetter::can_print(const TextStyle& style, const std::string& text,
                           const TextSource& source) {
    if (!fonts_.first_uncovered(style.face, text)) return true;
    for (const auto& piece : source.pieces(context_)) {
        const auto bad = fonts_.first_uncovered(style.face, piece.text);
        if (!bad) continue;
        fail(ErrorCode::TextUnprintable, fmt::format("no font has '{}'", *bad),
             std::string(piece.path));
        return false;
    }
    fail(ErrorCode::TextUnprintable, "a character is in no font", "text");
    return false;
}

void PageSetter::add_line(const TextPlace& place, std::string text) {
    const bool strict = place.fit == Fit::Error;
    FittedLine line = fit_line(fonts_, place, std::move(text));
    if (!line.fits && strict) {
        fail(ErrorCode::TextUnprintable,
             fmt::format("\"{}\" is wider than its {} mm", line.text, place.width.value), "text");
        return;
    }
    if (line.at_least) warn(fmt::format("a text was cut to \"{}\"", line.text));
    add(mark_of(place, std::move(line)));
}

void PageSetter::run(const TextOperation& operation) {
    const TextSource& source = operation.sources.at(language_);
    std::string text = source.evaluate(context_);
    if (text.empty() || !can_print(operation.place.style, text, source)) return;
    add_line(operation.place, std::move(text));
}

void PageSetter::run(const ParagraphOperation& operation) {
    const TextSource& source = operation.sources.at(language_);
    const std::string text = source.evaluate(context_);
    if (!can_print(operation.place.style, text, source)) return;
    auto set = fit_paragraph(fonts_, operation.place, text, operation.most_lines);
    if (!set.fits) {
        fail(ErrorCode::TextUnprintable,
             fmt::format("\"{}\" does not fit {} lines of {} mm", text, operation.most_lines,
                         operation.place.width.value),
             std::string(source.first_path()));
        return;
    }
    if (set.cut) warn(fmt::format("a text was cut to \"{}\"", set.lines.back()));
    TextPlace place = operation.place;
    place.style.size = set.size;
    place.fit = Fit::Clip;
    for (auto& line : set.lines) {
        if (!line.empty()) add_line(place, std::move(line));
        place.at.y += operation.leading;
    }
}

void PageSetter::run(const AddressOperation& operation) {
    const Value value = operation.path->read(context_);
    const auto* const* list = std::get_if<const std::vector<std::string>*>(&value);
    if (list == nullptr) return;
    const std::string field(operation.path->name);
    // Half an address sends the parcel nowhere: rather no sheet than that.
    if (field == "buyer.lines" && has_no_place(context_.input.order.ship_to)) {
        return fail(ErrorCode::ValueInvalid, "the order has no address", field);
    }
    std::vector<std::string> lines;
    for (const auto& line : **list) lines.push_back(printable(line));
    if (lines.size() > std::size_t(operation.most_lines)) {
        return fail(ErrorCode::TextUnprintable,
                    fmt::format("an address of {} lines does not fit {}", lines.size(),
                                operation.most_lines),
                    field);
    }
    TextPlace place = operation.place;
    for (const auto& line : lines) {
        if (const auto bad = fonts_.first_uncovered(place.style.face, line)) {
            return fail(ErrorCode::TextUnprintable,
                        fmt::format("no font has '{}' of \"{}\"", *bad, line), field);
        }
        // One size for all lines: the widest decides.
        TextPlace one = place;
        one.least = operation.place.least;
        const FittedLine fitted = fit_line(fonts_, one, line);
        if (fitted.at_least) {
            return fail(ErrorCode::TextUnprintable,
                        fmt::format("\"{}\" is wider than its {} mm even at {} pt", line,
                                    place.width.value, one.least.value),
                        field);
        }
        place.style.size = std::min(place.style.size, fitted.size);
    }
    place.least = std::min(place.least, place.style.size);
    for (auto& line : lines) {
        add_line(place, std::move(line));
        place.at.y += operation.leading;
    }
}

const Symbol* PageSetter::symbol(const CodeOperation& code, const std::string& text) {
    for (const auto& known : encoded_) {
        if (known.kind == code.kind && known.gs1 == code.gs1 && known.text == text) {
            return &known.symbol;
        }
    }
    auto made = code.kind == CodeKind::Qr           ? encode_qr(text, code.level)
                : code.kind == CodeKind::DataMatrix ? encode_data_matrix(text)
                : code.gs1                          ? encode_gs1_128(text)
                                                    : encode_code128(text);
    if (!made) {
        fail(made.error().code, made.error().message, std::string(to_string(code.kind)));
        return nullptr;
    }
    return &encoded_.emplace_back(Encoded{code.kind, code.gs1, text, std::move(made).value()})
                .symbol;
}

void PageSetter::run(const CodeOperation& operation) {
    const std::string text = operation.sources.at(language_).evaluate(context_);
    if (text.empty()) return;
    const Symbol* made = symbol(operation, text);
    if (made == nullptr) return;
    const auto box = code_box(operation, *made);
    if (!box) {
        warn(fmt::format("\"{}\" is too long for a bar code of {} mm and stands without", text,
                         operation.box.w.value));
        return;
    }
    add(ModulesMark{operation.frame.box(*box), made->columns, made->rows, made->modules,
                    operation.frame.turn});
}

void PageSetter::run(const TableReference& reference) {
    const TableOperation& table = *reference;
    std::size_t& done = rows_done_[table.flow];
    const MmPoint before = offset_;
    run(table.header);
    const auto set_row = [&](std::size_t row) {
        context_.row = context_.lines.at(row);
        context_.row_number = int(row + 1);
    };
    const TakenRows taken = take_rows(context_.lines.size() - done, table.room, table.footer_height,
                                      std::size_t(table.keep_with_total), [&](std::size_t n) {
                                          set_row(done + n);
                                          return row_height(table);
                                      });
    for (const Mm height : taken.heights) {
        if (error_) break;
        set_row(done++);
        run_row(table, height);
        offset_ = offset_ + table.frame.vector({Mm{0}, height});
    }
    context_.row = nullptr;
    run(taken.finished ? table.footer : table.more);
    offset_ = before;
}

Mm PageSetter::row_height(const TableOperation& table) {
    std::size_t most = 1;
    for (const auto& column : table.growing) {
        const std::string text = column.sources.at(language_).evaluate(context_);
        most = std::max(most,
                        fit_paragraph(fonts_, column.place, text, column.most_lines).lines.size());
    }
    return table.row_height + table.line_height * double(most - 1);
}

void PageSetter::run_row(const TableOperation& table, Mm height) {
    run(table.row);
    const MmPoint before = offset_;
    offset_ = offset_ + table.frame.vector({Mm{0}, height - table.row_height});
    run(table.row_end);
    offset_ = before;
}

void PageSetter::run(const LabelArtworkOperation& operation) {
    const auto& picture = context_.label.artwork;
    if (picture == nullptr) return;
    const auto box = picture_box(*picture, operation.box, operation.natural_size);
    if (!box) {
        fail(ErrorCode::ValueInvalid,
             fmt::format("the carrier's label is {:.1f} x {:.1f} mm and its place {:.1f} x {:.1f}",
                         picture->width.value, picture->height.value, operation.box.w.value,
                         operation.box.h.value),
             "label.artwork");
        return;
    }
    add(PictureMark{operation.frame.box(*box), operation.frame.turn, picture});
}

}  // namespace verso::generator
