#include "db/event_kind.hpp"

namespace safargo::db {
namespace {

// Made by the first constant, whichever file that stands in.
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
