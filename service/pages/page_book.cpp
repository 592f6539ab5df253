// SPDX-License-Identifier: Apache-2.0
#include "service/pages/page_book.h"

#include <algorithm>
#include <cassert>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <kainjow/mustache.hpp>

#include "core/crypto/crypto.h"
#include "service/http/web_text.h"

namespace verso::service {

namespace {

namespace fs = std::filesystem;
namespace mustache = kainjow::mustache;

using Sources = std::map<std::string, std::string, std::less<>>;

std::string_view media_type(const fs::path& file) {
    static const std::map<std::string, std::string_view> kTypes{
        {".css", "text/css; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".wav", "audio/wav"}};
    const auto it = kTypes.find(file.extension().string());
    return it == kTypes.end() ? std::string_view() : it->second;
}

mustache::data to_mustache(const PageData& data, const Sources& sources) {
    mustache::data out(mustache::data::type::object);
    for (const auto& [name, value] : data.values()) {
        if (const auto* text = std::get_if<std::string>(&value)) out.set(name, *text);
        if (const auto* holds = std::get_if<bool>(&value)) out.set(name, *holds);
        if (const auto* markup = std::get_if<PageData::Markup>(&value)) out.set(name, markup->html);
        if (const auto* rows = std::get_if<std::vector<PageData>>(&value)) {
            mustache::list list;
            for (const auto& row : *rows) list.push_back(to_mustache(row, sources));
            out.set(name, list);
        }
    }
    return out;
}

Result<std::string> read_whole(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in) {
        return Error{ErrorCode::FileUnreadable, "a file of the pages cannot be read", file.string(),
                     "see its permissions"};
    }
    return std::move(text).str();
}

/// Where the parser stopped: it names the byte at the end of what it says.
std::size_t line_of(const std::string& message, const std::string& text) {
    const auto digits = message.find_last_not_of("0123456789");
    const std::string number = digits == std::string::npos ? message : message.substr(digits + 1);
    if (number.empty() || number.size() > 9) return 1;
    const std::size_t at = std::min<std::size_t>(std::stoul(number), text.size());
    return 1 + static_cast<std::size_t>(
                   std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

Result<void> check_page(const fs::path& file, const std::string& text) {
    const mustache::mustache parsed(text);
    if (parsed.is_valid()) return {};
    return Error{ErrorCode::TemplateInvalid,
                 "the page is no Mustache template: " + parsed.error_message(),
                 file.string() + ":" + std::to_string(line_of(parsed.error_message(), text)),
                 "close every {{#section}} with {{/section}}"};
}

Asset make_asset(const fs::path& file, std::string bytes) {
    const std::string mark = sha256_hex(bytes).substr(0, 16);
    return {.place = "/a/" + file.stem().string() + "." + mark + file.extension().string(),
            .type = std::string(media_type(file)),
            .bytes = std::make_shared<const std::string>(std::move(bytes))};
}

}  // namespace

PageData& PageData::set(std::string name, std::string text) {
    values_.insert_or_assign(std::move(name), std::move(text));
    return *this;
}
PageData& PageData::set(std::string name, bool holds) {
    values_.insert_or_assign(std::move(name), holds);
    return *this;
}
PageData& PageData::set(std::string name, std::vector<PageData> list) {
    values_.insert_or_assign(std::move(name), std::move(list));
    return *this;
}
PageData& PageData::set(std::string name, Markup markup) {
    values_.insert_or_assign(std::move(name), std::move(markup));
    return *this;
}
PageData& PageData::set_if(const std::string& name, const std::string& text) {
    return text.empty() ? set(name, false) : set(name, text);
}

Result<void> PageBook::take(const std::filesystem::path& file) {
    const bool is_page = file.extension() == ".html";
    if (!is_page && media_type(file).empty()) return {};
    auto text = read_whole(file);
    if (!text) return text.error();
    if (!is_page) {
        assets_.emplace(file.filename().string(), make_asset(file, *std::move(text)));
        return {};
    }
    if (auto sound = check_page(file, *text); !sound) return sound;
    sources_.emplace(file.stem().string(), *std::move(text));
    return {};
}

Result<PageBook> PageBook::load(const std::vector<std::string>& folders,
                                std::vector<Error>* faults) {
    PageBook book;
    for (const auto& folder : folders) {
        const bool may_fail = faults != nullptr && &folder != &folders.back();
        std::error_code absent;
        for (const auto& entry : fs::directory_iterator(fs::path(folder) / "web", absent)) {
            auto taken = book.take(entry.path());
            if (taken) continue;
            if (!may_fail) return taken.error();
            faults->push_back(taken.error());
        }
    }
    if (book.sources_.empty()) {
        return Error{ErrorCode::NotFound, "there are no page templates",
                     folders.empty() ? "" : folders.back() + "/web", "install Verso again"};
    }
    return book;
}

std::string PageBook::render(std::string_view name, const PageData& data) const {
    const auto source = sources_.find(name);
    assert(source != sources_.end());
    mustache::data values = to_mustache(data, sources_);
    for (const auto& [partial, text] : sources_) {
        // Templates and values share their names in this library: a page "order" must not hide
        // the text "order".
        if (data.values().contains(partial)) continue;
        values.set(partial, mustache::partial([&text] { return text; }));
    }
    mustache::mustache page(source->second);
    page.set_custom_escape([](const std::string& text) { return escape_html(text); });
    return page.render(values);
}

const Asset& PageBook::asset(std::string_view name) const {
    const auto it = assets_.find(name);
    assert(it != assets_.end());
    return it->second;
}

}  // namespace verso::service
