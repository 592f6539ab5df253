// SPDX-License-Identifier: Apache-2.0
#include "service/desk/photo_desk.h"

#include <charconv>

namespace verso::service {

using records::Permission;

void PhotoDesk::add_routes(Router& router) {
    router.add({Method::Get, "/desk/{shop}/photos/{photo}",
                frame_.room().keeper.guard(Permission::ReadOrders,
                                           [this](const HttpRequest& request,
                                                  const PathValues& path, const Visitor& visitor) {
                                               return show(request, visitor, path.at("photo"));
                                           })});
}

bool may_see(const Visitor& visitor, const records::BuyerPhoto& photo) {
    const bool of_return = !photo.rma.get().empty();
    return visitor.may(Permission::ReadRatings) ||
           (of_return && visitor.may(Permission::TakeReturns));
}

Reply PhotoDesk::show(const HttpRequest& request, const Visitor& visitor,
                      const std::string& id) const {
    const HttpResponse none = text_response("there is no photo\n", 404);
    long long number = 0;
    const auto [stop, fault] = std::from_chars(id.data(), id.data() + id.size(), number);
    auto* works = frame_.room().works.photos;
    if (fault != std::errc() || stop != id.data() + id.size() || works == nullptr) return none;
    auto photo = records::photos_of(frame_.room().gate.reader(request.lane))
                     .find_photo(visitor.shop, number);
    if (!photo) return text_response("the records cannot be reached\n", 503);
    if (!*photo) return none;
    if (!may_see(visitor, **photo)) return text_response("this is not for you to see\n", 403);
    auto file = works->find((*photo)->path);
    if (!file) return none;
    HttpResponse response;
    response.file = *file;
    return response.with("Content-Type", "image/jpeg")
        .with("Cache-Control", "private, max-age=3600");
}

Result<void> add_photos(records::Store& store, const Visitor& visitor, const OrderNumber& order,
                        PhotosOf which, const Rma& rma, PageData& data) {
    auto photos = records::photos_of(store).photos_of_order(visitor.shop, order);
    if (!photos) return photos.error();
    std::vector<PageData> rows;
    for (const auto& photo : *photos) {
        const bool is_answers = photo.rma.get().empty();
        if (which == PhotosOf::Answers && !is_answers) continue;
        if (!rma.get().empty() && photo.rma != rma) continue;
        if (!may_see(visitor, photo)) continue;
        rows.push_back(PageData().set(
            "photo_place", DeskFrame::base(*visitor.face) + "/photos/" + std::to_string(photo.id)));
    }
    data.set("has_photos", !rows.empty()).set("photos", std::move(rows));
    return {};
}

}  // namespace verso::service
