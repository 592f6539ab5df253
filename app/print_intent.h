// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/home.h"
#include "core/util/result.h"
#include "records/store/store.h"

namespace verso::app {

/// One file of a print while it is made. Its files are written under other names, its cards are
/// committed, then the files get their own names. The intent is a small file in the home's spool
/// that lives from before the first byte to after the last rename: whoever prints next finds it
/// after a crash and, by asking the store whether the cards were committed, either finishes or
/// takes it all back. So no printed sheet ever carries a card that is unknown, and no file is half
/// there.
struct PrintIntent {
    std::filesystem::path pdf;       ///< absolute
    std::filesystem::path manifest;  ///< absolute; empty when none was asked for
    std::string card;                ///< one of the file's, in its text form
    /// Set: the manifest is shared by the files of a wave and gets its name with the last of them;
    /// what is behind this byte belongs to this file.
    std::optional<std::uint64_t> manifest_start;

    /// Where a file stands until the cards are committed: "wave.pdf.unfinished".
    static std::filesystem::path unfinished(const std::filesystem::path& file);
};

/// Only one print at a time in a home. Held until it goes away; the system releases it after a
/// crash.
class PrintLock {
  public:
    /// NotAllowed while another process prints, FileUnwritable.
    static Result<PrintLock> take(const Home& home);
    PrintLock(PrintLock&& other) noexcept;
    PrintLock& operator=(PrintLock&&) = delete;
    ~PrintLock();

  private:
    explicit PrintLock(int file) : file_(file) {}
    int file_;
};

/// Notes the intent durably. Requires: the lock is held. FileUnwritable.
Result<void> note_intent(const Home& home, const PrintIntent& intent);

/// Gives the files their names and removes the intent. FileUnwritable: the intent stays, and the
/// next print tries again.
Result<void> finish_intent(const Home& home, const PrintIntent& intent);

/// Removes the unfinished files and the intent; from a shared manifest the file's own lines.
void take_back_intent(const Home& home, const PrintIntent& intent);

/// Gives a file its own name, durably: what stood under its unfinished one. True also when that was
/// done before or the path is empty; false when neither is there or it cannot be renamed.
bool put_in_place(const std::filesystem::path& file);

/// Settles what a crash left behind. Gives one sentence for each print that was settled.
/// Requires: the lock is held.
Result<std::vector<std::string>> settle_intents(const Home& home, records::Store& store);

}  // namespace verso::app
