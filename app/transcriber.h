// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/domain/reading.h"
#include "core/util/result.h"

namespace verso::app {

/// Asks Tesseract, a program of its own, what a picture of handwriting may say. A machine's guess:
/// it is shown beside the picture and never becomes a comment. One thread.
class Transcriber {
  public:
    /// Looks which languages Tesseract has. `languages` is as it takes them ("fra+eng"); empty: of
    /// the shop's language (two letters) and English those that are installed, else the first one.
    /// DependencyMissing when the program or a language that was named is not installed.
    static Result<Transcriber> start(const std::string& languages, std::string_view shop_language);

    /// The text that it sees, on one line, at most 2000 bytes; empty when it sees none, fails, or
    /// takes longer than 20 s.
    std::string guess(const std::string& picture) const;
    /// Fills the guess of each inked field that has a crop.
    void guess_at(Reading& reading) const;

    const std::string& languages() const { return languages_; }

  private:
    explicit Transcriber(std::string languages) : languages_(std::move(languages)) {}
    std::string languages_;
};

/// Text from a foreign program on one line: white space and control characters become single
/// blanks, bytes that are not UTF-8 go, and no letter is cut at the end.
std::string one_line(std::string_view text, std::size_t most_bytes);

}  // namespace verso::app
