// Whether a request was forwarded by a proxy.
#pragma once

#include "http/message.hpp"

namespace safargo::http {

// Looks for any header that proxies, load balancers and CDNs add about the client. A proxy that adds none looks like a
// client.
bool was_forwarded(const Headers& headers);

}  // namespace safargo::http
