// SPDX-License-Identifier: Apache-2.0
#include "generator/zpl/zpl_writer.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "generator/zpl/label_painter.h"

namespace verso::generator {

namespace {

/// A head of "203 dpi" has 8 dots a mm; the two finer ones have whole dots an inch.
std::optional<DotScale> scale_of(int dpi) {
    if (dpi == 203) return DotScale{8};
    if (dpi == 300 || dpi == 600) return DotScale{dpi / kMmPerInch};
    return std::nullopt;
}

Result<DotScale> checked_scale(const DrawList& page, const ZplOptions& options) {
    const auto scale = scale_of(options.dpi);
    if (!scale) {
        return Error{ErrorCode::ValueInvalid,
                     fmt::format("no label printer prints at {} dpi", options.dpi), "",
                     "use 203, 300 or 600"};
    }
    if (options.darkness < -30 || options.darkness > 30) {
        return Error{ErrorCode::ValueInvalid,
                     fmt::format("a darkness of {} is beyond -30 to 30", options.darkness), "", ""};
    }
    // 2 m of 600 dpi labels are more than any printer takes, and all that we want in memory.
    const Mm least{2}, most{1000};
    const PageSize& size = page.page;
    if (!(size.width >= least && size.width <= most && size.height >= least &&
          size.height <= most)) {
        return Error{ErrorCode::ValueInvalid,
                     fmt::format("a label of {:.1f} x {:.1f} mm cannot be printed",
                                 size.width.value, size.height.value),
                     "", "make each side 2 to 1000 mm long"};
    }
    return *scale;
}

Result<std::string> set_label(const DrawList& page, const FontBook& fonts,
                              const ZplOptions& options, DotScale scale, LetterRaster& letters) {
    LabelPainter painter(fonts, scale, page, options, letters);
    for (const Mark& mark : page.marks) {
        if (auto painted = painter.paint(mark); !painted) return painted.error();
    }
    // What an earlier label may have left: origin, direction of fields, turned label.
    std::string out = fmt::format("^XA\n^CI28\n^PW{}\n^LL{}\n^LH0,0\n^FWN\n^PON\n", painter.width(),
                                  painter.height());
    if (options.darkness != 0) out += fmt::format("^MD{}\n", options.darkness);
    out += painter.fields();
    out += "^PQ1\n^XZ\n";
    return out;
}

}  // namespace

struct ZplWriter::Letters : LetterRaster {
    using LetterRaster::LetterRaster;
};

ZplWriter::ZplWriter(std::shared_ptr<const FontBook> fonts, ZplOptions options)
    : fonts_(std::move(fonts)), options_(options) {}
ZplWriter::~ZplWriter() = default;
ZplWriter::ZplWriter(ZplWriter&&) noexcept = default;

Result<std::string> ZplWriter::label(const DrawList& page) {
    const auto scale = checked_scale(page, options_);
    if (!scale) return scale.error();
    if (!letters_) letters_ = std::make_unique<Letters>(*fonts_, *scale);
    return set_label(page, *fonts_, options_, *scale, *letters_);
}

Result<std::string> to_zpl(const DrawList& page, const FontBook& fonts, const ZplOptions& options) {
    const auto scale = checked_scale(page, options);
    if (!scale) return scale.error();
    LetterRaster letters(fonts, *scale);
    return set_label(page, fonts, options, *scale, letters);
}

}  // namespace verso::generator
