// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/util/result.h"
#include "generator/profile/postal_rules.h"
#include "generator/template/template_file.h"

namespace verso::generator {

/// Something that the post gave the shop and that the card shows: a permit's number, a city, the
/// content of bars. The shop's value stands in verso.toml; blocks name it "t:reply.KEY".
struct ProfileDatum {
    std::string key;
    std::string about;     ///< what it is and who gives it
    std::string specimen;  ///< printed, with SPECIMEN across the card, while the shop has none
};

/// What one post wants of a reply card, read from profile/NAME.json: the address side as template
/// blocks, and the rules that such a side must keep. docs/formats/profile.md has the format.
struct PostalProfile {
    std::string name;  ///< of the file: "de-werbeantwort"
    std::string post, service;
    std::string country;  ///< ISO 3166-1, two letters; empty: any
    std::string description;
    std::string paper;            ///< what the post asks of the paper, in words; may be empty
    bool approval_needed = true;  ///< a proof must be approved before the first print
    std::vector<ProfileDatum> data;
    std::vector<std::string> pictures;  ///< artwork that the post supplies, by name
    std::vector<PostalRule> rules;
    std::shared_ptr<const TemplateFile> file;  ///< what the nodes below point into; never null

    /// The file's root; the template engine reads "blocks", "styles" and "inks" of it. Lives as
    /// long as `file`.
    Node root() const { return file->root(); }
};

/// The profile `name` of the first folder that has profile/NAME.json. NotFound names the profiles
/// there are; TemplateInvalid names file, JSON pointer and cure. The blocks are not compiled here.
Result<PostalProfile> load_profile(std::string_view name, const std::vector<std::string>& folders);

/// Names of the profiles in these folders, sorted.
std::vector<std::string> list_profiles(const std::vector<std::string>& folders);

}  // namespace verso::generator
