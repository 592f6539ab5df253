// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "scanner/codes/code_reader.h"
#include "scanner/pipeline/card_judgement.h"

namespace verso::scanner {

/// Writes what each stage saw as numbered pictures: NAME-01-gray.png and NAME-02-codes.png for the
/// page, NAME-cardN-03-registration.png, -04-scores.png and -05-verdict.png for each card on it.
/// Without a folder it does nothing. A picture that cannot be written is left out: reading goes on.
class DebugTrace {
  public:
    /// `image` must outlive this. `verdict_only` leaves all pictures but the last away.
    DebugTrace(const GrayImage& image, std::string folder, std::string name, bool verdict_only);

    void page(const std::vector<FoundCode>& codes) const;
    void card(const CardEvidence& evidence, const Reading& reading, int number) const;

  private:
    std::string path(const std::string& stage) const;
    void stages(const CardEvidence& evidence, const Reading& reading,
                const std::string& stem) const;
    void verdict(const CardEvidence& evidence, const Reading& reading,
                 const std::string& stem) const;

    const GrayImage& image_;
    std::string folder_, name_;
    bool verdict_only_;
};

}  // namespace verso::scanner
