// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/answer.h"
#include "core/domain/card_link.h"
#include "core/geometry/shapes.h"

namespace verso {

enum class Verdict { Accepted, Review, Unreadable };
std::string_view to_string(Verdict verdict);

enum class AnswerState { Marked, Blank, Corrected, Ambiguous };
std::string_view to_string(AnswerState state);

/// Why a person must look. Each has a line in docs/formats/reading.md.
enum class RejectionCode {
    NoCard,         ///< nothing on the image looks like one of our cards
    NoCode,         ///< a card by its fiducials, but neither code could be read
    CodesDisagree,  ///< QR and second code name different cards: two pieces in one scan
    ForeignLink,    ///< a code of another site, or another shop's card
    UnknownLayout,  ///< a layout number that this home never printed
    UnknownCard,    ///< a well-formed card that this home never printed
    ForgedSecret,   ///< the card exists, but its secret is another
    VoidedCard,     ///< the card was voided after printing
    ExpiredCard,    ///< the card came after its time was over
    WrongSide,      ///< a return sheet or address side where an answer side was expected
    Registration,   ///< too few good points, or the fit is worse than the limit
    LowResolution,  ///< fewer pixels per mm than marks can be judged on
    TwoMarks,       ///< a one-of question with two marks or more
    DoubtfulMark,   ///< something between mark and dirt
    NoOverall,      ///< marks, but none for the question that makes a rating
    BlankCard,      ///< nothing marked at all
    CommentOnly,    ///< handwriting but no marks
    Scale,          ///< printed or scanned too small or too large against the layout
    Stretch,        ///< stretched or squashed beyond what the boxes can be found by
    CornerMissing,  ///< torn, cut or covered: too few printed points are left
    Toner,          ///< the print is too faint to be found or judged
    Blur,           ///< out of focus or moved: strokes cannot be told
    InkOutside,     ///< something is written where nothing is asked
    OtherPiece,     ///< another piece of paper with this card's id was read before
    AddressSide,    ///< the side with the postal address: nothing to read on it
    BlankSide,      ///< a side without print or writing
    Duplicate,      ///< the order has a different answer already
    ReaderFailed,   ///< our own reader broke on this image
};
/// "two-marks", "no-code" …
std::string_view to_string(RejectionCode code);

/// One reason for review, with the question it is about where there is one.
struct Rejection {
    RejectionCode code;
    std::string question;  ///< empty when about the whole card
    std::string detail;    ///< one sentence with what was found and expected
    friend bool operator==(const Rejection&, const Rejection&) = default;
};

/// How sure and what: one question of one card.
struct AnswerReading {
    std::string question;
    std::optional<int> value;  ///< set for Marked and Corrected
    AnswerState state = AnswerState::Blank;
    double confidence = 0;       ///< 0..1: the estimated chance that state and value are right
    std::vector<double> scores;  ///< one per option, 0 (blank) .. 1 (surely marked)
};

/// A field for handwriting.
struct FieldReading {
    std::string field;
    bool inked = false;
    std::string crop;        ///< path of the picture, straightened and cleaned; empty when none was
                             ///< asked for or it is not inked
    std::string original{};  ///< path of the same as scanned; empty likewise
    std::string guess{};  ///< what a machine reads there, never certain; empty when not asked for
};

/// Which side of which sheet was read.
enum class SheetSide { Answer, Return, Address, Blank };
std::string_view to_string(SheetSide side);

/// How the card's identity was found.
enum class IdentifiedBy { Nothing, Qr, SecondCode, Keyed };
std::string_view to_string(IdentifiedBy how);

/// What the reader saw on one card, or that it saw none. The contract's "Reading".
struct Reading {
    std::string source;  ///< as given: a path
    int page = 1;        ///< of the file, from 1
    int index = 0;       ///< of the card on that page, from 0
    Verdict verdict = Verdict::Unreadable;
    std::vector<Rejection> reasons;
    IdentifiedBy identified_by = IdentifiedBy::Nothing;
    std::optional<CardId> card;
    std::optional<LayoutNumber> layout;
    std::optional<CardSecret> secret;  ///< from the QR; never written to JSON or log
    std::string host;                  ///< of the link; empty when the QR was not read
    std::string order;                 ///< filled in by records once the card is known
    std::string template_name;
    std::string region;  ///< id of the card region in the layout
    SheetSide side = SheetSide::Answer;
    int sheet = 1;       ///< of the insert's return sheets, from 1; 1 for a card
    int other_page = 0;  ///< of the file: the other side of the same piece; 0 when not known
    std::string piece;   ///< core/domain/piece.h: tells this piece of paper from others; or empty
    std::array<PxPoint, 4> corners{};  ///< of the card, top left first as printed
    double dpi = 0;
    std::vector<AnswerReading> answers;
    std::vector<FieldReading> fields;
    double ms = 0;  ///< CPU time spent on this card, decoding included

    bool has_reason(RejectionCode code) const;
    /// A blank or an address side: recognised, with nothing on it to read. It is no failure.
    bool is_empty_side() const { return side == SheetSide::Address || side == SheetSide::Blank; }
    /// Whether someone must look at it: all but what was accepted and what has nothing to read.
    bool needs_person() const { return verdict != Verdict::Accepted && !is_empty_side(); }
    /// Adds a reason and lowers an accepted verdict to review.
    void reject(RejectionCode code, std::string question, std::string detail);
};

}  // namespace verso
