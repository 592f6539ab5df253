// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <vector>

#include "app/insert_setter.h"
#include "app/print_intent.h"
#include "app/print_request.h"

namespace verso::app {

/// What one print into one file did.
struct PrintedSheets {
    std::vector<FinishedInsert> inserts;
    std::vector<SkippedParcel> skipped;
    std::vector<std::string> warnings;
    LayoutNumber layout;
    int pages = 0;
};

/// Prints into one file: plans each parcel, freezes the layout, makes cards, writes the PDF,
/// records all of it in one transaction and only then gives the file its name (print_intent.h).
/// Nothing is recorded or left behind on an error. Without a parcel to print no file is made.
/// Errors besides those of the rooms: NotFound for an order, AlreadyExists when a file would be
/// written over.
Result<PrintedSheets> print_once(OpenHome& home, const PrintRequest& request,
                                 const PrintTools& tools);

/// The same for parcels that are known, in their order; `also` is part of the transaction that
/// records what was printed and gets it. Requires: the lock is held.
using AlsoRecorded = std::function<Result<void>(const std::vector<FinishedInsert>&)>;
Result<PrintedSheets> print_parcels(OpenHome& home, const PrintRequest& request,
                                    const std::vector<ParcelToPrint>& parcels,
                                    const PrintTools& tools, const AlsoRecorded& also);
/// The same with a press that is open already: the request's template for the opened shop.
Result<PrintedSheets> print_on(const Press& press, OpenHome& home, const PrintRequest& request,
                               const std::vector<ParcelToPrint>& parcels, const PrintTools& tools,
                               const AlsoRecorded& also);

/// Takes the lock and settles what a crash left.
Result<PrintLock> begin_print(OpenHome& home, const PrintTools& tools);

}  // namespace verso::app
