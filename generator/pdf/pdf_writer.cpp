// SPDX-License-Identifier: Apache-2.0
#include "generator/pdf/pdf_writer.h"

#include <algorithm>
#include <optional>
#include <set>
#include <vector>

#include "generator/pdf/durable_file.h"
#include "generator/pdf/haru_document.h"
#include "generator/pdf/page_painter.h"

namespace verso::generator {

class PdfWriter::Document {
  public:
    Document(std::shared_ptr<const FontBook> fonts, PdfOptions options)
        : fonts_(std::move(fonts)), options_(std::move(options)) {}

    Result<void> add_page(const DrawList& page);
    Result<void> add_page(SetPage&& page);
    Result<std::string> finish();
    int page_count() const { return page_count_; }

  private:
    struct WrittenGround {
        std::shared_ptr<const SetGround> ground;
        std::size_t number;
    };
    Result<std::size_t> ground_number(std::shared_ptr<const SetGround> ground);
    Result<void> need(const SetMarks& marks);
    Result<void> embed(FontFace which, GroupMask groups, std::string_view resource);

    std::shared_ptr<const FontBook> fonts_;
    PdfOptions options_;
    FontUse use_{};
    std::vector<WrittenGround> grounds_;
    std::set<std::string> pictures_;
    int page_count_ = 0;
    bool finished_ = false;
    std::vector<std::shared_ptr<const FaceSubset>> subsets_;  // libharu reads them until the end
    HaruDocument haru_;
};

Result<void> PdfWriter::Document::add_page(const DrawList& page) {
    auto set = set_page(*fonts_, page, options_.deflate_level);
    if (!set) return set.error();
    return add_page(std::move(set).value());
}

Result<void> PdfWriter::Document::add_page(SetPage&& page) {
    std::optional<std::size_t> ground;
    if (page.ground) {
        auto written = ground_number(page.ground);
        if (!written) return written.error();
        ground = *written;
    }
    auto added = haru_.add_page(page.size, page.own.contents, ground);
    if (!added) return added;
    ++page_count_;
    return need(page.own);
}

// Grounds are known by their marks: threads paint the same ground each for themselves.
Result<std::size_t> PdfWriter::Document::ground_number(std::shared_ptr<const SetGround> ground) {
    const auto known = std::find_if(grounds_.begin(), grounds_.end(), [&](const auto& one) {
        return one.ground->marks == ground->marks && one.ground->size == ground->size;
    });
    if (known != grounds_.end()) return known->number;
    auto number = haru_.add_ground(ground->painted.contents);
    if (!number) return number;
    if (auto needed = need(ground->painted); !needed) return needed.error();
    grounds_.push_back({std::move(ground), *number});
    return number;
}

Result<void> PdfWriter::Document::need(const SetMarks& marks) {
    for (std::size_t i = 0; i < use_.size(); ++i) use_[i] |= marks.fonts[i];
    for (const SetPicture& picture : marks.pictures) {
        if (!pictures_.insert(picture.resource).second) continue;
        auto added = haru_.add_picture(picture.resource, *picture.objects);
        if (!added) return added;
    }
    return {};
}

Result<void> PdfWriter::Document::embed(FontFace which, GroupMask groups,
                                        std::string_view resource) {
    if (groups == 0) return {};
    const FontBook::Face& face = fonts_->face(which);
    // The base goes along always: fewer different subsets, for a few kilobytes.
    auto subset = subset_of(face, static_cast<GroupMask>(groups | kBaseGroup));
    if (!subset) return subset.error();
    subsets_.push_back(*subset);
    return haru_.add_font(resource, face, **subset);
}

Result<std::string> PdfWriter::Document::finish() {
    if (page_count_ == 0 || finished_) {
        return Error{ErrorCode::Internal,
                     finished_ ? "the document was already ended" : "a document needs a page",
                     "PDF writer", ""};
    }
    finished_ = true;
    if (!options_.title.empty()) {
        if (auto titled = haru_.set_title(options_.title); !titled) return titled.error();
    }
    for (const auto& embedded : {embed(FontFace::Regular, use_[0], kRegularResource),
                                 embed(FontFace::Bold, use_[1], kBoldResource)}) {
        if (!embedded) return embedded.error();
    }
    return haru_.bytes();
}

PdfWriter::PdfWriter(std::shared_ptr<const FontBook> fonts, PdfOptions options)
    : document_(std::make_unique<Document>(std::move(fonts), std::move(options))) {}
PdfWriter::~PdfWriter() = default;
PdfWriter::PdfWriter(PdfWriter&&) noexcept = default;

Result<void> PdfWriter::add_page(const DrawList& page) { return document_->add_page(page); }
Result<void> PdfWriter::add_page(SetPage&& page) { return document_->add_page(std::move(page)); }

int PdfWriter::page_count() const { return document_->page_count(); }

Result<std::string> PdfWriter::finish() { return document_->finish(); }

Result<void> PdfWriter::save(const std::string& path) {
    const auto bytes = document_->finish();
    if (!bytes) return bytes.error();
    return write_durably(path, *bytes);
}

}  // namespace verso::generator
