// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "generator/template/catalogue.h"
#include "records/store/store.h"
#include "service/desk/bench_works.h"

namespace verso::service {

// What the bench tells a packer. Pure.

/// One big answer: green or red, and nothing between.
struct BenchAnswer {
    enum class Kind {
        Printed,  ///< sheets are on their way
        Valid,    ///< the sheet in the packer's hand is the right one
        Stop
    };
    Kind kind = Kind::Stop;
    std::string order;            ///< its number; empty when none was found
    std::string buyer;            ///< the name on the parcel
    int pieces = 0;               ///< in all of the order's lines
    std::string text;             ///< a sentence
    std::string file;             ///< BenchDone::file
    std::optional<int> parcel{};  ///< the one that was asked for
    bool may_reprint = false;     ///< a reason is all that is missing
};

/// After printing: printed when there is a sheet, else the first parcel's reason. A sheet that was
/// voided before is told of, for it may lie in the parcel.
BenchAnswer answer_print(const generator::Language& language, const Order& order,
                         const std::vector<records::CardRecord>& cards_before, const BenchAsk& ask,
                         const BenchDone& done);

/// For a sheet whose code was scanned: is it the one that must be in the parcel?
BenchAnswer answer_check(const generator::Language& language, const Order& order,
                         const records::CardRecord& card);

/// Why nothing was done.
BenchAnswer answer_stop(const generator::Language& language, const std::string& asked,
                        const Error& error);

}  // namespace verso::service
