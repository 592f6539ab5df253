// SPDX-License-Identifier: Apache-2.0
#include "generator/calibration/corrected_pdf.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>
#include <stdexcept>
#include <string_view>
#include <system_error>

namespace verso::generator {
namespace {

/// An affine map as a PDF writes it (ISO 32000-1, 8.3.3): x' = a x + c y + e, y' = b x + d y + f.
struct Matrix {
    double a = 1, b = 0, c = 0, d = 1, e = 0, f = 0;

    Matrix after(const Matrix& first) const {
        return {a * first.a + c * first.b,     b * first.a + d * first.b,
                a * first.c + c * first.d,     b * first.c + d * first.d,
                a * first.e + c * first.f + e, b * first.e + d * first.f + f};
    }
    Matrix inverse() const {
        const double area = a * d - b * c;
        return {d / area,
                -b / area,
                -c / area,
                a / area,
                (c * f - d * e) / area,
                (b * e - a * f) / area};
    }
};

struct Sheet {
    Matrix to_mm;  ///< from the page's own space to mm of the page as it is shown, y down
    PageSize size;
};

// Throws what qpdf throws, or runtime_error.
Sheet sheet_of(QPDFPageObjectHelper& page) {
    QPDFObjectHandle box = page.getCropBox();
    if (!box.isRectangle()) throw std::runtime_error("a page has no size");
    const auto r = box.getArrayAsRectangle();
    QPDFObjectHandle unit_entry = page.getAttribute("/UserUnit", false);
    const double unit = unit_entry.isNumber() ? unit_entry.getNumericValue() : 1;
    const double mm = unit * kMmPerInch / 72;
    QPDFObjectHandle rotate = page.getAttribute("/Rotate", false);
    const int turn = ((rotate.isInteger() ? rotate.getIntValueAsInt() : 0) % 360 + 360) % 360;
    const double w = (r.urx - r.llx) * mm, h = (r.ury - r.lly) * mm;
    if (!(w > 0) || !(h > 0)) throw std::runtime_error("a page has no size");
    // From the lower left corner, y up, to what is the top left corner once it is turned, y down.
    const Matrix corner{mm, 0, 0, mm, -r.llx * mm, -r.lly * mm};
    switch (turn) {
        case 0:
            return {Matrix{1, 0, 0, -1, 0, h}.after(corner), {Mm{w}, Mm{h}}};
        case 90:
            return {Matrix{0, 1, 1, 0, 0, 0}.after(corner), {Mm{h}, Mm{w}}};
        case 180:
            return {Matrix{-1, 0, 0, 1, w, 0}.after(corner), {Mm{w}, Mm{h}}};
        case 270:
            return {Matrix{0, -1, -1, 0, h, w}.after(corner), {Mm{h}, Mm{w}}};
        default:
            throw std::runtime_error("a page is turned askew");
    }
}

std::string numbers(const Matrix& m) {
    std::string out;
    for (const double value : {m.a, m.b, m.c, m.d, m.e, m.f}) {
        std::string text = fmt::format("{:.8f}", value);
        if (text == "-0.00000000") text.erase(0, 1);
        out += text + " ";
    }
    return out;
}

// All of a page's content inside one more change of its space.
Result<void> correct(QPDF& pdf, QPDFPageObjectHelper& page, const PrintCorrection& correction) {
    const Sheet sheet = sheet_of(page);
    if (auto sound = check_correction(correction, sheet.size); !sound) return sound;
    const Matrix moved{correction.xx, correction.yx,       correction.xy,
                       correction.yy, correction.x0.value, correction.y0.value};
    const Matrix whole = sheet.to_mm.inverse().after(moved.after(sheet.to_mm));
    page.addPageContents(QPDFObjectHandle::newStream(&pdf, "q " + numbers(whole) + "cm\n"), true);
    page.addPageContents(QPDFObjectHandle::newStream(&pdf, "\nQ\n"), false);
    return {};
}

Error unusable(const std::string& path, std::string_view reason) {
    return {ErrorCode::FormatInvalid,
            fmt::format("the PDF cannot be moved to its place on the paper: {}", reason), path,
            "make the document again"};
}

Result<void> flush_and_rename(const std::string& part, const std::string& out) {
    const int file = ::open(part.c_str(), O_RDONLY | O_CLOEXEC);
    bool good = file >= 0 && ::fsync(file) == 0;
    if (file >= 0) ::close(file);
    good = good && std::rename(part.c_str(), out.c_str()) == 0;
    if (good) return {};
    const int reason = errno;
    ::unlink(part.c_str());
    return Error{ErrorCode::FileUnwritable,
                 "cannot be written: " + std::generic_category().message(reason), out,
                 "check the folder, its permissions and the free space"};
}

}  // namespace

Result<void> apply_correction(const std::string& pdf, const std::string& out,
                              const PrintCorrection& correction) {
    if (::access(pdf.c_str(), R_OK) != 0)
        return Error{ErrorCode::FileUnreadable, "cannot be read", pdf, "make the document again"};
    const std::string part = out + ".part";
    try {
        QPDF document;
        document.setSuppressWarnings(true);
        document.processFile(pdf.c_str());
        auto pages = QPDFPageDocumentHelper(document).getAllPages();
        if (pages.empty()) throw std::runtime_error("it has no page");
        for (QPDFPageObjectHelper& page : pages)
            if (auto done = correct(document, page, correction); !done) return done.error().at(pdf);
        if (::FILE* probe = std::fopen(part.c_str(), "wb"))
            std::fclose(probe);
        else
            return flush_and_rename(part, out);
        QPDFWriter writer(document, part.c_str());
        writer.setStreamDataMode(qpdf_s_preserve);
        writer.setObjectStreamMode(qpdf_o_preserve);
        writer.setDeterministicID(true);
        writer.write();
    } catch (const std::exception& fault) {
        ::unlink(part.c_str());
        return unusable(pdf, fault.what());
    }
    return flush_and_rename(part, out);
}

}  // namespace verso::generator
