// SPDX-License-Identifier: Apache-2.0
#include "specimens.h"

#include <cstdio>
#include <cstdlib>
#include <map>

namespace verso::generator {

namespace {

template <class T>
T must(Result<T> result) {
    if (result) return std::move(result).value();
    std::fprintf(stderr, "%s\n", result.error().text().c_str());
    std::abort();
}

}  // namespace

const std::vector<std::string>& shipped_languages() {
    static const std::vector<std::string> languages{"fr", "en", "de", "es", "it", "nl", "pl"};
    return languages;
}

std::string font_folder() { return VERSO_BINARY_DIR "/share/verso/fonts"; }
std::vector<std::string> template_folders() { return {VERSO_SOURCE_DIR "/templates"}; }

std::shared_ptr<const FontBook> specimen_fonts() {
    static const auto fonts = must(FontBook::load(font_folder()));
    return fonts;
}

std::shared_ptr<const InsertTemplate> shipped(const std::string& name) {
    static std::map<std::string, std::shared_ptr<const InsertTemplate>> loaded;
    auto& known = loaded[name];
    if (!known) known = must(InsertTemplate::load(name, template_folders(), specimen_fonts()));
    return known;
}

std::shared_ptr<const InsertTemplate> a4_fold() { return shipped("a4-fold"); }

}  // namespace verso::generator
