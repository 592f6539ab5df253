// SPDX-License-Identifier: Apache-2.0
#include "generator/insert_template.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "generator/layout/page_setter.h"
#include "generator/template/template_compiler.h"
#include "generator/template/template_file.h"

namespace verso::generator {

namespace {

namespace fs = std::filesystem;

/// The language of the order, else the shop's for orders that bring none, else the default.
std::size_t choose_language(const std::vector<Language>& languages, const InsertInput& input) {
    const std::string& wanted =
        input.order.language.empty() ? input.shop.language : input.order.language;
    const std::string_view code = std::string_view(wanted).substr(0, 2);
    for (std::size_t i = 0; i < languages.size(); ++i) {
        if (languages[i].code == code) return i;
    }
    return 0;
}

const Parcel* find_parcel(const Order& order, int number) {
    const auto it = std::find_if(order.parcels.begin(), order.parcels.end(),
                                 [&](const Parcel& parcel) { return parcel.number == number; });
    return it == order.parcels.end() ? nullptr : &*it;
}

Error invalid_parcel(const InsertInput& input, std::string_view what) {
    return {ErrorCode::ValueInvalid, fmt::format("parcel {} {}", input.parcel, what),
            fmt::format("order {}", input.order.number.get()),
            "choose a parcel that carries articles"};
}

/// Sets the pages that take what overflowed from one flow.
Result<void> set_continuation(const PageDesign& design, InsertContext& context, PageSetter& setter,
                              std::vector<DrawList>& out) {
    context.sheet = 1;
    for (std::size_t left = setter.rows_left(design.continues); left > 0;) {
        if (++context.sheet > design.last_sheet) {
            return Error{ErrorCode::LimitExceeded,
                         fmt::format("more articles than {} sheets of \"{}\" hold",
                                     design.last_sheet, design.continues),
                         fmt::format("order {}, parcel {}", context.input.order.number.get(),
                                     context.parcel.number),
                         "send it in more parcels, or print it with a template without a list "
                         "that is read"};
        }
        auto page = setter.set(design);
        if (!page) return page.error();
        out.push_back(std::move(page).value());
        const std::size_t before = std::exchange(left, setter.rows_left(design.continues));
        // A condition can leave the table out; such a page would be printed for ever.
        if (left == before) {
            return Error{
                ErrorCode::TemplateInvalid,
                fmt::format("the page \"{}\" takes no row of \"{}\"", design.id, design.continues),
                fmt::format("order {}", context.input.order.number.get()),
                "remove the condition on its table"};
        }
    }
    return {};
}

/// Sets the pages in print order: first those of every insert, then what overflows.
Result<void> set_pages(const CompiledTemplate& compiled, InsertContext& context, PageSetter& setter,
                       std::vector<DrawList>& out) {
    for (const auto& design : compiled.pages) {
        if (!design.continues.empty()) {
            if (auto set = set_continuation(design, context, setter, out); !set) return set;
            continue;
        }
        context.sheet = 1;
        auto page = setter.set(design);
        if (!page) return page.error();
        out.push_back(std::move(page).value());
    }
    if (compiled.plan.both_sides && out.size() % 2 == 1) {
        out.push_back({out.back().page, {}});
        setter.trace_blank_page();
    }
    return {};
}

}  // namespace

struct InsertTemplate::Compiled : CompiledTemplate {
    explicit Compiled(CompiledTemplate&& base) : CompiledTemplate(std::move(base)) {}
};

InsertTemplate::InsertTemplate(std::unique_ptr<Compiled> compiled)
    : compiled_(std::move(compiled)) {}
InsertTemplate::~InsertTemplate() = default;

const std::string& InsertTemplate::name() const { return compiled_->name; }
const Layout& InsertTemplate::layout() const { return compiled_->layout; }
std::vector<std::string> InsertTemplate::languages() const {
    std::vector<std::string> codes;
    for (const auto& language : compiled_->languages) codes.push_back(language.code);
    return codes;
}
const SheetPlan& InsertTemplate::plan() const { return compiled_->plan; }

std::vector<std::string> InsertTemplate::list(const std::vector<std::string>& folders) {
    std::vector<std::string> names;
    for (const auto& folder : folders) {
        std::error_code ignored;
        for (const auto& entry : fs::directory_iterator(fs::path(folder) / "insert", ignored)) {
            if (entry.path().extension() == ".json") names.push_back(entry.path().stem().string());
        }
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

Result<std::shared_ptr<const InsertTemplate>> InsertTemplate::load(
    std::string_view name, const std::vector<std::string>& folders,
    std::shared_ptr<const FontBook> fonts, const Shop* shop) {
    const auto known = list(folders);
    // Only listed names are opened, so that a name cannot walk out of the folder.
    if (std::find(known.begin(), known.end(), name) == known.end()) {
        return Error{ErrorCode::NotFound, fmt::format("there is no template \"{}\"", name),
                     fmt::format("{}", fmt::join(folders, ", ")),
                     known.empty() ? "no folder holds insert/NAME.json"
                                   : fmt::format("use one of {}", fmt::join(known, ", "))};
    }
    for (const auto& folder : folders) {
        const fs::path path = fs::path(folder) / "insert" / fmt::format("{}.json", name);
        if (!fs::exists(path)) continue;
        try {
            const TemplateFile file = TemplateFile::read(path.string());
            auto compiled =
                compile_template(file.root(), std::string(name), folders, std::move(fonts), shop);
            return std::shared_ptr<const InsertTemplate>(
                new InsertTemplate(std::make_unique<Compiled>(std::move(compiled))));
        } catch (const TemplateFault& fault) {
            return fault.error;
        }
    }
    return Error{ErrorCode::NotFound, fmt::format("the template \"{}\" went away", name), "", ""};
}

Result<InsertPages> InsertTemplate::lay_out(const InsertInput& input, InsertTrace* trace) const {
    const Parcel* parcel = find_parcel(input.order, input.parcel);
    if (parcel == nullptr) return invalid_parcel(input, "does not exist");
    const std::size_t language = choose_language(compiled_->languages, input);
    InsertContext context(input, compiled_->languages.at(language), *parcel);
    if (context.lines.empty()) return invalid_parcel(input, "has no lines");
    PageSetter setter(*compiled_->fonts, context, language, trace);
    for (const auto& warning : context.address_warnings) setter.warn(warning);
    InsertPages out;
    if (auto set = set_pages(*compiled_, context, setter, out.pages); !set) return set.error();
    out.warnings = setter.take_warnings();
    return out;
}

}  // namespace verso::generator
