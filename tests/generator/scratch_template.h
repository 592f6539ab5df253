// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "generator/insert_template.h"

namespace verso::generator {

/// A folder of templates that lives as long as the test: write files, then load.
class ScratchTemplates {
  public:
    ScratchTemplates();
    ~ScratchTemplates();
    ScratchTemplates(const ScratchTemplates&) = delete;
    ScratchTemplates& operator=(const ScratchTemplates&) = delete;

    std::string folder() const { return folder_.string(); }
    void write(const std::string& path, const std::string& text) const;
    /// A page with these blocks (the inside of a JSON list), and an English catalogue.
    void write_blocks(const std::string& blocks, const std::string& tables = "{}") const;
    Result<std::shared_ptr<const InsertTemplate>> load(const std::string& name = "t",
                                                       const Shop* shop = nullptr) const;
    /// The error's text of loading, "loaded" when there is none.
    std::string complaint(const Shop* shop = nullptr) const;

  private:
    std::filesystem::path folder_;
};

/// What a catalogue must have; more members may follow.
extern const char* const kEnglishFormats;

}  // namespace verso::generator
