// SPDX-License-Identifier: Apache-2.0
#include "scanner/worker/messages.h"

#include <algorithm>
#include <cctype>

#include "scanner/worker/reading_wire.h"
#include "scanner/worker/wire.h"

namespace verso::scanner {

namespace {

constexpr int kMost = INT32_MAX;

int get_int(WireReader& in) { return static_cast<int>(in.number(0, kMost)); }

void put(WireWriter& out, const WorkerLimits& limits) {
    const auto& [load, seconds, megabytes, failures] = limits;
    const auto& [file_bytes, page_pixels, side_pixels, pages] = load;
    out.number(static_cast<std::int64_t>(file_bytes));
    out.number(static_cast<std::int64_t>(page_pixels));
    for (const int value : {side_pixels, pages, seconds, megabytes, failures}) out.number(value);
}

WorkerLimits get_limits(WireReader& in) {
    WorkerLimits out;
    out.load.file_bytes = static_cast<std::uint64_t>(in.number(0, INT64_MAX));
    out.load.page_pixels = static_cast<std::uint64_t>(in.number(0, INT64_MAX));
    out.load.side_pixels = get_int(in);
    out.load.pages = get_int(in);
    out.seconds_per_page = get_int(in);
    out.megabytes = get_int(in);
    out.failures_per_file = get_int(in);
    return out;
}

void put(WireWriter& out, const std::optional<PageView>& view) {
    out.flag(view.has_value());
    if (!view) return;
    for (const int value : {view->page, view->width, view->height}) out.number(value);
    out.flag(view->corners.has_value());
    if (!view->corners) return;
    for (const PxPoint& corner : *view->corners) {
        out.real(corner.x.value);
        out.real(corner.y.value);
    }
}

std::optional<PageView> get_view(WireReader& in) {
    if (!in.flag()) return std::nullopt;
    PageView out;
    out.page = static_cast<int>(in.number(1, kMost));
    out.width = get_int(in);
    out.height = get_int(in);
    if (!in.flag()) return out;
    out.corners.emplace();
    for (PxPoint& corner : *out.corners) {
        corner.x = Px{in.real()};
        corner.y = Px{in.real()};
    }
    return out;
}

void put(WireWriter& out, const ReadChoice& choice) {
    const auto& [keyed, crops, debug, verdict_only, view, photo_side] = choice;
    out.flag(keyed.has_value());
    if (keyed) {
        out.number(static_cast<std::int64_t>(keyed->card.get()));
        out.number(keyed->layout.get());
    }
    for (const bool value : {crops, debug, verdict_only}) out.flag(value);
    put(out, view);
    out.number(photo_side);
}

ReadChoice get_choice(WireReader& in) {
    ReadChoice out;
    if (in.flag()) {
        const auto card = static_cast<std::uint64_t>(in.number(0, INT64_MAX));
        const auto layout = static_cast<std::uint16_t>(in.number(0, UINT16_MAX));
        out.keyed = KeyedCard{CardId{card}, LayoutNumber{layout}};
    }
    out.crops = in.flag();
    out.debug = in.flag();
    out.verdict_picture_only = in.flag();
    out.view = get_view(in);
    out.photo_side = get_int(in);
    return out;
}

void put(WireWriter& out, const std::optional<Error>& error) {
    out.flag(error.has_value());
    if (error) put(out, *error);
}

std::optional<Error> get_fault(WireReader& in) {
    if (!in.flag()) return std::nullopt;
    return get_error(in);
}

/// What was read, if the message ended where it should.
template <class Message>
std::optional<Message> checked(const WireReader& in, Message message) {
    if (!in.finished()) return std::nullopt;
    return message;
}

}  // namespace

std::string encode(const Hello& message) {
    WireWriter out;
    put(out, message.limits);
    out.number(message.layout_bytes);
    return out.take();
}

template <>
std::optional<Hello> decode<Hello>(std::string_view bytes) {
    WireReader in(bytes);
    Hello out;
    out.limits = get_limits(in);
    out.layout_bytes = in.number(0, INT64_MAX);
    return checked(in, std::move(out));
}

std::string encode(const Job& message) {
    WireWriter out;
    out.text(message.name);
    out.number(message.bytes);
    out.number(message.first);
    out.number(message.step);
    put(out, message.choice);
    return out.take();
}

template <>
std::optional<Job> decode<Job>(std::string_view bytes) {
    WireReader in(bytes);
    Job out;
    out.name = in.text();
    out.bytes = in.number(0, INT64_MAX);
    out.first = static_cast<int>(in.number(1, kMost));
    out.step = static_cast<int>(in.number(1, kMost));
    out.choice = get_choice(in);
    return checked(in, std::move(out));
}

std::string encode(const Drawn& message) {
    WireWriter out;
    put(out, message.error);
    out.number(message.bytes);
    return out.take();
}

template <>
std::optional<Drawn> decode<Drawn>(std::string_view bytes) {
    WireReader in(bytes);
    Drawn out;
    out.error = get_fault(in);
    out.bytes = in.number(0, INT64_MAX);
    return checked(in, std::move(out));
}

std::string encode(const Ready& message) {
    WireWriter out;
    out.text(message.not_sandboxed);
    return out.take();
}

template <>
std::optional<Ready> decode<Ready>(std::string_view bytes) {
    WireReader in(bytes);
    Ready out{in.text()};
    return checked(in, std::move(out));
}

std::string encode(const PageNumber& message) {
    WireWriter out;
    out.number(message.page);
    return out.take();
}

template <>
std::optional<PageNumber> decode<PageNumber>(std::string_view bytes) {
    WireReader in(bytes);
    return checked(in, PageNumber{static_cast<int>(in.number(1, kMost))});
}

std::string encode(const Picture& message) {
    WireWriter out;
    out.text(message.path);
    out.text(message.png);
    return out.take();
}

template <>
std::optional<Picture> decode<Picture>(std::string_view bytes) {
    WireReader in(bytes);
    Picture out;
    out.path = in.text();
    out.png = in.text();
    return checked(in, std::move(out));
}

std::string encode(const PageAnswer& message) {
    WireWriter out;
    out.number(message.page);
    put(out, message.fault);
    out.number(static_cast<std::int64_t>(message.readings.size()));
    for (const auto& reading : message.readings) put(out, reading);
    return out.take();
}

template <>
std::optional<PageAnswer> decode<PageAnswer>(std::string_view bytes) {
    WireReader in(bytes);
    PageAnswer out;
    out.page = static_cast<int>(in.number(1, kMost));
    out.fault = get_fault(in);
    for (std::size_t left = in.count(); left > 0 && in.sound(); --left) {
        out.readings.push_back(get_reading(in));
    }
    return checked(in, std::move(out));
}

std::string encode(const Done& message) {
    WireWriter out;
    out.number(message.pages);
    put(out, message.error);
    return out.take();
}

template <>
std::optional<Done> decode<Done>(std::string_view bytes) {
    WireReader in(bytes);
    Done out;
    out.pages = get_int(in);
    out.error = get_fault(in);
    return checked(in, std::move(out));
}

std::optional<std::string> picture_name(std::string_view path, std::string_view folder) {
    constexpr std::size_t kLongest = 255;
    if (!path.starts_with(folder) || path.size() <= folder.size() + 1) return std::nullopt;
    if (path[folder.size()] != '/') return std::nullopt;
    const std::string_view name = path.substr(folder.size() + 1);
    const bool plain = name.size() <= kLongest && name.front() != '.' &&
                       std::none_of(name.begin(), name.end(), [](unsigned char c) {
                           return c == '/' || std::iscntrl(c) != 0;
                       });
    if (!plain) return std::nullopt;
    return std::string(name);
}

}  // namespace verso::scanner
