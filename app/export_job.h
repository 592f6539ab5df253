// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/output.h"
#include "records/export/review_format.h"
#include "records/export/segment.h"
#include "records/store/store.h"

namespace verso::app {

/// What `verso export` was asked for.
struct ExportRequest {
    std::string kind;
    std::string format = "csv";  ///< of the merchant's own tables
    std::string since;           ///< a cursor; empty: everything
    std::string articles = "single";
    bool with_email = false, anonymous = false;
    records::SegmentRule rule{};  ///< which orders are in the segments
    Instant now{};                ///< for its days
    records::Publisher publisher;
    records::Catalogue catalogue;
};

/// The file, and what there is to say of it.
struct Export {
    std::string kind, text;
    std::size_t written = 0;
    std::map<records::FormatNeed, std::size_t> left_out;
    std::optional<std::string> cursor;  ///< where the next export goes on; nothing for whole feeds
};

/// "ratings", "judgeme", "google-products" …
std::vector<std::string> export_kinds();

/// Makes the whole text. ValueInvalid for a cursor that is none, a --since that the kind has not,
/// and what a feed lacks.
Result<Export> make_export(records::Store& store, ShopId shop, const ExportRequest& request);

/// Says what was written where and what was left out, on the stream of remarks when the text itself
/// went to standard output.
void report_export(const Export& made, const std::string& file, Output& out);

}  // namespace verso::app
