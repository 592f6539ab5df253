// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/output.h"
#include "core/crypto/crypto.h"
#include "core/util/time.h"
#include "records/spool/print_job.h"
#include "records/store/store_types.h"

namespace verso::app {

/// What the sheets become: pages of a PDF, or labels for a label printer.
enum class PrintFormat { Pdf, Zpl };

/// Where sheets go when they go to paper: the file is put into the spool with its cards, in the
/// same transaction.
struct PaperTarget {
    /// Whichever has least to print gets a file; empty: the file stays where it is.
    std::vector<records::PrinterId> printers;
    bool is_urgent = false;  ///< a packer waits for it
    std::string wave;        ///< that the file is a part of
    std::string who;         ///< asked for it
    /// The name of a document as its printer's list of jobs shows it: "order #1001".
    std::string title;
};

/// What a print is asked for, and what it tells while it runs. Shared by prints into one file
/// (print_once.h) and waves (print_wave.h).
struct PrintRequest {
    std::vector<std::string> orders;  ///< their numbers; empty: every order
    std::string template_name;
    std::filesystem::path file;      ///< of a print into one file
    std::filesystem::path manifest;  ///< empty: none
    std::string reprint;             ///< why parcels that are printed shall be printed again
    std::string packer{};            ///< who packs, for the figures; empty: nobody says
    PrintFormat format = PrintFormat::Pdf;
    int dpi = 203;       ///< of the label printer, for Zpl
    int verify_dpi = 0;  ///< each PDF is proved at this resolution; 0: it is not
    int threads = 1;     ///< that set sheets; changes nothing that is printed
    PaperTarget paper{};
};

/// A parcel that shall get a sheet.
struct ParcelToPrint {
    OrderNumber order;
    int parcel = 1;
    int position = 0;  ///< in its wave, from 1; 0 outside of one
};

/// One insert that is recorded and whose file is in its place: what the records keep, and the link
/// that only the paper has.
struct FinishedInsert {
    records::PrintedInsert record;
    std::string link;
    int position = 0;  ///< in its wave, from 1; 0 outside of one
};

/// A parcel that got no sheet, and why.
struct SkippedParcel {
    enum class Why { AlreadyPrinted, Forbidden, Unprintable };
    std::string order;
    int parcel = 1;
    Why why = Why::Forbidden;
    Error error;
    int position = 0;  ///< in its wave, from 1; 0 outside of one
};

/// Who is told what becomes of each parcel, on the calling thread, in the order of printing. A wave
/// keeps none of it in memory. All but go_on must be set.
struct PrintSink {
    std::function<void(const FinishedInsert&)> printed;
    std::function<void(const SkippedParcel&)> skipped;
    std::function<void(const std::string&)> warned;
    /// Asked before each file of a wave; false: the wave stops there and stays open. Null: it goes
    /// on.
    std::function<bool()> go_on{};
};

/// What printing takes from outside. The references outlive the print.
struct PrintTools {
    RandomSource& random;
    const Clock& clock;
    Output& out;
    /// Called after each step that a crash can follow, with its name. Tests end the process there.
    std::function<void(std::string_view)> at_step;

    void step(std::string_view name) const {
        if (at_step) at_step(name);
    }
};

}  // namespace verso::app
