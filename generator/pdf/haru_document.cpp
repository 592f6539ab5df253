// SPDX-License-Identifier: Apache-2.0
#include "generator/pdf/haru_document.h"

#include <fmt/format.h>
#include <hpdf.h>
#include <hpdf_pages.h>
#include <hpdf_streams.h>

#include <deque>
#include <vector>

#include "generator/fonts/utf8.h"

// Contents and fonts are handed over through libharu's object structures, which its headers publish
// but its manual does not promise. They were read for this family of versions.
static_assert(
    HPDF_MAJOR_VERSION == 2 && HPDF_MINOR_VERSION == 3,
    "check the structures of hpdf_objects.h and hpdf_pages.h before using another libharu");

namespace verso::generator {
namespace {

// What the file needs besides streams, for reserving its memory: a page's objects and their entries
// in the cross reference table.
constexpr std::size_t kObjectsOfPage = 400, kObjectsOfFile = 20'000;

// A flat page tree ends at 32,768 pages.
constexpr HPDF_UINT kPagesPerNode = 500;

// Fonts' flags: symbolic, as every font that is addressed by glyph and not by a Latin encoding.
constexpr HPDF_INT32 kSymbolic = 4;

HPDF_STATUS write_flate_filter(HPDF_Dict, HPDF_Stream stream) {
    return HPDF_Stream_WriteStr(stream, "/Filter /FlateDecode\012");
}

HPDF_STATUS write_widths(HPDF_Dict font, HPDF_Stream stream) {
    const auto& subset = *static_cast<const FaceSubset*>(font->attr);
    const std::string entry = "/W " + subset.widths + "\012";
    return HPDF_Stream_WriteStr(stream, entry.c_str());
}

HPDF_STATUS write_entries(HPDF_Dict dict, HPDF_Stream stream) {
    const auto& entries = *static_cast<const std::string*>(dict->attr);
    return HPDF_Stream_Write(
        stream, static_cast<const HPDF_BYTE*>(static_cast<const void*>(entries.data())),
        static_cast<HPDF_UINT>(entries.size()));
}

HPDF_STATUS append_to_string(HPDF_Stream stream, const HPDF_BYTE* bytes, HPDF_UINT size) {
    auto& file = *static_cast<std::string*>(stream->attr);
    file.append(static_cast<const char*>(static_cast<const void*>(bytes)), size);
    return HPDF_OK;
}

const HPDF_BYTE* as_bytes(std::string_view text) {
    return static_cast<const HPDF_BYTE*>(static_cast<const void*>(text.data()));
}

// The entries with their references: "12 0 R".
std::string numbered(const PdfObject& object, const std::vector<HPDF_Dict>& dicts) {
    std::string text;
    std::size_t done = 0;
    for (const PdfObject::Reference& reference : object.references) {
        text.append(object.entries, done, reference.at - done);
        text += fmt::format("{} 0 R", dicts.at(reference.object)->header.obj_id & 0x00FFFFFF);
        done = reference.at;
    }
    return text.append(object.entries, done);
}

std::string to_utf16_with_mark(std::string_view text) {
    std::string result = "\xFE\xFF";
    const auto unit = [&result](char32_t value) {
        result += static_cast<char>(value >> 8 & 0xFF);
        result += static_cast<char>(value & 0xFF);
    };
    for (std::size_t at = 0; at < text.size();) {
        const Utf8Step step = utf8_step(text, at);
        at += step.length;
        if (step.character >= 0x10000) {
            unit(0xD800 + ((step.character - 0x10000) >> 10));
            unit(0xDC00 + (step.character & 0x3FF));
        } else {
            unit(step.character);
        }
    }
    return result;
}

}  // namespace

struct HaruDocument::Handle {
    HPDF_Doc document = nullptr;
    HPDF_Dict resources = nullptr;  ///< one for all pages
    HPDF_Dict fonts = nullptr;
    HPDF_Dict pictures = nullptr;  ///< made with the first
    std::vector<HPDF_Dict> grounds;
    std::deque<std::string> entries;     ///< of pictures' objects; libharu reads them until the end
    std::size_t pages = 0, written = 0;  ///< pages, and bytes in streams
    HPDF_STATUS first_error = HPDF_OK;
    HPDF_STATUS first_detail = HPDF_OK;

    // libharu calls this inside its own frames: nothing may be thrown, so it is only noted.
    static void note_error(HPDF_STATUS error, HPDF_STATUS detail, void* handle) {
        auto& self = *static_cast<Handle*>(handle);
        if (self.first_error != HPDF_OK) return;
        self.first_error = error;
        self.first_detail = detail;
    }

    Result<void> outcome(std::string_view what) const {
        if (document != nullptr && first_error == HPDF_OK) return {};
        return Error{ErrorCode::Internal,
                     fmt::format("libharu refused {} (error 0x{:04X}, detail {})", what,
                                 first_error, first_detail),
                     "PDF writer", "if memory is short, print in smaller batches"};
    }

    HPDF_Dict new_indirect_dict() const {
        HPDF_Dict dict = HPDF_Dict_New(document->mmgr);
        if (dict == nullptr) return nullptr;
        if (HPDF_Xref_Add(document->xref, dict) != HPDF_OK) return nullptr;
        return dict;
    }

    HPDF_Dict new_deflated_stream(std::string_view deflated) {
        HPDF_Dict dict = HPDF_DictStream_New(document->mmgr, document->xref);
        if (dict == nullptr) return nullptr;
        dict->write_fn = write_flate_filter;
        HPDF_Stream_Write(dict->stream, as_bytes(deflated),
                          static_cast<HPDF_UINT>(deflated.size()));
        written += deflated.size();
        return dict;
    }

    HPDF_Dict new_object(const PdfObject& object) {
        if (!object.stream) return new_indirect_dict();
        return new_deflated_stream(*object.stream);
    }

    HPDF_Dict new_descriptor(const FontBook::Face& face, const FaceSubset& subset);
    HPDF_Dict new_descendant(const FontBook::Face& face, const FaceSubset& subset);
};

HaruDocument::HaruDocument() : handle_(std::make_unique<Handle>()) {
    Handle& handle = *handle_;
    handle.document = HPDF_New(Handle::note_error, &handle);
    if (handle.document == nullptr) return;
    HPDF_SetPagesConfiguration(handle.document, kPagesPerNode);
    handle.resources = handle.new_indirect_dict();
    handle.fonts = HPDF_Dict_New(handle.document->mmgr);
    if (handle.resources == nullptr || handle.fonts == nullptr) return;
    HPDF_Dict_Add(handle.resources, "Font", handle.fonts);
}

HaruDocument::~HaruDocument() {
    if (handle_->document != nullptr) HPDF_Free(handle_->document);
}

Result<void> HaruDocument::set_title(std::string_view title) {
    if (auto ready = handle_->outcome("a new document"); !ready) return ready;
    std::string text = to_utf16_with_mark(title);
    auto* bytes = static_cast<HPDF_BYTE*>(static_cast<void*>(text.data()));
    HPDF_Dict_Add(
        handle_->document->info, "Title",
        HPDF_Binary_New(handle_->document->mmgr, bytes, static_cast<HPDF_UINT>(text.size())));
    return handle_->outcome("the title");
}

Result<std::size_t> HaruDocument::add_ground(std::string_view deflated) {
    if (auto ready = handle_->outcome("a new document"); !ready) return ready.error();
    handle_->grounds.push_back(handle_->new_deflated_stream(deflated));
    if (auto added = handle_->outcome("a page's ground"); !added) return added.error();
    return handle_->grounds.size() - 1;
}

Result<void> HaruDocument::add_page(PageSize size, std::string_view deflated,
                                    std::optional<std::size_t> ground) {
    if (auto ready = handle_->outcome("a new document"); !ready) return ready;
    HPDF_Page page = HPDF_AddPage(handle_->document);
    if (page == nullptr) return handle_->outcome("a page");
    HPDF_Page_SetWidth(page, static_cast<HPDF_REAL>(to_pt(size.width).value));
    HPDF_Page_SetHeight(page, static_cast<HPDF_REAL>(to_pt(size.height).value));
    HPDF_Dict_Add(page, "Resources", handle_->resources);
    auto* attributes = static_cast<HPDF_PageAttr>(page->attr);
    attributes->contents->filter = HPDF_STREAM_FILTER_NONE;
    attributes->contents->write_fn = write_flate_filter;
    HPDF_Stream_Write(attributes->stream, as_bytes(deflated),
                      static_cast<HPDF_UINT>(deflated.size()));
    handle_->written += deflated.size();
    ++handle_->pages;
    if (ground) {
        HPDF_Array both = HPDF_Array_New(handle_->document->mmgr);
        if (both == nullptr) return handle_->outcome("a page");
        HPDF_Array_Add(both, handle_->grounds.at(*ground));
        HPDF_Array_Add(both, attributes->contents);
        HPDF_Dict_Add(page, "Contents", both);
    }
    return handle_->outcome("a page");
}

HPDF_Dict HaruDocument::Handle::new_descriptor(const FontBook::Face& face,
                                               const FaceSubset& subset) {
    HPDF_Dict file = new_deflated_stream(subset.file);
    HPDF_Dict descriptor = new_indirect_dict();
    if (file == nullptr || descriptor == nullptr) return nullptr;
    HPDF_Dict_AddNumber(file, "Length1", static_cast<HPDF_INT32>(subset.file_length));
    const auto per_mille = [&face](int value) { return value * 1000 / face.units_per_em; };
    const auto edge = [&](int value) { return static_cast<HPDF_REAL>(per_mille(value)); };
    HPDF_Dict_AddName(descriptor, "Type", "FontDescriptor");
    HPDF_Dict_AddName(descriptor, "FontName", subset.name.c_str());
    HPDF_Dict_AddNumber(descriptor, "Flags", kSymbolic);
    HPDF_Dict_Add(descriptor, "FontBBox",
                  HPDF_Box_Array_New(document->mmgr, {edge(face.box_left), edge(face.box_bottom),
                                                      edge(face.box_right), edge(face.box_top)}));
    HPDF_Dict_AddNumber(descriptor, "ItalicAngle", 0);
    HPDF_Dict_AddNumber(descriptor, "Ascent", per_mille(face.ascender));
    HPDF_Dict_AddNumber(descriptor, "Descent", -per_mille(face.descender));
    HPDF_Dict_AddNumber(descriptor, "CapHeight", per_mille(face.cap_height));
    HPDF_Dict_AddNumber(descriptor, "StemV", face.bold ? 140 : 80);
    HPDF_Dict_Add(descriptor, "FontFile2", file);
    return descriptor;
}

HPDF_Dict HaruDocument::Handle::new_descendant(const FontBook::Face& face,
                                               const FaceSubset& subset) {
    HPDF_Dict descriptor = new_descriptor(face, subset);
    HPDF_Dict font = new_indirect_dict();
    HPDF_Dict system = HPDF_Dict_New(document->mmgr);
    if (descriptor == nullptr || font == nullptr || system == nullptr) return nullptr;
    HPDF_Dict_AddName(font, "Type", "Font");
    HPDF_Dict_AddName(font, "Subtype", "CIDFontType2");
    HPDF_Dict_AddName(font, "BaseFont", subset.name.c_str());
    HPDF_Dict_AddName(font, "CIDToGIDMap", "Identity");
    HPDF_Dict_Add(font, "FontDescriptor", descriptor);
    HPDF_Dict_Add(font, "CIDSystemInfo", system);
    HPDF_Dict_Add(system, "Registry", HPDF_String_New(document->mmgr, "Adobe", nullptr));
    HPDF_Dict_Add(system, "Ordering", HPDF_String_New(document->mmgr, "Identity", nullptr));
    HPDF_Dict_AddNumber(system, "Supplement", 0);
    font->attr = const_cast<FaceSubset*>(&subset);  // libharu's pointer; read by write_widths only
    font->write_fn = write_widths;
    return font;
}

Result<void> HaruDocument::add_font(std::string_view resource, const FontBook::Face& face,
                                    const FaceSubset& subset) {
    if (auto ready = handle_->outcome("a new document"); !ready) return ready;
    HPDF_Dict descendant = handle_->new_descendant(face, subset);
    HPDF_Dict to_unicode = handle_->new_deflated_stream(subset.to_unicode);
    HPDF_Dict font = handle_->new_indirect_dict();
    HPDF_Array descendants = HPDF_Array_New(handle_->document->mmgr);
    if (descendant == nullptr || to_unicode == nullptr || font == nullptr ||
        descendants == nullptr) {
        return handle_->outcome("a font");
    }
    HPDF_Dict_AddName(font, "Type", "Font");
    HPDF_Dict_AddName(font, "Subtype", "Type0");
    HPDF_Dict_AddName(font, "BaseFont", subset.name.c_str());
    HPDF_Dict_AddName(font, "Encoding", "Identity-H");
    HPDF_Dict_Add(font, "DescendantFonts", descendants);
    HPDF_Array_Add(descendants, descendant);
    HPDF_Dict_Add(font, "ToUnicode", to_unicode);
    HPDF_Dict_Add(handle_->fonts, std::string(resource).c_str(), font);
    return handle_->outcome("a font");
}

Result<void> HaruDocument::add_picture(std::string_view resource, const PdfObjects& objects) {
    if (auto ready = handle_->outcome("a new document"); !ready) return ready;
    std::vector<HPDF_Dict> dicts;
    for (const PdfObject& object : objects) {
        dicts.push_back(handle_->new_object(object));
        if (dicts.back() == nullptr) return handle_->outcome("a picture");
    }
    for (std::size_t i = 0; i < objects.size(); ++i) {
        handle_->entries.push_back(numbered(objects[i], dicts));
        dicts[i]->attr = &handle_->entries.back();
        dicts[i]->write_fn = write_entries;
    }
    if (handle_->pictures == nullptr) {
        handle_->pictures = HPDF_Dict_New(handle_->document->mmgr);
        if (handle_->pictures == nullptr) return handle_->outcome("a picture");
        HPDF_Dict_Add(handle_->resources, "XObject", handle_->pictures);
    }
    HPDF_Dict_Add(handle_->pictures, std::string(resource).c_str(), dicts.front());
    return handle_->outcome("a picture");
}

Result<std::string> HaruDocument::bytes() {
    if (auto ready = handle_->outcome("a new document"); !ready) return ready.error();
    HPDF_Doc document = handle_->document;
    std::string file;
    file.reserve(handle_->written + kObjectsOfPage * handle_->pages + kObjectsOfFile);
    HPDF_Stream stream = HPDF_CallbackWriter_New(document->mmgr, append_to_string, &file);
    if (stream == nullptr) return handle_->outcome("the output").error();
    HPDF_Stream_WriteStr(stream, "%PDF-1.4\012%\xE2\xE3\xCF\xD3\012");
    HPDF_Dict_Add(document->trailer, "Root", document->catalog);
    HPDF_Dict_Add(document->trailer, "Info", document->info);
    const HPDF_STATUS written = HPDF_Xref_WriteToStream(document->xref, stream, nullptr);
    HPDF_Stream_Free(stream);
    if (written != HPDF_OK) Handle::note_error(written, 0, handle_.get());
    if (auto done = handle_->outcome("the output"); !done) return done.error();
    return file;
}

}  // namespace verso::generator
