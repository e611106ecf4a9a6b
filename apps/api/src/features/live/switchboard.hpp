// What the threads of a process share of live events.
#pragma once

#include "features/live/bells.hpp"
#include "features/live/open_streams.hpp"

namespace safargo::live {

struct Switchboard {
    Bells bells;
    OpenStreams streams;
};

}  // namespace safargo::live
