// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>

#include "scanner/image/decoders.h"
#include "scanner/image/pdf_bomb.h"
#include "scanner/image/pdf_image.h"
#include "scanner/image/pdf_placement.h"
#include "scanner/image/pixels.h"

namespace verso::scanner {

namespace {

constexpr double kPointsPerInch = 72;

/// An upright rectangle in points, y upwards.
struct PageBox {
    double left = 0, bottom = 0, right = 0, top = 0;
    double width() const { return right - left; }
    double height() const { return top - bottom; }
    double area() const { return std::max(width(), 0.0) * std::max(height(), 0.0); }
};

PageBox bounds_of(const PdfMatrix& m) {
    return {m[4] + std::min(m[0], 0.0) + std::min(m[2], 0.0),
            m[5] + std::min(m[1], 0.0) + std::min(m[3], 0.0),
            m[4] + std::max(m[0], 0.0) + std::max(m[2], 0.0),
            m[5] + std::max(m[1], 0.0) + std::max(m[3], 0.0)};
}

PageBox intersection(const PageBox& a, const PageBox& b) {
    return {std::max(a.left, b.left), std::max(a.bottom, b.bottom), std::min(a.right, b.right),
            std::min(a.top, b.top)};
}

PageBox visible_box(QPDFPageObjectHelper page) {
    QPDFObjectHandle box = page.getCropBox();
    if (!box.isRectangle()) return {};
    const auto r = box.getArrayAsRectangle();
    return {r.llx, r.lly, r.urx, r.ury};
}

/// Comments, stamps and ink that a program laid over the scan; reading without them would lose
/// them.
bool has_notes(QPDFObjectHandle page) {
    QPDFObjectHandle notes = page.getKey("/Annots");
    if (!notes.isArray()) return false;
    for (QPDFObjectHandle& note : notes.getArrayAsVector()) {
        if (!note.isDictionary()) continue;
        QPDFObjectHandle kind = note.getKey("/Subtype");
        if (!kind.isNameAndEquals("/Link") && !kind.isNameAndEquals("/Popup")) return true;
    }
    return false;
}

/// Stripes from top to bottom: side by side at one width and without a gap; false when they are
/// anything else, such as the layers of a "compact PDF".
bool sort_stripes(std::vector<PlacedImage>& images, const PageBox& page) {
    constexpr double kSlack = 0.01;  // of the page; stripes are placed to a pixel or so
    std::sort(images.begin(), images.end(), [](const PlacedImage& a, const PlacedImage& b) {
        return bounds_of(a.matrix).top > bounds_of(b.matrix).top;
    });
    for (std::size_t i = 0; i < images.size(); ++i) {
        if (orientation_of(images[i].matrix) != 1) return false;
        if (i == 0) continue;
        const PageBox above = bounds_of(images[i - 1].matrix), below = bounds_of(images[i].matrix);
        if (std::abs(above.left - below.left) > kSlack * page.width() ||
            std::abs(above.right - below.right) > kSlack * page.width() ||
            std::abs(above.bottom - below.top) > kSlack * page.height()) {
            return false;
        }
    }
    return true;
}

/// Refuses every page of which the images are not all that a reader would see.
Result<void> check_content(PageContent& content, QPDFPageObjectHelper page,
                           const std::string& where) {
    constexpr double kCovers = 0.9;   // of the page: what lies below cannot be seen
    constexpr double kOwnPage = 0.1;  // alone on a larger page: phone apps centre a photo on A4
    if (content.inline_image)
        return page_not_image(where, "the page has an image inside its content");
    if (content.images.empty()) return page_not_image(where, "the page has no scanned image");
    const PageBox visible = visible_box(page);
    if (content.paint_above || has_notes(page.getObjectHandle())) {
        return page_not_image(where, "the page has drawings, text or notes over its image");
    }
    if (content.images.size() > 1 && !sort_stripes(content.images, visible)) {
        return page_not_image(where,
                              "the page is made of several images (switch off 'compact PDF')");
    }
    double covered = 0;
    for (const auto& placed : content.images) {
        covered += intersection(bounds_of(placed.matrix), visible).area();
    }
    covered /= visible.area();
    if (!(covered >= (content.paint_below ? kCovers : kOwnPage))) {
        return page_not_image(
            where, fmt::format("the image covers only {:.0f} % of the page", covered * 100));
    }
    return {};
}

Result<GrayImage> stack(std::vector<GrayImage> stripes, const std::string& where,
                        const LoadLimits& limits) {
    std::uint64_t height = 0;
    for (const auto& stripe : stripes) height += static_cast<std::uint64_t>(stripe.height);
    const int width = stripes.front().width;
    const auto fits = check_size(static_cast<std::uint64_t>(width), height, where, limits);
    if (!fits) return fits.error();
    GrayImage all{width, static_cast<int>(height), 0, {}};
    all.pixels.reserve(static_cast<std::size_t>(width) * height);
    for (const auto& stripe : stripes) {
        if (stripe.width != width)
            return page_not_image(where, "the page's stripes differ in width");
        all.pixels.insert(all.pixels.end(), stripe.pixels.begin(), stripe.pixels.end());
    }
    return all;
}

Result<GrayImage> decode_images(const std::vector<PlacedImage>& images, const std::string& where,
                                const LoadLimits& limits) {
    std::vector<GrayImage> stripes;
    LoadLimits left = limits;
    for (const auto& placed : images) {
        auto stripe = decode_pdf_image(placed.image, where, left);
        if (!stripe) return stripe;
        left.page_pixels -= std::min<std::uint64_t>(left.page_pixels, stripe->pixels.size());
        stripes.push_back(std::move(*stripe));
    }
    return images.size() == 1 ? std::move(stripes.front())
                              : stack(std::move(stripes), where, limits);
}

int page_orientation(QPDFPageObjectHelper page) {
    QPDFObjectHandle rotate = page.getAttribute("/Rotate", false);
    const int degrees = rotate.isInteger() ? rotate.getIntValueAsInt() % 360 : 0;
    switch ((degrees + 360) % 360) {
        case 90:
            return 6;
        case 180:
            return 3;
        case 270:
            return 8;
        default:
            return 1;
    }
}

/// One page on its way through the decoder.
struct PdfPage {
    QPDFPageObjectHelper page;
    int number;
    std::string where;
};

Result<GrayImage> decode_page(const PdfPage& one, const LoadLimits& limits) {
    const QPDFPageObjectHelper& page = one.page;
    const std::string& where = one.where;
    PageContent content = place_images(page.getObjectHandle());
    if (!content.readable) return damaged_page(where, "the page's content is damaged or too large");
    if (visible_box(page).area() <= 0) return damaged_page(where, "the page has no size");
    const auto one_image = check_content(content, page, where);
    if (!one_image) return one_image.error();
    auto image = decode_images(content.images, where, limits);
    if (!image) return image;

    const PdfMatrix& m = content.images.front().matrix;
    double high = 0;
    for (const auto& placed : content.images)
        high += std::hypot(placed.matrix[2], placed.matrix[3]);
    const double x_dpi = image->width / std::max(std::hypot(m[0], m[1]), 1.0) * kPointsPerInch;
    const double y_dpi = image->height / std::max(high, 1.0) * kPointsPerInch;
    auto square = squared(std::move(*image), x_dpi, y_dpi, where, limits);
    if (!square) return square;
    return oriented(oriented(std::move(*square), orientation_of(m)), page_orientation(page));
}

Result<GrayImage> decode_page_safely(const PdfPage& page, const LoadLimits& limits,
                                     const PageHooks& hooks) {
    try {
        auto image = decode_page(page, limits);
        const bool drawable = !image && image.error().code == ErrorCode::PageNotImage;
        return drawable && hooks.draw ? hooks.draw(page.number) : std::move(image);
    } catch (const std::exception& failure) {
        return damaged_page(page.where,
                            fmt::format("the PDF page is damaged ({})", failure.what()));
    }
}

int decode_pages(QPDF& pdf, const std::string& name, const LoadLimits& limits, const PageSink& sink,
                 const PageHooks& hooks) {
    const auto pages = QPDFPageDocumentHelper(pdf).getAllPages();
    int number = 0;
    for (const auto& page : pages) {
        ++number;
        const std::string where = page_place(name, number);
        if (number > limits.pages) {
            sink(number, Error{ErrorCode::LimitExceeded,
                               fmt::format("the file has {} pages; the limit is {}", pages.size(),
                                           limits.pages),
                               where, "split it into smaller files"});
            break;
        }
        if (!hooks.wants(number)) continue;
        if (!sink(number, decode_page_safely({page, number, where}, limits, hooks))) break;
    }
    return number;
}

Error unopened(const QPDFExc& failure, const std::string& name) {
    if (failure.getErrorCode() == qpdf_e_password) {
        return {ErrorCode::FormatInvalid, "the PDF is protected by a password", name,
                "save it without a password, or scan to TIFF"};
    }
    return damaged_page(name, fmt::format("the PDF is damaged ({})", failure.getMessageDetail()));
}

}  // namespace

Result<int> decode_pdf(std::string_view bytes, const std::string& name, const LoadLimits& limits,
                       const PageSink& sink, const PageHooks& hooks) {
    constexpr std::size_t kStructure = 16u << 20;  // 10,000 pages take 2 MB
    try {
        if (!structure_fits(bytes, kStructure)) {
            return Error{ErrorCode::LimitExceeded,
                         fmt::format("the PDF unpacks to more than {} MB before its first page",
                                     kStructure >> 20),
                         name, "save it again from another program, or scan to TIFF"};
        }
        QPDF pdf;
        pdf.setSuppressWarnings(true);
        pdf.processMemoryFile(name.c_str(), bytes.data(), bytes.size());
        const int pages = decode_pages(pdf, name, limits, sink, hooks);
        if (pages == 0) return damaged_page(name, "the PDF has no pages");
        return pages;
    } catch (const QPDFExc& failure) {
        return unopened(failure, name);
    } catch (const std::exception& failure) {
        return damaged_page(name, fmt::format("the PDF is damaged ({})", failure.what()));
    }
}

}  // namespace verso::scanner
