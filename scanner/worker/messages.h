// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/reading.h"
#include "core/util/result.h"
#include "scanner/pipeline/read_card.h"
#include "scanner/worker/limits.h"
#include "scanner/worker/page_view.h"

namespace verso::scanner {

// What the program and its reader processes say to each other, and in which order:
// docs/formats/worker-protocol.md. encode gives a message's bytes; decode gives nothing when they
// are not exactly such a message: whoever gets that ends the talk.

/// Which part of ReadOptions a caller chooses. Pictures come back under "crop/" and "debug/".
struct ReadChoice {
    std::optional<KeyedCard> keyed;
    bool crops = false, debug = false, verdict_picture_only = false;
    /// Instead of reading: this picture of one page, as "view/NAME.png". Other pages are left out.
    std::optional<PageView> view{};
    /// Instead of reading: the file's first picture as a JPEG, upright, in colour, its longer side
    /// at most so many pixels and without what else the file says, as "photo/photo.jpg". Default 0:
    /// no.
    int photo_side = 0;
};

enum class MessageKind : unsigned char {
    Hello = 1,  ///< to the worker, once, with a file of layouts
    Job,        ///< to the worker, with the file of images
    Drawn,      ///< to the worker, with a file of one picture unless it failed
    Ready,      ///< from the worker, once
    Begun,      ///< from the worker: this page is next
    Draw,       ///< from the worker: draw this page of the PDF for me
    Picture,    ///< from the worker: belongs to the page that was begun
    Page,       ///< from the worker: what the page is
    Done,       ///< from the worker: the job is finished
};
inline constexpr auto kLastMessage = MessageKind::Done;

/// The layouts follow as a file, one line of JSON each.
struct Hello {
    WorkerLimits limits;
    std::int64_t layout_bytes = 0;
};

/// The pages first, first + step, first + 2 step … of one file.
struct Job {
    std::string name;  ///< for messages
    std::int64_t bytes = 0;
    int first = 1, step = 1;
    ReadChoice choice;
};

struct Drawn {
    std::optional<Error> error;
    std::int64_t bytes = 0;
};

struct Ready {
    std::string not_sandboxed;  ///< why it works without its sandbox; empty when it is in it
};

struct PageNumber {
    int page = 0;
};

/// A finished PNG: "crop/NAME.png", "debug/NAME.png" or "view/NAME.png"; or the JPEG of a photo,
/// "photo/photo.jpg".
struct Picture {
    std::string path, png;
};

struct PageAnswer {
    int page = 0;
    std::optional<Error> fault;  ///< the page could not be decoded
    std::vector<Reading> readings;
};

struct Done {
    int pages = 0;
    std::optional<Error> error;  ///< no page can be told
};

std::string encode(const Hello& message);
std::string encode(const Job& message);
std::string encode(const Drawn& message);
std::string encode(const Ready& message);
std::string encode(const PageNumber& message);
std::string encode(const Picture& message);
std::string encode(const PageAnswer& message);
std::string encode(const Done& message);

/// One of the types above.
template <class Message>
std::optional<Message> decode(std::string_view bytes);

/// The file name of a picture that lies in `folder` ("crop"); nothing when it lies elsewhere or
/// could leave it.
std::optional<std::string> picture_name(std::string_view path, std::string_view folder);

}  // namespace verso::scanner
