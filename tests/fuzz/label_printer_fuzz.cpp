// SPDX-License-Identifier: Apache-2.0
// What a label printer says and what a label file holds, in pieces of the size that the first byte
// tells: no crash, and the labels tile the file.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "printer/command/command_device.h"
#include "printer/zebra/host_status.h"
#include "printer/zebra/label_ranges.h"
#include "printer/zebra/zebra_machine.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace verso::printer;
    if (size == 0) return 0;
    const std::size_t piece = 1 + data[0] % 64;
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    AnswerReader reader;
    LabelScanner scanner({.most_labels = 100, .most_label_bytes = 4096});
    bool is_sound = true;
    for (std::size_t at = 0; at < text.size(); at += piece) {
        reader.feed(text.substr(at, piece));
        while (const auto answer = reader.next()) {
            const auto* status = std::get_if<HostStatus>(&*answer);
            if (status != nullptr && status->held() < 0) std::abort();
        }
        is_sound = is_sound && scanner.feed(text.substr(at, piece)).has_value();
    }
    if (is_sound) {
        if (const auto labels = scanner.finish()) {
            std::int64_t end = 0;
            for (const LabelRange& label : *labels) {
                if (label.begin != end || label.end <= end) std::abort();
                end = label.end;
            }
            if (end != static_cast<std::int64_t>(text.size())) std::abort();
        }
    }
    if (const auto mark = parse_mark(text)) (void)format_mark(*mark);
    if (const auto words = command_words(text); words && words->empty()) std::abort();
    return 0;
}
