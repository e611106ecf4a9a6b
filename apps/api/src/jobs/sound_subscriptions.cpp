#include "jobs/sound_subscriptions.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

namespace safargo::jobs {
namespace {

// "noun.what", of a-z, 0-9 and _: '>' joins kind and subscriber in the outbox, and names are metric labels.
bool is_dotted(const std::string& name) {
    const auto is_part = [](std::string_view part) {
        return !part.empty() &&
               part.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
    };
    const std::size_t dot = name.find('.');
    return dot != std::string::npos && is_part(std::string_view(name).substr(0, dot)) &&
           is_part(std::string_view(name).substr(dot + 1));
}

using Subscribers = std::map<std::string, std::set<std::string>>;  // by kind

void check_kinds(const db::DeclaredKinds& declared, std::vector<std::string>& faults) {
    std::set<std::string> seen;
    for (const db::DeclaredKind& kind : declared) {
        if (!is_dotted(kind.name)) faults.push_back("the kind \"" + kind.name + "\" is not named noun.what");
        if (!seen.insert(kind.name).second) faults.push_back("the kind " + kind.name + " is declared twice");
    }
}

Subscribers check_subscriptions(const db::DeclaredKinds& declared, const db::Subscriptions& subscriptions,
                                std::vector<std::string>& faults) {
    Subscribers subscribers;
    std::set<std::string> names;
    for (const auto& [name, handlings, giving_up] : subscriptions) {
        if (!is_dotted(name)) faults.push_back("the subscription \"" + name + "\" is not named feature.who");
        if (!names.insert(name).second) faults.push_back("two subscriptions are named " + name);
        std::set<std::string> heard;
        for (const db::Handling& handling : handlings) {
            if (!heard.insert(handling.kind).second) faults.push_back(name + " subscribes twice to " + handling.kind);
            if (std::ranges::find(declared, handling.kind, &db::DeclaredKind::name) == declared.end()) {
                faults.push_back(name + " subscribes to " + handling.kind + ", which is not declared");
            }
            subscribers[handling.kind].insert(name);
        }
    }
    return subscribers;
}

void check_commands(const db::DeclaredKinds& declared, const Subscribers& subscribers,
                    std::vector<std::string>& faults) {
    for (const db::DeclaredKind& kind : declared) {
        if (kind.listeners != db::Listeners::one) continue;
        const auto found = subscribers.find(kind.name);
        if (found == subscribers.end()) {
            faults.push_back("no subscription handles the command " + kind.name);
        } else if (found->second.size() > 1) {
            faults.push_back("more than one subscription handles the command " + kind.name);
        }
    }
}

}  // namespace

std::vector<std::string> find_faults(const db::DeclaredKinds& declared, const db::Subscriptions& subscriptions) {
    std::vector<std::string> faults;
    check_kinds(declared, faults);
    check_commands(declared, check_subscriptions(declared, subscriptions, faults), faults);
    return faults;
}

void require_sound(const db::DeclaredKinds& declared, const db::Subscriptions& subscriptions) {
    std::string all;
    for (const std::string& fault : find_faults(declared, subscriptions)) all += (all.empty() ? "" : "; ") + fault;
    if (!all.empty()) throw std::logic_error("events: " + all);
}

}  // namespace safargo::jobs
