// SPDX-License-Identifier: Apache-2.0
#include "printer/ipp/ipp_requests.h"

#include <cups/cups.h>

#include <memory>
#include <vector>

namespace verso::printer {

namespace {

struct IppDelete {
    void operator()(ipp_t* message) const { ippDelete(message); }
};
using Request = std::unique_ptr<ipp_t, IppDelete>;

Request request_to(const IppAddressee& to, ipp_op_t operation) {
    Request request(ippNewRequest(operation));
    ippSetVersion(request.get(), to.version / 10, to.version % 10);
    ippAddString(request.get(), IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", nullptr,
                 to.printer_uri.c_str());
    return request;
}

void add_job_and_user(const Request& request, int job) {
    if (job > 0) ippAddInteger(request.get(), IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job);
    ippAddString(request.get(), IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", nullptr,
                 "verso");
}

void want(const Request& request, const std::vector<const char*>& names) {
    ippAddStrings(request.get(), IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                  static_cast<int>(names.size()), nullptr, names.data());
}

const std::vector<const char*>& job_attributes() {
    static const std::vector<const char*> names{"job-id",
                                                "job-name",
                                                "job-state",
                                                "job-state-reasons",
                                                "job-k-octets",
                                                "number-of-documents",
                                                "time-at-processing",
                                                "job-printer-up-time",
                                                "job-impressions-completed"};
    return names;
}

std::string bytes_of(const Request& request) {
    std::string bytes;
    const auto write = [](void* to, ipp_uchar_t* data, size_t size) {
        static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(data), size);
        return static_cast<ssize_t>(size);
    };
    ippSetState(request.get(), IPP_STATE_IDLE);
    ippWriteIO(&bytes, write, 1, nullptr, request.get());
    return bytes;
}

/// media-col says tray and size together; beside it there must be no media (RFC 8011, 5.2.11).
void add_media(const Request& request, const PaperChoice& choice) {
    if (choice.tray.empty()) {
        if (!choice.media.empty())
            ippAddString(request.get(), IPP_TAG_JOB, IPP_TAG_KEYWORD, "media", nullptr,
                         choice.media.c_str());
        return;
    }
    Request col(ippNew());
    if (const pwg_media_t* size = pwgMediaForPWG(choice.media.c_str());
        size != nullptr && !choice.media.empty()) {
        Request box(ippNew());
        ippAddInteger(box.get(), IPP_TAG_ZERO, IPP_TAG_INTEGER, "x-dimension", size->width);
        ippAddInteger(box.get(), IPP_TAG_ZERO, IPP_TAG_INTEGER, "y-dimension", size->length);
        ippAddCollection(col.get(), IPP_TAG_ZERO, "media-size", box.get());
    }
    ippAddString(col.get(), IPP_TAG_ZERO, IPP_TAG_KEYWORD, "media-source", nullptr,
                 choice.tray.c_str());
    ippAddCollection(request.get(), IPP_TAG_JOB, "media-col", col.get());
}

}  // namespace

std::string ask_printer_request(const IppAddressee& to, bool state_only) {
    const auto request = request_to(to, IPP_OP_GET_PRINTER_ATTRIBUTES);
    add_job_and_user(request, 0);
    std::vector<const char*> names{"printer-state", "printer-state-reasons",
                                   "printer-is-accepting-jobs", "queued-job-count",
                                   "printer-up-time"};
    if (!state_only)
        names.insert(
            names.end(),
            {"operations-supported", "print-scaling-supported", "printer-make-and-model",
             "document-format-supported", "media-supported", "media-ready", "media-col-ready",
             "media-source-supported", "printer-resolution-supported", "sides-supported"});
    want(request, names);
    return bytes_of(request);
}

std::string list_jobs_request(const IppAddressee& to, bool finished) {
    constexpr int kMost = 500;  // what CUPS keeps
    const auto request = request_to(to, IPP_OP_GET_JOBS);
    add_job_and_user(request, 0);
    ippAddInteger(request.get(), IPP_TAG_OPERATION, IPP_TAG_INTEGER, "limit", kMost);
    ippAddString(request.get(), IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "which-jobs", nullptr,
                 finished ? "completed" : "not-completed");
    want(request, job_attributes());
    return bytes_of(request);
}

std::string create_job_request(const IppAddressee& to, const std::string& name,
                               const PaperChoice& choice, bool no_scaling) {
    const auto request = request_to(to, IPP_OP_CREATE_JOB);
    add_job_and_user(request, 0);
    ippAddString(request.get(), IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", nullptr, name.c_str());
    ippAddInteger(request.get(), IPP_TAG_JOB, IPP_TAG_INTEGER, "copies", 1);
    add_media(request, choice);
    if (!choice.sides.empty())
        ippAddString(request.get(), IPP_TAG_JOB, IPP_TAG_KEYWORD, "sides", nullptr,
                     choice.sides.c_str());
    if (no_scaling)
        ippAddString(request.get(), IPP_TAG_JOB, IPP_TAG_KEYWORD, "print-scaling", nullptr, "none");
    return bytes_of(request);
}

std::string send_document_request(const IppAddressee& to, int job, const std::string& name,
                                  const std::string& format) {
    const auto request = request_to(to, IPP_OP_SEND_DOCUMENT);
    add_job_and_user(request, job);
    ippAddString(request.get(), IPP_TAG_OPERATION, IPP_TAG_NAME, "document-name", nullptr,
                 name.c_str());
    ippAddString(request.get(), IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", nullptr,
                 format.c_str());
    ippAddBoolean(request.get(), IPP_TAG_OPERATION, "last-document", 1);
    return bytes_of(request);
}

std::string ask_job_request(const IppAddressee& to, int job) {
    const auto request = request_to(to, IPP_OP_GET_JOB_ATTRIBUTES);
    add_job_and_user(request, job);
    want(request, job_attributes());
    return bytes_of(request);
}

std::string cancel_job_request(const IppAddressee& to, int job) {
    const auto request = request_to(to, IPP_OP_CANCEL_JOB);
    add_job_and_user(request, job);
    return bytes_of(request);
}

}  // namespace verso::printer
