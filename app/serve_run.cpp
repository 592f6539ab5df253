// SPDX-License-Identifier: Apache-2.0
#include "app/serve_run.h"

#include <fmt/format.h>
#include <signal.h>
#include <sys/resource.h>

#include <charconv>
#include <mutex>
#include <optional>
#include <thread>

#include "app/files.h"
#include "app/home_pool.h"
#include "app/printer_crew.h"
#include "app/serve_bench.h"
#include "app/serve_exports.h"
#include "app/serve_faces.h"
#include "app/serve_imports.h"
#include "app/serve_labels.h"
#include "app/serve_paper.h"
#include "app/serve_photos.h"
#include "app/serve_pictures.h"
#include "app/serve_scans.h"
#include "app/serve_shop.h"
#include "app/share.h"
#include "app/wiring.h"
#include "records/access/login.h"
#include "service/site/site.h"

namespace verso::app {

namespace {

using service::PageBook;
using service::RecordsGate;

constexpr std::chrono::hours kLinkHours{24};

constexpr std::uint64_t kLargestDescription = 4U << 20;

struct Place {
    std::string address;
    std::uint16_t port = 0;
};

/// "127.0.0.1:8080", "[::1]:8080".
Result<Place> parse_place(const std::string& text) {
    const auto colon = text.rfind(':');
    Place place;
    const char* end = text.data() + text.size();
    const bool sound = colon != std::string::npos && colon > 0 &&
                       std::from_chars(text.data() + colon + 1, end, place.port).ptr == end &&
                       end[-1] != ':';
    if (!sound) {
        return Error{ErrorCode::Usage, "\"" + text + "\" is no address and port", "--listen",
                     "write it as 127.0.0.1:8080"};
    }
    place.address = text.substr(0, colon);
    if (place.address.starts_with('[') && place.address.ends_with(']')) {
        place.address = place.address.substr(1, place.address.size() - 2);
    }
    return place;
}

Result<service::Site::Parts> read_parts(OpenHome& home, int lanes, Output& out) {
    auto share = find_share();
    if (!share) return share.error();
    auto book = PageBook::load({share->templates()});
    if (!book) return book.error();
    auto description = read_file(share->templates() + "/api/openapi.json", kLargestDescription);
    if (!description) return description.error();
    std::vector<Error> faults;
    auto faces = read_faces(home, *share, faults);
    if (!faces) return faces.error();
    for (const Error& fault : faults) {
        out.warn(fault.text() + "; the program's own page serves in its place");
    }
    auto layouts = home.store->layouts();
    if (!layouts) return layouts.error();
    auto place = place_of_store(home.home, home.config);
    if (!place) return place.error();
    auto gate = RecordsGate::open(
        [place = *place] { return records::open_store(place); },
        {.lanes = lanes, .workers = 2, .writers = records::is_postgres_url(*place) ? 4 : 1});
    if (!gate) return gate.error();
    return service::Site::Parts{
        .gate = *std::move(gate),
        .book = *std::move(book),
        .faces = *std::move(faces),
        .layouts = std::make_unique<service::LayoutShelf>(*std::move(layouts)),
        .lanes = lanes,
        .works = {},
        .api_description = std::make_shared<const std::string>(*std::move(description)),
        .log = {}};
}

/// SIGINT and SIGTERM wait for wait_for_end() instead of ending the program, in this thread and
/// those it begins.
sigset_t hold_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    return signals;
}

/// A connection is a file: as many as the system lets this user open.
void allow_many_files() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

/// The first admin is made by whoever reads the terminal that serves: a link that works once.
Result<std::string> first_admin_link(records::Store& store) {
    auto admins = store.access().admins();
    if (!admins) return admins.error();
    if (*admins > 0) return std::string();
    const std::string token = records::make_token(system_random());
    const Instant now = system_clock().now();
    auto kept = store.access().add_link(token, records::LinkPurpose::FirstAdmin, std::nullopt,
                                        now + kLinkHours, now);
    if (!kept) return kept.error();
    return "/desk/link/" + token;
}

/// What the desk asks of the program, and what that works with.
struct Works {
    Works(const Call& call, const OpenHome& opened)
        : silent(nowhere, nowhere, {.json = false, .quiet = true}),
          homes([home = call.home, shop = call.shop, this] {
              const Call own{home, silent, shop};
              return open_home(own);
          }),
          bench(homes, silent, [this] { wake_printers(); }),
          paper(homes, [this] { wake_printers(); }),
          exports(homes),
          pictures(opened.home.images(), opened.config.reading),
          photos(opened.home, opened.config.reading.limits),
          imports(opened.home),
          labels(homes),
          scans(opened.home),
          shop(homes) {}

    /// Printers' queues are worked off by this service; null with --no-work.
    std::unique_ptr<PrinterCrew> crew;
    void wake_printers() const {
        if (crew) crew->wake();
    }

    std::ostream nowhere{nullptr};
    Output silent;  ///< the terminal is one thread's; faults are told on the pages
    HomePool homes;
    ServeBench bench;
    ServePaper paper;
    ServeExports exports;
    ServePictures pictures;
    ServePhotos photos;
    ServeImports imports;
    ServeLabels labels;
    ServeScans scans;
    ServeShop shop;
};

}  // namespace

Result<ExitCode> serve(Call& call, const ServeOptions& options) {
    auto place = parse_place(options.listen);
    if (!place) return place.error();
    auto home = open_home(call);
    if (!home) return home.error();
    const int lanes = options.threads > 0
                          ? options.threads
                          : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    auto parts = read_parts(*home, lanes, call.out);
    if (!parts) return parts.error();
    std::mutex speaking;
    if (options.access_log) {
        parts->log = [&](const service::Served& served) {
            const std::lock_guard lock(speaking);
            call.out.warn(fmt::format("{} {} {} {} B {:.1f} ms", to_string(served.method),
                                      served.pattern.empty() ? "-" : served.pattern, served.status,
                                      served.bytes,
                                      static_cast<double>(served.took.count()) / 1000));
        };
    }
    const sigset_t signals = hold_signals();
    Works works(call, *home);
    if (!options.no_work) works.crew = std::make_unique<PrinterCrew>(call);
    parts->works = {.bench = &works.bench,
                    .paper = &works.paper,
                    .pictures = &works.pictures,
                    .scans = &works.scans,
                    .exports = &works.exports,
                    .shop = &works.shop,
                    .photos = &works.photos,
                    .imports = &works.imports,
                    .labels = &works.labels};
    service::Site site(*std::move(parts));
    FaceWatch watch(home->home.seen_by(""), site.faces(),
                    [&](service::ShopFace face) { site.renew(std::move(face)); });
    works.shop.on_change([&] { watch.look(); });
    service::ServerOptions server_options;
    server_options.address = place->address;
    server_options.port = place->port;
    server_options.lanes = lanes;
    server_options.spool = home->home.spool();
    server_options.tls = {home->config.serve.certificate, home->config.serve.key};
    server_options.proxy_protocol = home->config.serve.proxy_protocol;
    auto proxies = service::TrustedPeers::parse(home->config.serve.proxies);
    if (!proxies) return proxies.error();
    server_options.proxies = *std::move(proxies);
    const std::string scheme = server_options.tls.empty() ? "http" : "https";
    std::optional<ServeWorker> worker;
    if (!options.no_work) worker.emplace(call);
    allow_many_files();
    auto server = service::Server::start(std::move(server_options), site.application());
    if (!server) return server.error();
    call.out.say(fmt::format("listening on {}://{}:{}", scheme, place->address, (*server)->port()));
    auto link = first_admin_link(*home->store);
    if (!link) return link.error();
    if (!link->empty()) {
        call.out.warn(
            fmt::format("nobody can log in yet; make the first admin within a day: "
                        "{}://{}:{}{}",
                        scheme, place->address, (*server)->port(), *link));
    }
    call.out.line(
        fmt::format(R"({{"listening":"{}://{}:{}"}})", scheme, place->address, (*server)->port()));
    call.out.flush();
    int signal = 0;
    sigwait(&signals, &signal);
    (*server)->stop();
    return ExitCode::Ok;
}

}  // namespace verso::app
