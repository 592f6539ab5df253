// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "app/printer_desk.h"
#include "scanner/calibration/print_measure.h"

namespace verso::app {

// Puts print into its place on one printer's paper: a page is printed, scanned or photographed, and
// what the printer does wrong is taken back in each document that it gets. A correction that stands
// already is made better, not replaced, so the same page also shows what it is worth.

/// Puts the page that measures a printer into its queue. `template_name` lends its size.
Result<records::JobId> print_calibration_page(OpenHome& home, const std::string& name,
                                              const std::string& template_name,
                                              const std::string& who);
/// Measures the first page of a file and keeps the correction. What load_pages() and
/// measure_print() say.
Result<scanner::PrintMeasurement> calibrate_by_scan(OpenHome& home, const std::string& name,
                                                    const std::string& file,
                                                    const std::string& template_name,
                                                    const std::string& who);
/// For print that comes out that far to the right and down of its place. ValueInvalid.
Result<void> calibrate_by_offset(OpenHome& home, const std::string& name, Mm right, Mm down,
                                 const std::string& template_name, const std::string& who);
/// The printer gets documents as they are.
Result<void> forget_calibration(OpenHome& home, const std::string& name, const std::string& who);

}  // namespace verso::app
