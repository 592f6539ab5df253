// SPDX-License-Identifier: Apache-2.0
// Any bytes as the answer of a printer, and any text as a printer's address.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "printer/device/device_uri.h"
#include "printer/ipp/ipp_answers.h"
#include "printer/ipp/ipp_judgement.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace verso::printer;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (const auto answer = parse_ipp_answer(bytes)) {
        (void)device_state(answer->printer);
        (void)choose_paper({}, answer->printer.capabilities, "");
        for (const auto& job : answer->jobs) {
            const auto finding = judge(job, {});
            // A document that never left is not on paper, whatever a printer says.
            if (finding == Finding::Done || finding == Finding::Claimed) std::abort();
        }
    }
    const auto uri = parse_device_uri(bytes);
    if (!uri && uri.error().cure.empty()) std::abort();
    return 0;
}
