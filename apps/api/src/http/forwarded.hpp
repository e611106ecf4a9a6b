// Whether somebody on the way passed a request on for somebody else.
#pragma once

#include "http/message.hpp"

namespace safargo::http {

// Any header by which proxies, balancers and content networks tell of the client behind them. A proxy that adds none
// looks like a client.
bool was_forwarded(const Headers& headers);

}  // namespace safargo::http
