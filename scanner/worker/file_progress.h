// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "scanner/worker/messages.h"
#include "scanner/worker/owned_fd.h"

namespace verso::scanner {

/// One file to read.
struct FileTask {
    std::string name;  ///< its path
    ReadChoice choice;
};

/// What one file gave.
struct FileResult {
    std::string name;
    OpenImage image;                ///< the file itself, open as it was read
    std::optional<Error> error;     ///< no page could be told
    std::vector<PageAnswer> pages;  ///< in order; with their readings' source, page and index set
};

/// Some pages of one file, read by one process: first, first + step, first + 2 step …
struct FilePart {
    int first = 1, step = 1;
};

/// How far one file is. Pure: what happens to it is told to it. A page that broke a reader becomes
/// a reading for review, and the pages behind it are still read, unless too many of them break
/// readers or the file does so before a page is begun.
class FileProgress {
  public:
    FileProgress(FileTask task, int most_failures)
        : task_(std::move(task)), most_failures_(most_failures) {}

    const FileTask& task() const { return task_; }
    bool finished() const { return parts_ == 0; }

    /// Reading begins, in `parts` parts; a file with `one_page` has nothing behind it.
    void begin(OpenImage image, int parts, bool one_page);
    const OpenImage& image() const { return image_; }
    /// Without any part: it cannot be opened.
    void refuse(Error error) { error_ = std::move(error); }

    void add(PageAnswer answer);
    /// A part is at its end.
    void finish(const Done& done);
    /// The reader of a part died while `page` was next; `begun`: it had said so. Gives the part
    /// that is still to be read, if any.
    std::optional<FilePart> fail(const FilePart& part, int page, bool begun,
                                 const std::string& why);

    /// Everything that is known. Requires: finished().
    FileResult take();

  private:
    FileTask task_;
    int most_failures_;
    OpenImage image_;
    std::map<int, PageAnswer> answers_;
    std::optional<Error> error_;
    int parts_ = 0, failures_ = 0;
    bool one_page_ = false;
};

/// Whether a file that begins so can have several pages: TIFF and PDF. Pure.
bool may_have_pages(std::string_view beginning);

}  // namespace verso::scanner
