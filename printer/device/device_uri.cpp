// SPDX-License-Identifier: Apache-2.0
#include "printer/device/device_uri.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <optional>
#include <vector>

namespace verso::printer {

namespace {

struct Scheme {
    std::string_view name;
    DeviceKind kind;
    int port;
};
constexpr std::array kSchemes{
    Scheme{"ipp", DeviceKind::Ipp, 631},   Scheme{"ipps", DeviceKind::Ipps, 631},
    Scheme{"cups", DeviceKind::Cups, 0},   Scheme{"socket", DeviceKind::Socket, 9100},
    Scheme{"file", DeviceKind::Folder, 0}, Scheme{"command", DeviceKind::Command, 0},
};
/// Of a uri attribute: RFC 8011, 5.1.6.
constexpr std::size_t kLongest = 1023;
constexpr std::string_view kAll =
    "write ipp://HOST/ipp/print, ipps://HOST/ipp/print, cups:QUEUE, socket://HOST:9100, file:DIR "
    "or command:PROGRAM";

Error invalid(std::string message, std::string_view cure) {
    return Error{ErrorCode::ValueInvalid, std::move(message), "", std::string(cure)};
}

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }
bool is_letter(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
}
bool is_control(char letter) { return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7F; }
bool has_control(std::string_view text) {
    return std::any_of(text.begin(), text.end(), is_control);
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& letter : out) {
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    }
    return out;
}

/// What may be shown of something that may hold anything.
std::string shown(std::string_view text) {
    constexpr std::size_t kShown = 60;
    std::string out(text.substr(0, kShown));
    for (char& letter : out) {
        if (is_control(letter) || static_cast<unsigned char>(letter) >= 0x80) letter = '?';
    }
    return text.size() > kShown ? out + "…" : out;
}

int hex_value(char letter) {
    if (is_digit(letter)) return letter - '0';
    const char low =
        letter >= 'A' && letter <= 'F' ? static_cast<char>(letter - 'A' + 'a') : letter;
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

/// RFC 3986, 2.1. Nothing that is decoded may be a control character: it could end a line of a
/// protocol or a path.
Result<std::string> decoded(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '%') {
            out += text[at];
            continue;
        }
        const int high = at + 2 < text.size() ? hex_value(text[at + 1]) : -1;
        const int low = high >= 0 ? hex_value(text[at + 2]) : -1;
        if (low < 0)
            return invalid("a % is not followed by two hexadecimal digits",
                           "write % itself as %25");
        out += static_cast<char>(high * 16 + low);
        at += 2;
    }
    if (has_control(out))
        return invalid("it holds a control character",
                       "write the address anew, without %00 to %1F");
    return out;
}

Result<int> port_of(std::string_view text, int fallback) {
    if (text.empty()) return fallback;
    int port = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (failure != std::errc() || end != text.data() + text.size() || port < 1 || port > 65535)
        return invalid(fmt::format("\"{}\" is not a port", shown(text)),
                       "write a number from 1 to 65535 after the host's colon");
    return port;
}

/// RFC 1123, 2.1, with the underscore that some networks use.
bool is_host_name(std::string_view name) {
    constexpr std::size_t kLongestName = 253, kLongestLabel = 63;
    if (name.ends_with('.')) name.remove_suffix(1);
    if (name.empty() || name.size() > kLongestName) return false;
    while (!name.empty()) {
        const auto label = name.substr(0, name.find('.'));
        const bool is_sound = std::all_of(label.begin(), label.end(), [](char letter) {
            return is_letter(letter) || is_digit(letter) || letter == '-' || letter == '_';
        });
        if (!is_sound || label.empty() || label.size() > kLongestLabel || label.front() == '-' ||
            label.back() == '-')
            return false;
        if (label.size() == name.size()) return true;
        name.remove_prefix(label.size() + 1);
    }
    return false;  // two dots at the end
}

/// With the zone of a link-local address, as fe80::1%eth0 (RFC 6874).
bool is_ipv6(std::string_view text) {
    const auto percent = text.find('%');
    const std::string address(text.substr(0, percent));
    const auto zone = percent == std::string_view::npos ? "0" : text.substr(percent + 1);
    in6_addr ignored{};
    return ::inet_pton(AF_INET6, address.c_str(), &ignored) == 1 && is_host_name(zone);
}

bool is_ipv4(const std::string& text) {
    in_addr ignored{};
    return ::inet_pton(AF_INET, text.c_str(), &ignored) == 1;
}

struct Host {
    std::string name;
    int port = 0;
};

/// HOST[:PORT] or [IPv6][:PORT] (RFC 3986, 3.2).
Result<Host> host_of(std::string_view text, int fallback) {
    constexpr std::string_view kCure = "write a name, an IPv4 address, or an IPv6 address in [ ]";
    if (text.find('@') != std::string_view::npos)
        return invalid("a user or password does not belong into a printer's address",
                       "leave out everything up to the @: the address is shown and logged");
    Host host;
    std::string_view rest;
    if (text.starts_with('[')) {
        const auto end = text.find(']');
        if (end == std::string_view::npos) return invalid("the [ of the address has no ]", kCure);
        auto inner = decoded(text.substr(1, end - 1));
        if (!inner) return inner.error();
        if (!is_ipv6(*inner))
            return invalid(fmt::format("\"{}\" is not an IPv6 address", shown(*inner)), kCure);
        host.name = *inner;
        rest = text.substr(end + 1);
    } else {
        const auto colon = text.find(':');
        host.name = lower(text.substr(0, colon));
        rest = colon == std::string_view::npos ? std::string_view() : text.substr(colon);
        if (host.name.empty()) return invalid("it names no host", kCure);
        if (rest.find(':', 1) != std::string_view::npos)
            return invalid("it has too many colons", kCure);
        const bool is_number = std::all_of(host.name.begin(), host.name.end(), [](char letter) {
            return is_digit(letter) || letter == '.';
        });
        if (is_number ? !is_ipv4(host.name) : !is_host_name(host.name))
            return invalid(fmt::format("\"{}\" is not a host", shown(host.name)), kCure);
    }
    if (!rest.empty() && rest.front() != ':') return invalid("a host is followed by :PORT", kCure);
    auto port = port_of(rest.empty() ? rest : rest.substr(1), fallback);
    if (!port) return port.error();
    host.port = *port;
    return host;
}

/// `NAME=VALUE&…`; names that are not in `known` are refused.
Result<std::map<std::string, std::string>> options_of(std::string_view query,
                                                      std::vector<std::string_view> known) {
    std::map<std::string, std::string> options;
    while (!query.empty()) {
        const auto part = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(query.size(), part.size() + 1));
        if (part.empty()) continue;
        const auto equals = part.find('=');
        auto name = decoded(part.substr(0, equals));
        if (!name) return name.error();
        auto value = decoded(equals == std::string_view::npos ? "" : part.substr(equals + 1));
        if (!value) return value.error();
        if (std::find(known.begin(), known.end(), *name) == known.end())
            return invalid(fmt::format("there is no option \"{}\" here", shown(*name)),
                           known.empty()
                               ? "leave out everything from the ? on"
                               : fmt::format("the options here: {}", fmt::join(known, ", ")));
        if (!options.emplace(*name, *value).second)
            return invalid(fmt::format("the option \"{}\" stands twice", *name),
                           "leave one of them out");
    }
    return options;
}

/// What follows "//" of a scheme with hosts.
struct Parts {
    std::string_view authority, path, query;
};

Result<Parts> parts_of(std::string_view rest, const Scheme& scheme) {
    if (!rest.starts_with("//"))
        return invalid(fmt::format("after {}: comes //HOST", scheme.name),
                       fmt::format("write {}://HOST:{}", scheme.name, scheme.port));
    rest.remove_prefix(2);
    Parts parts;
    const auto question = rest.find('?');
    if (question != std::string_view::npos) parts.query = rest.substr(question + 1);
    rest = rest.substr(0, question);
    const auto slash = rest.find('/');
    parts.authority = rest.substr(0, slash);
    if (slash != std::string_view::npos) parts.path = rest.substr(slash);
    return parts;
}

bool is_path_letter(char letter) {
    return is_letter(letter) || is_digit(letter) ||
           std::string_view("-._~!$&'()*+,;=:@/%").find(letter) != std::string_view::npos;
}

Result<DeviceUri> parse_ipp(DeviceUri uri, std::string_view rest, const Scheme& scheme) {
    auto parts = parts_of(rest, scheme);
    if (!parts) return parts.error();
    auto host = host_of(parts->authority, scheme.port);
    if (!host) return host.error();
    if (auto sound = decoded(parts->path); !sound) return sound.error();
    if (!std::all_of(parts->path.begin(), parts->path.end(), is_path_letter))
        return invalid("its path holds a character that an address must not hold",
                       "write it as % and two hexadecimal digits, a space as %20");
    if (auto options = options_of(parts->query, {}); !options) return options.error();
    uri.host = host->name;
    uri.port = host->port;
    uri.resource = parts->path.size() > 1 ? std::string(parts->path) : "/ipp/print";
    return uri;
}

Result<DeviceUri> parse_socket(DeviceUri uri, std::string_view rest, const Scheme& scheme) {
    auto parts = parts_of(rest, scheme);
    if (!parts) return parts.error();
    auto host = host_of(parts->authority, scheme.port);
    if (!host) return host.error();
    if (parts->path.size() > 1)
        return invalid("a raw connection has no path", "write socket://HOST:9100 and no more");
    auto options = options_of(parts->query, {"status"});
    if (!options) return options.error();
    if (const auto status = options->find("status");
        status != options->end() && status->second != "zebra" && status->second != "none")
        return invalid(fmt::format("there is no status \"{}\"", shown(status->second)),
                       "write status=zebra (it answers ~HS) or status=none");
    uri.host = host->name;
    uri.port = host->port;
    uri.options = *std::move(options);
    return uri;
}

/// CUPS names its queues without space, tab, "/" and "#" (lpadmin(8)); the rest here would be
/// read otherwise in its own addresses.
bool is_queue(std::string_view name) {
    constexpr std::size_t kLongestQueue = 127;
    return !name.empty() && name.size() <= kLongestQueue &&
           name.find_first_of(" \t/#?\\'\"") == std::string_view::npos;
}

Result<DeviceUri> parse_cups(DeviceUri uri, std::string_view rest) {
    const auto question = rest.find('?');
    auto queue = decoded(rest.substr(0, question));
    if (!queue) return queue.error();
    if (!is_queue(*queue))
        return invalid(fmt::format("\"{}\" is not the name of a queue", shown(*queue)),
                       "write cups:QUEUE, or cups:QUEUE?server=HOST; `lpstat -e` lists the queues");
    auto options =
        options_of(question == std::string_view::npos ? "" : rest.substr(question + 1), {"server"});
    if (!options) return options.error();
    if (const auto server = options->find("server"); server != options->end()) {
        const bool is_socket = server->second.starts_with('/');
        if (auto host = host_of(server->second, 631); !is_socket && !host) return host.error();
    }
    uri.target = *queue;
    uri.options = *std::move(options);
    return uri;
}

Result<DeviceUri> parse_folder(DeviceUri uri, std::string_view rest) {
    constexpr std::string_view kCure = "write the whole path of a folder: file:/srv/labels";
    if (rest.starts_with("//")) {  // file://[localhost]/DIR (RFC 8089, 2)
        rest.remove_prefix(2);
        if (rest.starts_with("localhost/")) rest.remove_prefix(9);
        if (!rest.starts_with('/'))
            return invalid("a folder of another host cannot be used", kCure);
    }
    if (rest.find('?') != std::string_view::npos)
        return invalid("a folder has no options", "write a ? of the name itself as %3F");
    auto path = decoded(rest);
    if (!path) return path.error();
    if (!path->starts_with('/')) return invalid("the folder's path does not begin with /", kCure);
    std::string folder = std::filesystem::path(*path).lexically_normal().string();
    if (folder.size() > 1 && folder.ends_with('/')) folder.pop_back();
    if (folder.find_first_not_of('/') == std::string::npos)
        return invalid("it names no folder", kCure);
    uri.target = std::move(folder);
    return uri;
}

Result<DeviceUri> parse_command(DeviceUri uri, std::string_view rest) {
    const auto first = rest.find_first_not_of(' ');
    if (first == std::string_view::npos)
        return invalid("it names no program", "write command:/path/of/program and its arguments");
    uri.target = rest.substr(first, rest.find_last_not_of(' ') - first + 1);
    return uri;
}

/// What people write who mean something that we have by another name.
Error unknown_scheme(std::string_view text, std::string_view scheme) {
    if (scheme.empty())
        return invalid(
            fmt::format("\"{}\" is not a printer's address: it has no scheme", shown(text)), kAll);
    std::string cure(kAll);
    if (scheme == "http" || scheme == "https")
        cure = fmt::format(
            "a printer's web page is not its printing address: write {}://HOST/ipp/print",
            scheme == "http" ? "ipp" : "ipps");
    if (scheme == "lpd" || scheme == "usb" || scheme == "dnssd" || scheme == "smb" ||
        scheme == "parallel" || scheme == "serial" || scheme == "hp" || scheme == "implicitclass")
        cure = "give it a queue of CUPS (lpadmin) and write cups:QUEUE; or " + cure;
    return invalid(fmt::format("there is no scheme \"{}\"", shown(scheme)), cure);
}

/// With what stands before an @, a password is told to nobody.
std::string shown_address(std::string_view text, const Scheme& scheme) {
    if (text.find('@') == std::string_view::npos) return shown(text);
    return fmt::format("{}:…", scheme.name);
}

std::string_view scheme_of(std::string_view text) {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos || colon == 0 || !is_letter(text.front())) return {};
    return text.substr(0, colon);
}

Result<DeviceUri> parse_known(DeviceUri uri, std::string_view rest, const Scheme& scheme) {
    if (scheme.kind != DeviceKind::Command && rest.find('#') != std::string_view::npos)
        return invalid("a # has no meaning in a printer's address", "write # itself as %23");
    switch (scheme.kind) {
        case DeviceKind::Ipp:
        case DeviceKind::Ipps:
            return parse_ipp(std::move(uri), rest, scheme);
        case DeviceKind::Cups:
            return parse_cups(std::move(uri), rest);
        case DeviceKind::Socket:
            return parse_socket(std::move(uri), rest, scheme);
        case DeviceKind::Folder:
            return parse_folder(std::move(uri), rest);
        case DeviceKind::Command:
            break;
    }
    return parse_command(std::move(uri), rest);
}

}  // namespace

std::string_view to_string(DeviceKind kind) {
    for (const auto& scheme : kSchemes) {
        if (scheme.kind == kind) return scheme.name;
    }
    return "";
}

Result<DeviceUri> parse_device_uri(std::string_view text) {
    if (text.empty()) return invalid("a printer needs an address", kAll);
    if (text.size() > kLongest)
        return invalid(fmt::format("a printer's address of {} bytes", text.size()),
                       fmt::format("write at most {} bytes", kLongest));
    if (has_control(text) || text.front() == ' ' || text.back() == ' ')
        return invalid("a printer's address holds a control character, or a space around it",
                       "write it anew, without what was copied along");
    const auto name = scheme_of(text);
    for (const auto& scheme : kSchemes) {
        if (lower(name) != scheme.name) continue;
        DeviceUri uri;
        uri.kind = scheme.kind;
        uri.text = text;
        auto parsed = parse_known(std::move(uri), text.substr(name.size() + 1), scheme);
        if (!parsed) return parsed.error().at(shown_address(text, scheme));
        return parsed;
    }
    return unknown_scheme(text, lower(name));
}

}  // namespace verso::printer
