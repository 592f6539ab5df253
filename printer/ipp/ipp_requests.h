// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "printer/device/paper.h"

namespace verso::printer {

/// Whom requests name as their printer, and how they are written.
struct IppAddressee {
    std::string printer_uri;  ///< "ipp://printer.example.com:631/ipp/print"
    int version = 20;         ///< 20, or 11 for printers that speak only IPP/1.1
};

// The bytes of each request that a hand-over makes (RFC 8010, RFC 8011).

/// All that is asked of a printer, or only its state.
std::string ask_printer_request(const IppAddressee& to, bool state_only);
/// Jobs that have ended, or that have not.
std::string list_jobs_request(const IppAddressee& to, bool finished);
/// A job without a document as yet. `no_scaling`: each mm of the page is a mm on paper.
std::string create_job_request(const IppAddressee& to, const std::string& name,
                               const PaperChoice& choice, bool no_scaling);
/// The head of the request; the document follows it.
std::string send_document_request(const IppAddressee& to, int job, const std::string& name,
                                  const std::string& format);
std::string ask_job_request(const IppAddressee& to, int job);
std::string cancel_job_request(const IppAddressee& to, int job);

}  // namespace verso::printer
