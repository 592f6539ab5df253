// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/print_request.h"
#include "core/card/card_layout.h"
#include "core/geometry/print_correction.h"
#include "printer/device/device.h"
#include "records/store/spool_book.h"

namespace verso::app {

/// What a person settled for one printer: the settings of its record.
struct PrinterSettings {
    PrintFormat format = PrintFormat::Pdf;
    int dpi = 203;            ///< of labels
    std::string tray;         ///< empty: the printer's choice
    std::string certificate;  ///< that was accepted (DeviceOptions)
    int labels_ahead = 2;
    int patience_s = 600;          ///< without progress the truth counts as not knowable
    PrintCorrection correction{};  ///< puts print in its place on this printer's paper
};
std::string format_printer_settings(const PrinterSettings& settings);
/// HomeInvalid when it is not what format_printer_settings() wrote.
Result<PrinterSettings> parse_printer_settings(const std::string& json);

/// A printer as it is used: its record, its settings, its device (nothing is opened yet).
struct ReadyPrinter {
    records::PrinterRecord record;
    PrinterSettings settings;
    printer::DeviceUri uri;
    std::unique_ptr<printer::Device> device;
};
/// ValueInvalid, HomeInvalid.
Result<ReadyPrinter> ready_printer(const records::PrinterRecord& record);

/// What sheets of a template need.
printer::PaperNeed paper_need(const Layout& layout, PrintFormat format, int dpi);

/// Asks the printer whether it has what the sheets need, before anything is recorded. What
/// choose_paper() and the device say, with the printer's name.
Result<void> check_paper(ReadyPrinter& printer, const printer::PaperNeed& need);

/// The one with the fewest pages to print; those that are paused or wait for a person come last.
/// NotFound when one of them is gone. Requires: not empty.
Result<records::PrinterId> least_loaded(records::Store& store,
                                        const std::vector<records::PrinterId>& printers);

}  // namespace verso::app
