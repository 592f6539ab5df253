// SPDX-License-Identifier: Apache-2.0
#include "app/serve_faces.h"

#include <chrono>

#include "generator/template/catalogue.h"
#include "records/lifecycle/shop_name.h"
#include "service/pages/page_book.h"

namespace verso::app {

namespace fs = std::filesystem;

namespace {

using service::PageBook;
using service::ShopFace;

/// A shop as its settings describe it; without its own pages.
Result<ShopFace> face_of(const Home& home, const Config& config, const Share& share) {
    ShopFace face;
    face.shop = config.shop;
    face.accent = config.serve.accent;
    face.product_stars = config.serve.product_stars;
    face.photos = config.serve.photos;
    face.contact = config.serve.contact;
    for (const auto& [carrier, link] : config.serve.tracking) {
        face.tracking_links.emplace(carrier, link);
    }
    for (const auto& [source, secret] : config.serve.webhooks) {
        if (auto known = service::parse_webhook_source(source)) {
            face.webhook_secrets.emplace(*known, secret);
        }
    }
    face.cards = config.life.cards;
    face.actions = config.life.actions;
    face.two_looks = config.life.two_looks;
    const generator::Strings own(face.shop.strings.begin(), face.shop.strings.end());
    auto languages =
        generator::read_catalogues(template_folders(home, share), face.shop.language, own);
    if (!languages) return languages.error();
    face.languages = *std::move(languages);
    return face;
}

/// The pages that the shop has a folder for, over the program's; null when it has none.
Result<std::shared_ptr<const PageBook>> own_pages(const Home& home, const Share& share,
                                                  std::vector<Error>& faults) {
    std::error_code absent;
    if (!fs::is_directory(home.templates() / "web", absent)) {
        return std::shared_ptr<const PageBook>();
    }
    auto book = PageBook::load({home.templates().string(), share.templates()}, &faults);
    if (!book) return book.error();
    return std::make_shared<const PageBook>(*std::move(book));
}

}  // namespace

Result<service::ShopFaces> read_faces(OpenHome& home, const Share& share,
                                      std::vector<Error>& faults) {
    service::ShopFaces faces;
    std::vector<ShopId> wanted{home.shop};
    if (!home.shop_named) {
        auto shops = home.store->shops();
        if (!shops) return shops.error();
        wanted = *std::move(shops);
    }
    const ShopId entered = home.shop;
    for (const ShopId shop : wanted) {
        if (auto done = enter_shop(home, shop); !done) return done.error();
        auto face = face_of(home.home, home.config, share);
        if (!face) return face.error();
        auto pages = own_pages(home.home, share, faults);
        if (!pages) return pages.error();
        auto name = home.store->shop_name(shop);
        if (!name) return name.error();
        face->id = shop;
        face->name = *std::move(name);
        face->own_pages = *std::move(pages);
        faces.shops.emplace(shop, *std::move(face));
    }
    if (auto back = enter_shop(home, entered); !back) return back.error();
    return faces;
}

FaceWatch::Stamp FaceWatch::stamp_of(const Home& home) {
    std::error_code unknown;
    const auto time = fs::last_write_time(home.config(), unknown);
    if (unknown) return {};
    const auto size = fs::file_size(home.config(), unknown);
    return unknown ? Stamp{} : Stamp{time, size};
}

FaceWatch::FaceWatch(const Home& home, const service::ShopFaces& faces, Renew renew)
    : renew_(std::move(renew)) {
    for (const auto& [id, face] : faces.shops) {
        const Home own = home.seen_by(face.name == records::kMainShopName ? "" : face.name);
        // The first look reads them once more: they may have been written since they were read.
        shops_.emplace(id, Watched{own, face.name, Stamp{}});
    }
    thread_ = std::thread([this] {
        std::unique_lock lock(mutex_);
        while (!stop_) {
            lock.unlock();
            look();
            lock.lock();
            changed_.wait_for(lock, std::chrono::seconds(1), [this] { return stop_; });
        }
    });
}

FaceWatch::~FaceWatch() {
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void FaceWatch::look() {
    const std::lock_guard lock(looking_);
    for (auto& [id, shop] : shops_) {
        const Stamp stamp = stamp_of(shop.home);
        if (stamp == shop.stamp) continue;
        shop.stamp = stamp;
        auto config = load_config(shop.home.config());
        auto share = find_share();
        if (!config || !share) continue;
        auto face = face_of(shop.home, *config, *share);
        if (!face) continue;
        face->id = id;
        face->name = shop.name;
        renew_(*std::move(face));
    }
}

}  // namespace verso::app
