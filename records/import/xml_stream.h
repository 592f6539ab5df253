// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/util/result.h"
#include "records/import/byte_source.h"

namespace verso::records {

/// An XML element with its children; text between children is dropped.
struct XmlElement {
    std::string name;
    std::string text = {};  ///< without blanks around
    std::vector<XmlElement> children = {};
    std::string id = {};  ///< the attribute id, empty when there is none

    /// The first child of that name; an empty element when there is none.
    const XmlElement& at(std::string_view child) const;
    bool has(std::string_view child) const { return !at(child).name.empty(); }
};

/// Reads one XML document after another from a source of any size. Each element whose name is
/// `wanted` is shown with all that is in it, and with the line where it begins; elements around it
/// are passed through, and what stands inside of other elements is looked into. `visit` gives false
/// to stop.
///
/// No document type is accepted, and so no entity of its own: nothing outside is ever read and
/// nothing grows. FormatInvalid with the line where the XML breaks, is nested deeper than 64, or
/// has an element larger than 16 MiB; what was shown before stands. FileUnreadable.
Result<void> read_xml(
    ByteSource& source, const std::function<bool(std::string_view name)>& wanted,
    const std::function<bool(const XmlElement& element, std::size_t line)>& visit);

}  // namespace verso::records
