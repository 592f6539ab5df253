// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>

#include "core/domain/reading.h"
#include "scanner/worker/messages.h"

namespace verso::app {

/// Writes the pictures that reader processes make, who may not write files, into the folders that
/// the caller named. A picture that cannot be written is left out: reading goes on.
class ReadingPictures {
  public:
    /// An empty folder: none of that kind.
    ReadingPictures(std::string crops, std::string debug)
        : crops_(std::move(crops)), debug_(std::move(debug)) {}

    void take(const scanner::Picture& picture);
    /// Puts in place of the names under which the reader sent its crops the paths at which they
    /// lie.
    void name_in(Reading& reading) const;

  private:
    /// Where a picture belongs; empty when nowhere.
    std::string path_of(std::string_view sent) const;

    std::string crops_, debug_;
    std::set<std::string> written_;
};

}  // namespace verso::app
