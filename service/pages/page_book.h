// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/util/result.h"
#include "service/pages/page_data.h"

namespace verso::service {

/// A file that pages ask for: a style sheet, a script. Its name holds a part of its SHA-256, so
/// that browsers may keep it for ever.
struct Asset {
    std::string place;  ///< "/a/desk.3f2a….css"
    std::string type;   ///< media type
    std::shared_ptr<const std::string> bytes;
};

/// The page templates (Mustache, templates/web/*.html) and the files beside them. Immutable; shared
/// by threads.
class PageBook {
  public:
    /// From these folders, each with a folder web/; earlier ones win file by file. NotFound when
    /// there is none; TemplateInvalid names a template that cannot be parsed.
    /// With `faults`, a file that cannot be used in any folder but the last goes there, with file
    /// and line, and the next folder's serves in its place.
    static Result<PageBook> load(const std::vector<std::string>& folders,
                                 std::vector<Error>* faults = nullptr);

    /// The template of that name filled with `data`; `{{>name}}` takes in another. Requires: it is
    /// there.
    std::string render(std::string_view name, const PageData& data) const;
    /// By file name: "buyer.css". Requires: it is there.
    const Asset& asset(std::string_view name) const;
    const std::map<std::string, Asset, std::less<>>& assets() const { return assets_; }

  private:
    Result<void> take(const std::filesystem::path& file);

    std::map<std::string, std::string, std::less<>> sources_;
    std::map<std::string, Asset, std::less<>> assets_;
};

}  // namespace verso::service
