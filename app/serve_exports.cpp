// SPDX-License-Identifier: Apache-2.0
#include "app/serve_exports.h"

#include <algorithm>

#include "app/export_job.h"

namespace verso::app {

namespace {

std::string media_type(std::string_view ending) {
    if (ending == "csv") return "text/csv; charset=utf-8";
    if (ending == "xml") return "application/xml";
    if (ending == "json") return "application/json";
    return "application/x-ndjson";
}

/// What the text is, by its first character: the kinds decide themselves.
std::string ending_of(const std::string& text, const std::string& format) {
    const auto first = text.find_first_not_of(" \t\r\n");
    const char sign = first == std::string::npos ? '\0' : text[first];
    if (sign == '<') return "xml";
    if (sign == '[') return "json";
    if (sign == '{') return format == "jsonl" ? "jsonl" : "json";
    return format == "jsonl" && text.empty() ? "jsonl" : "csv";
}

}  // namespace

std::vector<std::string> ServeExports::kinds() { return export_kinds(); }

Result<service::MadeExport> ServeExports::make(records::Store& store, ShopId shop,
                                               const std::string& kind, const std::string& format,
                                               const std::string& since) {
    const auto known = export_kinds();
    if (std::find(known.begin(), known.end(), kind) == known.end()) {
        return Error{ErrorCode::ValueInvalid, "there is no such export", kind,
                     "see: verso export --help"};
    }
    if (!format.empty() && format != "csv" && format != "jsonl") {
        return Error{ErrorCode::ValueInvalid, "is no format", format, "csv or jsonl"};
    }
    ExportRequest request;
    request.kind = kind;
    request.format = format.empty() ? "csv" : format;
    request.since = since;
    request.now = system_clock().now();
    {
        auto home = homes_.lend(shop);
        if (!home) return home.error();
        request.publisher.name = (*home)->config.shop.name;
    }
    auto made = make_export(store, shop, request);
    if (!made) return made.error();
    const std::string ending = ending_of(made->text, request.format);
    return service::MadeExport{.name = kind + "." + ending,
                               .type = media_type(ending),
                               .text = std::move(made->text),
                               .cursor = made->cursor.value_or("")};
}

}  // namespace verso::app
