// SPDX-License-Identifier: Apache-2.0
#include "app/demo_page.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/reading_view.h"
#include "core/domain/card_link.h"
#include "records/export/review_format.h"

namespace verso::app {

namespace {

constexpr std::string_view kStyle = R"(
:root { --ink:#16202a; --quiet:#5c6b78; --line:#9aa7b1; --accent:#0b5d4b; --stop:#b3261e; --ground:#dfe3e6 }
* { box-sizing:border-box }
body { margin:0; padding:28px; background:var(--ground); color:var(--ink); font:16px/1.45 "Noto Sans",system-ui,sans-serif }
main { max-width:1440px; margin:auto }
section { background:#fff; border-radius:12px; padding:22px; margin-bottom:22px }
h1 { font-size:22px; margin:0 0 4px } h2 { font-size:16px; margin:0 0 12px }
p { margin:0 0 8px } .quiet { color:var(--quiet); font-size:14px }
.numbers { display:flex; flex-wrap:wrap; gap:34px; align-items:flex-end }
.numbers b { display:block; font-size:34px; line-height:1.2; color:var(--accent) }
.numbers .wrong b { color:var(--ink) } .numbers .wrong.bad b { color:var(--stop) }
.bars { display:grid; grid-template-columns:auto 260px auto; gap:6px 10px; align-items:center; font-size:14px }
.bars i { display:block; height:13px; border-radius:6px; background:var(--accent) }
.card { display:grid; grid-template-columns:repeat(3,minmax(0,1fr)) 280px; gap:22px }
.card figure { margin:0 } .card img { width:100%; border:1px solid var(--line); border-radius:6px; display:block }
.pages { display:grid; grid-template-columns:1fr 1fr; gap:10px }
figcaption { color:var(--quiet); font-size:14px; margin-top:6px }
table { border-collapse:collapse; font-size:14px; width:100% } td,th { text-align:left; padding:3px 8px 3px 0 }
th { color:var(--quiet); font-weight:400; border-bottom:1px solid var(--line) }
.verdict { display:inline-block; border-radius:12px; padding:4px 14px; color:#fff; background:var(--accent) }
.verdict.review { background:#fff; color:var(--ink); border:2px solid var(--ink) }
.verdict.bad { background:var(--stop) }
@media (max-width:1000px) { .card { grid-template-columns:1fr } }
)";

std::string number(std::string_view value, std::string_view label, std::string_view kind = "") {
    return fmt::format("<div class=\"{}\"><b>{}</b>{}</div>\n", kind, value, label);
}

std::string bars(const std::vector<int>& histogram) {
    const int most = histogram.empty() ? 0 : *std::max_element(histogram.begin(), histogram.end());
    std::string out = "<div class=\"bars\">\n";
    for (std::size_t i = histogram.size(); i-- > 0;) {
        out += fmt::format("<span>{}</span><i style=\"width:{}%\"></i><span>{}</span>\n", i + 1,
                           most > 0 ? histogram[i] * 100 / most : 0, histogram[i]);
    }
    return out + "</div>\n";
}

/// What was marked beside what was read, question by question.
std::string answer_rows(const DemoResult& result) {
    std::string out = "<table><tr><th>question</th><th>marked</th><th>read</th></tr>\n";
    for (const auto& answer : result.reading.answers) {
        const auto truth = result.card.truth.answers.find(answer.question);
        const std::string marked =
            truth != result.card.truth.answers.end() ? std::to_string(truth->second) : "–";
        const std::string read = answer.value ? std::to_string(*answer.value)
                                 : answer.state == AnswerState::Blank
                                     ? "–"
                                     : std::string(to_string(answer.state));
        out += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                           records::xml_text(answer.question), marked, read);
    }
    return out + "</table>\n";
}

std::string verdict_line(const DemoResult& result) {
    const std::string_view kind = result.wrong                                  ? "bad"
                                  : result.reading.verdict == Verdict::Accepted ? ""
                                                                                : "review";
    std::string out = fmt::format("<p><span class=\"verdict {}\">{}</span></p>\n", kind,
                                  result.wrong ? "wrong" : to_string(result.reading.verdict));
    for (const auto& reason : result.reading.reasons) {
        out += fmt::format("<p class=\"quiet\">{}: {}</p>\n",
                           records::xml_text(reasons_text({reason})),
                           records::xml_text(reason.detail));
    }
    return out;
}

std::string figure(const std::string& image, std::string_view caption) {
    return fmt::format(
        "<figure><a href=\"{0}\"><img src=\"{0}\" loading=\"lazy\" alt=\"{1}\"></a>"
        "<figcaption>{1}</figcaption></figure>\n",
        image, caption);
}

std::string card_section(const DemoResult& result) {
    const std::string& name = result.card.name;
    const std::string scan = std::filesystem::path(result.card.file).filename().string();
    const bool shows = scan.ends_with(".jpg");
    std::string out =
        fmt::format("<section>\n<h2>{} · {} · {}, {}</h2>\n<div class=\"card\">\n",
                    records::xml_text(result.card.order), format_typed_code(result.card.card),
                    records::xml_text(result.card.pen), records::xml_text(result.card.effect));
    out += "<figure><div class=\"pages\">";
    for (const int side : {1, 2}) {
        out += fmt::format("<img src=\"pictures/{}-page{}.jpg\" loading=\"lazy\" alt=\"page {}\">",
                           name, side, side);
    }
    out += "</div><figcaption>The sheet as printed</figcaption></figure>\n";
    out += figure(shows ? "scans/" + scan : "pictures/" + name + "-scan.jpg",
                  "The card as it came back");
    out += result.overlay.empty() ? "<div></div>\n"
                                  : figure("overlays/" + result.overlay, "What the reader saw");
    out += "<div>\n" + verdict_line(result) + answer_rows(result) + "</div>\n</div>\n</section>\n";
    return out;
}

}  // namespace

std::string format_demo_page(const DemoSummary& summary, const std::vector<DemoResult>& shown,
                             const std::string& shop) {
    std::string out = fmt::format(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<title>Verso demo: {}</title>\n<style>{}</style>\n</head>\n<body>\n<main>\n<section>\n"
        "<h1>{}: sheets out, cards back</h1>\n<p class=\"quiet\">Orders, names and answers are "
        "invented; the sheets, the readings and the numbers are the program’s own. "
        "<a href=\"inserts.pdf\">All sheets (PDF)</a></p>\n<div class=\"numbers\">\n",
        records::xml_text(shop), kStyle, records::xml_text(shop));
    out += number(fmt::format("{:.2f}", summary.mean), "mean rating");
    out += number(std::to_string(summary.orders), "orders");
    out += number(std::to_string(summary.printed), "cards printed");
    out += number(std::to_string(summary.read), "cards read");
    out += number(std::to_string(summary.straight_through), "straight through");
    out += number(std::to_string(summary.in_review), "in review");
    out +=
        number(std::to_string(summary.wrong), "wrong", summary.wrong > 0 ? "wrong bad" : "wrong");
    out += bars(summary.histogram) + "</div>\n</section>\n";
    for (const auto& result : shown) out += card_section(result);
    return out + "</main>\n</body>\n</html>\n";
}

}  // namespace verso::app
