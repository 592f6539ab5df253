// SPDX-License-Identifier: Apache-2.0
#include "service_fixture.h"

#include <filesystem>
#include <future>

#include "core/crypto/crypto.h"
#include "records/access/login.h"
#include "tests/records/builders.h"

namespace verso::service::testing {

namespace {

Layout card_layout() {
    Layout layout = records::testing::sample_layout();
    ReadRegion card;
    card.id = "card";
    const auto option = [](int value) { return MarkOption{value, MarkShape::Oval, {}}; };
    card.questions = {
        {"overall", QuestionKind::One, {option(1), option(2), option(3), option(4), option(5)}},
        {"delivery", QuestionKind::One, {option(1), option(0)}},
        {"publish", QuestionKind::Tick, {option(1)}}};
    layout.cards = {card};
    return layout;
}

const std::vector<std::string>& folders() {
    static const std::vector<std::string> kFolders{VERSO_SOURCE_DIR "/templates"};
    return kFolders;
}

// Read once: they take longer than most tests.
const std::vector<generator::Language>& catalogues() {
    static const auto kRead = generator::read_catalogues(folders(), "fr").value();
    return kRead;
}

const PageBook& book() {
    static const auto kRead = PageBook::load(folders()).value();
    return kRead;
}

}  // namespace

void ServiceTest::SetUp() {
    clock_.at = records::testing::at(1000);
    folder_ = ::testing::TempDir() + "verso-service-XXXXXX";
    ASSERT_NE(::mkdtemp(folder_.data()), nullptr);
    const std::string file = folder_ + "/verso.db";
    store_ = records::open_store(file).value();
    const Layout layout = store_->freeze_layout(card_layout()).value();
    layout_ = layout.number;
    card_ = print("#1001");
    ShopFace face;
    face.id = ShopId{1};
    face.name = "main";
    face.shop.name = "Maison Exemple";
    face.shop.language = "fr";
    face.product_stars = product_stars_;
    face.webhook_secrets[WebhookSource::Shopify] = kWebhookSecret;
    face.webhook_secrets[WebhookSource::PrestaShop] = kWebhookSecret;
    face.languages = catalogues();
    Site::Parts parts{
        .gate = RecordsGate::open([file] { return records::open_store(file); }, {}).value(),
        .book = book(),
        .faces = {},
        .layouts = std::make_unique<LayoutShelf>(),
        .clock = &clock_,
        .lanes = 1,
        .works = works_,
        .log = {}};
    parts.faces.shops.emplace(face.id, face);
    face.id = store_->create_shop("other").value();
    face.name = "other";
    face.shop.name = "Autre Exemple";
    face.webhook_secrets.clear();
    parts.faces.shops.emplace(face.id, face);
    site_ = std::make_unique<Site>(std::move(parts));
}

void ServiceTest::TearDown() {
    site_.reset();
    store_.reset();
    std::filesystem::remove_all(folder_);
}

CardIdentity ServiceTest::print(const std::string& order) {
    const auto saved = records::testing::sample_order(order);
    EXPECT_TRUE(store_->save_order(ShopId{1}, saved, records::testing::at(0)));
    const std::uint64_t seed = seed_++;
    const auto printed = records::testing::sample_print(saved.number, layout_, seed);
    EXPECT_TRUE(store_->record_prints(ShopId{1}, std::span(&printed.insert, 1)));
    return {layout_, printed.insert.card, printed.secret};
}

std::string ServiceTest::page_of(const CardIdentity& card) {
    const std::string link = format_link("x.example", card);
    return link.substr(link.find("/C/"));
}

HttpResponse ServiceTest::get(const std::string& target) {
    HttpRequest request;
    const auto mark = std::min(target.find('?'), target.size());
    request.path = target.substr(0, mark);
    request.query = target.substr(std::min(mark + 1, target.size()));
    return call(std::move(request));
}

HttpResponse ServiceTest::post(const std::string& target, const std::string& body) {
    HttpRequest request;
    request.method = Method::Post;
    request.path = target;
    request.body = body;
    return call(std::move(request));
}

ServiceTest::Staff ServiceTest::staff(records::Role role, ShopId shop) {
    Staff who;
    who.login = std::string(to_string(role)) + std::to_string(shop.get());
    who.token = "token of " + who.login;
    who.csrf = csrf_token(who.token);
    auto& book = store_->access();
    records::User user;
    user.login = who.login;
    user.name = who.login;
    user.password_hash = "of no password";  // an admin counts as one who can log in
    const auto id = book.add_user(user, clock_.at).value();
    EXPECT_TRUE(book.set_role(id, shop, role, clock_.at));
    EXPECT_TRUE(book.open_session(id, who.token, clock_.at + std::chrono::hours(24), clock_.at));
    return who;
}

HttpResponse ServiceTest::get_as(const Staff& who, const std::string& target,
                                 const std::string& accept) {
    HttpRequest request;
    const auto mark = std::min(target.find('?'), target.size());
    request.path = target.substr(0, mark);
    request.query = target.substr(std::min(mark + 1, target.size()));
    request.headers = {{"Cookie", std::string(kSessionCookie) + "=" + who.token},
                       {"Accept", accept}};
    return call(std::move(request));
}

HttpResponse ServiceTest::post_as(const Staff& who, const std::string& target,
                                  const std::string& body, const std::string& accept) {
    HttpRequest request;
    request.method = Method::Post;
    request.path = target;
    request.body = body;
    request.headers = {{"Cookie", std::string(kSessionCookie) + "=" + who.token},
                       {"Accept", accept},
                       {"X-Verso-Csrf", who.csrf}};
    return call(std::move(request));
}

std::vector<std::string> ServiceTest::audit() {
    std::vector<std::string> out;
    for (const auto& entry : store_->access().audit({.shop = ShopId{1}}).value()) {
        out.push_back(entry.who + " " + entry.what + " " + entry.subject);
    }
    return out;
}

HttpResponse ServiceTest::call(HttpRequest request) {
    request.peer.address = "192.0.2.7";
    const auto match = site_->router().match(request.method, request.path);
    if (match.route == nullptr) return text_response("no route", 404);
    Reply reply = match.route->handler(request, match.values);
    if (auto* ready = std::get_if<HttpResponse>(&reply)) return std::move(*ready);
    std::promise<HttpResponse> promise;
    std::get<1>(reply)([&](HttpResponse response) { promise.set_value(std::move(response)); });
    return promise.get_future().get();
}

}  // namespace verso::service::testing
