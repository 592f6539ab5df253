// SPDX-License-Identifier: Apache-2.0
#include "service/buyer/sent_form.h"

#include <charconv>

#include "service/http/multipart.h"

namespace verso::service {

namespace {

bool is_multipart(const HttpRequest& request) {
    const auto type = request.header("Content-Type");
    return same_word(trimmed(type.substr(0, type.find(';'))), "multipart/form-data");
}

/// Whether its length is told and no more than a form without photos has.
bool is_plain_size(const HttpRequest& request) {
    const auto text = request.header("Content-Length");
    std::size_t length = 0;
    const auto [stop, fault] = std::from_chars(text.data(), text.data() + text.size(), length);
    return fault == std::errc() && stop == text.data() + text.size() && length <= kPlainFormBytes;
}

}  // namespace

bool may_hold_photos(const HttpRequest& request) {
    // An unchosen file comes as a part without content, which is found in memory at once.
    if (!request.body_file.empty()) return true;
    if (!is_multipart(request)) return false;
    const auto form = read_sent_form(request);
    return form && (!form->photos.empty() || form->refused_photos);
}

Result<SentForm> read_sent_form(const HttpRequest& request) {
    SentForm form;
    auto view = BodyView::of(request);
    if (!view) return view.error();
    form.body = *view;
    const std::string_view body = form.body.bytes();
    if (!is_multipart(request)) {
        form.fields = parse_form(body);
        return form;
    }
    const auto parts = parse_multipart(request.header("Content-Type"), body);
    if (!parts) return parts.error();
    for (const FormPart& part : *parts) {
        if (part.name != "photo") {
            form.fields.emplace_back(part.name, part.content);
        } else if (part.content.size() > kMostPhotoBytes ||
                   (form.photos.size() == kMostPhotos && !part.content.empty())) {
            form.refused_photos = true;
        } else if (!part.content.empty()) {
            form.photos.push_back(part.content);
        }
    }
    return form;
}

Route photo_route(std::string pattern, Handler handler, Handler admit) {
    Route route;
    route.method = Method::Post;
    route.pattern = std::move(pattern);
    route.handler = std::move(handler);
    route.most_body = kPhotoFormBytes;
    route.body_to_file = true;
    route.body_in_memory = kPlainFormBytes;
    route.admit = [admit = std::move(admit)](const HttpRequest& request,
                                             const PathValues& path) -> Reply {
        // The handler itself looks at whose a small form is: nothing is asked twice.
        if (is_plain_size(request)) return HttpResponse{.status = 204, .headers = {}};
        return admit(request, path);
    };
    return route;
}

}  // namespace verso::service
