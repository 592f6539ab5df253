// SPDX-License-Identifier: Apache-2.0
#include "records/store/row_stream.h"

#include <libpq-fe.h>
#include <soci/postgresql/soci-postgresql.h>

#include <memory>

namespace verso::records {

namespace {

constexpr std::size_t kSendAt = 64 * 1024;

using Answer = std::unique_ptr<PGresult, decltype(&PQclear)>;

/// SOCI keeps the type of its backend to itself, so nothing can be looked up at run time; what is a
/// PostgreSQL session is said by the caller.
[[gnu::no_sanitize("vptr")]] PGconn* connection_of(soci::session& session) {
    return static_cast<soci::postgresql_session_backend*>(session.get_backend())->conn_;
}

PGconn* pq(void* connection) { return static_cast<PGconn*>(connection); }

Answer next_answer(void* connection) { return {PQgetResult(pq(connection)), &PQclear}; }

/// As SOCI says it, so that a collision is known as one.
soci::postgresql_soci_error refusal(void* connection, const PGresult* answer) {
    const char* state = answer ? PQresultErrorField(answer, PG_DIAG_SQLSTATE) : nullptr;
    const char* text = answer ? PQresultErrorMessage(answer) : "";
    return {*text != '\0' ? text : PQerrorMessage(pq(connection)), state ? state : "     "};
}

}  // namespace

RowStream::RowStream(soci::session& session, std::string_view into)
    : connection_(connection_of(session)) {
    const std::string command = "COPY " + std::string(into) + " FROM STDIN (FORMAT binary)";
    const Answer answer(PQexec(pq(connection_), command.c_str()), &PQclear);
    if (PQresultStatus(answer.get()) != PGRES_COPY_IN) throw refusal(connection_, answer.get());
    open_ = true;
    bytes_.assign("PGCOPY\n\xFF\r\n\0", 11);
    add_bytes(0, 4);  // flags
    add_bytes(0, 4);  // no extension of the header
}

RowStream::~RowStream() {
    if (!open_) return;
    PQputCopyEnd(pq(connection_), "the rows could not be made");
    while (next_answer(connection_)) {
    }
}

void RowStream::row(std::size_t columns) {
    if (bytes_.size() >= kSendAt) send();
    add_bytes(columns, 2);
}

void RowStream::add(long long value) {
    add_bytes(8, 4);
    add_bytes(static_cast<std::uint64_t>(value), 8);
}

void RowStream::add(int value) {
    add_bytes(4, 4);
    add_bytes(static_cast<std::uint32_t>(value), 4);
}

void RowStream::add(const std::string& value) {
    // No text of PostgreSQL holds a zero byte: it ends there, as that of a statement does.
    const std::string_view text(value.c_str());
    add_bytes(text.size(), 4);
    bytes_ += text;
}

void RowStream::add_bytes(std::uint64_t value, int bytes) {
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
        bytes_ += static_cast<char>((value >> shift) & 0xFFU);
    }
}

void RowStream::send() {
    if (PQputCopyData(pq(connection_), bytes_.data(), static_cast<int>(bytes_.size())) != 1) fail();
    bytes_.clear();
}

void RowStream::end() {
    add_bytes(0xFFFF, 2);
    send();
    if (PQputCopyEnd(pq(connection_), nullptr) != 1) fail();
    fail_unless_taken();
}

void RowStream::fail() {
    PQputCopyEnd(pq(connection_), "the rows could not be sent");
    fail_unless_taken();
    throw refusal(connection_, nullptr);
}

void RowStream::fail_unless_taken() {
    open_ = false;
    const Answer first = next_answer(connection_);
    while (next_answer(connection_)) {
    }
    if (PQresultStatus(first.get()) != PGRES_COMMAND_OK) throw refusal(connection_, first.get());
}

}  // namespace verso::records
