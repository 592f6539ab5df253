// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "app/transcriber.h"
#include "core/domain/reading.h"
#include "core/util/result.h"

namespace verso::app {

/// Where the pictures of handwriting lie while files are read, and who guesses at them. Without a
/// folder of the caller's they lie in a private one that goes with this desk. One thread.
class CropDesk {
  public:
    /// `folder` may be empty; `transcriber` too: then nothing is guessed, and without a folder
    /// nothing is cut out. FileUnwritable when no private folder can be made.
    static Result<CropDesk> set_up(std::string folder, std::optional<Transcriber> transcriber);
    CropDesk(CropDesk&& other) noexcept;
    CropDesk& operator=(CropDesk&&) = delete;
    ~CropDesk();

    /// Where crops are to be written; empty: none are wanted.
    const std::string& folder() const { return folder_; }
    /// Guesses at a reading whose crops lie in the folder; forgets crops that nobody asked for.
    void finish(Reading& reading) const;

  private:
    CropDesk(std::string folder, bool is_private, std::optional<Transcriber> transcriber)
        : folder_(std::move(folder)), private_(is_private), transcriber_(std::move(transcriber)) {}

    std::string folder_;
    bool private_;
    std::optional<Transcriber> transcriber_;
};

}  // namespace verso::app
