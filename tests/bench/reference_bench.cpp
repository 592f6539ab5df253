// SPDX-License-Identifier: Apache-2.0
// The reference page of the peer bench through the real template engine: for each insert an order,
// a new card, template, QR Code, bars, PDF. One line: CPU seconds of the whole process, as the
// peers are measured.
#include <sys/resource.h>

#include <fmt/format.h>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "core/crypto/crypto.h"
#include "core/util/time.h"
#include "generator/insert_template.h"
#include "generator/pdf/pdf_writer.h"

namespace verso::generator {
namespace {

constexpr std::array<std::array<const char*, 8>, 3> kArticles{
    {{"Espressotasse „Größe M“, weiß glasiert", "Küchentuch, Bio-Baumwolle, grün",
      "Röstkaffee Äthiopien Yirgacheffe 500 g", "Holzlöffel aus Olivenholz, geölt",
      "Müslischale, Steingut, taubenblau", "Schürze mit Lederträgern, Größe L",
      "Gewürzmühle, Edelstahl/Eiche", "Honig aus Südtirol, 250 g"},
     {"Tasse à expresso « taille M », émaillée", "Torchon en coton biologique, vert forêt",
      "Café torréfié Éthiopie Yirgacheffe 500 g", "Cuillère en bois d’olivier, huilée",
      "Bol à müesli en grès, bleu pâle", "Tablier à bretelles de cuir, taille L",
      "Moulin à épices, inox et chêne", "Miel de châtaignier, forêt d’Ardèche, 250 g"},
     {"Espresso cup “size M”, white glazed", "Tea towel, organic cotton, green",
      "Roasted coffee Ethiopia Yirgacheffe 500 g", "Wooden spoon, olive wood, oiled",
      "Cereal bowl, stoneware, pale blue", "Apron with leather straps, size L",
      "Spice mill, stainless steel/oak", "Honey from South Tyrol, 250 g"}}};
constexpr std::array kLanguages{"de", "fr", "en"};
constexpr std::array kNames{"Jürgen Beispiel-Müller", "Éloïse Exemple",    "Siân O’Sample",
                            "Zoë Weißbeispiel",       "François Lexemple", "Łukasz Przykład",
                            "Anaïs Bœuf-Exemple",     "Søren Eksempel"};
constexpr std::array kStreets{"Beispielallee 27a", "12 bis, rue de l’Exemple", "221 Sample Street",
                              "Große Musterstraße 45"};

template <class T>
T must(Result<T> result) {
    if (result) return std::move(result).value();
    fmt::print(stderr, "{}\n", result.error().text());
    std::exit(1);
}
void must(const Result<void>& result) {
    if (result) return;
    fmt::print(stderr, "{}\n", result.error().text());
    std::exit(1);
}

Shop reference_shop() {
    Shop shop;
    shop.name = "Bohne & Beispiel";
    shop.link_host = "f.example.com";
    shop.language = "en";
    shop.return_address = {
        "Bohne & Beispiel GmbH", "Retouren", "Musterstraße 7", "", "01067", "Dresden", "", "DE"};
    return shop;
}

Order reference_order(std::size_t i, SeededRandom& random) {
    const std::uint64_t bits = random.bits();
    Order order;
    order.number = OrderNumber(fmt::format("ORD-2026-{:06}", i + 1));
    order.language = kLanguages.at(i % 3);
    order.payment = PaymentStatus::Paid;
    static const ZonedTime placed = must(parse_time("2026-05-14T10:30:00+02:00"));
    order.placed_at = placed;
    order.ship_to = {
        kNames.at(bits % 8), "", kStreets.at(bits / 8 % 4), "", "40212", "Düsseldorf", "", "DE"};
    order.parcels = {{1, "", "", ""}};
    for (int line = 0; line < 8; ++line) {
        const std::uint64_t draw = bits >> (5 + 7 * line);
        const int quantity = 1 + static_cast<int>(draw % 4);
        const auto price = static_cast<std::int64_t>(199 + draw % 6000);
        order.lines.push_back({line + 1, fmt::format("BL-{:05}", draw % 100000), "",
                               kArticles.at(i % 3).at((static_cast<std::size_t>(line) + i) % 8), "",
                               "", quantity, Money{price}, Money{price * quantity}, 1});
        order.total.minor += price * quantity;
    }
    return order;
}

struct Options {
    std::size_t inserts = 1000;
    bool file_each = false;
    int level = 6;
    std::string folder = ".";
};

/// Gives the bytes written.
std::size_t print(const Options& options) {
    const auto fonts = must(FontBook::load(VERSO_BINARY_DIR "/share/verso/fonts"));
    const auto sheet =
        must(InsertTemplate::load("reference", {VERSO_SOURCE_DIR "/tests/bench/templates"}, fonts));
    const Shop shop = reference_shop();
    SeededRandom random(7);
    std::size_t bytes = 0;
    std::optional<PdfWriter> writer;
    const auto end = [&](const std::string& name) {
        const std::string path = options.folder + "/" + name;
        // Like the peers: written, not flushed to the disk.
        std::ofstream(path, std::ios::binary) << must(writer->finish());
        bytes += std::filesystem::file_size(path);
        writer.reset();
    };
    for (std::size_t i = 0; i < options.inserts; ++i) {
        if (!writer) writer.emplace(fonts, PdfOptions{options.level, ""});
        const Order order = reference_order(i, random);
        const CardIdentity card = make_card(LayoutNumber(1), random);
        const auto insert = must(sheet->lay_out({order, 1, shop, card, make_rma(random.bits())}));
        for (const DrawList& page : insert.pages) must(writer->add_page(page));
        if (options.file_each) end(fmt::format("verso{:06}.pdf", i));
    }
    if (writer) end("verso_one.pdf");
    return bytes;
}

double seconds(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

}  // namespace
}  // namespace verso::generator

// verso_reference_bench N FOLDER one|each [LEVEL]
int main(int argc, char** argv) {
    using namespace verso::generator;
    if (argc < 4) {
        fmt::print(stderr, "verso_reference_bench N FOLDER one|each [LEVEL]\n");
        return 2;
    }
    Options options{std::stoul(argv[1]), std::string_view(argv[3]) == "each", 6, argv[2]};
    if (argc > 4) options.level = std::stoi(argv[4]);
    const std::size_t bytes = print(options);
    rusage use{};
    ::getrusage(RUSAGE_SELF, &use);
    const double cpu = seconds(use.ru_utime) + seconds(use.ru_stime);
    const auto n = static_cast<double>(options.inserts);
    fmt::print("n={} cpu={:.3f}s inserts/s={:.0f} bytes/insert={:.0f} rss={:.1f}MB\n",
               options.inserts, cpu, n / cpu, static_cast<double>(bytes) / n,
               static_cast<double>(use.ru_maxrss) / 1024);
    return 0;
}
