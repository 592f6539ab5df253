// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/wiring.h"
#include "core/domain/reading.h"
#include "core/util/result.h"
#include "scanner/worker/worker_pool.h"

namespace verso::app {

/// What one file of images gave.
struct FileReadings {
    scanner::OpenImage image;       ///< the file, open as it was read
    int pages = 0;                  ///< that could be decoded, or broke the reader
    std::vector<Reading> readings;  ///< in the order of pages and cards
    std::vector<Error> faults;      ///< one for each page that could not be decoded
};

/// What to make besides the readings, and what is known before.
struct ReadingRequest {
    std::string debug_dir;              ///< numbered stage pictures; default none
    bool verdict_picture_only = false;  ///< of those, only the last one; default all
    std::string crop_dir;               ///< handwriting crops; default none
    std::optional<scanner::KeyedCard> keyed;
    bool transcribe = false;           ///< a machine guesses at the handwriting; default not
    std::string transcribe_languages;  ///< as Transcriber::start takes them; default its own
    std::string shop_language;         ///< for that default; two letters
};

/// Takes what one file gave. An error in it: NotFound, FileUnreadable, FormatInvalid,
/// LimitExceeded. An error from it ends the reading.
using FileTaker =
    std::function<Result<void>(const std::string& file, Result<FileReadings> readings)>;

/// Reads files of images in processes of their own (scanner/worker). One thread.
class ImageReader {
  public:
    /// Starts one process, so that it is there when the caller has opened its home.
    ImageReader();

    /// Reads every card of the files, `workers` files or pages at once, and hands their readings on
    /// in the order of the files; each reading's `ms` holds the processor time of its share of the
    /// decoding too. 0 workers: as many as the settings or the processors say, and no more than
    /// pay. Also tells once when the machine has no sandbox, and when there is nothing to
    /// transcribe with: reading goes on. Errors: the taker's own; Internal or DependencyMissing
    /// when no process can be started; FileUnwritable when crops have no place.
    Result<void> read(const std::vector<std::string>& files, const ReadingRequest& request,
                      const LayoutBook& layouts, const ReadingSettings& settings, int workers,
                      Output& out, const FileTaker& take);

  private:
    scanner::WorkerPool pool_;
    Result<void> started_;
};

/// How many reader processes pay for these files: a process costs about as much as reading four
/// pages. At least 1.
int workers_that_pay(const std::vector<std::string>& files, int most);

/// The files that a list of files and folders means: a folder stands for the files in it, by name,
/// hidden ones and inner folders left out. NotFound for a name that is neither.
Result<std::vector<std::string>> files_of(const std::vector<std::string>& names);

/// The command that makes this program a reader process; main() knows it, no person calls it.
inline constexpr std::string_view kReaderCommand = "read-worker";

}  // namespace verso::app
