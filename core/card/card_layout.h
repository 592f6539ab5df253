// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/domain/ids.h"
#include "core/geometry/shapes.h"
#include "core/util/result.h"

namespace verso {

// THE place that says where fiducials, codes and mark boxes are. The generator makes a Layout from
// a template and draws it; the scanner reads by the same value. All boxes are in page coordinates,
// mm from the page's top left, y down. docs/formats/layout.md has the JSON.

enum class CodeKind { Qr, DataMatrix, Code128 };
std::string_view to_string(CodeKind kind);

/// A machine-readable symbol; the box is the symbol itself, without its quiet zone.
struct CodeRegion {
    CodeKind kind;
    MmBox box;
    friend bool operator==(const CodeRegion&, const CodeRegion&) = default;
};

enum class MarkShape { Oval, Square };
std::string_view to_string(MarkShape shape);

/// Width of the printed outline of every mark box, centred on the edge of its box.
inline constexpr Mm kMarkOutline{0.25};

/// One mark box; the box is the centre line of its outline. An oval is a rectangle whose short
/// sides are half circles.
struct MarkOption {
    int value;
    MarkShape shape;
    MmBox box;
    friend bool operator==(const MarkOption&, const MarkOption&) = default;
};

/// one: exactly one box may be marked. tick: a single box, marked means yes. many: any number.
enum class QuestionKind { One, Tick, Many };
std::string_view to_string(QuestionKind kind);

struct Question {
    std::string id;
    QuestionKind kind;
    std::vector<MarkOption> options;
    friend bool operator==(const Question&, const Question&) = default;
};

/// A place for handwriting.
struct HandwritingField {
    std::string id;
    MmBox box;
    friend bool operator==(const HandwritingField&, const HandwritingField&) = default;
};

/// A part of a page that comes back and is read: a card or a return sheet.
struct ReadRegion {
    std::string id;
    int page = 1;  ///< in Layout::pages, from 1
    MmBox box;
    int rotation =
        0;  ///< clockwise degrees by which its upright is turned on the page: 0 90 180 270
    std::vector<CodeRegion> codes;
    std::vector<MmBox> fiducials;  ///< solid black squares, at least three, in no symmetric pattern
    std::vector<Question> questions;
    std::vector<HandwritingField> fields;
    friend bool operator==(const ReadRegion&, const ReadRegion&) = default;

    const Question* find_question(std::string_view question_id) const;
    const CodeRegion* find_code(CodeKind kind) const;
};

/// A template resolved to millimetres. Frozen under its number for ever once printed.
struct Layout {
    std::string template_name;
    LayoutNumber number;  ///< 0 until the home froze it
    std::vector<PageSize> pages;
    std::vector<ReadRegion> cards;
    std::vector<ReadRegion> returns;
    friend bool operator==(const Layout&, const Layout&) = default;
};

/// The question that makes a rating; every card has it.
inline constexpr std::string_view kOverallQuestion = "overall";
/// The tick that lets a comment be published.
inline constexpr std::string_view kPublishQuestion = "publish";
/// The handwriting field of the comment.
inline constexpr std::string_view kCommentField = "comment";

/// The contract's JSON, one line, with "layout" and "sha256" in it.
std::string to_json(const Layout& layout);
/// Reads what to_json wrote. FormatInvalid names the JSON pointer; a wrong sha256 is an error.
Result<Layout> parse_layout(std::string_view json);

/// SHA-256 in lower-case hex over the JSON without "layout" and "sha256": the fingerprint of the
/// geometry, by which equal layouts are recognised.
std::string layout_sha256(const Layout& layout);

/// What is wrong with a layout for reading: regions off the page, fewer than three fiducials, boxes
/// outside their region, overlapping mark boxes, a question without options, no overall question.
/// One sentence each, empty when sound.
std::vector<std::string> layout_faults(const Layout& layout);

}  // namespace verso
