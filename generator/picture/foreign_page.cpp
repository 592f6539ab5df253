// SPDX-License-Identifier: Apache-2.0
#include "generator/picture/foreign_page.h"

#include <fmt/format.h>

#include <array>
#include <iterator>
#include <map>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "generator/pdf/deflate.h"

namespace verso::generator {
namespace {

constexpr std::size_t kMostObjects = 20'000;
constexpr int kDeepest = 100;
constexpr int kDeflateLevel = 6;

struct TooManyObjects {};

Error unusable(const std::string& name, std::string_view reason) {
    return {ErrorCode::FormatInvalid,
            fmt::format("the PDF's first page cannot be used: {}", reason), name,
            "ask for the label again, or print it to PDF without a password"};
}

struct ForeignPage {
    std::array<double, 4> box;  // left, bottom, right, top
    int turn;
    double unit;  // of the page's own space, in points
    QPDFObjectHandle page;

    double width() const { return box[2] - box[0]; }
    double height() const { return box[3] - box[1]; }
    bool lies() const { return turn % 180 != 0; }
};

// Throws what qpdf throws, or runtime_error.
ForeignPage first_page(QPDF& pdf, std::string_view bytes) {
    pdf.setSuppressWarnings(true);
    pdf.processMemoryFile("picture", bytes.data(), bytes.size());
    auto pages = QPDFPageDocumentHelper(pdf).getAllPages();
    if (pages.empty()) throw std::runtime_error("it has no page");
    QPDFPageObjectHelper& page = pages.front();
    QPDFObjectHandle box = page.getCropBox();
    if (!box.isRectangle()) throw std::runtime_error("its page has no size");
    const auto r = box.getArrayAsRectangle();
    QPDFObjectHandle rotate = page.getAttribute("/Rotate", false);
    QPDFObjectHandle unit = page.getAttribute("/UserUnit", false);
    const int turn = rotate.isInteger() ? rotate.getIntValueAsInt() % 360 : 0;
    ForeignPage out{{r.llx, r.lly, r.urx, r.ury},
                    (turn + 360) % 360,
                    unit.isNumber() ? unit.getNumericValue() : 1,
                    page.getObjectHandle()};
    if (!(out.width() * out.unit >= 1) || !(out.height() * out.unit >= 1)) {
        throw std::runtime_error("its page has no size");
    }
    if (out.turn % 90 != 0) throw std::runtime_error("its page is turned askew");
    return out;
}

// From the page's own space to the unit square, upright.
std::string unit_matrix(const ForeignPage& page) {
    const double w = page.width(), h = page.height();
    const auto [left, bottom, right, top] = page.box;
    std::array<double, 6> m{1 / w, 0, 0, 1 / h, -left / w, -bottom / h};
    if (page.turn == 90) m = {0, -1 / w, 1 / h, 0, -bottom / h, right / w};
    if (page.turn == 180) m = {-1 / w, 0, 0, -1 / h, right / w, top / h};
    if (page.turn == 270) m = {0, 1 / w, -1 / h, 0, top / h, -left / w};
    std::string text;
    for (const double value : m) text += fmt::format("{:.12f} ", value);
    return text;
}

// Copies the objects that a form draws with, each once.
class ObjectCopier {
  public:
    ObjectCopier() : objects_(1) {}

    PdfObjects copy(const ForeignPage& page) {
        PdfObject form;
        form.entries = fmt::format(
            "/Type /XObject /Subtype /Form\n/BBox [{:.4f} {:.4f} {:.4f} {:.4f}]\n/Matrix [{}]\n",
            page.box[0], page.box[1], page.box[2], page.box[3], unit_matrix(page));
        QPDFPageObjectHelper helper(page.page);
        form.entries += "/Resources ";
        QPDFObjectHandle resources = helper.getAttribute("/Resources", false);
        write(resources.isDictionary() ? resources : QPDFObjectHandle::newDictionary(), form, 0);
        QPDFObjectHandle group = helper.getObjectHandle().getKey("/Group");
        if (group.isDictionary()) {
            form.entries += "\n/Group ";
            write(group, form, 0);
        }
        write_contents(helper.getObjectHandle(), form);
        objects_[0] = std::move(form);
        // Copying finds further objects.
        for (std::size_t i = 0; i < waiting_.size(); ++i) {
            PdfObject object;
            write_entries(waiting_[i], object, 0);
            if (waiting_[i].isStream()) object.stream = raw(waiting_[i]);
            objects_[i + 1] = std::move(object);
        }
        return std::move(objects_);
    }

  private:
    static std::string raw(QPDFObjectHandle stream) {
        const auto buffer = stream.getRawStreamData();
        const auto* bytes = static_cast<const char*>(static_cast<const void*>(buffer->getBuffer()));
        return {bytes, buffer->getSize()};
    }

    static bool is_left_out(std::string_view key) {
        // What leads out of the page, or does not draw.
        for (const std::string_view one :
             {"/Length", "/Parent", "/StructParent", "/StructParents", "/Metadata", "/PieceInfo"}) {
            if (key == one) return true;
        }
        return false;
    }

    // One stream stays as it is; several are joined, which cannot be done compressed.
    void write_contents(QPDFObjectHandle page, PdfObject& form) {
        auto streams = page.getPageContents();
        if (streams.size() == 1) {
            QPDFObjectHandle dictionary = streams[0].getDict();
            for (const char* key : {"/Filter", "/DecodeParms"}) {
                if (!dictionary.hasKey(key)) continue;
                form.entries += fmt::format("\n{} ", key);
                write(dictionary.getKey(key), form, 0);
            }
            form.stream = raw(streams[0]);
            return;
        }
        std::string joined;
        for (QPDFObjectHandle& stream : streams) {
            const auto buffer = stream.getStreamData(qpdf_dl_specialized);
            joined.append(static_cast<const char*>(static_cast<const void*>(buffer->getBuffer())),
                          buffer->getSize());
            joined += '\n';
        }
        form.entries += "\n/Filter /FlateDecode\n";
        form.stream = deflate(joined, kDeflateLevel);
    }

    void write_entries(QPDFObjectHandle owner, PdfObject& out, int depth) {
        QPDFObjectHandle dictionary = owner.isStream() ? owner.getDict() : owner;
        for (auto& [key, value] : dictionary.getDictAsMap()) {
            if (is_left_out(key) || value.isNull()) continue;
            out.entries += QPDFObjectHandle::newName(key).unparse();
            out.entries += ' ';
            write(value, out, depth + 1);
            out.entries += '\n';
        }
    }

    void write(QPDFObjectHandle value, PdfObject& out, int depth) {
        if (depth > kDeepest) throw std::runtime_error("its objects are nested too deep");
        if (value.isIndirect() && (value.isDictionary() || value.isStream())) {
            out.references.push_back({out.entries.size(), number_of(value)});
            return;
        }
        if (value.isDictionary()) {
            out.entries += "<<";
            write_entries(value, out, depth);
            out.entries += ">>";
        } else if (value.isArray()) {
            out.entries += '[';
            for (QPDFObjectHandle& item : value.getArrayAsVector()) {
                write(item, out, depth + 1);
                out.entries += ' ';
            }
            out.entries += ']';
        } else {
            out.entries += value.unparseResolved();
        }
    }

    std::size_t number_of(QPDFObjectHandle object) {
        const auto [place, is_new] = numbers_.emplace(object.getObjGen(), objects_.size());
        if (is_new) {
            if (objects_.size() >= kMostObjects) throw TooManyObjects{};
            objects_.emplace_back();
            waiting_.push_back(object);
        }
        return place->second;
    }

    PdfObjects objects_;
    std::vector<QPDFObjectHandle> waiting_;  // waiting_[i] becomes objects_[i + 1]
    std::map<QPDFObjGen, std::size_t> numbers_;
};

}  // namespace

Result<PageSize> foreign_page_size(std::string_view bytes, const std::string& name) {
    try {
        QPDF pdf;
        const ForeignPage page = first_page(pdf, bytes);
        const Mm width = to_mm(Pt{page.width() * page.unit});
        const Mm height = to_mm(Pt{page.height() * page.unit});
        return page.lies() ? PageSize{height, width} : PageSize{width, height};
    } catch (const std::exception& fault) {
        return unusable(name, fault.what());
    }
}

Result<PdfObjects> foreign_page_objects(std::string_view bytes, const std::string& name) {
    try {
        QPDF pdf;
        const ForeignPage page = first_page(pdf, bytes);
        return ObjectCopier().copy(page);
    } catch (const TooManyObjects&) {
        return Error{ErrorCode::LimitExceeded,
                     fmt::format("the PDF's first page has more than {} objects", kMostObjects),
                     name, "ask for a simpler label"};
    } catch (const std::exception& fault) {
        return unusable(name, fault.what());
    }
}

}  // namespace verso::generator
