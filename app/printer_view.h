// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/output.h"
#include "app/printer_choice.h"

namespace verso::app {

// How printers and documents on their way are shown.

/// One line of JSON.
std::string printer_json(const records::PrinterRecord& printer, const records::PrinterLoad& load);
std::string print_job_json(const records::PrintJob& job);

/// "paused", "waits for a person", "prints, 3 in its queue", "idle".
std::string printer_in_words(const records::PrinterRecord& printer,
                             const records::PrinterLoad& load);

void show_print_jobs(const std::vector<records::PrintJob>& jobs, Output& out);

/// What the printer says of itself now, for people and as JSON.
void show_printer_status(const records::PrinterRecord& printer, const printer::DeviceState& state,
                         const printer::Capabilities& abilities, Output& out);

}  // namespace verso::app
