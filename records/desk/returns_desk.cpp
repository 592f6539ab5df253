// SPDX-License-Identifier: Apache-2.0
#include "records/desk/returns_desk.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/crypto/crypto.h"
#include "core/domain/card_link.h"

namespace verso::records {

namespace {

constexpr int kMostPieces = 1'000'000;

/// A number from 0 to kMostPieces and nothing else.
std::optional<int> whole_number(std::string_view text) {
    int number = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (code != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    if (number < 0 || number > kMostPieces) return std::nullopt;
    return number;
}

Error choose(const std::string& code, const std::vector<ReturnCandidate>& candidates) {
    constexpr std::size_t kMostShown = 5;
    std::string known;
    for (std::size_t i = 0; i < std::min(candidates.size(), kMostShown); ++i) {
        known += fmt::format("{}{} ({})", i == 0 ? "" : ", ", format_rma(candidates[i].rma),
                             candidates[i].order.get());
    }
    return {ErrorCode::NotAllowed, fmt::format("'{}' may be {}", code, known), "",
            "give the RMA of the right one"};
}

}  // namespace

Result<std::vector<LineWord>> parse_line_words(const std::vector<std::string>& texts) {
    std::vector<LineWord> out;
    for (const std::string& text : texts) {
        const auto equals = text.find('=');
        const auto colon = text.find(':', equals == std::string::npos ? 0 : equals);
        const bool has_word = colon != std::string::npos;
        std::optional<int> line, pieces;
        if (equals != std::string::npos) {
            line = whole_number(std::string_view(text).substr(0, equals));
            const auto length = has_word ? colon - equals - 1 : std::string::npos;
            pieces = whole_number(std::string_view(text).substr(equals + 1, length));
        }
        if (!line || !pieces) {
            return Error{ErrorCode::ValueInvalid, fmt::format("'{}' is no line", text), "",
                         "write LINE=PIECES or LINE=PIECES:WORD, as in 2=1:damaged"};
        }
        if (std::any_of(out.begin(), out.end(),
                        [&](const LineWord& one) { return one.line == *line; })) {
            return Error{ErrorCode::ValueInvalid, fmt::format("line {} is named twice", *line), "",
                         "name each line once"};
        }
        out.push_back({*line, *pieces, has_word ? text.substr(colon + 1) : ""});
    }
    return out;
}

Result<Rma> find_one_return(Store& store, ShopId shop, const std::string& code) {
    if (auto rma = parse_rma(code)) {
        auto found = store.returns().find(shop, *rma);
        if (!found) return found.error();
        if (*found) return *rma;
    }
    auto candidates = store.returns().match(shop, code);
    if (!candidates) return candidates.error();
    std::vector<LabelMatch> matches;
    for (std::size_t i = 0; i < candidates->size(); ++i) {
        matches.push_back({i, (*candidates)[i].grade, (*candidates)[i].length});
    }
    if (const auto certain = certain_match(matches)) {
        return candidates->at(matches[*certain].known).rma;
    }
    if (!candidates->empty()) return choose(code, *candidates);
    return Error{ErrorCode::NotFound, fmt::format("no announced return has the code '{}'", code),
                 "", "look at the list of returns (verso returns list), or announce it"};
}

Result<ReturnStory> read_return(Store& store, ShopId shop, const Rma& rma) {
    auto made = store.returns().find(shop, rma);
    if (!made) return made.error();
    if (!*made) {
        return Error{ErrorCode::NotFound, fmt::format("no return {} was announced", rma.get()), "",
                     "see: verso returns list"};
    }
    auto order = store.find_order(shop, (*made)->order);
    if (!order) return order.error();
    auto others = store.returns().of_order(shop, (*made)->order);
    if (!others) return others.error();
    auto history = store.returns().history(shop, rma);
    if (!history) return history.error();
    std::erase_if(*others, [&](const Return& one) { return one.rma == rma; });
    auto proposal = propose_refund(**made, *order, *others);
    return ReturnStory{std::move(**made), std::move(*order), std::move(proposal),
                       std::move(*history)};
}

Result<Rma> given_rma(const OrderStory& story, const std::string& text) {
    auto rma = parse_rma(text);
    if (!rma) return rma;
    const bool ours = std::any_of(story.cards.begin(), story.cards.end(),
                                  [&](const CardRecord& card) { return card.insert.rma == *rma; });
    if (ours) return rma;
    return Error{ErrorCode::NotAllowed,
                 fmt::format("no sheet of the order has the RMA {}", format_rma(*rma)),
                 story.order.number.get(),
                 "leave the RMA out, or look whose it is: verso orders show"};
}

}  // namespace verso::records
