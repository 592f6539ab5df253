// SPDX-License-Identifier: Apache-2.0
#include "service/api/api_problem.h"

#include <nlohmann/json.hpp>

namespace verso::service {

namespace {

using Json = nlohmann::ordered_json;

/// Cures that name a command are for who sits at the machine.
bool is_for_programs(const std::string& cure) {
    return !cure.empty() && cure.find("verso ") == std::string::npos &&
           cure.find("--") == std::string::npos;
}

HttpResponse response(int status, const Json& json) {
    HttpResponse out =
        json_response(json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n", status);
    out.headers.clear();
    out.with("Content-Type", "application/problem+json");
    if (status == 401) out.with("WWW-Authenticate", "Bearer");
    if (status == 503) out.with("Retry-After", "3");
    if (status == 429) out.with("Retry-After", "1");
    return out;
}

}  // namespace

HttpResponse problem(int status, const Error& error) {
    Json json{{"type", "about:blank"},
              {"title", reason_of(status)},
              {"status", status},
              {"code", to_string(error.code)},
              {"detail", error.message}};
    if (!error.where.empty()) json["where"] = error.where;
    if (is_for_programs(error.cure)) json["cure"] = error.cure;
    return response(status, json);
}

int status_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::Usage:
            return 400;
        case ErrorCode::NotFound:
            return 404;
        case ErrorCode::AlreadyExists:
        case ErrorCode::NotAllowed:
            return 409;
        case ErrorCode::FormatInvalid:
        case ErrorCode::ValueInvalid:
        case ErrorCode::LimitExceeded:
        case ErrorCode::PageNotImage:
        case ErrorCode::TextUnprintable:
            return 422;
        case ErrorCode::DatabaseFailed:
        case ErrorCode::FileUnwritable:
        case ErrorCode::PrinterFailed:
            return 503;
        case ErrorCode::FileUnreadable:
        case ErrorCode::TemplateInvalid:
        case ErrorCode::DependencyMissing:
        case ErrorCode::HomeInvalid:
        case ErrorCode::Internal:
            break;
    }
    return 500;
}

HttpResponse problem(const Error& error) {
    const int status = status_of(error.code);
    // What broke inside is the operator's to know.
    if (status == 503) {
        return problem(503, {error.code, "the records cannot be reached now", "",
                             "send the same again in a few seconds"});
    }
    if (status == 500) {
        return problem(500, {ErrorCode::Internal, "this failed inside", "",
                             "it is not your fault; tell who runs the service"});
    }
    return problem(status, error);
}

HttpResponse plain_problem(int status) {
    const bool is_missing = status == 404 || status == 405;
    const char* what = status == 404   ? "there is nothing at this address"
                       : status == 405 ? "this address does not take this method"
                       : status == 413 ? "the body is longer than this address takes"
                                       : "the request cannot be served";
    return problem(status, {status == 413 ? ErrorCode::LimitExceeded
                            : is_missing  ? ErrorCode::NotFound
                                          : ErrorCode::Usage,
                            what, "", "see /api/v1/openapi.json"});
}

}  // namespace verso::service
