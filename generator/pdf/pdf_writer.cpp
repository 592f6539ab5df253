// SPDX-License-Identifier: Apache-2.0
#include "generator/pdf/pdf_writer.h"

#include <algorithm>
#include <optional>
#include <set>
#include <vector>

#include "generator/pdf/durable_file.h"
#include "generator/pdf/page_painter.h"
#include "generator/pdf/pdf_file.h"

namespace verso::generator {

namespace {

Error ended() { return {ErrorCode::Internal, "the document was already ended", "PDF writer", ""}; }

}  // namespace

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
        int number;
    };
    int ground_number(std::shared_ptr<const SetGround> ground);
    void need(const SetMarks& marks);
    Result<void> embed(FontFace which, GroupMask groups, std::string_view resource);

    std::shared_ptr<const FontBook> fonts_;
    PdfOptions options_;
    FontUse use_{};
    std::vector<WrittenGround> grounds_;
    std::set<std::string> pictures_;
    int page_count_ = 0;
    bool finished_ = false;
    PdfFile file_;
};

Result<void> PdfWriter::Document::add_page(const DrawList& page) {
    auto set = set_page(*fonts_, page, options_.deflate_level);
    if (!set) return set.error();
    return add_page(std::move(set).value());
}

Result<void> PdfWriter::Document::add_page(SetPage&& page) {
    if (finished_) return ended();
    std::optional<int> ground;
    if (page.ground) ground = ground_number(page.ground);
    file_.add_page(page.size, page.own.contents, ground);
    need(page.own);
    ++page_count_;
    return {};
}

// Grounds are known by their marks: threads paint the same ground each for themselves.
int PdfWriter::Document::ground_number(std::shared_ptr<const SetGround> ground) {
    const auto known = std::find_if(grounds_.begin(), grounds_.end(), [&](const auto& one) {
        return one.ground->marks == ground->marks && one.ground->size == ground->size;
    });
    if (known != grounds_.end()) return known->number;
    const int number = file_.add_ground(ground->painted.contents);
    need(ground->painted);
    grounds_.push_back({std::move(ground), number});
    return number;
}

void PdfWriter::Document::need(const SetMarks& marks) {
    for (std::size_t i = 0; i < use_.size(); ++i) use_[i] |= marks.fonts[i];
    for (const SetPicture& picture : marks.pictures) {
        if (!pictures_.insert(picture.resource).second) continue;
        file_.add_picture(picture.resource, *picture.objects);
    }
}

Result<void> PdfWriter::Document::embed(FontFace which, GroupMask groups,
                                        std::string_view resource) {
    if (groups == 0) return {};
    const FontBook::Face& face = fonts_->face(which);
    // The base goes along always: fewer different subsets, for a few kilobytes.
    auto subset = subset_of(face, static_cast<GroupMask>(groups | kBaseGroup));
    if (!subset) return subset.error();
    file_.add_font(resource, face, **subset);
    return {};
}

Result<std::string> PdfWriter::Document::finish() {
    if (finished_) return ended();
    if (page_count_ == 0) {
        return Error{ErrorCode::Internal, "a document needs a page", "PDF writer", ""};
    }
    finished_ = true;
    if (!options_.title.empty()) file_.set_title(options_.title);
    for (const auto& embedded : {embed(FontFace::Regular, use_[0], kRegularResource),
                                 embed(FontFace::Bold, use_[1], kBoldResource)}) {
        if (!embedded) return embedded.error();
    }
    return file_.finish();
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
