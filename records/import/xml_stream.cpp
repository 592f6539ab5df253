// SPDX-License-Identifier: Apache-2.0
#include "records/import/xml_stream.h"

#include <expat.h>
#include <fmt/format.h>

#include <memory>

namespace verso::records {

namespace {

constexpr std::size_t kDeepest = 64, kLargestElement = std::size_t{16} << 20;
constexpr std::size_t kPiece = std::size_t{1} << 16;

struct FreeParser {
    void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};
using ParserHandle = std::unique_ptr<std::remove_pointer_t<XML_Parser>, FreeParser>;

std::string trimmed(const std::string& text) {
    const auto begin = text.find_first_not_of(" \t\r\n");
    if (begin == text.npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin);
}

/// One document on its way through the parser.
class Document {
  public:
    Document(const std::function<bool(std::string_view)>& wanted,
             const std::function<bool(const XmlElement&, std::size_t)>& visit, std::size_t line)
        : wanted_(wanted), visit_(visit), first_line_(line), parser_(XML_ParserCreate(nullptr)) {
        XML_SetUserData(parser_.get(), this);
        XML_SetElementHandler(parser_.get(), on_start, on_end);
        XML_SetCharacterDataHandler(parser_.get(), on_text);
        XML_SetStartDoctypeDeclHandler(parser_.get(), on_doctype);
    }

    /// Takes bytes; gives how many of them belong to this document. After the end of the document
    /// is_complete() holds, and after a fault fault() is not empty.
    std::size_t take(std::string_view bytes, bool last) {
        const auto before = taken_;
        taken_ += bytes.size();
        const auto status =
            XML_Parse(parser_.get(), bytes.data(), static_cast<int>(bytes.size()), last);
        if (complete_) return static_cast<std::size_t>(end_ - before);
        if (status == XML_STATUS_ERROR && fault_.empty() && !stopped_) {
            fault_ = XML_ErrorString(XML_GetErrorCode(parser_.get()));
        }
        return bytes.size();
    }
    bool is_complete() const { return complete_; }
    bool is_stopped() const { return stopped_; }
    const std::string& fault() const { return fault_; }
    std::size_t line() const {
        return first_line_ - 1 + static_cast<std::size_t>(XML_GetCurrentLineNumber(parser_.get()));
    }

  private:
    static Document& self(void* data) { return *static_cast<Document*>(data); }
    static void XMLCALL on_start(void* data, const XML_Char* name, const XML_Char** attributes) {
        self(data).start(name, attributes);
    }
    static void XMLCALL on_end(void* data, const XML_Char*) { self(data).end(); }
    static void XMLCALL on_text(void* data, const XML_Char* text, int length) {
        self(data).add_text({text, static_cast<std::size_t>(length)});
    }
    static void XMLCALL on_doctype(void* data, const XML_Char*, const XML_Char*, const XML_Char*,
                                   int) {
        self(data).fail("the XML has a document type, which an export of a shop has not");
    }

    void fail(std::string_view why) {
        if (fault_.empty()) fault_ = why;
        XML_StopParser(parser_.get(), XML_FALSE);
    }
    void start(const char* name, const char** attributes) {
        if (++depth_ > kDeepest) return fail("the XML is nested deeper than 64");
        if (open_.empty() && !wanted_(name)) return;
        if (open_.empty()) {
            size_ = 0;
            line_ = line();
            root_ = XmlElement{name};
            open_.push_back(&root_);
        } else {
            open_.push_back(&open_.back()->children.emplace_back(XmlElement{name}));
        }
        // An element costs more than its name: a bound for memory needs both.
        grow(64 + std::char_traits<char>::length(name));
        for (; *attributes != nullptr; attributes += 2) {
            if (std::string_view(attributes[0]) == "id") open_.back()->id = attributes[1];
        }
    }
    void end() {
        --depth_;
        if (!open_.empty()) {
            open_.back()->text = trimmed(open_.back()->text);
            open_.pop_back();
            if (open_.empty() && !visit_(root_, line_)) {
                stopped_ = true;
                XML_StopParser(parser_.get(), XML_FALSE);
                return;
            }
        }
        if (depth_ > 0) return;
        complete_ = true;
        end_ = XML_GetCurrentByteIndex(parser_.get()) + XML_GetCurrentByteCount(parser_.get());
        XML_StopParser(parser_.get(), XML_FALSE);
    }
    void add_text(std::string_view text) {
        if (open_.empty()) return;
        grow(text.size());
        open_.back()->text += text;
    }
    void grow(std::size_t bytes) {
        size_ += bytes;
        if (size_ > kLargestElement) fail("an element is larger than 16 MiB");
    }

    const std::function<bool(std::string_view)>& wanted_;
    const std::function<bool(const XmlElement&, std::size_t)>& visit_;
    std::size_t first_line_;
    ParserHandle parser_;
    XmlElement root_;
    std::vector<XmlElement*> open_;  // stay valid: only the innermost one grows
    std::size_t depth_ = 0, size_ = 0, line_ = 0;
    std::string fault_;
    bool complete_ = false, stopped_ = false;
    long long taken_ = 0, end_ = 0;
};

std::string_view without_blanks(std::string_view bytes, std::size_t& line) {
    while (!bytes.empty() &&
           (bytes[0] == ' ' || bytes[0] == '\t' || bytes[0] == '\r' || bytes[0] == '\n')) {
        line += bytes[0] == '\n' ? 1 : 0;
        bytes.remove_prefix(1);
    }
    return bytes;
}

Error broken(const Document& document) {
    return {ErrorCode::FormatInvalid,
            fmt::format("the XML breaks in line {}: {}", document.line(), document.fault()), "",
            "export it again"};
}

}  // namespace

const XmlElement& XmlElement::at(std::string_view child) const {
    static const XmlElement nothing{""};
    for (const XmlElement& each : children) {
        if (each.name == child) return each;
    }
    return nothing;
}

Result<void> read_xml(
    ByteSource& source, const std::function<bool(std::string_view name)>& wanted,
    const std::function<bool(const XmlElement& element, std::size_t line)>& visit) {
    if (auto begun = source.rewind(); !begun) return begun;
    std::unique_ptr<Document> document;
    std::string piece(kPiece, '\0');
    for (std::size_t line = 1;;) {
        auto count = source.read(piece);
        if (!count) return count.error();
        const bool last = *count == 0;
        std::string_view bytes = std::string_view(piece).substr(0, *count);
        if (last && !document) return {};
        do {
            if (!document) {
                bytes = without_blanks(bytes, line);
                if (bytes.empty()) break;
                document = std::make_unique<Document>(wanted, visit, line);
            }
            bytes.remove_prefix(document->take(bytes, last));
            if (document->is_stopped()) return {};
            if (!document->fault().empty()) return broken(*document);
            if (!document->is_complete()) break;
            line = document->line();
            document.reset();
        } while (!bytes.empty());
        if (last) return {};
    }
}

}  // namespace verso::records
