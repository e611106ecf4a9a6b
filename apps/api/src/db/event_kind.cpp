#include "db/event_kind.hpp"

namespace safargo::db {
namespace {

// Created by the first constant to be initialised, in whichever file.
DeclaredKinds& registry() {
    static DeclaredKinds kinds;
    return kinds;
}

}  // namespace

EventKind::EventKind(std::string_view name, Listeners listeners) : name_(name) {
    registry().push_back({std::string(name), listeners});
}

const DeclaredKinds& declared_kinds() {
    return registry();
}

}  // namespace safargo::db
