// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "scanner/codes/code_reader.h"
#include "scanner/pipeline/card_judgement.h"
#include "scanner/pipeline/read_card.h"

namespace verso::scanner {

/// Writes what each stage saw as numbered pictures: NAME-01-gray.png and NAME-02-codes.png for the
/// page, NAME-cardN-03-registration.png, -04-scores.png and -05-verdict.png for each card on it.
/// Without a folder it does nothing. A picture that cannot be written is left out: reading goes on.
class DebugTrace {
  public:
    /// Both must outlive this. Of the options those about debug pictures count.
    DebugTrace(const GrayImage& image, const ReadOptions& options);

    void page(const std::vector<FoundCode>& codes) const;
    void card(const CardEvidence& evidence, const Reading& reading, int number) const;

  private:
    std::string path(const std::string& stage) const;
    void save(const RgbImage& picture, const std::string& stage) const;
    void stages(const CardEvidence& evidence, const Reading& reading,
                const std::string& stem) const;
    void verdict(const CardEvidence& evidence, const Reading& reading,
                 const std::string& stem) const;

    const GrayImage& image_;
    const ReadOptions& options_;
};

}  // namespace verso::scanner
