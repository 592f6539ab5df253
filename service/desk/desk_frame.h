// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/util/time.h"
#include "records/desk/counter.h"
#include "service/desk/desk_works.h"
#include "service/desk/gatekeeper.h"
#include "service/pages/page_book.h"
#include "service/site/layout_shelf.h"
#include "service/site/shop_face.h"

namespace verso::service {

/// The areas of the desk, in the order of their tabs.
enum class DeskTab { Bench, Scans, Review, Ratings, Returns, Customers, Shop, None };

/// What every area of the desk works with. The references outlive the desk.
struct DeskRoom {
    RecordsGate& gate;
    const PageBook& book;
    const ShopFaces& faces;
    LayoutShelf& layouts;
    const Clock& clock;
    Gatekeeper& keeper;
    DeskWorks works;
    int lanes = 1;
};

/// What all pages of the desk have around them: head, tabs, words. Thread-safe.
class DeskFrame {
  public:
    explicit DeskFrame(DeskRoom room);

    const DeskRoom& room() const { return room_; }

    /// The browser's language, else the shop's.
    const generator::Language& language(const HttpRequest& request, const ShopFace& face) const;
    const generator::Language& language(const HttpRequest& request, const Visitor& visitor) const {
        return language(request, *visitor.face);
    }

    /// The page `name` of the book in the frame. The words "desk.…" of the catalogue are there as
    /// t_…: "desk.review.next" as {{t_review_next}}; also {{csrf}}, {{base}} ("/desk/main"),
    /// {{shop}}, {{user}}. A `script` ("review.js") is an asset of the book.
    HttpResponse page(const HttpRequest& request, const Visitor& visitor, DeskTab tab,
                      std::string_view name, PageData data, int status = 200,
                      std::string_view script = "") const;
    /// The same without tabs, for somebody who is not logged in.
    HttpResponse outer_page(const HttpRequest& request, const ShopFace& face, std::string_view name,
                            PageData data, int status = 200) const;
    /// One sentence instead of a page, with a way back.
    HttpResponse notice(const HttpRequest& request, const Visitor& visitor,
                        const std::string& sentence, int status) const;

    /// Where the shop's people act, as its settings are. Roles were asked before.
    static records::Counter counter(records::Store& store, const Visitor& visitor);
    /// "/desk/main".
    static std::string base(const ShopFace& face) { return "/desk/" + face.name; }
    /// Where somebody with this role begins.
    static std::string home_of(const Visitor& visitor);

  private:
    void add_common(const ShopFace& face, const generator::Language& language,
                    PageData& data) const;
    HttpResponse finish(const ShopFace& face, std::string_view name, const PageData& data,
                        int status) const;

    DeskRoom room_;
};

/// What may be read of an error at the desk: what, where and the cure in one line.
std::string sentence_of(const Error& error);
/// The status that fits an error: 404, 409, 422 or 503.
int status_of(const Error& error);

}  // namespace verso::service
