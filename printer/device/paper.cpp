// SPDX-License-Identifier: Apache-2.0
#include "printer/device/paper.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

namespace verso::printer {

namespace {

constexpr double kMmPerInch = 25.4;
constexpr double kTolerance = 1.0;  ///< mm; paper.h

Error refused(std::string message, std::string cure) {
    return Error{ErrorCode::PrinterFailed, std::move(message), "", std::move(cure)};
}

/// Types under which printers list ZPL II, the surest first. CUPS guesses at octet-stream and
/// would print the commands as text; cups-raw it hands through.
constexpr std::array<std::string_view, 6> kZplTypes{
    "application/vnd.zebra-zpl", "application/vnd.zebra.zpl", "application/zpl",
    "application/x-zpl",         "application/vnd.cups-raw",  "application/octet-stream"};
constexpr std::array<std::string_view, 1> kPdfTypes{"application/pdf"};

/// "application/pdf" of "application/pdf;version=1.7".
std::string_view without_parameters(std::string_view type) {
    return type.substr(0, type.find(';'));
}

template <class Types>
std::string first_listed(const Types& types, const std::vector<std::string>& listed) {
    for (const auto type : types) {
        for (const auto& one : listed) {
            if (without_parameters(one) == type) return one;
        }
    }
    return {};
}

Result<std::string> choose_format(DocumentFormat format, const Capabilities& printer) {
    if (printer.formats.empty()) return std::string(media_type(format));
    auto found = format == DocumentFormat::Pdf ? first_listed(kPdfTypes, printer.formats)
                                               : first_listed(kZplTypes, printer.formats);
    if (!found.empty()) return found;
    return refused(
        fmt::format("the printer does not take {}; it takes {}", media_type(format),
                    fmt::join(printer.formats, ", ")),
        format == DocumentFormat::Pdf
            ? "print to one that takes PDF, or through a queue of CUPS that turns it into "
              "what this one takes: cups:QUEUE"
            : "print labels of ZPL to a label printer, or choose a template of PDF");
}

/// A dot's width decides, not what it is called: 203 dpi is 8 dots/mm, sold as 200.
bool is_same_dpi(int one, int other) { return std::abs(one - other) <= 3; }

Result<void> check_dpi(const PaperNeed& need, const Capabilities& printer) {
    const auto fits = [&](int dpi) { return is_same_dpi(dpi, need.dpi); };
    if (need.dpi == 0 || printer.dpi.empty() ||
        std::any_of(printer.dpi.begin(), printer.dpi.end(), fits))
        return {};
    return refused(fmt::format("the labels were made for {} dpi; the printer prints {} dpi",
                               need.dpi, fmt::join(printer.dpi, ", ")),
                   "make the labels anew for this printer's resolution");
}

/// The back's top lies behind the front's: round the long edge of an upright page, round the
/// short one of a wide page (RFC 8011, 5.2.8).
Result<std::string> choose_sides(const PaperNeed& need, const Capabilities& printer) {
    const auto listed = [&](std::string_view one) {
        return std::find(printer.sides.begin(), printer.sides.end(), one) != printer.sides.end();
    };
    if (!need.both_sides) return std::string(listed("one-sided") ? "one-sided" : "");
    const std::string wanted =
        need.width > need.height ? "two-sided-short-edge" : "two-sided-long-edge";
    if (printer.sides.empty() || listed(wanted)) return wanted;
    return refused(fmt::format("the sheets are for both sides ({}); the printer prints {}", wanted,
                               fmt::join(printer.sides, ", ")),
                   "print to one that prints both sides, or with a template for one side");
}

std::string size_text(double width, double height) {
    const auto inches = [](double mm) { return std::round(mm / kMmPerInch * 100) / 100; };
    return fmt::format("{:g} x {:g} mm ({:g} x {:g} in)", std::round(width * 10) / 10,
                       std::round(height * 10) / 10, inches(width), inches(height));
}

std::string list_text(const std::vector<Media>& all) {
    constexpr std::size_t kListed = 12;
    std::vector<std::string> texts;
    for (const auto& media : all) {
        std::string text = media.width > 0 ? size_text(media.width, media.height) : media.name;
        if (!media.tray.empty()) text += " in " + media.tray;
        if (std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(text);
    }
    const bool is_cut = texts.size() > kListed;
    if (is_cut) texts.resize(kListed);
    return fmt::format("{}{}", fmt::join(texts, ", "), is_cut ? " and others" : "");
}

/// How far a size is from what is needed, in mm; the turned one counts for PDF, which the printer
/// turns itself, but not for ZPL, whose feed has a direction.
double distance(const PaperNeed& need, double width, double height) {
    const auto far = [&](double w, double h) {
        return std::max(std::abs(w - need.width), std::abs(h - need.height));
    };
    const double upright = far(width, height);
    return need.format == DocumentFormat::Pdf ? std::min(upright, far(height, width)) : upright;
}

/// The limits of a range are listed as two names (PWG 5101.1, 5.1.4): nobody loads those.
enum class Limit { None, Min, Max };
Limit limit_of(std::string_view name) {
    for (const std::string_view kind : {"custom_", "roll_"}) {
        if (name.starts_with(std::string(kind) + "min_")) return Limit::Min;
        if (name.starts_with(std::string(kind) + "max_")) return Limit::Max;
    }
    return Limit::None;
}

const Media* nearest(const PaperNeed& need, const std::vector<Media>& all) {
    const Media* best = nullptr;
    for (const auto& media : all) {
        if (media.width <= 0 || limit_of(media.name) != Limit::None) continue;
        const double far = distance(need, media.width, media.height);
        if (far > kTolerance) continue;
        if (best == nullptr || far < distance(need, best->width, best->height)) best = &media;
    }
    return best;
}

/// A size between the two ends of a range, by a name that tells it.
std::optional<Media> from_range(const PaperNeed& need, const std::vector<Media>& all) {
    const auto end = [&](Limit limit) {
        return std::find_if(all.begin(), all.end(),
                            [&](const Media& media) { return limit_of(media.name) == limit; });
    };
    const auto least = end(Limit::Min), most = end(Limit::Max);
    if (least == all.end() || most == all.end()) return std::nullopt;
    const auto within = [&](double width, double height) {
        return width >= least->width - kTolerance && height >= least->height - kTolerance &&
               width <= most->width + kTolerance && height <= most->height + kTolerance;
    };
    double width = need.width, height = need.height;
    if (!within(width, height) && need.format == DocumentFormat::Pdf) std::swap(width, height);
    if (!within(width, height)) return std::nullopt;
    const auto size =
        fmt::format("{:g}x{:g}mm", std::round(width * 100) / 100, std::round(height * 100) / 100);
    return Media{fmt::format("custom_{0}_{0}", size), width, height, most->tray};
}

std::optional<Media> find_paper(const PaperNeed& need, const std::vector<Media>& all) {
    if (const Media* media = nearest(need, all)) return *media;
    return from_range(need, all);
}

bool tells_sizes(const std::vector<Media>& all) {
    return std::any_of(all.begin(), all.end(), [](const Media& media) { return media.width > 0; });
}

Result<void> check_tray(const std::string& tray, const Capabilities& printer) {
    if (tray.empty() || printer.trays.empty()) return {};
    if (std::find(printer.trays.begin(), printer.trays.end(), tray) != printer.trays.end())
        return {};
    return refused(fmt::format("the printer has no tray \"{}\"; it has {}", tray,
                               fmt::join(printer.trays, ", ")),
                   "set one of these for the printer, or none");
}

/// What is loaded in one tray, and what is loaded somewhere.
std::vector<Media> loaded_in(const std::string& tray, const std::vector<Media>& ready) {
    if (tray.empty()) return ready;
    std::vector<Media> found;
    std::copy_if(ready.begin(), ready.end(), std::back_inserter(found),
                 [&](const Media& media) { return media.tray.empty() || media.tray == tray; });
    return found;
}

/// Sheets are laid in by hand when the printer asks: nothing is loaded there before.
bool is_by_hand(std::string_view tray) { return tray == "manual" || tray == "by-pass-tray"; }

Result<std::string> choose_media(const PaperNeed& need, const Capabilities& printer,
                                 const std::string& tray) {
    const auto needed = size_text(need.width, need.height);
    const auto loaded = loaded_in(tray, printer.ready);
    if (auto media = find_paper(need, loaded)) return media->name;
    const bool asks = is_by_hand(tray) && !tells_sizes(loaded);
    if (!asks && !printer.ready.empty() && loaded.empty())
        return refused(
            fmt::format("nothing is loaded in the tray \"{}\"; loaded is {}; needed is {}", tray,
                        list_text(printer.ready), needed),
            "load it there, or set another tray for the printer");
    // One tray that does not tell its size may hold the right one: then what it could hold counts.
    const bool all_told = std::all_of(loaded.begin(), loaded.end(),
                                      [](const Media& media) { return media.width > 0; });
    if (!loaded.empty() && all_told)
        return refused(
            fmt::format("loaded is {}; needed is {}", list_text(loaded), needed),
            "load this paper and set its size at the printer, or print to another printer, "
            "or with a template for the paper that is loaded");
    if (auto media = find_paper(need, printer.supported)) return media->name;
    if (!tells_sizes(printer.supported)) return std::string();
    return refused(
        fmt::format("the printer can take {}; needed is {}", list_text(printer.supported), needed),
        "print to another printer, or with a template for a size that it takes");
}

std::optional<double> parse_dimension(std::string_view text) {
    const bool is_plain = std::all_of(text.begin(), text.end(), [](char letter) {
        return (letter >= '0' && letter <= '9') || letter == '.';
    });
    double value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (!is_plain || failure != std::errc() || end != text.data() + text.size() || value <= 0)
        return std::nullopt;
    return value;
}

}  // namespace

std::string_view media_type(DocumentFormat format) {
    switch (format) {
        case DocumentFormat::Pdf:
            return "application/pdf";
        case DocumentFormat::Zpl:
            break;
    }
    return "application/vnd.zebra-zpl";
}

Result<PaperChoice> choose_paper(const PaperNeed& need, const Capabilities& printer,
                                 const std::string& tray) {
    auto format = choose_format(need.format, printer);
    if (!format) return format.error();
    if (auto fits = check_dpi(need, printer); !fits) return fits.error();
    auto sides = choose_sides(need, printer);
    if (!sides) return sides.error();
    if (auto known = check_tray(tray, printer); !known) return known.error();
    auto media = choose_media(need, printer, tray);
    if (!media) return media.error();
    return PaperChoice{*std::move(media), tray, *std::move(sides), *std::move(format)};
}

std::optional<Media> parse_media_name(std::string_view name) {
    constexpr std::size_t kLongest = 255;  // of a keyword: RFC 8011, 5.1.4
    constexpr double kLargest = 100000;    // mm; a roll is long, but not that long
    const auto last = name.rfind('_');
    const bool has_class = last != std::string_view::npos && last > 0 &&
                           name.substr(0, last).find('_') != std::string_view::npos;
    if (!has_class || name.size() > kLongest || name.front() == '_') return std::nullopt;
    auto size = name.substr(last + 1);
    const double unit = size.ends_with("mm") ? 1 : size.ends_with("in") ? kMmPerInch : 0;
    const auto cross = size.find('x');
    if (unit == 0 || cross == std::string_view::npos) return std::nullopt;
    size.remove_suffix(2);
    if (cross >= size.size()) return std::nullopt;
    const auto width = parse_dimension(size.substr(0, cross));
    const auto height = parse_dimension(size.substr(cross + 1));
    if (!width || !height) return std::nullopt;
    const Media media{std::string(name), *width * unit, *height * unit, ""};
    if (media.width > kLargest || media.height > kLargest) return std::nullopt;
    return media;
}

}  // namespace verso::printer
