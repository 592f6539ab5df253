// SPDX-License-Identifier: Apache-2.0
#include "scanner/image/pdf_stream.h"

#include <qpdf/Buffer.hh>
#include <qpdf/Pipeline.hh>
#include <qpdf/QPDF.hh>
#include <stdexcept>

namespace verso::scanner {

namespace {

/// Ends the decoding of a bomb by an exception, which qpdf hands on or turns into a failure.
class BoundedBuffer final : public Pipeline {
  public:
    explicit BoundedBuffer(std::size_t limit) : Pipeline("bounded", nullptr), limit_(limit) {}

    void write(const unsigned char* data, std::size_t size) override {
        if (overflowed_ || size > limit_ - bytes_.size()) {
            overflowed_ = true;
            throw std::runtime_error("a stream unpacks to more than its image needs");
        }
        bytes_.append(reinterpret_cast<const char*>(data), size);
    }
    void finish() override {}

    bool overflowed() const { return overflowed_; }
    std::string take() { return std::move(bytes_); }

  private:
    std::size_t limit_;
    std::string bytes_;
    bool overflowed_ = false;
};

}  // namespace

std::optional<std::string> unpack_stream(QPDFObjectHandle stream, std::size_t limit) {
    QPDF* pdf = stream.getOwningQPDF();
    if (pdf == nullptr) return std::nullopt;
    const std::size_t warnings = pdf->numWarnings();
    BoundedBuffer buffer(limit);
    bool filtered = false;
    const bool done = stream.pipeStreamData(&buffer, &filtered, 0, qpdf_dl_specialized);
    const bool plain = stream.getDict().getKey("/Filter").isNull();
    if (!done || (!filtered && !plain) || buffer.overflowed()) return std::nullopt;
    if (pdf->numWarnings() != warnings) return std::nullopt;
    return buffer.take();
}

std::optional<std::string> unpack_to_last_filter(QPDFObjectHandle stream, std::size_t limit) {
    const auto raw = stream.getRawStreamData();
    const auto filters = filters_of(stream);
    if (filters.size() <= 1) {
        if (raw->getSize() > limit) return std::nullopt;
        return std::string(reinterpret_cast<const char*>(raw->getBuffer()), raw->getSize());
    }
    QPDF* pdf = stream.getOwningQPDF();
    if (pdf == nullptr) return std::nullopt;
    QPDFObjectHandle parameters = stream.getDict().getKey("/DecodeParms");
    QPDFObjectHandle first_filters = QPDFObjectHandle::newArray();
    QPDFObjectHandle first_parameters = QPDFObjectHandle::newArray();
    for (int i = 0; i + 1 < static_cast<int>(filters.size()); ++i) {
        first_filters.appendItem(
            QPDFObjectHandle::newName(filters.at(static_cast<std::size_t>(i))));
        const bool given = parameters.isArray() && i < parameters.getArrayNItems();
        first_parameters.appendItem(given ? parameters.getArrayItem(i)
                                          : QPDFObjectHandle::newNull());
    }
    QPDFObjectHandle before = QPDFObjectHandle::newStream(pdf);
    before.replaceStreamData(raw, first_filters, first_parameters);
    return unpack_stream(before, limit);
}

std::vector<std::string> filters_of(QPDFObjectHandle stream) {
    QPDFObjectHandle filter = stream.getDict().getKey("/Filter");
    if (filter.isName()) return {filter.getName()};
    std::vector<std::string> names;
    if (!filter.isArray()) return names;
    for (int i = 0; i < filter.getArrayNItems(); ++i) {
        QPDFObjectHandle item = filter.getArrayItem(i);
        names.push_back(item.isName() ? item.getName() : "?");
    }
    return names;
}

QPDFObjectHandle last_parameters(QPDFObjectHandle stream) {
    QPDFObjectHandle parameters = stream.getDict().getKey("/DecodeParms");
    const int filters = static_cast<int>(filters_of(stream).size());
    if (parameters.isArray()) {
        if (filters == 0 || parameters.getArrayNItems() < filters)
            return QPDFObjectHandle::newNull();
        parameters = parameters.getArrayItem(filters - 1);
    }
    return parameters.isDictionary() ? parameters : QPDFObjectHandle::newNull();
}

}  // namespace verso::scanner
