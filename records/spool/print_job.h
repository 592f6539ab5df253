// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/ids.h"
#include "core/util/result.h"
#include "core/util/time.h"
#include "records/jobs/job.h"

namespace verso::records {

using PrinterId = StrongType<struct PrinterIdTag, std::int64_t>;

/// A printer of the home: all shops of a warehouse print on the same ones.
struct PrinterRecord {
    PrinterId id;
    std::string name;        ///< unique, as names of shops are
    std::string uri;         ///< printer/device/device_uri.h reads it
    std::string settings{};  ///< what a person settled for it: JSON, 16 KiB
    bool is_paused = false;  ///< nothing is handed to it until a person lets it go on
    std::string trouble{};   ///< what it said last: "paper out"; empty when it was fine
    Instant seen_at{};       ///< when it said so
    Instant created_at{};
};

/// Where a document is on its way to paper.
enum class PrintState {
    Queued,     ///< waits for its turn
    Sending,    ///< some of it may have left
    Printing,   ///< the printer has it and has not said that it is done
    Done,       ///< the printer said so, or a person
    Failed,     ///< nothing of it is on paper; a person decides, and its printer waits for that
    Unknown,    ///< some of it may be on paper: a person looks, and its printer waits for that
    Cancelled,  ///< a person took it out; nothing more of it is printed
};
/// "queued", "sending", …
std::string_view to_string(PrintState state);
Result<PrintState> parse_print_state(std::string_view text);

/// How far a hand-over is known to have come: printer/device/device.h (HandOver) has the meaning.
struct HandOverFacts {
    PrintState step = PrintState::Queued;  ///< Queued, Sending or Printing
    std::string device_job{};
    std::int64_t since = 0;
    int sent = 0, printed = 0;
    std::string mark{};
    friend bool operator==(const HandOverFacts&, const HandOverFacts&) = default;
};

/// What shall be printed. The file lies in the home's spool from before it is put in.
struct NewPrintJob {
    PrinterId printer;
    std::string file;   ///< its name in the spool's folder of jobs, or an absolute path
    std::string title;  ///< for people: "order #1001", "wave morning, file 3"
    bool is_zpl = false;
    double width = 210, height = 297;  ///< mm
    bool both_sides = false;
    int dpi = 0;             ///< of labels
    int pages = 1;           ///< of a PDF, or labels
    int sheets = 1;          ///< inserts on it, for people
    bool is_urgent = false;  ///< goes before those that are not: a packer waits for it
    std::string wave{};      ///< that it is a part of
    std::string who{};       ///< asked for it
    /// Of the sheets on it, in their order: voided with a document that is cancelled.
    std::vector<CardId> cards{};
};

/// A document on its way, as the spool knows it.
struct PrintJob {
    JobId id;
    ShopId shop;
    std::string printer_name;  ///< empty when that printer is gone
    NewPrintJob what;
    /// By it the printer is asked what became of the document: the same at each try of one
    /// attempt, and no other document's in any home. "verso-2f…-1"
    std::string name;
    PrintState state = PrintState::Queued;
    HandOverFacts known;
    std::string trouble;                      ///< why it waits, failed or is unknown
    int first_unknown = 0, last_unknown = 0;  ///< pages or labels to look at; 0: all of it
    int attempt = 1;                          ///< a person's word begins another one
    Instant created_at{}, changed_at{};

    bool is_open() const { return state != PrintState::Done && state != PrintState::Cancelled; }
    bool needs_person() const {
        return state == PrintState::Failed || state == PrintState::Unknown;
    }
};

/// What a person says of a document whose fate is not known, or that shall not wait any longer.
enum class PersonSays {
    Printed,     ///< it is on paper
    NotPrinted,  ///< it is not: print it
    Cancel,      ///< it is not, and shall not be
};
/// "printed", "again", "cancel".
Result<PersonSays> parse_person_says(std::string_view text);

/// What follows from a person's word.
struct SettledPrint {
    PrintState state = PrintState::Queued;
    HandOverFacts known{};
    bool is_new_attempt = false;  ///< it goes out under another name
};

/// A pure rule. `up_to`: the last page or label that is on paper, of those that are not known, when
/// that is not all of them; 0: all. ValueInvalid for one that is none of them. NotAllowed where the
/// word does not fit: what is on its way right now can only be waited for, and what is done stays
/// so.
Result<SettledPrint> settle_print(const PrintJob& job, PersonSays says, int up_to = 0);

}  // namespace verso::records
