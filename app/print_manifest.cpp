// SPDX-License-Identifier: Apache-2.0
#include "app/print_manifest.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>

#include "core/domain/card_link.h"

namespace verso::app {

namespace {

bool write_at(int file, std::uint64_t start, std::string_view text) {
    auto at = static_cast<off_t>(start);
    if (::ftruncate(file, at) != 0) return false;
    while (!text.empty()) {
        const ssize_t written = ::pwrite(file, text.data(), text.size(), at);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        text.remove_prefix(static_cast<std::size_t>(written));
        at += written;
    }
    return ::fsync(file) == 0;
}

}  // namespace

std::string manifest_line(const FinishedInsert& insert, bool with_link) {
    const auto& record = insert.record;
    nlohmann::ordered_json json{{"order", record.order.get()},
                                {"revision", record.revision},
                                {"parcel", record.parcel},
                                {"insert", record.insert.get()},
                                {"card", format_card(record.card)}};
    if (with_link) json["link"] = insert.link;
    json.update({{"template", record.template_name},
                 {"layout", record.layout.get()},
                 {"file", record.file},
                 {"first_page", record.first_page},
                 {"pages", record.pages},
                 {"rma", record.rma.get()},
                 {"label", record.label}});
    if (insert.position > 0) json["position"] = insert.position;
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Result<void> append_manifest(const std::filesystem::path& file, std::uint64_t start,
                             std::string_view text) {
    const int open = ::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    const bool written = open >= 0 && write_at(open, start, text);
    const std::string why = written ? "" : std::strerror(errno);
    if (open >= 0) ::close(open);
    if (written) return {};
    return Error{ErrorCode::FileUnwritable, "cannot be written: " + why, file.string(),
                 "check that the folder exists, is yours to write and has room"};
}

}  // namespace verso::app
