// SPDX-License-Identifier: Apache-2.0
#include "generator/layout/page_setter.h"

#include <fmt/format.h>

#include <algorithm>

#include "generator/layout/text_setting.h"

namespace verso::generator {

namespace {

/// Enough for a full page without growing.
constexpr std::size_t kUsualMarks = 256;

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

/// How many rows a placement takes. The last row stays with the footer: rather one row less here
/// than a page with a footer alone.
int rows_for(const TableOperation& table, std::size_t left) {
    if (left <= std::size_t(table.capacity_with_footer)) return int(left);
    return std::min(table.capacity, int(left) - 1);
}

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
}

Result<DrawList> PageSetter::set(const PageDesign& design) {
    page_ = {design.size, {}};
    page_.marks.reserve(kUsualMarks);
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
        if (const auto* skip = std::get_if<SkipOperation>(&operations[i])) {
            if (!skip->condition.holds(context_)) i += skip->count;
            continue;
        }
        std::visit(
            [this](const auto& operation) {
                if constexpr (!std::is_same_v<std::decay_t<decltype(operation)>, SkipOperation>) {
                    run(operation);
                }
            },
            operations[i]);
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
    auto lines = wrap(fonts_, operation.place.style, operation.place.width, text);
    TextPlace place = operation.place;
    const auto most = std::size_t(operation.most_lines);
    if (lines.size() > most) {
        for (std::size_t i = most; i < lines.size(); ++i) lines[most - 1] += " " + lines[i];
        lines.resize(most);
        place.fit = Fit::Clip;
    }
    for (auto& line : lines) {
        if (!line.empty()) add_line(place, std::move(line));
        place.at.y += operation.leading;
    }
}

void PageSetter::run(const AddressOperation& operation) {
    const Value value = operation.path->read(context_);
    const auto* const* list = std::get_if<const std::vector<std::string>*>(&value);
    if (list == nullptr) return;
    std::vector<std::string> lines;
    for (const auto& line : **list) lines.push_back(printable(line));
    if (lines.size() > std::size_t(operation.most_lines)) {
        warn(fmt::format("an address has {} lines, {} were printed", lines.size(),
                         operation.most_lines));
        lines.resize(std::size_t(operation.most_lines));
    }
    TextPlace place = operation.place;
    for (const auto& line : lines) {
        if (const auto bad = fonts_.first_uncovered(place.style.face, line)) {
            return fail(ErrorCode::TextUnprintable,
                        fmt::format("no font has '{}' of \"{}\"", *bad, line),
                        std::string(operation.path->name));
        }
        // One size for all lines: the widest decides.
        TextPlace one = place;
        one.least = operation.place.least;
        place.style.size = std::min(place.style.size, fit_line(fonts_, one, line).size);
    }
    place.least = std::min(place.least, place.style.size);
    for (auto& line : lines) {
        add_line(place, std::move(line));
        place.at.y += operation.leading;
    }
}

const Symbol* PageSetter::symbol(const CodeOperation& code, const std::string& text) {
    for (const auto& known : encoded_) {
        if (known.kind == code.kind && known.text == text) return &known.symbol;
    }
    auto made = code.kind == CodeKind::Qr           ? encode_qr(text, code.level)
                : code.kind == CodeKind::DataMatrix ? encode_data_matrix(text)
                                                    : encode_code128(text);
    if (!made) {
        fail(made.error().code, made.error().message, std::string(to_string(code.kind)));
        return nullptr;
    }
    return &encoded_.emplace_back(Encoded{code.kind, text, std::move(made).value()}).symbol;
}

void PageSetter::run(const CodeOperation& operation) {
    const std::string text = operation.sources.at(language_).evaluate(context_);
    if (text.empty()) return;
    const Symbol* made = symbol(operation, text);
    if (made == nullptr) return;
    MmBox box = operation.box;
    if (operation.kind == CodeKind::Code128) {
        const Mm module = std::min(operation.module, box.w / made->columns);
        if (module < operation.least_module) {
            warn(fmt::format("\"{}\" is too long for a bar code of {} mm and stands without", text,
                             box.w.value));
            return;
        }
        const Mm width = module * made->columns, room = box.w - width;
        if (operation.align != Align::Left)
            box.x += operation.align == Align::Right ? room : room / 2;
        box.w = width;
    }
    add(ModulesMark{operation.frame.box(box), made->columns, made->rows, made->modules,
                    operation.frame.turn});
}

void PageSetter::run(const TableReference& reference) {
    const TableOperation& table = *reference;
    std::size_t& done = rows_done_[table.flow];
    const int rows = rows_for(table, context_.lines.size() - done);
    const MmPoint before = offset_;
    run(table.header);
    for (int i = 0; i < rows && !error_; ++i) {
        context_.row = context_.lines.at(done);
        context_.row_number = int(++done);
        run(table.row);
        offset_ = offset_ + table.step;
    }
    context_.row = nullptr;
    run(done == context_.lines.size() ? table.footer : table.more);
    offset_ = before;
}

}  // namespace verso::generator
