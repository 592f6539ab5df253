// SPDX-License-Identifier: Apache-2.0
#include "scanner/image/pdf_bomb.h"

#include <algorithm>
#include <exception>
#include <qpdf/Pipeline.hh>
#include <qpdf/Pl_Flate.hh>
#include <set>
#include <stdexcept>

namespace verso::scanner {

namespace {

/// Counts what comes out and stops at the limit.
class Counter final : public Pipeline {
  public:
    explicit Counter(std::size_t limit) : Pipeline("counter", nullptr), left_(limit) {}

    void write(const unsigned char*, std::size_t size) override {
        if (size > left_) {
            overflowed_ = true;
            throw std::runtime_error("too much");
        }
        left_ -= size;
    }
    void finish() override {}
    bool overflowed() const { return overflowed_; }

  private:
    std::size_t left_;
    bool overflowed_ = false;
};

/// Unpacks as far as it goes; damage is for the reader to find.
void count_flate(std::string_view data, Counter& counter) {
    constexpr std::size_t kStep = 1 << 16;
    std::string chunk;  // Pl_Flate wants bytes of its own
    try {
        Pl_Flate flate("structure", &counter, Pl_Flate::a_inflate);
        for (std::size_t at = 0; at < data.size(); at += kStep) {
            chunk = data.substr(at, kStep);
            flate.write(reinterpret_cast<unsigned char*>(chunk.data()), chunk.size());
        }
        flate.finish();
    } catch (const std::exception&) {
    }
}

/// Where the data of the stream begins in whose dictionary `from` lies; npos when there is none.
std::size_t data_after(std::string_view pdf, std::size_t from) {
    constexpr std::size_t kDictionary = 4096;
    constexpr std::string_view kStream = "stream";
    const std::size_t at = pdf.substr(0, from + kDictionary).find(kStream, from);
    if (at == std::string_view::npos) return at;
    std::size_t data = at + kStream.size();
    if (data < pdf.size() && pdf[data] == '\r') ++data;
    if (data < pdf.size() && pdf[data] == '\n') ++data;
    return data;
}

}  // namespace

bool structure_fits(std::string_view pdf, std::size_t limit) {
    Counter counter(limit);
    std::set<std::size_t> seen;
    for (const std::string_view type : {"/ObjStm", "/XRef"}) {
        for (std::size_t at = pdf.find(type); at != std::string_view::npos;
             at = pdf.find(type, at + type.size())) {
            const std::size_t data = data_after(pdf, at);
            if (data == std::string_view::npos || !seen.insert(data).second) continue;
            const std::size_t end = std::min(pdf.find("endstream", data), pdf.size());
            count_flate(pdf.substr(data, end - data), counter);
            if (counter.overflowed()) return false;
        }
    }
    return true;
}

}  // namespace verso::scanner
