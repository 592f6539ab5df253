// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "app/printer_choice.h"
#include "app/wiring.h"
#include "core/page/draw_list.h"

namespace verso::app {

// What people do to printers, from the command line and from the desk alike. `who` did it, for the
// audit.

/// What a person says of a printer that is added.
struct PrinterToAdd {
    std::string name, uri;
    std::string format{};  ///< "pdf" or "zpl"; empty: zpl for socket://, else pdf
    int dpi = 0;           ///< of labels; 0: 203
    std::string tray{};
    std::string certificate{};  ///< that is accepted
    int labels_ahead = 2;
    int patience_s = 600;
    bool is_unchecked = false;  ///< it is not asked whether it is there
};

/// Asks the printer what it is, unless that is not wanted, and keeps it; what keeps it from
/// printing now is the record's trouble. AlreadyExists,
/// ValueInvalid for what cannot be meant; PrinterFailed when it cannot be reached, is not trusted
/// or does not take the format.
Result<ReadyPrinter> add_printer(OpenHome& home, const PrinterToAdd& wanted,
                                 const std::string& who);
Result<void> remove_printer(OpenHome& home, const std::string& name, const std::string& who);
Result<void> pause_printer(OpenHome& home, const std::string& name, bool is_paused,
                           const std::string& who);

/// A person's word on a document.
struct PaperWord {
    records::PersonSays says = records::PersonSays::Printed;
    int up_to = 0;         ///< of Printed: the last label on paper; 0: all that are not known
    std::string reason{};  ///< of Cancel: kept with the cards, which are void then
};
Result<records::PrintJob> settle_print_job(OpenHome& home, records::JobId id, const PaperWord& word,
                                           const std::string& who);
/// What waits for one printer goes to another that takes the same documents; how many.
Result<int> move_print_jobs(OpenHome& home, const std::string& from, const std::string& to,
                            const std::string& who);

/// Puts one page of ours into the printer's queue, before what is not urgent. What check_paper()
/// says of its size.
Result<records::JobId> print_own_page(OpenHome& home, ReadyPrinter& printer, const Press& press,
                                      const DrawList& page, const std::string& title,
                                      const std::string& who);
/// Puts a test page into the printer's queue. `template_name` lends its size and fonts.
Result<records::JobId> print_test_page(OpenHome& home, const std::string& name,
                                       const std::string& template_name, const std::string& who);

}  // namespace verso::app
