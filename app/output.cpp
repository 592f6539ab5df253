// SPDX-License-Identifier: Apache-2.0
#include "app/output.h"

#include <algorithm>
#include <cassert>
#include <nlohmann/json.hpp>

namespace verso::app {

namespace {

/// Columns of a terminal that a text fills: one for each character; combining ones are rare in
/// what shops send, because importers compose them.
std::size_t width(const std::string& text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

}  // namespace

void Table::add(std::vector<std::string> cells) {
    assert(cells.size() == headings_.size());
    rows_.push_back(std::move(cells));
}

std::string Table::text() const {
    if (rows_.empty()) return "";
    std::vector<std::size_t> widths;
    std::vector<std::string> titles;
    std::vector<bool> right;
    for (std::size_t i = 0; i < headings_.size(); ++i) {
        right.push_back(!headings_[i].empty() && headings_[i].front() == '>');
        titles.push_back(right.back() ? headings_[i].substr(1) : headings_[i]);
        std::size_t widest = width(titles.back());
        for (const auto& row : rows_) widest = std::max(widest, width(row[i]));
        widths.push_back(widest);
    }
    std::string out;
    const auto add_row = [&](const std::vector<std::string>& cells) {
        std::string line;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const std::string padding(widths[i] - width(cells[i]), ' ');
            line += (i > 0 ? "  " : "") + (right[i] ? padding + cells[i] : cells[i] + padding);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        out += line + "\n";
    };
    const bool has_titles = std::any_of(titles.begin(), titles.end(),
                                        [](const std::string& title) { return !title.empty(); });
    if (has_titles) add_row(titles);
    for (const auto& row : rows_) add_row(row);
    return out;
}

void Output::say(std::string_view text) {
    if (!options_.json) results_ << text << '\n';
}

void Output::show(const Table& table) {
    if (!options_.json) results_ << table.text();
}

void Output::line(std::string_view json) {
    if (options_.json) results_ << json << '\n';
}

void Output::flush() { results_.flush(); }

void Output::warn(std::string_view text) {
    if (!options_.quiet) remarks_ << "verso: warning: " << text << std::endl;
}

void Output::detail(std::string_view text) {
    if (options_.verbose) remarks_ << "verso: " << text << std::endl;
}

void Output::fail(const Error& error) {
    if (!options_.json) {
        remarks_ << "verso: " << error.text() << std::endl;
        return;
    }
    const nlohmann::ordered_json json{{"error",
                                       {{"code", to_string(error.code)},
                                        {"message", error.message},
                                        {"where", error.where},
                                        {"cure", error.cure}}}};
    remarks_ << json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << std::endl;
}

Progress Output::progress(std::string what, std::size_t total) {
    return {remarks_, progress_style(options_.json || options_.quiet), std::move(what), total};
}

}  // namespace verso::app
