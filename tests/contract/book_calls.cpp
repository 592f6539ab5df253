// SPDX-License-Identifier: Apache-2.0
#include "tests/contract/book_calls.h"

#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <sstream>

namespace verso::records::testing {

const std::map<std::string, std::string>& calls_of_the_home() {
    static const std::map<std::string, std::string> calls{
        {"begin", "a transaction"},
        {"begin_group", "a transaction"},
        {"is_spoiled", "a transaction"},
        {"jobs", "a book"},
        {"returns", "a book"},
        {"erasure", "a book"},
        {"parcel_events", "a book"},
        {"access", "a book"},
        {"desk", "a book"},
        {"create_shop", "shops themselves"},
        {"shops", "shops themselves"},
        {"find_shop", "shops themselves"},
        {"shop_name", "shops themselves"},
        {"freeze_layout", "a layout is geometry without words"},
        {"layouts", "as above"},
        {"find_card", "says whose a card is, so that it can be refused"},
        {"lease", "a worker serves all shops; one shop's is tried in two_shops.cpp"},
        {"renew", "by who holds the token"},
        {"complete", "as above"},
        {"fail", "as above"},
        {"scrub", "the journal of the whole file"},
        {"add_user", "people are the home's"},
        {"find_user", "as above"},
        {"set_role", "as above"},
        {"set_password", "as above"},
        {"renew_hash", "as above"},
        {"set_disabled", "as above"},
        {"admins", "as above"},
        {"open_session", "as above"},
        {"use_session", "as above"},
        {"rotate_session", "as above"},
        {"end_session", "as above"},
        {"end_sessions", "as above"},
        {"sessions", "as above"},
        {"add_link", "as above"},
        {"use_link", "as above"},
        {"look_at_link", "as above"},
        {"use_key", "by the key's own secret"},
        {"forget", "by age alone"},
    };
    return calls;
}

std::set<std::string> declared_calls() {
    std::set<std::string> names;
    for (const std::string header :
         {"store/store.h", "store/return_book.h", "store/erasure_book.h", "store/desk_book.h",
          "store/access_book.h", "store/hook_book.h", "store/list_book.h", "store/review_book.h",
          "store/photo_book.h", "jobs/job_queue.h", "carriers/parcel_events.h"}) {
        std::ifstream file(VERSO_SOURCE_DIR "/records/" + header);
        std::ostringstream text;
        text << file.rdbuf();
        const std::string all = text.str();
        EXPECT_FALSE(all.empty()) << header;
        const std::regex call(R"(virtual [^(;~]*?(\w+)\()");
        for (std::sregex_iterator it(all.begin(), all.end(), call), end; it != end; ++it)
            names.insert((*it)[1]);
    }
    names.erase("commit");
    return names;
}

}  // namespace verso::records::testing
