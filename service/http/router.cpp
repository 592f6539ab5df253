// SPDX-License-Identifier: Apache-2.0
#include "service/http/router.h"

#include <algorithm>
#include <cassert>

#include "service/http/web_text.h"

namespace verso::service {

namespace {

/// Takes the first segment off "/a/b": "a", rest "/b".
std::string_view take_segment(std::string_view& rest) {
    rest.remove_prefix(1);
    const auto end = std::min(rest.find('/'), rest.size());
    const auto segment = rest.substr(0, end);
    rest.remove_prefix(end);
    return segment;
}

}  // namespace

void Router::add(Route route) {
    assert(route.pattern.starts_with('/'));
    Node* node = &root_;
    std::string_view rest = route.pattern;
    while (!rest.empty()) {
        const auto segment = take_segment(rest);
        if (segment.starts_with('{')) {
            const std::string name(segment.substr(1, segment.size() - 2));
            if (node->named.empty()) node->named.push_back({name, Node{}});
            assert(node->named.front().name == name);
            node = &node->named.front().node;
        } else {
            node = &node->literal[std::string(segment)];
        }
    }
    const Method method = route.method;
    const bool is_new = node->routes.emplace(method, std::move(route)).second;
    assert(is_new);
    static_cast<void>(is_new);
}

const Router::Node* Router::find(const Node& node, std::string_view rest, PathValues& values) {
    if (rest.empty()) return node.routes.empty() ? nullptr : &node;
    if (rest.front() != '/') return nullptr;
    const auto segment = take_segment(rest);
    if (const auto it = node.literal.find(segment); it != node.literal.end()) {
        if (const Node* found = find(it->second, rest, values)) return found;
    }
    if (node.named.empty() || segment.empty()) return nullptr;
    auto value = decode_segment(segment);
    if (!value) return nullptr;
    const auto& [name, next] = node.named.front();
    const Node* found = find(next, rest, values);
    if (found != nullptr) values[name] = *std::move(value);
    return found;
}

RouteMatch Router::match(Method method, std::string_view path) const {
    RouteMatch match;
    const Node* node = find(root_, path, match.values);
    if (node == nullptr) return match;
    const auto wanted =
        method == Method::Head && !node->routes.contains(Method::Head) ? Method::Get : method;
    if (const auto it = node->routes.find(wanted); it != node->routes.end()) {
        match.route = &it->second;
        return match;
    }
    for (const auto& [known, route] : node->routes) {
        match.allowed.push_back(known);
        if (known == Method::Get) match.allowed.push_back(Method::Head);
    }
    return match;
}

std::vector<const Route*> Router::routes() const {
    std::vector<const Route*> all;
    const std::function<void(const Node&)> collect = [&](const Node& node) {
        for (const auto& [method, route] : node.routes) all.push_back(&route);
        for (const auto& [segment, next] : node.literal) collect(next);
        for (const auto& [name, next] : node.named) collect(next);
    };
    collect(root_);
    return all;
}

}  // namespace verso::service
