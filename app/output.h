// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "app/progress.h"
#include "core/util/result.h"

namespace verso::app {

/// Rows under headings, set in columns for a person. Headings that begin with '>' align right.
class Table {
  public:
    explicit Table(std::vector<std::string> headings) : headings_(std::move(headings)) {}
    /// Requires: as many cells as headings.
    void add(std::vector<std::string> cells);
    /// Every line ended; empty when there are no rows.
    std::string text() const;

  private:
    std::vector<std::string> headings_;
    std::vector<std::vector<std::string>> rows_;
};

struct OutputOptions {
    bool json = false;     ///< one object a line on standard output, errors as JSON too
    bool quiet = false;    ///< no remarks, no progress
    bool verbose = false;  ///< what was done on the way
};

/// The two streams of the program: results on one, all else on the other. A command gives each
/// result once for people and once as JSON, and only one of the two is written.
class Output {
  public:
    Output(std::ostream& results, std::ostream& remarks, OutputOptions options)
        : results_(results), remarks_(remarks), options_(options) {}

    bool is_json() const { return options_.json; }

    /// A result for people: a sentence, a table. Nothing with --json.
    void say(std::string_view text);
    void show(const Table& table);
    /// A result for programs: one line of JSON without its end. Nothing without --json.
    void line(std::string_view json);
    /// Hands on what was told so far: for a command that goes on until it is stopped.
    void flush();

    /// Something that the user should know, on the other stream. Nothing with --quiet.
    void warn(std::string_view text);
    /// What was done on the way, only with --verbose.
    void detail(std::string_view text);
    /// "verso: where: message; cure", or with --json {"error":{code,message,where,cure}}. Always.
    void fail(const Error& error);

    Progress progress(std::string what, std::size_t total);

  private:
    std::ostream& results_;
    std::ostream& remarks_;
    OutputOptions options_;
};

}  // namespace verso::app
