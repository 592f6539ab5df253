// SPDX-License-Identifier: Apache-2.0
#include "scanner/image/pdf_placement.h"

#include <cmath>
#include <optional>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <set>
#include <string>

#include "scanner/image/pdf_stream.h"

namespace verso::scanner {

namespace {

constexpr std::size_t kContentBytes = 16u << 20;  // a page with a layer of recognised text: < 1 MB
constexpr std::size_t kMostImages = 2000;         // the thinnest stripes seen are 8 rows
constexpr std::size_t kMostForms = 200;
constexpr int kDeepest = 6;
constexpr std::size_t kMostStates = 256;
constexpr int kInvisibleText = 3;

PdfMatrix product(const PdfMatrix& first, const PdfMatrix& then) {
    return {first[0] * then[0] + first[1] * then[2],
            first[0] * then[1] + first[1] * then[3],
            first[2] * then[0] + first[3] * then[2],
            first[2] * then[1] + first[3] * then[3],
            first[4] * then[0] + first[5] * then[2] + then[4],
            first[4] * then[1] + first[5] * then[3] + then[5]};
}

std::optional<PdfMatrix> matrix_of(const std::vector<QPDFObjectHandle>& numbers) {
    if (numbers.size() < 6) return std::nullopt;
    PdfMatrix matrix{};
    for (std::size_t i = 0; i < 6; ++i) {
        QPDFObjectHandle number = numbers.at(numbers.size() - 6 + i);
        if (!number.isNumber()) return std::nullopt;
        matrix.at(i) = number.getNumericValue();
    }
    return matrix;
}

struct State {
    PdfMatrix matrix{1, 0, 0, 1, 0, 0};
    int text_mode = 0;
};

/// What all nested contents of one page share.
struct Budget {
    std::size_t forms = 0;
    int depth = 0;
};

/// Follows one content stream. Nested forms get a reader of their own.
class ContentReader final : public QPDFObjectHandle::ParserCallbacks {
  public:
    ContentReader(QPDFObjectHandle resources, State state, PageContent& out, Budget& budget)
        : resources_(std::move(resources)), state_(state), out_(out), budget_(budget) {}

    void run(QPDF& pdf, const std::string& content) {
        QPDFObjectHandle stream = QPDFObjectHandle::newStream(&pdf, content);
        QPDFObjectHandle::parseContentStream(stream, this);
    }

    void handleObject(QPDFObjectHandle object, std::size_t, std::size_t) override {
        if (object.isInlineImage()) {
            out_.inline_image = true;
        } else if (object.isOperator()) {
            execute(object.getOperatorValue());
            operands_.clear();
        } else if (operands_.size() < kMostStates) {
            operands_.push_back(object);
        }
    }
    void handleEOF() override {}

  private:
    void execute(const std::string& name) {
        static const std::set<std::string> kPaint{"S", "s",  "f", "F",  "f*",
                                                  "B", "B*", "b", "b*", "sh"};
        static const std::set<std::string> kText{"Tj", "TJ", "'", "\""};
        if (name == "q" && saved_.size() < kMostStates) saved_.push_back(state_);
        if (name == "Q" && !saved_.empty()) {
            state_ = saved_.back();
            saved_.pop_back();
        }
        if (name == "cm") {
            if (const auto matrix = matrix_of(operands_))
                state_.matrix = product(*matrix, state_.matrix);
        }
        if (name == "Tr" && !operands_.empty() && operands_.back().isInteger()) {
            state_.text_mode = operands_.back().getIntValueAsInt();
        }
        if (name == "Do" && !operands_.empty() && operands_.back().isName()) {
            paint_object(operands_.back().getName());
        }
        const bool text = kText.count(name) != 0 && state_.text_mode != kInvisibleText;
        if (text || kPaint.count(name) != 0) {
            (out_.images.empty() ? out_.paint_below : out_.paint_above) = true;
        }
    }

    void paint_object(const std::string& name) {
        QPDFObjectHandle objects =
            resources_.isDictionary() ? resources_.getKey("/XObject") : QPDFObjectHandle::newNull();
        if (!objects.isDictionary()) return;
        QPDFObjectHandle object = objects.getKey(name);
        if (!object.isStream()) return;
        QPDFObjectHandle kind = object.getDict().getKey("/Subtype");
        if (kind.isNameAndEquals("/Image")) {
            if (out_.images.size() >= kMostImages) {
                out_.readable = false;
            } else {
                out_.images.push_back({object, state_.matrix});
            }
        } else if (kind.isNameAndEquals("/Form")) {
            paint_form(object);
        }
    }

    void paint_form(QPDFObjectHandle form) {
        QPDF* pdf = form.getOwningQPDF();
        const auto content =
            ++budget_.forms > kMostForms || budget_.depth >= kDeepest || pdf == nullptr
                ? std::nullopt
                : unpack_stream(form, kContentBytes);
        if (!content) {
            out_.readable = false;
            return;
        }
        State inside = state_;
        QPDFObjectHandle matrix = form.getDict().getKey("/Matrix");
        if (matrix.isArray()) {
            if (const auto own = matrix_of(matrix.getArrayAsVector())) {
                inside.matrix = product(*own, inside.matrix);
            }
        }
        QPDFObjectHandle resources = form.getDict().getKey("/Resources");
        ++budget_.depth;
        ContentReader(resources.isDictionary() ? resources : resources_, inside, out_, budget_)
            .run(*pdf, *content);
        --budget_.depth;
    }

    QPDFObjectHandle resources_;
    State state_;
    PageContent& out_;
    Budget& budget_;
    std::vector<State> saved_;
    std::vector<QPDFObjectHandle> operands_;
};

}  // namespace

PageContent place_images(QPDFObjectHandle page) {
    PageContent out;
    std::string content;
    for (QPDFObjectHandle& part : page.getPageContents()) {
        const auto bytes = unpack_stream(part, kContentBytes - content.size());
        if (!bytes || content.size() + bytes->size() >= kContentBytes) {
            out.readable = false;
            return out;
        }
        content += *bytes + "\n";
    }
    QPDF* pdf = page.getOwningQPDF();
    if (pdf == nullptr) return out;
    Budget budget;
    QPDFPageObjectHelper helper(page);
    ContentReader(helper.getAttribute("/Resources", false), State{}, out, budget)
        .run(*pdf, content);
    return out;
}

int orientation_of(const PdfMatrix& m) {
    const bool right_is_across = std::abs(m[0]) >= std::abs(m[1]);
    if (right_is_across) {
        if (m[0] >= 0) return m[3] >= 0 ? 1 : 4;
        return m[3] >= 0 ? 2 : 3;
    }
    if (m[1] > 0) return m[2] < 0 ? 8 : 7;
    return m[2] > 0 ? 6 : 5;
}

}  // namespace verso::scanner
