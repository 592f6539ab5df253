// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <qpdf/QPDFObjectHandle.hh>
#include <string>

// libqpdf with a bound on what a stream may unpack to: private to the PDF loader.

namespace verso::scanner {

/// The stream with all of its filters undone; nothing when a filter is unknown, when the data is
/// damaged, or when more than `limit` bytes come out.
std::optional<std::string> unpack_stream(QPDFObjectHandle stream, std::size_t limit);

/// The bytes before the last filter, which is an image format's own.
std::optional<std::string> unpack_to_last_filter(QPDFObjectHandle stream, std::size_t limit);

/// Its filters in order of undoing: "/FlateDecode"; empty when none.
std::vector<std::string> filters_of(QPDFObjectHandle stream);

/// The parameters of the last filter: a dictionary or null.
QPDFObjectHandle last_parameters(QPDFObjectHandle stream);

}  // namespace verso::scanner
