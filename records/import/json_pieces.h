// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/util/result.h"
#include "records/import/text_source.h"

namespace verso::records {

/// The text of one order inside a document.
struct JsonPiece {
    std::string_view text;  ///< valid until the next call
    std::size_t line = 0;   ///< of the file, where it begins
    std::string fault;      ///< one sentence when there is no whole value; the text is empty then
    /// Found again behind a broken order by how orders begin: may be a part of one.
    bool is_guess = false;
};

/// Cuts a JSON text of any size into orders without keeping more than one of them: those of one
/// document (a single order, an array of them, or an object with an array or an order under the
/// key `envelope`), of several documents one after another, or of JSON lines. Looks at brackets and
/// quotation marks only. Not thread-safe.
class JsonPieces {
  public:
    /// `envelope` empty: the document itself is the order or the array. `lines`: each line is one
    /// value. A broken value costs itself: the next is found by how the first one began.
    JsonPieces(TextSource text, std::string envelope, bool lines)
        : text_(text), envelope_(std::move(envelope)), lines_(lines) {}

    /// The next order; nothing at the end. FileUnreadable.
    Result<std::optional<JsonPiece>> next();

  private:
    /// What a look at one token came to: go on, an order begins, the key of one was passed, or the
    /// text is no JSON here.
    enum class Step { Next, Order, Broken };

    Result<bool> more();
    Result<bool> skip_blanks();
    Result<Step> step(char c);
    Result<Step> step_in_envelope(char c);
    Result<std::size_t> end_of_value();
    Result<std::optional<JsonPiece>> next_line();
    Result<std::optional<JsonPiece>> piece();
    JsonPiece broken(std::string_view fault);
    bool find_next_beginning();
    void consume(std::size_t count);

    TextSource text_;
    std::string envelope_;
    bool lines_;
    std::string window_;
    std::size_t at_ = 0, line_ = 1;
    bool ended_ = false, over_ = false, is_guess_ = false;
    bool in_envelope_ = false, in_orders_ = false;
    std::string opening_;  ///< how the first order began
    std::size_t guesses_ = 0;
};

}  // namespace verso::records
