// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "service/http/message.h"

namespace verso::service {

/// The values of the {names} of a route's pattern, decoded.
using PathValues = std::map<std::string, std::string, std::less<>>;

using Handler = std::function<Reply(const HttpRequest&, const PathValues&)>;

/// One thing that the service answers.
struct Route {
    Method method = Method::Get;
    std::string pattern;  ///< "/C/{link}": a name stands for exactly one segment
    Handler handler;
    std::size_t most_body = 0;  ///< bytes; a longer one is 413. Default 0: none at all
    bool body_to_file = false;  ///< large ones go to a file instead of memory
    /// With body_to_file: one whose length is told and at most this stays in memory. Default 0.
    std::size_t body_in_memory = 0;
    /// Called before the body is read: whatever it answers but 204 is sent instead, and the
    /// connection ends. It answers at once. Null: every body is read.
    Handler admit{};
};

/// What a path and method lead to.
struct RouteMatch {
    const Route* route = nullptr;  ///< null: see `allowed`
    PathValues values;
    std::vector<Method> allowed;  ///< the path is known by these methods; empty: it is not known
};

/// Finds the route of a request: literal segments win over names. Built once, then read by every
/// thread.
class Router {
  public:
    /// Requires: no other route has this method and pattern.
    void add(Route route);
    /// GET routes answer HEAD too.
    RouteMatch match(Method method, std::string_view path) const;
    std::vector<const Route*> routes() const;

  private:
    struct Named;
    struct Node {
        std::map<std::string, Node, std::less<>> literal;
        std::vector<Named> named;  ///< at most one
        std::map<Method, Route> routes;
    };
    struct Named {
        std::string name;
        Node node;
    };
    static const Node* find(const Node& node, std::string_view rest, PathValues& values);

    Node root_;
};

}  // namespace verso::service
