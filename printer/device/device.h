// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/util/result.h"
#include "printer/device/device_uri.h"
#include "printer/device/paper.h"

namespace verso::printer {

/// One document on its way to paper.
struct Document {
    std::filesystem::path file;  ///< absolute; stays until the hand-over has ended
    PaperNeed paper;
    /// The same at each attempt and no other document's, ASCII, at most 60 bytes: by it the
    /// printer is asked after a crash what became of the document.
    std::string name;
    int pages = 0;     ///< of the PDF; labels of ZPL
    std::string tray;  ///< set for the printer by a person; empty: its own choice
};

/// How far a hand-over is known to have come. Kept durably before each step that cannot be taken
/// back, so that whoever goes on after a crash knows what may have happened.
struct HandOver {
    enum class Step {
        Waiting,   ///< nothing has left
        Sending,   ///< something may have left
        Printing,  ///< all has arrived; the printer has not said that it is done
    };
    Step step = Step::Waiting;
    std::string device_job;  ///< the printer's own number of it, where it has one
    std::int64_t since = 0;  ///< seconds since 1970: when Sending began
    int sent = 0;            ///< labels that may have left (Zebra)
    int printed = 0;         ///< labels that are known to be on paper (Zebra)
    std::string mark;        ///< what the device wants to know again, in its own words; 200 bytes
};

/// How a hand-over ended.
struct Outcome {
    enum class Kind {
        Done,     ///< the device says that it is printed
        Waiting,  ///< the device cannot take it now; nothing more than HandOver says has left
        Failed,   ///< it will not be printed as it is; nothing of it is on paper
        Unknown,  ///< some of it may be on paper, and the device cannot say: a person looks
        Stopped,  ///< the caller asked to stop; HandOver says how far it came
    };
    Kind kind = Kind::Done;
    /// What is wrong, where, and what to do; empty for Done and Stopped.
    Error reason;
    /// Pages or labels that a person must look at, from 1; 0 when it is the whole document.
    int first_unknown = 0, last_unknown = 0;
};

/// What a device says of itself now.
struct DeviceState {
    bool is_ready = false;
    bool is_busy = false;                ///< it prints
    std::string trouble;                 ///< for people: "paper out", "head open"; empty when fine
    std::vector<std::string> reasons{};  ///< the same as keywords (RFC 8011 5.4.12: "media-empty")
    int waiting = 0;                     ///< jobs or labels that it holds
};

/// Who follows a hand-over. Called on the thread that hands over.
class HandOverNotes {
  public:
    virtual ~HandOverNotes() = default;
    /// Keeps it durably. On an error (the lease was lost, the store is away) the device stops at
    /// once, sends nothing more and gives Stopped.
    virtual Result<void> keep(const HandOver& known) = 0;
    /// For the eyes of people: "paper out". Nothing depends on it.
    virtual void tell(const DeviceState& state) = 0;
    /// Asked often; true ends the hand-over with Stopped as soon as that harms nothing.
    virtual bool stop_asked() = 0;
    /// After each thing that a crash can follow, with its name. Tests end the process there.
    virtual void step(std::string_view name) { (void)name; }
};

/// How patient we are, and what a person settled for one printer.
struct DeviceOptions {
    std::chrono::milliseconds connect_timeout{5000};
    std::chrono::milliseconds answer_timeout{10000};  ///< of one question
    /// Without any progress the truth counts as not knowable.
    std::chrono::milliseconds print_timeout{600000};
    std::chrono::milliseconds poll{200};  ///< longest pause between two looks at a job
    /// SHA-256 of the certificate that was accepted, hex (ipps); empty: only one that the
    /// machine's own authorities vouch for.
    std::string certificate;
    int labels_ahead = 2;  ///< that a Zebra may hold at once: what can become unknown in a cut
    std::int64_t most_bytes = std::int64_t{256}
                              << 20U;  ///< of a document; LimitExceeded before sending
};

/// A printer. One thread at a time; calls may take as long as the options' times.
class Device {
  public:
    virtual ~Device() = default;
    /// PrinterFailed: it cannot be reached, is not trusted, or does not answer.
    virtual Result<DeviceState> state() = 0;
    /// As state(). A device that cannot say gives empty lists.
    virtual Result<Capabilities> capabilities() = 0;
    /// Hands a document over, or goes on with one from what is known of it: a fresh one has
    /// HandOver{}. What a printer cannot have, its paper or a file too large, is Failed before
    /// anything is sent. Never sends twice what may be on paper.
    virtual Outcome hand_over(const Document& document, const HandOver& known,
                              HandOverNotes& notes) = 0;
    /// Nothing is to be printed for now: what others may need is given back, as the one connection
    /// that many label printers take.
    virtual void rest() {}
};

/// The device for a URI; nothing is opened yet. ValueInvalid for options that cannot be meant.
Result<std::unique_ptr<Device>> open_device(const DeviceUri& uri, const DeviceOptions& options);

/// SHA-256 of the certificate that a printer of ipps shows now, hex, for a person to accept.
/// PrinterFailed.
Result<std::string> shown_certificate(const DeviceUri& uri, const DeviceOptions& options);

}  // namespace verso::printer
