// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "core/geometry/shapes.h"
#include "core/util/error.h"
#include "generator/template/number_expression.h"

namespace verso::generator {

/// Thrown and caught inside the template folder alone: InsertTemplate::load turns it into a Result.
struct TemplateFault {
    Error error;
};

/// The word of `known` that is the fewest edits away; empty when none is near.
std::string nearest_word(std::string_view word, const std::vector<std::string>& known);

/// Sums of millimetres leave dust in the last bits; layouts are compared and frozen.
Mm micrometres(Mm length);
MmBox micrometres(const MmBox& box);

/// One value of a template file together with its place, so that every complaint names file and
/// JSON pointer. The JSON must outlive it. All accessors throw TemplateFault.
class Node {
  public:
    Node(const nlohmann::json& json, std::string file, std::string pointer = "",
         const Settings* settings = nullptr)
        : json_(&json), file_(std::move(file)), pointer_(std::move(pointer)), settings_(settings) {}

    /// The same value, whose numbers may name these settings. They must outlive it.
    Node with(const Settings& settings) const { return {*json_, file_, pointer_, &settings}; }

    const std::string& pointer() const { return pointer_; }
    const std::string& file() const { return file_; }

    /// Requires an object with no other keys than these; the complaint names the nearest of them.
    void allow(std::initializer_list<const char*> keys) const;
    /// The same for a block: "block", "if" and "role" are known besides.
    void allow_in_block(std::initializer_list<const char*> keys) const;
    bool has(const char* key) const;
    Node at(const char* key) const;
    std::vector<Node> items() const;
    std::vector<std::pair<std::string, Node>> members() const;

    std::string text() const;
    /// A number between -5000 and 5000: anything else is no place on a sheet of paper. May be
    /// written as a sum of settings: "=window_x + 3".
    double number() const;
    int integer() const;
    bool is_text() const { return json_->is_string(); }

    std::string text(const char* key) const { return at(key).text(); }
    std::string text_or(const char* key, const std::string& fallback) const;
    Mm mm(const char* key) const;
    Mm mm_or(const char* key, Mm fallback) const;
    /// true or false.
    bool flag_or(const char* key, bool fallback) const;
    /// "x", "y", "w", "h"; sizes must not be negative.
    MmBox box() const;
    /// One of the words, as its position in the list.
    int choice(const char* key, std::initializer_list<const char*> words, int fallback) const;

    [[noreturn]] void fail(const std::string& message, const std::string& cure = "") const;

  private:
    void allow_only(const std::vector<std::string>& known) const;

    const nlohmann::json* json_;
    std::string file_, pointer_;
    const Settings* settings_;
};

}  // namespace verso::generator
