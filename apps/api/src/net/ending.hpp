// How a request to another system ended, as seen from here.
#pragma once

#include <string_view>

namespace safargo::net {

enum class Ending {
    answered,      // a whole answer, whatever its status
    unreachable,   // certainly not sent: no address, no connection, no TLS
    untrusted,     // certainly not sent: the server's certificate is refused
    interrupted,   // sent, at least in part, without a whole answer: the outcome is unknown
    too_large,     // the answer exceeds a limit
    unreadable,    // the answer is in an encoding that was not asked for
    late,          // the deadline came first; perhaps sent
    busy,          // not sent: too many requests wait for this host
    circuit_open,  // not sent: the host failed too often
    cancelled,     // the caller left; perhaps sent
};

constexpr std::string_view name(Ending ending) {
    switch (ending) {
        case Ending::answered:
            return "answered";
        case Ending::unreachable:
            return "unreachable";
        case Ending::untrusted:
            return "untrusted";
        case Ending::interrupted:
            return "interrupted";
        case Ending::too_large:
            return "too_large";
        case Ending::unreadable:
            return "unreadable";
        case Ending::late:
            return "late";
        case Ending::busy:
            return "busy";
        case Ending::circuit_open:
            return "circuit_open";
        case Ending::cancelled:
            return "cancelled";
    }
    return "";
}

}  // namespace safargo::net
